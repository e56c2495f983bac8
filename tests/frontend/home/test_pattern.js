import assert from "node:assert/strict";
import { test } from "node:test";
import { patternOf, SHEET } from "../../../frontend/src/home/pattern.js";

test("a board always has the same pattern", () => {
  assert.deepEqual(patternOf("Zk3f9"), patternOf("Zk3f9"));
});

test("boards differ in their patterns", () => {
  const ids = Array.from({ length: 100 }, (_, n) => `board-${n}`);

  const patterns = new Set(ids.map((id) => JSON.stringify(patternOf(id))));

  assert.equal(patterns.size, ids.length);
});

test("every line crosses the sheet from one long side to the other", () => {
  for (let n = 0; n < 200; n += 1) {
    for (const [x1, y1, x2, y2] of patternOf(`board-${n}`).lines) {
      const middle = (x1 + x2) / 2;

      assert.ok(middle >= 0 && middle <= SHEET.width + 32, `board-${n}: ${middle}`);
      assert.ok(Math.min(y1, y2) < 0 && Math.max(y1, y2) > SHEET.height);
    }
  }
});
