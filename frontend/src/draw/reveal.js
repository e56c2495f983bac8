/**
 * Strokes that are longer or shorter than what is known of them: a peer's, shown up to
 * where its ink has flowed, and my own, drawn on to where the pen is expected. Pure.
 */

/** @import { Highlight, Pen } from "../protocol.js" */
/** @import { Point } from "./geometry.js" */

/** A guess may go on as far as the pen came lately, and no further. */
const MAX_AHEAD_SHARE = 1.25;
const LATELY_POINTS = 4;

/**
 * How long the line through flat points is.
 * @param {readonly number[]} points
 * @param {number} [from] the number of the point to begin with
 * @returns {number}
 */
export function lengthOf(points, from = 0) {
  let length = 0;
  for (let i = from; 2 * i + 3 < points.length; i++) length += sideAt(points, i);
  return length;
}

/**
 * @param {readonly number[]} points
 * @param {number} point its number
 * @returns {number} how far it is to the next point
 */
export function sideAt(points, point) {
  const i = 2 * point;
  const dx = (points[i + 2] ?? 0) - (points[i] ?? 0);
  const dy = (points[i + 3] ?? 0) - (points[i + 1] ?? 0);
  return Math.hypot(dx, dy);
}

/**
 * Where a line has got to: past its point `point`, and `along` units towards the next.
 * @typedef {{point: number, along: number}} Mark
 */

/**
 * Go on along the line.
 * @param {readonly number[]} points
 * @param {Mark} mark
 * @param {number} distance
 * @returns {Mark} at most at the last point
 */
export function advance(points, mark, distance) {
  const last = points.length / 2 - 1;
  let { point } = mark;
  let left = mark.along + distance;
  while (point < last) {
    const side = sideAt(points, point);
    if (left < side) return { point, along: left };
    left -= side;
    point++;
  }
  return { point: last, along: 0 };
}

/**
 * The part of a stroke up to a mark.
 * @template {Pen | Highlight} T
 * @param {T} stroke
 * @param {Mark} mark
 * @returns {T} the stroke itself when the mark is at its end
 */
export function upTo(stroke, { point, along }) {
  const { points, pressure, time } = stroke;
  const i = point * 2;
  if (i + 3 >= points.length) return stroke;
  const n = point + 1;
  const share = along / (sideAt(points, point) || 1);
  const part = points.slice(0, n * 2);
  part.push(
    between(points[i], points[i + 2], share),
    between(points[i + 1], points[i + 3], share),
  );
  /** @param {number[]} values */
  const beside = (values) => [
    ...values.slice(0, n),
    between(values[point], values[n], share),
  ];
  return {
    ...stroke,
    points: part,
    ...(pressure ? { pressure: beside(pressure) } : {}),
    ...(time ? { time: beside(time) } : {}),
  };
}

/**
 * @param {number | undefined} a
 * @param {number | undefined} b
 * @param {number} share
 * @returns {number}
 */
function between(a = 0, b = 0, share = 0) {
  return a + (b - a) * share;
}

/**
 * A growing stroke, drawn on to where the pen is expected next.
 * @template {Pen | Highlight} T
 * @param {T} stroke is left as it is
 * @param {readonly Point[]} expected board units
 * @returns {T}
 */
export function drawnOn(stroke, expected) {
  const { points, pressure, x, y } = stroke;
  const n = points.length / 2;
  let room = lengthOf(points, Math.max(0, n - LATELY_POINTS)) * MAX_AHEAD_SHARE;
  let [lastX, lastY] = [points.at(-2) ?? 0, points.at(-1) ?? 0];
  /** @type {number[]} */
  const more = [];
  for (const [boardX, boardY] of expected) {
    const [nextX, nextY] = [boardX - x, boardY - y];
    room -= Math.hypot(nextX - lastX, nextY - lastY);
    if (room < 0) break;
    more.push(nextX, nextY);
    [lastX, lastY] = [nextX, nextY];
  }
  if (more.length === 0) return stroke;
  const hardness = pressure?.at(-1) ?? 0;
  const beside = {
    pressure: pressure?.concat(new Array(more.length / 2).fill(hardness)),
  };
  return { ...stroke, points: points.concat(more), ...(pressure ? beside : {}) };
}
