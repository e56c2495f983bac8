import assert from "node:assert/strict";
import { test } from "node:test";
import { paintSmall, within } from "../../../frontend/src/ui/minimap.js";
import { pen } from "../draw/elements.js";

for (const [what, from, length, is] of /** @type {const} */ ([
  ["a view on the map", 20, 30, [20, 30]],
  ["one that reaches further", -500, 590, [3, 87]],
  ["one that is everything", -500, 2000, [3, 94]],
  ["one from far away", 40, 0.2, [40, 3]],
])) {
  test(`map: ${what} keeps its border`, () => {
    assert.deepEqual(within(from, length, 100, 3), is);
  });
}

test("map: a view beside it has no length", () => {
  assert.ok(within(140, 20, 100, 3)[1] < 0);
});

// It lay on the map as it was drawn, however it was turned.
test("map: a turned stroke is turned", () => {
  /** @type {number[][]} */
  const went = [];
  const context = /** @type {CanvasRenderingContext2D} */ (
    /** @type {unknown} */ ({
      ...{ beginPath() {}, stroke() {} },
      lineTo: (/** @type {number} */ x, /** @type {number} */ y) => went.push([x, y]),
    })
  );
  const element = { ...pen, x: 0, y: 0, points: [0, 0, 20, 0], angle: Math.PI / 2 };
  const leaf = { id: "p", element, box: { left: 10, top: -10, right: 10, bottom: 10 } };

  paintSmall(context, leaf, { scale: 1, x: 0, y: 0 }, (stored) => stored, 1);

  const rounded = went.map((point) => point.map((it) => Math.round(it) + 0));
  assert.deepEqual(rounded, [
    [10, -10],
    [10, 10],
  ]);
});
