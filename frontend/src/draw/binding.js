/**
 * Where arrows that hold on to elements really lie.
 *
 * An arrow keeps which element each of its ends holds on to, and a place in that element's
 * box. What is shown is worked out from where the elements are now, so whoever moves one
 * takes its arrows along; the arrow's own points count where there is nothing to hold on
 * to. `resolved` runs before anything is painted, hit or measured. Pure.
 */

/** @import { Arrow, Binding, Element } from "../protocol.js" */
/** @import { Point } from "./geometry.js" */
/** @import { Lined } from "./route.js" */
/** @import { Measure } from "./text.js" */
/** @import { Hold } from "./tips.js" */

import { boundsOf, centerOf, outlineOf, plainBox } from "./bounds.js";
import { rotate } from "./geometry.js";
import { angleOf, widthOf } from "./look.js";
import { elbowLegs, isLined, lead, sampled } from "./route.js";
import { loop, sideTip, sideTo, tip } from "./tips.js";

/** Finds an element as it is shown. @typedef {(id: string) => Element | undefined} Lookup */

const GAP_UNITS = 4; // between an arrow's tip and the ink of what it holds on to

/**
 * What a binding held on to last: a program may delete a shape and know nothing of its
 * arrows, which then stay where they were seen.
 * @type {WeakMap<Binding, Element>}
 */
const held = new WeakMap();

/**
 * Whether arrows can hold on to an element: to whatever has an inside.
 * @param {Element} element
 * @returns {boolean}
 */
export function canHold(element) {
  return !isLined(element) && element.kind !== "pen" && element.kind !== "highlight";
}

/**
 * Whether an element is an arrow that names something to hold on to.
 * @param {Element} element
 * @returns {element is Arrow}
 */
export function isBound(element) {
  return element.kind === "arrow" && Boolean(element.start || element.end);
}

/**
 * An element as it is to be shown: an arrow between what it holds on to, everything else
 * as it is. A label and a style stay; `x`, `y`, `points` and `angle` are new.
 * @template {Element} T
 * @param {T} element
 * @param {Lookup} get
 * @param {Measure} measure
 * @returns {T}
 */
export function resolved(element, get, measure) {
  if (!isBound(element)) return element;
  const start = holdOf(element, element.start, get, measure);
  const end = holdOf(element, element.end, get, measure);
  if (!start && !end) return element;
  const points = boardPoints(element, measure);
  if (points.length < 4) points.push(...points);
  const is_loop = points.length === 4 && start && start.element === end?.element;
  const curve = is_loop && end && element.route === "curve" ? loop(start, end) : null;
  const shown = curve
    ? looped(element, curve)
    : is_loop || element.route === "elbow"
      ? elbowBetween(element, points, start, end)
      : placed(element, between(points, start, end));
  return /** @type {T} */ (/** @type {Element} */ (shown));
}

/**
 * All elements of a board as they are to be shown.
 * @param {readonly Element[]} elements
 * @param {Measure} measure
 * @returns {Element[]}
 */
export function allResolved(elements, measure) {
  const byId = new Map(elements.map((element) => [element.id, element]));
  return elements.map((element) => resolved(element, (id) => byId.get(id), measure));
}

/**
 * The place on the board that a binding means.
 * @param {Element} element
 * @param {{x: number, y: number}} binding
 * @param {Measure} measure
 * @returns {Point}
 */
export function placeIn(element, { x, y }, measure) {
  const { left, top, right, bottom } = plainBox(element, measure);
  const [cx, cy] = centerOf(element, measure);
  const [px, py] = [left + (right - left) * x, top + (bottom - top) * y];
  return rotate(px, py, cx, cy, angleOf(element));
}

/**
 * The binding that means a place on the board, or the one nearest to it in the box.
 * @param {Element} element
 * @param {Point} place
 * @param {Measure} measure
 * @returns {Binding}
 */
export function bindingTo(element, [px, py], measure) {
  const { left, top, right, bottom } = plainBox(element, measure);
  const [cx, cy] = centerOf(element, measure);
  const [x, y] = rotate(px, py, cx, cy, -angleOf(element));
  /** @param {number} at @param {number} from @param {number} to */
  const share = (at, from, to) =>
    to > from
      ? Math.round(Math.min(1, Math.max(0, (at - from) / (to - from))) * 1e4) / 1e4
      : 0.5;
  return { id: element.id, x: share(x, left, right), y: share(y, top, bottom) };
}

/**
 * @param {Arrow} arrow
 * @param {Binding | null | undefined} binding
 * @param {Lookup} get
 * @param {Measure} measure
 * @returns {Hold | null}
 */
function holdOf(arrow, binding, get, measure) {
  if (!binding) return null;
  const element = get(binding.id) ?? held.get(binding);
  if (!element || !canHold(element)) return null;
  held.set(binding, element);
  const { points } = outlineOf(element, measure);
  const has_edge = element.kind !== "text" && element.kind !== "note";
  const inks = widthOf(arrow) + (has_edge ? widthOf(element) : 0);
  return {
    element,
    place: placeIn(element, binding, measure),
    outline: points,
    box: boundsOf(element, measure),
    gap: GAP_UNITS + inks / 2,
  };
}

/**
 * A line's own points where they lie on the board, turned if the line is.
 * @param {Lined} line
 * @param {Measure} measure
 * @returns {number[]} flat
 */
export function boardPoints(line, measure) {
  const { x, y, points } = line;
  const all = points.map((value, i) => value + (i % 2 ? y : x));
  const angle = angleOf(line);
  if (angle === 0) return all;
  const [cx, cy] = centerOf(line, measure);
  /** @type {number[]} */
  const turned = [];
  for (let i = 0; i + 1 < all.length; i += 2) {
    turned.push(...rotate(all[i] ?? 0, all[i + 1] ?? 0, cx, cy, angle));
  }
  return turned;
}

/**
 * @param {Arrow} arrow
 * @param {number[]} path board units
 * @returns {Arrow} lying there
 */
function placed(arrow, path) {
  const [x = 0, y = 0] = path;
  const points = path.map((value, i) => value - (i % 2 ? y : x));
  return { ...arrow, x, y, points, ...(arrow.angle ? { angle: 0 } : {}) };
}

/**
 * @param {Arrow} arrow from a shape to itself
 * @param {number[]} curve eight numbers, board units
 * @returns {Arrow} of two points still, that takes this way
 */
function looped(arrow, curve) {
  const shown = placed(arrow, [...curve.slice(0, 2), ...curve.slice(-2)]);
  lead(shown, [sampled(curve.map((value, i) => value - (i % 2 ? shown.y : shown.x)))]);
  return shown;
}

/**
 * Points with their ends where the shapes are.
 * @param {number[]} points
 * @param {Hold | null} start
 * @param {Hold | null} end
 * @returns {number[]}
 */
function between(points, start, end) {
  const n = points.length;
  const inner = points.slice(2, -2);
  const first = start?.place ?? pair(points, 0);
  const last = end?.place ?? pair(points, n - 2);
  const tip0 = start ? tip(start, n > 4 ? pair(points, 2) : last) : first;
  const tip1 = end ? tip(end, n > 4 ? pair(points, n - 4) : first) : last;
  // Shapes that lie over each other leave nothing between them: go from place to place.
  if (n === 4 && turnsBack(first, last, tip0, tip1)) return [...first, ...last];
  return [...tip0, ...inner, ...tip1];
}

/**
 * @param {readonly number[]} points
 * @param {number} i
 * @returns {Point}
 */
function pair(points, i) {
  return [points[i] ?? 0, points[i + 1] ?? 0];
}

/**
 * @param {Point} a
 * @param {Point} b
 * @param {Point} tipA
 * @param {Point} tipB
 * @returns {boolean} whether the way from tip to tip is not that from place to place
 */
function turnsBack(a, b, tipA, tipB) {
  const along =
    (b[0] - a[0]) * (tipB[0] - tipA[0]) + (b[1] - a[1]) * (tipB[1] - tipA[1]);
  return along <= 0;
}

/**
 * An arrow with right angles: out of one side, around what it holds on to, into another.
 * @param {Arrow} arrow
 * @param {number[]} points
 * @param {Hold | null} start
 * @param {Hold | null} end
 * @returns {Arrow}
 */
function elbowBetween(arrow, points, start, end) {
  const n = points.length;
  const [second, beforeLast] = [pair(points, 2), pair(points, n - 4)];
  const is_loop = n === 4 && start !== null && start.element === end?.element;
  const out =
    start && sideTo(start, n > 4 ? second : (end ?? second), is_loop ? 0 : null);
  const into =
    end && sideTo(end, n > 4 ? beforeLast : (start ?? beforeLast), is_loop ? 3 : null);
  const first = start && out !== null ? sideTip(start, out) : pair(points, 0);
  const last = end && into !== null ? sideTip(end, into) : pair(points, n - 2);
  const path = [...first, ...points.slice(2, -2), ...last];
  const shown = placed(arrow, path);
  const [x, y] = [shown.x, shown.y];
  const boxes = [start, end].flatMap((hold) =>
    hold
      ? [
          {
            left: hold.box.left - x,
            top: hold.box.top - y,
            right: hold.box.right - x,
            bottom: hold.box.bottom - y,
          },
        ]
      : [],
  );
  const ways = [out === null ? {} : { way: out }, into === null ? {} : { way: into }];
  lead(shown, elbowLegs(shown.points, ways[0] ?? {}, ways[1] ?? {}, boxes));
  return shown;
}
