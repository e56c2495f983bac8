import assert from "node:assert/strict";
import { test } from "node:test";
import { paintFar } from "../../../frontend/src/draw/canvas.js";
import { pen } from "./elements.js";

/** @import { Pen } from "../../../frontend/src/protocol.js" */

/**
 * @param {number} least
 * @param {number[]} points
 * @returns {{width: number, length: number}} of the line that is painted
 */
function far(least, points = [0, 0, 30, 0]) {
  const painted = { width: 0, length: 0 };
  let [fromX, fromY] = [0, 0];
  const context = {
    lineWidth: 0,
    ...{ beginPath() {}, setLineDash() {} },
    stroke() {
      painted.width = this.lineWidth;
    },
    /** @param {number} x @param {number} y */
    moveTo(x, y) {
      [fromX, fromY] = [x, y];
    },
    /** @param {number} x @param {number} y */
    lineTo(x, y) {
      painted.length += Math.hypot(x - fromX, y - fromY);
      this.moveTo(x, y);
    },
  };
  const ink = /** @type {Pen} */ ({ ...pen, x: 5, y: 5, width: 4, points });
  paintFar(
    /** @type {CanvasRenderingContext2D} */ (/** @type {unknown} */ (context)),
    ink,
    { step: 2, least },
    (color) => color,
  );
  return painted;
}

test("ink from far away is never so thin that it fades, nor thicker than it is", () => {
  assert.deepEqual(far(7.5), { width: 7.5, length: 30 }); // 0.9 of a pixel at 12 %
  assert.equal(far(2).width, 4);
});

test("a dot is seen from far away: a canvas paints no line of no length", () => {
  assert.ok(far(2, [0, 0]).length > 0);
  assert.ok(far(2, [0, 0, 0, 0, 0, 0]).length > 0);
});
