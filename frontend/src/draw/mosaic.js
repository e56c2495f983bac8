/**
 * Cutting a picture into pieces that can be painted one after the other. Pure.
 */

/** @import { Box } from "./geometry.js" */

import { boxBetween, grow, isEmpty, overlaps, union } from "./geometry.js";

const MAX_DIRTY_BOXES = 12; // more are painted as one
const MAX_APART = 120; // so many rarely become few again, and each is held against all

/**
 * A rectangle in squares, those in the middle first.
 * @param {number} width
 * @param {number} height
 * @param {number} side of a square
 * @returns {Box[]}
 */
export function squares(width, height, side) {
  const found = [];
  for (let top = 0; top < height; top += side) {
    for (let left = 0; left < width; left += side) {
      const right = Math.min(width, left + side);
      found.push(boxBetween(left, top, right, Math.min(height, top + side)));
    }
  }
  /** @param {Box} box */
  const offCenter = (box) =>
    Math.hypot((box.left + box.right - width) / 2, (box.top + box.bottom - height) / 2);
  return found.sort((a, b) => offCenter(a) - offCenter(b));
}

/**
 * Few boxes instead of many, none of them touching.
 * @param {readonly Box[]} boxes
 * @returns {Box[]}
 */
export function merged(boxes) {
  /** @type {Box[]} */
  let few = [];
  for (const box of boxes) {
    if (isEmpty(box)) continue;
    let grown = grow(box, 1);
    const apart = few.filter((other) => !overlaps(other, grown));
    for (const other of few) if (overlaps(other, grown)) grown = union(grown, other);
    few = [...apart, grown];
    if (few.length > MAX_APART) few = [few.reduce(union)];
  }
  if (few.length <= MAX_DIRTY_BOXES) return few;
  return [few.reduce(union)];
}
