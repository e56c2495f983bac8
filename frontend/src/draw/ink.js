/**
 * Freehand ink: raw points to the outline of a stroke that swells and thins.
 *
 * Smoothing happens here, when painting, from the raw points: the author, peers, the
 * server's export and a replay all see the same curve. Pure.
 */

import getStroke from "perfect-freehand";
import { boxOfPoints, grow, shifted } from "./geometry.js";
import { advance, sideAt } from "./reveal.js";

/** @import { Highlight, Pen } from "../protocol.js" */
/** @import { Box } from "./geometry.js" */

const THINNING = 0.55; // how much pressure changes the width
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
  const size = width * SIZE_PER_WIDTH;
  if (isTap(points)) return dotPath(points, dotRadius(size, pressure));
  const outline = getStroke(inputPoints(points, pressure), {
    size,
    thinning: THINNING,
    smoothing: 0.5,
    streamline: 0.4,
    simulatePressure: pressure.length === 0,
    easing: easeOutSine,
    last: !is_growing,
  });
  return smoothPath(outline);
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
function isTap(points) {
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
 * @param {readonly number[]} points
 * @param {readonly number[]} pressure
 * @returns {number[][]}
 */
function inputPoints(points, pressure) {
  const input = [];
  for (let i = 0; i + 1 < points.length; i += 2) {
    input.push([points[i] ?? 0, points[i + 1] ?? 0, pressure[i / 2] ?? 0.5]);
  }
  return input;
}

/**
 * A closed curve through the middles of an outline's sides.
 * @param {readonly (readonly number[])[]} outline
 * @returns {string}
 */
function smoothPath(outline) {
  const first = outline[0];
  const second = outline[1];
  if (!first || !second) return "";
  let path = `M${short(mid(first[0], second[0]))} ${short(mid(first[1], second[1]))}`;
  for (let i = 1; i <= outline.length; i++) {
    const point = outline[i % outline.length] ?? first;
    const next = outline[(i + 1) % outline.length] ?? first;
    path += `Q${short(point[0])} ${short(point[1])}`;
    path += ` ${short(mid(point[0], next[0]))} ${short(mid(point[1], next[1]))}`;
  }
  return `${path}Z`;
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

/**
 * @param {number} t
 * @returns {number}
 */
function easeOutSine(t) {
  return Math.sin((t * Math.PI) / 2);
}
