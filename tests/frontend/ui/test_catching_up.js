import assert from "node:assert/strict";
import { test } from "node:test";
import { CatchingUp } from "../../../frontend/src/ui/catching_up.js";

const REFRESH_MS = 1000 / 60;
const [QUICK_MS, LATE_MS] = [3, 14];

/**
 * @param {CatchingUp} catchingUp
 * @param {readonly number[]} took ms of each frame
 * @param {number} began ms
 * @returns {number[]} which frames were left out
 */
function leftOut(catchingUp, took, began = 0) {
  return took.flatMap((ms, i) => {
    if (catchingUp.skips(began + i * REFRESH_MS)) return [i];
    catchingUp.took(ms);
    return [];
  });
}

/** @param {number} n */
const quick = (n) => Array(n).fill(QUICK_MS);

test("a frame is left out after a late one, when the page is quick again", () => {
  const took = [...quick(3), LATE_MS, ...quick(20)];

  assert.deepEqual(leftOut(new CatchingUp(), took), [6]);
});

test("no frame is left out of a short stroke that was never late", () => {
  assert.deepEqual(leftOut(new CatchingUp(), quick(60)), []);
});

test("of a long run one frame a second is left out: scripts do not see all", () => {
  assert.deepEqual(leftOut(new CatchingUp(), quick(150)), [60, 121]);
});

test("a page that is always slow paints every frame it can", () => {
  const took = Array.from({ length: 50 }, (_, i) => (i % 2 ? LATE_MS : QUICK_MS));

  assert.deepEqual(leftOut(new CatchingUp(), took), []);
});

test("a pause lets the browser catch up by itself", () => {
  const catchingUp = new CatchingUp();
  leftOut(catchingUp, [LATE_MS, QUICK_MS]);

  assert.deepEqual(leftOut(catchingUp, quick(30), 4 * REFRESH_MS), []);
});
