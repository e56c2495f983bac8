/**
 * Freehand ink: raw points to the outline of a stroke that swells and thins.
 *
 * Smoothing happens here, when painting, from the raw points: the author, peers, the
 * server's export and a replay all see the same curve. Pure.
 */

import { boxOfPoints, grow, shifted } from "./geometry.js";
import { InkOutline, THINNING } from "./ink_outline.js";
import { advance, sideAt } from "./reveal.js";

/** @import { Highlight, Pen } from "../protocol.js" */
/** @import { Box } from "./geometry.js" */

const SIZE_PER_WIDTH = 1.45; // thinned ink looks as broad as a line of its width
const LOOK_BACK_UNITS = 3; // what the library leaves out before the end
const LOOK_BACK_POINTS = 6; // after so many a point no longer pulls at the line
const MEAN_POINTS = 10;
const TAP_REACH_UNITS = 0.5; // a pen that moved less than this made a dot

/**
 * An SVG path around the ink, relative to the element's x and y.
 * @param {Pick<Pen, "points" | "pressure">} pen
 * @param {number} width
 * @param {boolean} is_growing whether the pen is still down
 * @returns {string}
 */
export function inkPath(pen, width, is_growing = false) {
  const { points } = pen;
  const pressure = pen.pressure ?? [];
  const outline = isTap(points)
    ? []
    : inkOutline(pen, width).of(points, pressure, 0, !is_growing);
  if (outline.length === 0) {
    return dotPath(points, dotRadius(width * SIZE_PER_WIDTH, pressure));
  }
  let path = "";
  eachCurve(outline, (x, y, toX, toY) => {
    path += path === "" ? `M${toX} ${toY}` : `Q${x} ${y} ${toX} ${toY}`;
  });
  return `${path}Z`;
}

/**
 * @param {Pick<Pen, "pressure">} pen
 * @param {number} width
 * @returns {InkOutline} of a stroke that has not begun
 */
export function inkOutline({ pressure }, width) {
  return new InkOutline(width * SIZE_PER_WIDTH, !pressure?.length);
}

/**
 * A path of even width through the middle of the ink, for the highlighter.
 * @param {readonly number[]} points
 * @returns {string}
 */
export function centerPath(points) {
  const n = points.length;
  const start = `M${short(points[0])} ${short(points[1])}`;
  if (n <= 4) {
    return `${start}L${short(points[n - 2])} ${short(points[n - 1])}`;
  }
  let path = start;
  for (let i = 2; i + 3 < n; i += 2) {
    const [x, y] = [points[i] ?? 0, points[i + 1] ?? 0];
    const [nx, ny] = [points[i + 2] ?? 0, points[i + 3] ?? 0];
    path += `Q${short(x)} ${short(y)} ${short((x + nx) / 2)} ${short((y + ny) / 2)}`;
  }
  return `${path}L${short(points[n - 2])} ${short(points[n - 1])}`;
}

/**
 * Where a growing stroke looks different since it had fewer points. Its smoothing looks
 * back no further than this; but the pressure that is made up for a mouse begins with
 * the mean of ten points, of those that are left of the first few units.
 * @param {Pen | Highlight} stroke
 * @param {number} width
 * @param {number} n_before how many points it had
 * @returns {Box} board units
 */
export function tailBox({ points, x, y }, width, n_before) {
  const reach = LOOK_BACK_UNITS + 2 * width * SIZE_PER_WIDTH;
  let from = n_before - 1;
  for (let left = reach; from > 0 && left > 0; from--) left -= sideAt(points, from - 1);
  from -= LOOK_BACK_POINTS;
  const { point } = advance(points, { point: 0, along: 0 }, reach);
  if (from < point + MEAN_POINTS) from = 0;
  const box = shifted(boxOfPoints(points.slice(2 * from)), x, y);
  return grow(box, width * 1.5 + 1);
}

/**
 * @param {readonly number[]} points
 * @returns {boolean}
 */
export function isTap(points) {
  if (points.length <= 2) return true;
  const box = boxOfPoints(points);
  return Math.max(box.right - box.left, box.bottom - box.top) < TAP_REACH_UNITS;
}

/**
 * @param {number} size
 * @param {readonly number[]} pressure
 * @returns {number}
 */
function dotRadius(size, pressure) {
  const hardest = pressure.length === 0 ? 0.5 : Math.max(...pressure);
  return (size / 2) * (1 + THINNING * (hardest - 0.5));
}

/**
 * @param {readonly number[]} points
 * @param {number} radius
 * @returns {string}
 */
function dotPath(points, radius) {
  const r = short(radius);
  const [x, y] = [points[0] ?? 0, points[1] ?? 0];
  return (
    `M${short(x - radius)} ${short(y)}` +
    `a${r} ${r} 0 1 0 ${short(radius * 2)} 0a${r} ${r} 0 1 0 ${short(-radius * 2)} 0Z`
  );
}

/**
 * A closed curve through the middles of an outline's sides.
 * @param {readonly number[]} outline flat
 * @param {(x: number, y: number, toX: number, toY: number) => void} curve called for the
 *   beginning, which is `to`, then for each curve past (x, y)
 * @returns {void}
 */
export function eachCurve(outline, curve) {
  const n = outline.length;
  for (let i = 0; i <= n; i += 2) {
    const [j, k] = [i % n, (i + 2) % n];
    const [x, y] = [outline[j] ?? 0, outline[j + 1] ?? 0];
    const [toX, toY] = [mid(x, outline[k]), mid(y, outline[k + 1])];
    curve(short(x), short(y), short(toX), short(toY));
  }
}

/**
 * @param {number | undefined} a
 * @param {number | undefined} b
 * @returns {number}
 */
function mid(a = 0, b = 0) {
  return (a + b) / 2;
}

/**
 * Hundredths of a board unit: a third of a pixel at the closest zoom.
 * @param {number | undefined} value
 * @returns {number}
 */
function short(value = 0) {
  return Math.round(value * 100) / 100;
}
