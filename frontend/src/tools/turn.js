/**
 * Turning: what a turn about a place makes of each element. Pure.
 */

/** @import { Element, Op } from "../protocol.js" */
/** @import { Point } from "../draw/geometry.js" */
/** @import { Measure } from "../draw/text.js" */

import { centerOf } from "../draw/bounds.js";
import { rotate, round } from "../draw/geometry.js";
import { angleOf } from "../draw/look.js";
import { isLined } from "../draw/route.js";

export const STEP = Math.PI / 12; // 15°, with Shift and by key
const ANGLE_DECIMALS = 4; // a hundredth of a pixel at the end of a metre

/**
 * How far a drag about a place has turned.
 * @param {Point} center
 * @param {{x: number, y: number}} from
 * @param {{x: number, y: number}} to
 * @param {{before: number, steps: boolean}} how the angle before, and whether the angle
 *   after is a whole number of steps
 * @returns {number} radians, clockwise as the board sees it
 */
export function turnBetween([cx, cy], from, to, { before, steps }) {
  const by = Math.atan2(to.y - cy, to.x - cx) - Math.atan2(from.y - cy, from.x - cx);
  return steps ? Math.round((before + by) / STEP) * STEP - before : by;
}

/**
 * @param {readonly Element[]} elements as they were before
 * @param {Point} center
 * @param {number} by radians
 * @param {{measure: Measure, decimals: number}} how
 * @returns {Op[]}
 */
export function turnOps(elements, center, by, { measure, decimals }) {
  // Frames stay level: what is in them is clipped along their edges.
  const turning = elements.filter(({ kind }) => kind !== "frame");
  return turning.map((element) => ({
    op: "set",
    id: element.id,
    props: isLined(element)
      ? turnedPoints(element, center, by, decimals)
      : turned(element, center, by, { measure, decimals }),
  }));
}

/**
 * @param {Element} element
 * @param {Point} center
 * @param {number} by
 * @param {{measure: Measure, decimals: number}} how
 */
function turned(element, center, by, { measure, decimals }) {
  const [cx, cy] = centerOf(element, measure);
  const [x, y] = rotate(cx, cy, ...center, by);
  return {
    x: round(element.x + x - cx, decimals),
    y: round(element.y + y - cy, decimals),
    angle: round(within(angleOf(element) + by), ANGLE_DECIMALS),
  };
}

/**
 * A line is turned by its points, so that they can still be pulled one by one.
 * @param {Element & {points: number[]}} element
 * @param {Point} center
 * @param {number} by
 * @param {number} decimals
 */
function turnedPoints(element, center, by, decimals) {
  const [x, y] = rotate(element.x, element.y, ...center, by);
  const points = [];
  for (let i = 0; i + 1 < element.points.length; i += 2) {
    const [dx = 0, dy = 0] = element.points.slice(i, i + 2);
    points.push(...rotate(dx, dy, 0, 0, by).map((value) => round(value, decimals + 1)));
  }
  return { x: round(x, decimals), y: round(y, decimals), points };
}

/**
 * @param {number} angle
 * @returns {number} the same direction, -π…π
 */
export function within(angle) {
  return Math.atan2(Math.sin(angle), Math.cos(angle));
}
