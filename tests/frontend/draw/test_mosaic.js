import assert from "node:assert/strict";
import { test } from "node:test";
import { merged, squares } from "../../../frontend/src/draw/mosaic.js";

/** @param {{left: number, top: number, right: number, bottom: number}} box */
const area = ({ left, top, right, bottom }) => (right - left) * (bottom - top);

test("squares cover the picture once, the middle first", () => {
  const found = squares(1000, 700, 160);

  const whole = found.reduce((sum, box) => sum + area(box), 0);
  assert.equal(whole, 1000 * 700);
  assert.ok(found.every(({ right, bottom }) => right <= 1000 && bottom <= 700));
  const first = found[0];
  assert.ok(first && first.left <= 500 && first.right >= 500);
});

test("boxes that touch become one, others stay apart", () => {
  const box = (/** @type {number} */ x) => ({
    left: x,
    top: 0,
    right: x + 10,
    bottom: 10,
  });

  assert.equal(merged([box(0), box(8), box(100)]).length, 2);
});

for (const n of [50, 500]) {
  test(`${n} boxes are painted as one`, () => holdsAll(n));
}

/** @param {number} n */
function holdsAll(n) {
  const boxes = Array.from({ length: n }, (_, i) => ({
    left: i * 100,
    top: 0,
    right: i * 100 + 10,
    bottom: 10,
  }));

  const [one, ...others] = merged(boxes);

  assert.equal(others.length, 0);
  assert.ok(one && one.left <= 0 && one.right >= 100 * (n - 1) + 10);
}
