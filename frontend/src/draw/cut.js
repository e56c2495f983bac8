/**
 * Cutting ink: which stretches of a stroke a disc that moves along covers, and what is
 * left of the stroke without them. Pure.
 *
 * A place on a stroke is the number of a point and a share of the way to the next:
 * 2.25 is a quarter of the way from the third point to the fourth.
 */

/** @import { Highlight, Pen } from "../protocol.js" */
/** @import { Point } from "./geometry.js" */

import {
  boxBetween,
  boxOfPoints,
  distanceSquared,
  grow,
  overlaps,
  rotate,
  round,
} from "./geometry.js";
import { angleOf, widthOf } from "./look.js";

/** @typedef {Pen | Highlight} Ink */
/** @typedef {[number, number]} Stretch from one place to another */

const DECIMALS = 4; // of the wire; what was finer than this was never there
const CRUMB_SHARE = 0.5; // of its width: ink that is shorter than this is a crumb

/**
 * The centre a stroke turns about.
 * @param {Ink} ink
 * @returns {Point} relative to its x and y
 */
function centerOf({ points }) {
  const box = boxOfPoints(points);
  return [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
}

/**
 * The stretches of a stroke that a disc covers on its way from a to b.
 * @param {Ink} ink
 * @param {readonly [number, number, number, number]} way board units
 * @param {number} radius of the disc, board units; half the stroke's width comes on top
 * @returns {Stretch[]} in order, a single point as [0, 0]
 */
export function covered(ink, [ax, ay, bx, by], radius) {
  const { points, x, y } = ink;
  const [cx, cy] = centerOf(ink);
  const back = -angleOf(ink);
  const [fromX, fromY] = rotate(ax - x, ay - y, cx, cy, back);
  const [toX, toY] = rotate(bx - x, by - y, cx, cy, back);
  const reach = radius + widthOf(ink) / 2;
  const last = points.length / 2 - 1;
  if (last === 0) {
    const [px = 0, py = 0] = points;
    const away = distanceSquared(px, py, fromX, fromY, toX, toY);
    return away <= reach * reach ? [[0, 0]] : [];
  }
  const near = grow(boxBetween(fromX, fromY, toX, toY), reach);
  /** @type {Stretch[]} */
  const found = [];
  for (let i = 0; i < last; i++) {
    const [px, py] = [points[2 * i] ?? 0, points[2 * i + 1] ?? 0];
    const [qx, qy] = [points[2 * i + 2] ?? 0, points[2 * i + 3] ?? 0];
    if (!overlaps(near, boxBetween(px, py, qx, qy))) continue;
    const share = insideCapsule([px, py, qx, qy], [fromX, fromY, toX, toY], reach);
    if (share) found.push([i + share[0], i + share[1]]);
  }
  return joined(found);
}

/**
 * Stretches in order, those that touch made one.
 * @param {readonly Stretch[]} stretches
 * @returns {Stretch[]}
 */
export function joined(stretches) {
  /** @type {Stretch[]} */
  const found = [];
  for (const [from, to] of stretches.toSorted((a, b) => a[0] - b[0])) {
    const before = found.at(-1);
    if (before && from <= before[1]) before[1] = Math.max(before[1], to);
    else found.push([from, to]);
  }
  return found;
}

/**
 * What is left of a stroke without some stretches, as strokes of their own. They look as
 * it did, and name as their origin the element that all of it was once drawn as.
 * @param {Ink} ink
 * @param {readonly Stretch[]} without joined
 * @param {(n: number) => string} idOf the nth piece
 * @returns {Ink[]}
 */
export function pieces(ink, without, idOf) {
  const last = ink.points.length / 2 - 1;
  /** @type {Stretch[]} */
  const left = [];
  let from = 0;
  for (const [begin, end] of without) {
    if (begin > from) left.push([from, begin]);
    from = Math.max(from, end);
  }
  if (from < last) left.push([from, last]);
  const found = left.filter((stretch) => !isCrumb(ink, stretch));
  return found.map((stretch, n) => pieceOf(ink, stretch, idOf(n)));
}

/**
 * @param {Ink} ink
 * @param {Stretch} stretch
 * @param {string} id
 * @returns {Ink}
 */
function pieceOf(ink, [from, to], id) {
  const { points, pressure = [], time = [], origin, ...rest } = ink;
  const places = placesOf(from, to);
  const [x0, y0] = pointAt(points, from);
  /** @type {number[]} */
  const own = [];
  for (const place of places) {
    const [x, y] = pointAt(points, place);
    own.push(round(x - x0, DECIMALS), round(y - y0, DECIMALS));
  }
  const n = points.length / 2;
  const started = Math.floor(valueAt(time, from));
  /** @type {Ink} */
  const piece = {
    ...rest,
    id,
    points: own,
    ...(pressure.length === n
      ? { pressure: places.map((place) => round(valueAt(pressure, place), 3)) }
      : {}),
    ...(time.length === n
      ? { time: places.map((place) => Math.round(valueAt(time, place)) - started) }
      : {}),
    origin: origin ?? ink.id,
  };
  return { ...piece, ...cornerOf(ink, piece, x0, y0) };
}

/**
 * Where a piece lies so that its ink is where it was: a turned piece turns about a centre
 * of its own.
 * @param {Ink} ink
 * @param {Ink} piece
 * @param {number} x0 its first point in the stroke
 * @param {number} y0
 * @returns {{x: number, y: number}}
 */
function cornerOf(ink, piece, x0, y0) {
  const [cx, cy] = centerOf(piece);
  const [nowX, nowY] = [x0 + cx, y0 + cy];
  const [toX, toY] = rotate(nowX, nowY, ...centerOf(ink), angleOf(ink));
  return {
    x: round(ink.x + x0 + toX - nowX, DECIMALS),
    y: round(ink.y + y0 + toY - nowY, DECIMALS),
  };
}

/**
 * @param {number} from
 * @param {number} to
 * @returns {number[]} both, and all the points between
 */
function placesOf(from, to) {
  const places = [from];
  for (let i = Math.floor(from) + 1; i < to; i++) places.push(i);
  places.push(to);
  return places;
}

/**
 * @param {Ink} ink
 * @param {Stretch} stretch
 * @returns {boolean} whether it is too short to be seen as a stroke
 */
function isCrumb(ink, [from, to]) {
  let length = 0;
  let [x, y] = pointAt(ink.points, from);
  for (const place of placesOf(from, to)) {
    const [nextX, nextY] = pointAt(ink.points, place);
    length += Math.hypot(nextX - x, nextY - y);
    [x, y] = [nextX, nextY];
  }
  return length <= widthOf(ink) * CRUMB_SHARE;
}

/**
 * @param {readonly number[]} points flat
 * @param {number} place
 * @returns {Point}
 */
function pointAt(points, place) {
  const i = Math.floor(place);
  const share = place - i;
  const [x, y] = [points[2 * i] ?? 0, points[2 * i + 1] ?? 0];
  if (share === 0) return [x, y];
  const [nextX, nextY] = [points[2 * i + 2] ?? x, points[2 * i + 3] ?? y];
  return [x + (nextX - x) * share, y + (nextY - y) * share];
}

/**
 * @param {readonly number[]} values one a point
 * @param {number} place
 * @returns {number}
 */
function valueAt(values, place) {
  const i = Math.floor(place);
  const value = values[i] ?? 0;
  return value + ((values[i + 1] ?? value) - value) * (place - i);
}

/**
 * The part of a side within a distance of a way: a capsule is convex, so it is one part,
 * from where the line enters a disc at either end, or the strip between them, to where
 * it leaves the last of them.
 * @param {readonly [number, number, number, number]} side
 * @param {readonly [number, number, number, number]} way
 * @param {number} reach
 * @returns {[number, number] | null} shares of the side
 */
function insideCapsule([px, py, qx, qy], [ax, ay, bx, by], reach) {
  const [dx, dy] = [qx - px, qy - py];
  const parts = [
    insideDisc(px - ax, py - ay, dx, dy, reach),
    insideDisc(px - bx, py - by, dx, dy, reach),
    insideStrip([px - ax, py - ay, dx, dy], bx - ax, by - ay, reach),
  ].filter((part) => part !== null);
  if (parts.length === 0) return null;
  const from = Math.max(0, Math.min(...parts.map((part) => part[0])));
  const to = Math.min(1, Math.max(...parts.map((part) => part[1])));
  return from < to ? [from, to] : null; // a touch is no cut
}

/**
 * @param {number} x where the line is at 0, from the disc's centre
 * @param {number} y
 * @param {number} dx how far it goes until 1
 * @param {number} dy
 * @param {number} reach
 * @returns {[number, number] | null}
 */
function insideDisc(x, y, dx, dy, reach) {
  const a = dx * dx + dy * dy;
  const c = x * x + y * y - reach * reach;
  if (a === 0) return c <= 0 ? [0, 1] : null;
  const half = x * dx + y * dy;
  const root = half * half - a * c;
  if (root < 0) return null;
  return [(-half - Math.sqrt(root)) / a, (-half + Math.sqrt(root)) / a];
}

/**
 * @param {readonly [number, number, number, number]} line x, y from the way's beginning
 *   at 0, and how far it goes until 1
 * @param {number} wx the way
 * @param {number} wy
 * @param {number} reach
 * @returns {[number, number] | null}
 */
function insideStrip([x, y, dx, dy], wx, wy, reach) {
  const length = Math.hypot(wx, wy);
  if (length === 0) return null;
  const [ux, uy] = [wx / length, wy / length];
  const along = between(x * ux + y * uy, dx * ux + dy * uy, 0, length);
  const across = between(x * -uy + y * ux, dx * -uy + dy * ux, -reach, reach);
  if (!along || !across) return null;
  const [from, to] = [Math.max(along[0], across[0]), Math.min(along[1], across[1])];
  return from <= to ? [from, to] : null;
}

/**
 * When a value that grows evenly is between two bounds.
 * @param {number} at0 its value at 0
 * @param {number} step how much it grows until 1
 * @param {number} least
 * @param {number} most
 * @returns {[number, number] | null}
 */
function between(at0, step, least, most) {
  if (step === 0) {
    return at0 >= least && at0 <= most ? [-Infinity, Infinity] : null;
  }
  const [a, b] = [(least - at0) / step, (most - at0) / step];
  return a <= b ? [a, b] : [b, a];
}
