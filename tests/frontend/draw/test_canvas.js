import assert from "node:assert/strict";
import { test } from "node:test";
import { paintFar } from "../../../frontend/src/draw/canvas.js";
import { pen } from "./elements.js";

/** @import { Pen } from "../../../frontend/src/protocol.js" */

/** @param {number} least */
function lineWidth(least) {
  const context = /** @type {CanvasRenderingContext2D} */ (
    /** @type {unknown} */ ({
      lineWidth: 0,
      ...{ beginPath() {}, moveTo() {}, lineTo() {}, setLineDash() {}, stroke() {} },
    })
  );
  const ink = /** @type {Pen} */ ({ ...pen, width: 4 });
  paintFar(context, ink, { step: 1, least }, (color) => color);
  return context.lineWidth;
}

test("ink from far away is never so thin that it fades, nor thicker than it is", () => {
  assert.equal(lineWidth(7.5), 7.5); // 0.9 of a pixel at 12 %
  assert.equal(lineWidth(2), 4);
});
