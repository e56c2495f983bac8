/**
 * Room for what is put on the board without a pointer.
 */

/** @import { Box } from "../draw/geometry.js" */
/** @import { Bench } from "./bench.js" */

import { canHold } from "../draw/binding.js";
import { boundsOf } from "../draw/bounds.js";
import { boxBetween, boxHolds, overlaps } from "../draw/geometry.js";
import { isLined } from "../draw/route.js";
import { middleOf } from "./handles.js";

const MAX_TRIES = 41; // twenty places to either side of the first
const BETWEEN_UNITS = 40;

/**
 * The first of some places where nothing stands.
 * @param {Bench} bench
 * @param {(n: number) => Box} at the place so many steps to one side, or, below 0, to the
 *   other
 * @returns {Box} the one in the middle, if all are taken
 */
export function freeBox(bench, at) {
  for (let i = 0; i < MAX_TRIES; i++) {
    const box = at(i % 2 ? (i + 1) / 2 : -i / 2);
    if (!isTaken(bench, box)) return box;
  }
  return at(0);
}

/**
 * @param {Bench} bench
 * @param {number} w board units
 * @param {number} h
 * @returns {Box} in the middle of what is seen, or beside what stands there; the view
 *   follows it
 */
export function boxInView(bench, w, h) {
  const { left, top, right, bottom } = bench.view.seen();
  const [cx, cy] = [(left + right) / 2, (top + bottom) / 2];
  const box = freeBox(bench, (n) => {
    const x = cx + n * (w + BETWEEN_UNITS);
    return boxBetween(x - w / 2, cy - h / 2, x + w / 2, cy + h / 2);
  });
  bench.view.reveal(box);
  return box;
}

/**
 * @param {Bench} bench
 * @param {Box} box
 * @returns {boolean}
 */
function isTaken(bench, box) {
  return bench.near(box).some((element) => {
    if (element.kind === "frame") return false;
    const its = boundsOf(element, bench.measure);
    if (canHold(element)) return overlaps(its, box);
    // A line's box is mostly empty, and ink is a ground to put things on.
    return isLined(element) && boxHolds(box, ...middleOf(its));
  });
}
