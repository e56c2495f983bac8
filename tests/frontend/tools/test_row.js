import assert from "node:assert/strict";
import { test } from "node:test";
import { rowOf, withRatio } from "../../../frontend/src/tools/row.js";

const VIEW = { seen: { left: 0, top: 0, right: 1000, bottom: 800 }, zoom: 1 };

test("one small picture keeps its size, its middle where it was dropped", () => {
  assert.deepEqual(rowOf([{ w: 100, h: 50 }], { x: 10, y: 20 }, VIEW), [
    { x: -40, y: -5, w: 100, h: 50 },
  ]);
});

test("a large picture is no larger than most of what is seen, its ratio kept", () => {
  const [box] = rowOf([{ w: 4000, h: 1000 }], { x: 500, y: 400 }, VIEW);

  assert.deepEqual(box, { x: 150, y: 312.5, w: 700, h: 175 });
});

test("several stand side by side, in order, and fit together", () => {
  const boxes = rowOf(
    [
      { w: 600, h: 600 },
      { w: 300, h: 100 },
      { w: 2000, h: 500 },
    ],
    { x: 500, y: 400 },
    VIEW,
  );

  const [a, b, c] = boxes;
  assert.ok(a && b && c);
  assert.ok(Math.abs(b.x - (a.x + a.w) - 24) < 1e-9);
  assert.ok(Math.abs(c.x - (b.x + b.w) - 24) < 1e-9);
  assert.ok(c.x + c.w - a.x <= 700 + 1e-9);
  assert.ok(Math.abs((a.x + c.x + c.w) / 2 - 500) < 1e-9);
  assert.ok(boxes.every(({ y, h }) => Math.abs(y + h / 2 - 400) < 1e-9));
});

test("gaps are as wide on the screen at any zoom", () => {
  const seen = { left: 0, top: 0, right: 100, bottom: 80 };
  const [a, b] = rowOf(
    [
      { w: 10, h: 10 },
      { w: 10, h: 10 },
    ],
    { x: 50, y: 40 },
    { seen, zoom: 10 },
  );

  assert.ok(a && b);
  assert.ok(Math.abs(b.x - (a.x + a.w) - 2.4) < 1e-9);
});

test("a picture of another ratio than it seemed keeps height and middle", () => {
  const box = { x: 0, y: 0, w: 300, h: 150 };

  assert.equal(withRatio(box, { w: 600, h: 300 }), box);
  assert.deepEqual(withRatio(box, { w: 100, h: 100 }), { x: 75, y: 0, w: 150, h: 150 });
});
