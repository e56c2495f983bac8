import assert from "node:assert/strict";
import { test } from "node:test";
import { within } from "../../../frontend/src/ui/minimap.js";

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
