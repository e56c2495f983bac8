/**
 * Where an arrow's end touches what it holds on to: the tip, a little before the outline.
 * Pure; board units throughout.
 */

/** @import { Element } from "../protocol.js" */
/** @import { Way } from "./elbow.js" */
/** @import { Box, Point } from "./geometry.js" */

import { gaps } from "./elbow.js";
import { crossing, polygonHolds } from "./geometry.js";

/**
 * What an end holds on to.
 * @typedef {object} Hold
 * @property {Element} element
 * @property {Point} place that the end aims at
 * @property {number[]} outline flat
 * @property {Box} box around the outline
 * @property {number} gap between the outline and the tip
 */

const MIN_SLANT = 0.4; // an arrow along an edge may come nearer than the gap
const MIDDLE_SHARE = 0.12; // a place so near the middle lets an elbow choose its side
const LOOP_UNITS = 40; // how far an arrow from a shape to itself swings out at least,
const LOOP_SHARE = 0.9; // and, of the distance between its ends, besides
const MIN_LOOP_RAD = 0.6; // so that it encloses something
const MAX_LOOP_RAD = 2; // between its ends as the shape's middle sees them

/**
 * Where an arrow that comes from a place ends: a little before the outline.
 * @param {Hold} hold
 * @param {Point} from
 * @returns {Point}
 */
export function tip(hold, from) {
  const { place, outline, box, gap } = hold;
  let aim = place;
  let met = firstCrossing(outline, from, aim);
  if (met === null && !polygonHolds(outline, ...from)) {
    // The place lies in a corner of the box that the shape leaves empty.
    aim = [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
    met = firstCrossing(outline, from, aim);
  }
  if (met === null) return place;
  const [dx, dy] = [(aim[0] - from[0]) * met.share, (aim[1] - from[1]) * met.share];
  const length = Math.hypot(dx, dy);
  // Along a slanting way it takes longer until the outline is as far off.
  const slant = Math.abs(dx * met.edge[1] - dy * met.edge[0]) / (length || 1);
  const back = gap / Math.max(MIN_SLANT, slant);
  const kept = length === 0 ? 0 : Math.max(0.5, 1 - back / length);
  return [from[0] + dx * kept, from[1] + dy * kept];
}

/**
 * @param {readonly number[]} outline
 * @param {(ax: number, ay: number, bx: number, by: number) => void} visit
 */
function eachEdge(outline, visit) {
  const n = outline.length;
  for (let i = 0; i + 1 < n; i += 2) {
    const j = i + 2 < n ? i + 2 : 0;
    visit(outline[i] ?? 0, outline[i + 1] ?? 0, outline[j] ?? 0, outline[j + 1] ?? 0);
  }
}

/**
 * @param {readonly number[]} outline
 * @param {Point} from
 * @param {Point} to
 * @returns {{share: number, edge: Point} | null} where on the way it is first met, and the
 *   direction of the edge there
 */
function firstCrossing(outline, from, to) {
  let first = /** @type {{share: number, edge: Point} | null} */ (null);
  eachEdge(outline, (ax, ay, bx, by) => {
    const share = crossing(...from, ...to, ax, ay, bx, by);
    if (share === null || (first !== null && share >= first.share)) return;
    const length = Math.hypot(bx - ax, by - ay) || 1;
    first = { share, edge: [(bx - ax) / length, (by - ay) / length] };
  });
  return first;
}

/**
 * The side of a shape that an elbow leaves by or comes in at: the one that its place lies
 * near, or, for a place in the middle, the one that faces the other end.
 * @param {Hold} hold
 * @param {Hold | Point} other
 * @param {Way | null} free the side for a place in the middle, if it is settled
 * @returns {Way}
 */
export function sideTo({ place, box }, other, free) {
  const [cx, cy] = middleOf(box);
  const [w, h] = [box.right - box.left || 1, box.bottom - box.top || 1];
  const [dx, dy] = [(place[0] - cx) / w, (place[1] - cy) / h];
  if (Math.max(Math.abs(dx), Math.abs(dy)) > MIDDLE_SHARE) return wayOf(dx, dy);
  if (free !== null) return free;
  const there = "box" in other ? other.box : boxAt(other);
  const [toX, toY] = middleOf(there);
  const [across, down] = gaps(box, there);
  return across >= down ? wayOf(toX - cx, 0) : wayOf(0, toY - cy);
}

/**
 * @param {Box} box
 * @returns {Point}
 */
function middleOf({ left, top, right, bottom }) {
  return [(left + right) / 2, (top + bottom) / 2];
}

/**
 * @param {Point} point
 * @returns {Box}
 */
function boxAt([x, y]) {
  return { left: x, top: y, right: x, bottom: y };
}

/**
 * @param {number} dx
 * @param {number} dy
 * @returns {Way} along the longer of the two
 */
function wayOf(dx, dy) {
  if (Math.abs(dx) >= Math.abs(dy)) return dx < 0 ? 2 : 0;
  return dy < 0 ? 3 : 1;
}

/**
 * The tip of an elbow at one side: straight out from its place, past all of the outline.
 * @param {Hold} hold
 * @param {Way} way
 * @returns {Point}
 */
export function sideTip({ place: [x, y], outline, box, gap }, way) {
  const sign = way === 0 || way === 1 ? 1 : -1;
  const is_across = way === 0 || way === 2;
  const edge = is_across
    ? sign > 0
      ? box.right
      : box.left
    : sign > 0
      ? box.bottom
      : box.top;
  const outside = edge + sign * (gap + 1);
  const from = /** @type {Point} */ (is_across ? [outside, y] : [x, outside]);
  const met = firstCrossing(outline, from, [x, y]);
  const ink = met ? outside + ((is_across ? x : y) - outside) * met.share : edge;
  return is_across ? [ink + sign * gap, y] : [x, ink + sign * gap];
}

/**
 * The curve from a shape to itself: out of it, and in again.
 * @param {Hold} start
 * @param {Hold} end on the same element
 * @returns {number[] | null} its ends and, between them, what pulls it; null for ends so
 *   far apart that the curve would cross the shape
 */
export function loop(start, end) {
  const [cx, cy] = middleOf(start.box);
  let [from, to] = [angleTo(start, 0), angleTo(end, -Math.PI / 2)];
  const apart = Math.atan2(Math.sin(to - from), Math.cos(to - from));
  if (Math.abs(apart) > MAX_LOOP_RAD) return null;
  if (Math.abs(apart) < MIN_LOOP_RAD) {
    const middle = from + apart / 2;
    const half = (Math.sign(apart) || 1) * (MIN_LOOP_RAD / 2);
    [from, to] = [middle - half, middle + half];
  }
  const { left, top, right, bottom } = start.box;
  const reach = Math.hypot(right - left, bottom - top);
  /** @param {Hold} hold @param {number} angle */
  const at = (hold, angle) => {
    const far = /** @type {Point} */ ([
      cx + reach * Math.cos(angle),
      cy + reach * Math.sin(angle),
    ]);
    return tip({ ...hold, place: [cx, cy] }, far);
  };
  const [[x0, y0], [x1, y1]] = [at(start, from), at(end, to)];
  const pull = LOOP_UNITS + LOOP_SHARE * Math.hypot(x1 - x0, y1 - y0);
  return [
    ...[x0, y0, x0 + pull * Math.cos(from), y0 + pull * Math.sin(from)],
    ...[x1 + pull * Math.cos(to), y1 + pull * Math.sin(to), x1, y1],
  ];
}

/**
 * @param {Hold} hold
 * @param {number} free for a place in the very middle
 * @returns {number} the direction of its place from the middle
 */
function angleTo({ place: [x, y], box }, free) {
  const [cx, cy] = middleOf(box);
  const [dx, dy] = [x - cx, y - cy];
  const is_middle =
    Math.abs(dx) < MIDDLE_SHARE * (box.right - box.left) &&
    Math.abs(dy) < MIDDLE_SHARE * (box.bottom - box.top);
  return is_middle ? free : Math.atan2(dy, dx);
}
