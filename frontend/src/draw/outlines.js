/**
 * The outlines of shapes: corners, curves, and the room for a label inside. Pure.
 *
 * All of them fill the box from (0, 0) to (w, h); paths are in SVG's path language.
 */

/** @import { Element } from "../protocol.js" */

import { DEFAULTS } from "../protocol.js";

/** What has an outline, and a label in the middle of it. */
/** @typedef {Exclude<Extract<Element, {corner?: string}>, {asset: string}>} Shape */
/** @typedef {Shape["kind"]} ShapeKind */

export const KAPPA = 0.5522847498; // a quarter of a circle as one cubic curve
export const ROUND_UNITS = 24; // the radius of a round corner, where the sides are long enough
const STAR_INNER = 0.45; // the radius between two points of a star: neither fat nor thin
const CLOUD_BUMPS = 8;
const CLOUD_INNER = 0.78; // where two bumps meet, as a share of the radius
const LID_SHARE = 0.12; // half the height of a cylinder's lid
const TAIL_SHARE = 0.22; // how much of a callout is its tail
const CURVE_STEPS = 8; // points along one curve of an outline
const LABEL_MARGIN = 8; // between edge and label

/**
 * The part of the box that a label may fill, as shares: left, top, right, bottom.
 * @type {Readonly<Record<ShapeKind, readonly [number, number, number, number]>>}
 */
const LABEL_ROOM = {
  rect: [0, 0, 1, 1],
  ellipse: [0.146, 0.146, 0.854, 0.854],
  diamond: [0.25, 0.25, 0.75, 0.75],
  triangle: [0.25, 0.5, 0.75, 1],
  hexagon: [0.125, 0, 0.875, 1],
  star: [0.28, 0.36, 0.72, 0.76],
  cloud: [0.16, 0.16, 0.84, 0.84],
  cylinder: [0, 2 * LID_SHARE, 1, 1],
  callout: [0, 0, 1, 1 - TAIL_SHARE],
};

/**
 * @param {Element} element
 * @returns {element is Shape}
 */
export function isShape(element) {
  return Object.hasOwn(LABEL_ROOM, element.kind);
}

/**
 * Where a shape's label is laid out, relative to its corner.
 * @param {Shape} shape
 * @returns {{x: number, y: number, width: number, height: number}}
 */
export function labelRoom({ kind, w, h }) {
  const [left, top, right, bottom] = LABEL_ROOM[kind];
  return {
    x: left * w + LABEL_MARGIN,
    y: top * h,
    width: Math.max(1, (right - left) * w - 2 * LABEL_MARGIN),
    height: (bottom - top) * h,
  };
}

/**
 * The outline as a path.
 * @param {Shape} shape
 * @returns {string}
 */
export function outlinePath({ kind, w, h, corner = DEFAULTS.corner }) {
  const corners = cornersOf(kind, w, h);
  if (corners) {
    return corner === "round" ? roundPath(corners) : `${linePath(corners)}Z`;
  }
  if (kind === "cylinder") return bodyPath(w, h);
  return kind === "cloud" ? cloudPath(w, h) : ellipsePath(w, h);
}

/**
 * Lines inside the outline: the front edge of a cylinder's lid.
 * @param {Shape} shape
 * @returns {string | null}
 */
export function innerPath({ kind, w, h }) {
  if (kind !== "cylinder") return null;
  const e = h * LID_SHARE;
  return `M0 ${short(e)}${halfEllipse(w, e, e, 1)}`;
}

/**
 * The outline as points, for hit tests: flat, closed, relative to the box.
 * @param {Shape} shape
 * @returns {number[]}
 */
export function outlinePoints({ kind, w, h }) {
  const corners = cornersOf(kind, w, h);
  if (corners) return corners;
  if (kind === "cloud") return cloudPoints(w, h);
  if (kind === "ellipse") return arcPoints(w / 2, h / 2, w / 2, h / 2, 0, 2);
  const e = h * LID_SHARE;
  return [
    ...arcPoints(w / 2, e, w / 2, e, -1, 0),
    ...arcPoints(w / 2, h - e, w / 2, e, 0, 1),
  ];
}

/**
 * @param {ShapeKind} kind
 * @param {number} w
 * @param {number} h
 * @returns {number[] | null} null where the outline has curves
 */
function cornersOf(kind, w, h) {
  const [cx, cy] = [w / 2, h / 2];
  switch (kind) {
    case "rect":
      return [0, 0, w, 0, w, h, 0, h];
    case "diamond":
      return [cx, 0, w, cy, cx, h, 0, cy];
    case "triangle":
      return [cx, 0, w, h, 0, h];
    case "hexagon":
      return [w / 4, 0, (3 * w) / 4, 0, w, cy, (3 * w) / 4, h, w / 4, h, 0, cy];
    case "star":
      return starCorners(w, h);
    case "callout": {
      const edge = h * (1 - TAIL_SHARE);
      return [0, 0, w, 0, w, edge, 0.42 * w, edge, 0.14 * w, h, 0.2 * w, edge, 0, edge];
    }
    default:
      return null;
  }
}

/**
 * A regular star, stretched so that it touches all four sides.
 * @param {number} w
 * @param {number} h
 * @returns {number[]}
 */
function starCorners(w, h) {
  const points = [];
  const [wide, top, bottom] = [Math.cos(Math.PI / 10), 1, Math.cos(Math.PI / 5)];
  for (let i = 0; i < 10; i++) {
    const turn = (i / 5) * Math.PI;
    const radius = i % 2 ? STAR_INNER : 1;
    const [x, y] = [radius * Math.sin(turn), -radius * Math.cos(turn)];
    points.push(((x + wide) / (2 * wide)) * w, ((y + top) / (top + bottom)) * h);
  }
  return points;
}

/**
 * @param {readonly number[]} points
 * @returns {string} open
 */
export function linePath(points) {
  let path = "";
  for (let i = 0; i + 1 < points.length; i += 2) {
    path += `${i === 0 ? "M" : "L"}${short(points[i])} ${short(points[i + 1])}`;
  }
  return path;
}

/**
 * A polygon whose corners are curves.
 * @param {readonly number[]} points
 * @returns {string}
 */
function roundPath(points) {
  const n = points.length / 2;
  /** @param {number} i @returns {[number, number]} */
  const at = (i) => {
    const k = (i + n) % n;
    return [points[2 * k] ?? 0, points[2 * k + 1] ?? 0];
  };
  let path = "";
  for (let i = 0; i < n; i++) {
    const here = at(i);
    const [fromX, fromY] = towards(here, at(i - 1));
    const [toX, toY] = towards(here, at(i + 1));
    path += `${i === 0 ? "M" : "L"}${short(fromX)} ${short(fromY)}`;
    path += `Q${short(here[0])} ${short(here[1])} ${short(toX)} ${short(toY)}`;
  }
  return `${path}Z`;
}

/**
 * The point where the curve of a corner leaves one of its sides.
 * @param {[number, number]} from
 * @param {[number, number]} to
 * @returns {[number, number]}
 */
function towards([x, y], [toX, toY]) {
  const length = Math.hypot(toX - x, toY - y);
  const share = length === 0 ? 0 : Math.min(ROUND_UNITS, length / 3) / length;
  return [x + (toX - x) * share, y + (toY - y) * share];
}

/**
 * @param {number} w
 * @param {number} h
 * @returns {string}
 */
function ellipsePath(w, h) {
  const [rx, ry] = [w / 2, h / 2];
  const [kx, ky] = [rx * KAPPA, ry * KAPPA];
  return (
    `M0 ${short(ry)}` +
    curve(0, ry - ky, rx - kx, 0, rx, 0) +
    curve(rx + kx, 0, w, ry - ky, w, ry) +
    curve(w, ry + ky, rx + kx, h, rx, h) +
    `${curve(rx - kx, h, 0, ry + ky, 0, ry)}Z`
  );
}

/**
 * @param {number} w
 * @param {number} h
 * @returns {string}
 */
function bodyPath(w, h) {
  const e = h * LID_SHARE;
  const floor = h - e;
  const back = halfEllipse(w, e, e, -1);
  const [rx, kx, ky] = [w / 2, (w / 2) * KAPPA, e * KAPPA];
  return (
    `M0 ${short(e)}${back}L${short(w)} ${short(floor)}` +
    curve(w, floor + ky, rx + kx, h, rx, h) +
    `${curve(rx - kx, h, 0, floor + ky, 0, floor)}Z`
  );
}

/**
 * Half an ellipse from (0, y) to (w, y).
 * @param {number} w
 * @param {number} y
 * @param {number} e its height
 * @param {1 | -1} side 1: below, -1: above
 * @returns {string}
 */
function halfEllipse(w, y, e, side) {
  const [rx, kx, ky] = [w / 2, (w / 2) * KAPPA, side * e * KAPPA];
  const far = y + side * e;
  return curve(0, y + ky, rx - kx, far, rx, far) + curve(rx + kx, far, w, y + ky, w, y);
}

/**
 * The bumps of a cloud as cubic curves: start, two control points and end of each.
 * @param {number} w
 * @param {number} h
 * @returns {number[][]} eight numbers a bump
 */
function cloudBumps(w, h) {
  const half = Math.PI / CLOUD_BUMPS;
  // The middle of such a curve lies three quarters of the way to its control points.
  const puff = (1 - CLOUD_INNER * Math.cos(half)) / 0.75;
  return Array.from({ length: CLOUD_BUMPS }, (_, i) => {
    const middle = 2 * half * i;
    const [out, down] = [puff * Math.cos(middle), puff * Math.sin(middle)];
    /** @param {number} turn */
    const seam = (turn) => [CLOUD_INNER * Math.cos(turn), CLOUD_INNER * Math.sin(turn)];
    const [ax = 0, ay = 0] = seam(middle - half);
    const [bx = 0, by = 0] = seam(middle + half);
    return [ax, ay, ax + out, ay + down, bx + out, by + down, bx, by].map(
      (value, k) => (1 + value) * (k % 2 ? h / 2 : w / 2),
    );
  });
}

/**
 * @param {number} w
 * @param {number} h
 * @returns {string}
 */
function cloudPath(w, h) {
  const bumps = cloudBumps(w, h);
  const [x, y] = bumps[0] ?? [];
  return `M${short(x)} ${short(y)}${bumps.map((bump) => curve(...bump.slice(2))).join("")}Z`;
}

/**
 * @param {number} w
 * @param {number} h
 * @returns {number[]}
 */
function cloudPoints(w, h) {
  return cloudBumps(w, h).flatMap((bump) =>
    Array.from({ length: CURVE_STEPS }, (_, i) => i / CURVE_STEPS).flatMap((t) => {
      const weights = [(1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t ** 3];
      /** @param {number} side 0: x, 1: y */
      const at = (side) =>
        weights.reduce((sum, weight, k) => sum + weight * (bump[2 * k + side] ?? 0), 0);
      return [at(0), at(1)];
    }),
  );
}

/**
 * Points along an arc, from one angle to another.
 * @param {number} cx
 * @param {number} cy
 * @param {number} rx
 * @param {number} ry
 * @param {number} from multiples of π
 * @param {number} to
 * @returns {number[]}
 */
function arcPoints(cx, cy, rx, ry, from, to) {
  const n = Math.round((to - from) * 3 * CURVE_STEPS); // off by 0.2 % of the radius
  return Array.from({ length: n }, (_, i) => from + ((to - from) * i) / n).flatMap(
    (turn) => [cx + rx * Math.cos(turn * Math.PI), cy + ry * Math.sin(turn * Math.PI)],
  );
}

/** @param {number[]} numbers */
function curve(...numbers) {
  return `C${numbers.map(short).join(" ")}`;
}

/**
 * @param {number | undefined} value
 * @returns {number} to the hundredth of a unit: a third of a pixel at the closest zoom
 */
export function short(value = 0) {
  return Math.round(value * 100) / 100;
}
