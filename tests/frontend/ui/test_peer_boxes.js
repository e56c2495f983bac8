import assert from "node:assert/strict";
import { test } from "node:test";
import { boxesOf } from "../../../frontend/src/ui/peer_boxes.js";

/** @param {string} id the left edge @returns {import("../../../frontend/src/draw/geometry.js").Box | undefined} */
function boxOf(id) {
  const left = Number(id);
  return left < 900 ? { left, top: 0, right: left + 1, bottom: 1 } : undefined;
}
const never = () => assert.fail("nothing was to be worked out");

test("each element that is there is outlined once", () => {
  assert.deepEqual(boxesOf(["1", "2", "1", "950"], boxOf, never), [
    boxOf("1"),
    boxOf("2"),
  ]);
});

test("many have one box together, and nothing is worked out for it", () => {
  const ids = Array.from({ length: 1_000 }, (_, i) => String(i));

  assert.deepEqual(boxesOf(ids, never, boxOf), [
    { left: 0, top: 0, right: 900, bottom: 1 },
  ]);
  assert.deepEqual(
    boxesOf(
      ids.map((id) => `9${id.padStart(3, "0")}`),
      never,
      boxOf,
    ),
    [],
  );
});

test("one that is told a thousand times is one", () => {
  assert.deepEqual(boxesOf(Array(1_000).fill("7"), boxOf, never), [boxOf("7")]);
});
