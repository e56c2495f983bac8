/**
 * The way a line takes through its points: straight, curved or by right angles.
 *
 * A leg is the way from one point to the next, as flat points; all legs together are the
 * path that is painted, hit and measured. Pure.
 */

/** @import { Arrow, Element, Line } from "../protocol.js" */
/** @import { Way } from "./elbow.js" */
/** @import { Box, Point } from "./geometry.js" */

import { DEFAULTS } from "../protocol.js";
import { elbow } from "./elbow.js";
import { linePath, short } from "./outlines.js";
import { advance, lengthOf } from "./reveal.js";

/** @typedef {Line | Arrow} Lined */
/** @typedef {NonNullable<Lined["route"]>} Route */

const CURVE_STEPS = 32; // straight pieces of one curved leg, for hits and lengths
const MAX_FINE_POINTS = 300; // lines of more take fewer pieces, and plain corners
const COARSE_STEPS = 4;
const CORNER_UNITS = 12; // the radius where an elbow turns, if its sides are long enough

/**
 * Legs that were worked out already.
 * @type {WeakMap<Lined, number[][]>}
 */
const known = new WeakMap();

/**
 * Legs joined to one path.
 * @type {WeakMap<readonly number[][], number[]>}
 */
const paths = new WeakMap();

/**
 * Legs of lines that go around what they are bound to: whoever resolves such a line says
 * so here, since an element has no place for it.
 * @type {WeakMap<Lined, number[][]>}
 */
const led = new WeakMap();

/**
 * @param {Element} element
 * @returns {element is Lined}
 */
export function isLined(element) {
  return element.kind === "line" || element.kind === "arrow";
}

/**
 * The way of a line, leg by leg.
 * @param {Lined} line
 * @returns {readonly number[][]} relative to its x and y
 */
export function legsOf(line) {
  let legs = led.get(line) ?? known.get(line);
  if (!legs) {
    legs = freshLegs(line);
    known.set(line, legs);
  }
  return legs;
}

/**
 * Say which way a line takes because of what it is bound to.
 * @param {Lined} line
 * @param {number[][]} legs relative to its x and y
 * @returns {void}
 */
export function lead(line, legs) {
  led.set(line, legs);
}

/**
 * @param {Lined} line
 * @returns {readonly number[][] | undefined} the way it was led, if it was
 */
export function leadOf(line) {
  return led.get(line);
}

/**
 * The way of a line as one list of points.
 * @param {Lined} line
 * @returns {number[]} relative to its x and y
 */
export function pathOf(line) {
  const is_straight = (line.route ?? DEFAULTS.route) === "straight";
  if (is_straight && !led.has(line)) return line.points;
  const legs = legsOf(line);
  let path = paths.get(legs);
  if (!path) {
    path = legs.flatMap((leg, i) => (i === 0 ? leg : leg.slice(2)));
    paths.set(legs, path);
  }
  return path;
}

/**
 * @param {Lined} line
 * @returns {string} its way as SVG has it
 */
export function routePath(line) {
  const { points, route = DEFAULTS.route } = line;
  const is_bow = route === "curve" && points.length > 4;
  if (!is_bow || led.has(line)) return partPath(line, pathOf(line));
  const curves = curvesOf(points).map(
    ([, , ...rest]) => `C${rest.map(short).join(" ")}`,
  );
  return `M${short(points[0])} ${short(points[1])}${curves.join("")}`;
}

/**
 * @param {Lined} line
 * @param {readonly number[]} part of its way
 * @returns {string} as SVG has it
 */
export function partPath(line, part) {
  const { route = DEFAULTS.route } = line;
  const is_angled = route === "elbow" || (route === "straight" && led.has(line));
  return is_angled ? roundedPath(part) : linePath(part);
}

/**
 * A place along a path.
 * @param {readonly number[]} path
 * @param {number} share 0…1 of its length
 * @returns {Point}
 */
export function placeAlong(path, share) {
  const { point, along } = advance(
    path,
    { point: 0, along: 0 },
    lengthOf(path) * share,
  );
  const i = 2 * point;
  const [x, y] = [path[i] ?? 0, path[i + 1] ?? 0];
  const [dx, dy] = [(path[i + 2] ?? x) - x, (path[i + 3] ?? y) - y];
  const part = along / (Math.hypot(dx, dy) || 1);
  return [x + dx * part, y + dy * part];
}

/**
 * @param {Lined} line
 * @returns {number[][]}
 */
function freshLegs({ points, route = DEFAULTS.route }) {
  if (points.length < 4) return [[...points]];
  if (route === "elbow") return elbowLegs(points, ...freeWays(points), []);
  if (route === "curve" && points.length > 4) {
    const n_steps = points.length > 2 * MAX_FINE_POINTS ? COARSE_STEPS : CURVE_STEPS;
    return curvesOf(points).map((curve) => sampled(curve, n_steps));
  }
  const legs = [];
  for (let i = 0; i + 3 < points.length; i += 2) legs.push(points.slice(i, i + 4));
  return legs;
}

/**
 * How an elbow leaves and comes upon ends that hold on to nothing: along its longer side.
 * @param {readonly number[]} points
 * @returns {[{way?: Way}, {way?: Way}]}
 */
function freeWays(points) {
  const [x = 0, y = 0, toX = 0, toY = 0] = points;
  const [dx, dy] = [toX - x, toY - y];
  const way = Math.abs(dx) >= Math.abs(dy) ? (dx < 0 ? 2 : 0) : dy < 0 ? 3 : 1;
  const back = /** @type {Way} */ ((way + 2) % 4);
  return [{ way }, points.length === 4 ? { way: back } : {}];
}

/**
 * Right-angled legs through points.
 * @param {readonly number[]} points flat
 * @param {{way?: Way}} first how the line leaves its first point
 * @param {{way?: Way}} last where the last point is come upon from
 * @param {readonly Box[]} boxes to go around
 * @returns {number[][]}
 */
export function elbowLegs(points, first, last, boxes) {
  /** @type {number[][]} */
  const legs = [];
  let { way } = first;
  for (let i = 0; i + 3 < points.length; i += 2) {
    const [x, y, toX, toY] = /** @type {number[]} */ (points.slice(i, i + 4));
    const is_last = i + 5 >= points.length;
    const from = { x: x ?? 0, y: y ?? 0, ...(way === undefined ? {} : { way }) };
    const to = { x: toX ?? 0, y: toY ?? 0, ...(is_last ? last : {}) };
    if (points.length > 2 * MAX_FINE_POINTS) {
      legs.push([from.x, from.y, to.x, from.y, to.x, to.y]);
      continue;
    }
    const stubs = { first: i === 0, last: is_last };
    const leg = elbow(from, to, boxes, stubs);
    legs.push(leg.points);
    way = leg.way;
  }
  return legs;
}

/**
 * The smooth curve through points: a cubic curve for each leg, none of which leaves its
 * ends faster than its own length allows, so that close points make no loops.
 * @param {readonly number[]} points
 * @returns {number[][]} eight numbers a leg: its ends and, between them, what pulls it
 */
function curvesOf(points) {
  const n = points.length / 2;
  /** @param {number} i @returns {Point} */
  const at = (i) => [points[2 * i] ?? 0, points[2 * i + 1] ?? 0];
  /** The direction through a point. @param {number} i @returns {Point} */
  const through = (i) => {
    const [[ax, ay], [bx, by]] = [at(i - 1), at(i + 1)];
    const length = Math.hypot(bx - ax, by - ay) || 1;
    return [(bx - ax) / length, (by - ay) / length];
  };
  return Array.from({ length: n - 1 }, (_, i) => {
    const [[ax, ay], [bx, by]] = [at(i), at(i + 1)];
    const pull = Math.hypot(bx - ax, by - ay) / 3;
    const [fx, fy] = i > 0 ? through(i) : [0, 0];
    const [tx, ty] = i < n - 2 ? through(i + 1) : [0, 0];
    let [c1x, c1y] = [ax + fx * pull, ay + fy * pull];
    let [c2x, c2y] = [bx - tx * pull, by - ty * pull];
    // An end has no direction of its own: it looks to where the curve is pulled.
    if (i === 0) [c1x, c1y] = [(ax + c2x) / 2, (ay + c2y) / 2];
    if (i === n - 2) [c2x, c2y] = [(bx + c1x) / 2, (by + c1y) / 2];
    return [ax, ay, c1x, c1y, c2x, c2y, bx, by];
  });
}

/**
 * @param {number[]} curve eight numbers
 * @param {number} n_steps
 * @returns {number[]} points along it
 */
export function sampled(curve, n_steps = CURVE_STEPS) {
  const points = [];
  for (let step = 0; step <= n_steps; step++) {
    const t = step / n_steps;
    const s = 1 - t;
    const weights = [s * s * s, 3 * t * s * s, 3 * t * t * s, t * t * t];
    for (let side = 0; side < 2; side++) {
      let value = 0;
      for (let k = 0; k < 4; k++) {
        value += (weights[k] ?? 0) * (curve[2 * k + side] ?? 0);
      }
      points.push(value);
    }
  }
  return points;
}

/**
 * A path whose corners are rounded.
 * @param {readonly number[]} path
 * @returns {string}
 */
function roundedPath(path) {
  const n = path.length / 2;
  /** @param {number} i @returns {Point} */
  const at = (i) => [path[2 * i] ?? 0, path[2 * i + 1] ?? 0];
  let d = `M${short(path[0])} ${short(path[1])}`;
  for (let i = 1; i < n - 1; i++) {
    const here = at(i);
    const [ax, ay] = towards(here, at(i - 1));
    const [bx, by] = towards(here, at(i + 1));
    d += `L${short(ax)} ${short(ay)}Q${short(here[0])} ${short(here[1])} ${short(bx)} ${short(by)}`;
  }
  return `${d}L${short(path.at(-2))} ${short(path.at(-1))}`;
}

/**
 * @param {Point} from
 * @param {Point} to
 * @returns {Point} a corner's radius away
 */
function towards([x, y], [toX, toY]) {
  const length = Math.hypot(toX - x, toY - y) || 1;
  const share = Math.min(CORNER_UNITS, length / 2) / length;
  return [x + (toX - x) * share, y + (toY - y) * share];
}
