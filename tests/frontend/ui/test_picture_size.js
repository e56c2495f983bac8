/** How large an exported picture is. */

import assert from "node:assert/strict";
import test from "node:test";
import { sizeOf } from "../../../frontend/src/ui/export/size.js";

const box = (/** @type {number} */ right, /** @type {number} */ bottom) => ({
  left: 0,
  top: 0,
  right,
  bottom,
});

test("a picture is as large as it is wished", () => {
  const size = sizeOf(box(100.2, 50), 2);

  assert.deepEqual(size, { width: 201, height: 100, scale: 2, is_capped: false });
});

for (const [right, bottom] of /** @type {[number, number][]} */ ([
  [21_163, 13_163],
  [1_000_000, 10],
  [10, 1_000_000],
  [2e7, 2e7],
])) {
  test(`a board of ${right} x ${bottom} gives a picture all the same`, () => {
    const { width, height, scale, is_capped } = sizeOf(box(right, bottom), 1);

    assert.ok(is_capped);
    assert.ok(Math.max(width, height) <= 16_384 && width * height <= 100_000_000);
    assert.ok(Math.max(width, height) > 8_000, "and a large one");
    assert.ok(Math.abs(width - right * scale) <= 1);
  });
}

test("a dot has a pixel", () => {
  assert.deepEqual(sizeOf(box(0, 0), 1), {
    ...{ width: 1, height: 1, scale: 1, is_capped: false },
  });
});
