/** Keys above other keys, whoever made those. */

import assert from "node:assert/strict";
import test from "node:test";
import { keyAbove } from "../../../frontend/src/model/order.js";
import { ORDER_PATTERN } from "../../../frontend/src/protocol.js";

test("keys made one after the other rise and stay short", () => {
  let key = keyAbove(undefined);
  for (let index = 0; index < 10_000; index++) {
    const next = keyAbove(key);
    assert.ok(next > key);
    key = next;
  }

  assert.ok(key.length < 8, key);
});

for (const foreign of [
  "0",
  "10",
  "Zz",
  "a",
  "a00",
  "az0",
  "b",
  "zzz",
  "topmost",
  "z".repeat(127),
  `${"z".repeat(126)}9z`,
  `a${"z".repeat(127)}`,
  `Zz9${"z".repeat(125)}`,
]) {
  test(`a program's key ${foreign.slice(0, 12)} of ${foreign.length} has one above`, () => {
    const key = keyAbove(foreign);

    assert.ok(key > foreign, key);
    assert.match(key, ORDER_PATTERN);
    assert.match(keyAbove(key), ORDER_PATTERN);
  });
}

test("nothing is above the highest key there can be: ties go by id", () => {
  const highest = "z".repeat(128);

  assert.equal(keyAbove(highest), highest);
});
