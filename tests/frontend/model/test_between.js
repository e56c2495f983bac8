/** Keys between other keys, whoever made those. */

import assert from "node:assert/strict";
import test from "node:test";
import { keysBetween } from "../../../frontend/src/model/between.js";
import { ORDER_PATTERN } from "../../../frontend/src/protocol.js";

/** @type {[string | undefined, string | undefined][]} */
const PAIRS = [
  ...[undefined, "a0", "Zz"].map(
    (z) => /** @type {[undefined, string]} */ ([undefined, z]),
  ),
  ["a0", "a1"],
  ["10", undefined],
  [undefined, "10"],
  ["a60", "a80"],
  ["a6", "a61"],
  ["a", "a01"],
  ["topmost", "zzz"],
  ["az", "b"],
  ["z".repeat(127), undefined],
];

for (const [below, above] of PAIRS) {
  test(`between ${below?.slice(0, 8)} and ${above} many keys fit, in order`, () => {
    for (const n of [1, 2, 50]) {
      const keys = keysBetween(below, above, n) ?? [];

      assert.equal(keys.length, n);
      const row = [below ?? "", ...keys, ...(above === undefined ? [] : [above])];
      assert.ok(
        row.every((key, i) => i === 0 || key > (row[i - 1] ?? "")),
        `${row}`,
      );
      for (const key of keys) assert.match(key, ORDER_PATTERN);
    }
  });
}

test("where nothing lies between there is no key", () => {
  for (const [below, above] of [
    ["a1", "a1"],
    ["a", "a0"],
    ["b", "a"],
    [undefined, "0"],
    ["z".repeat(128), undefined],
  ]) {
    assert.equal(keysBetween(below, above, 1), null, `${below} ${above}`);
  }
});
