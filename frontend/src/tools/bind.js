/**
 * Arrows and what they hold on to, as tools need it: what an end would hold on to here,
 * and what becomes of bindings when things are moved, copied or deleted.
 */

/** @import { Arrow, Binding, Element, Op, Props } from "../protocol.js" */
/** @import { Measure } from "../draw/text.js" */
/** @import { Bench, Press } from "./bench.js" */

import { bindingTo, canHold, isBound, placeIn, resolved } from "../draw/binding.js";
import { boundsOf, plainBox } from "../draw/bounds.js";
import { boxBetween, decimalsAt, grow, round } from "../draw/geometry.js";
import { hits, isNearEdge, surrounds } from "../draw/hit.js";

/**
 * @typedef {object} Target
 * @property {Element} element
 * @property {Binding} binding
 * @property {boolean} is_edge whether the place is at the edge, not well inside
 */

const REACH_PX = { mouse: 10, pen: 12, touch: 20 }; // outside a shape, and still meant
const MIDDLE_PX = 16; // so near the middle of a side or a shape, the middle is meant
const MIDDLE_SHARE = 0.15; // but never more of a small shape than this

/**
 * An element of the board or a draft where it is shown.
 * @template {Element} T
 * @param {Bench} bench
 * @param {T} element
 * @returns {T}
 */
export function settled(bench, element) {
  return resolved(element, (id) => bench.draft.get(id), bench.measure);
}

/**
 * What the end of an arrow would hold on to at a place; Ctrl lets it hold on to nothing.
 * @param {Bench} bench
 * @param {Press} press
 * @returns {Target | null}
 */
export function targetAt(bench, press) {
  if (press.ctrl) return null;
  const reach = REACH_PX[press.device] / bench.view.zoom;
  const { x, y } = press;
  const found = bench
    .near(grow(boxBetween(x, y, x, y), reach))
    .filter(
      (element) =>
        canHold(element) &&
        (surrounds(element, x, y, bench.measure) ||
          hits(element, x, y, reach, bench.measure)),
    );
  // A shape may lie inside another, and over it or below it: the smaller one is meant.
  const [element] = found
    .toReversed()
    .sort((a, b) => sizeOf(bench, a) - sizeOf(bench, b));
  if (!element) return null;
  const is_edge = isNearEdge(element, x, y, reach, bench.measure);
  return { element, binding: bindingAt(bench, element, press), is_edge };
}

/**
 * @param {Bench} bench
 * @param {Element} element
 * @returns {number}
 */
function sizeOf(bench, element) {
  const { left, top, right, bottom } = boundsOf(element, bench.measure);
  return (right - left) * (bottom - top);
}

/**
 * The binding that a press means; what is nearly the middle becomes the middle.
 * @param {Bench} bench
 * @param {Element} element
 * @param {Press} press
 * @returns {Binding}
 */
function bindingAt(bench, element, { x, y }) {
  const { left, top, right, bottom } = plainBox(element, bench.measure);
  const near = MIDDLE_PX / bench.view.zoom;
  /** @param {number} share @param {number} side */
  const pulled = (share, side) =>
    Math.abs(share - 0.5) * side < Math.min(near, side * MIDDLE_SHARE) ? 0.5 : share;
  const binding = bindingTo(element, [x, y], bench.measure);
  return {
    ...binding,
    x: pulled(binding.x, right - left),
    y: pulled(binding.y, bottom - top),
  };
}

/**
 * An arrow's ends as they may be kept: both on one shape only where both are at its edge,
 * or every arrow drawn inside a large shape would become a loop. Nor does an arrow hold on
 * to what it never leaves: it points from a place on a picture to something drawn there.
 * @param {Target | null} start
 * @param {Target | null} end
 * @param {Measure} measure
 * @returns {{start: Binding | null, end: Binding | null}}
 */
export function endsOf(start, end, measure) {
  const is_inside =
    start !== null &&
    start.element.id === end?.element.id &&
    !(start.is_edge && end.is_edge);
  if (is_inside) return { start: null, end: null };
  return { start: meant(start, end, measure), end: meant(end, start, measure) };
}

/**
 * @param {Target | null} target
 * @param {Target | null} other where the other end is
 * @param {Measure} measure
 * @returns {Binding | null}
 */
function meant(target, other, measure) {
  if (!target) return null;
  if (target.is_edge || !other) return target.binding;
  const [x, y] = placeIn(other.element, other.binding, measure);
  return surrounds(target.element, x, y, measure) ? null : target.binding;
}

/**
 * Where an arrow lies now, as properties to be kept.
 * @param {Bench} bench
 * @param {Arrow} arrow as it is shown
 * @param {number} [dx] how far it is moved besides
 * @param {number} [dy]
 * @returns {Props}
 */
export function restProps(bench, { x, y, points, angle }, dx = 0, dy = 0) {
  const decimals = decimalsAt(bench.view.zoom);
  return {
    x: round(x + dx, decimals),
    y: round(y + dy, decimals),
    points: points.map((value) => round(value, decimals)),
    ...(angle === undefined ? {} : { angle }),
  };
}

/**
 * What moving a bound arrow changes: with one of its shapes it stays bound, alone it lets
 * go of both.
 * @param {Bench} bench
 * @param {Arrow} arrow as it was shown before
 * @param {ReadonlySet<string>} moved ids of all that is moved
 * @param {number} dx board units
 * @param {number} dy
 * @returns {Props}
 */
export function movedArrow(bench, arrow, moved, dx, dy) {
  const stays = [arrow.start, arrow.end].some((end) => end && moved.has(end.id));
  const rest = restProps(bench, arrow, dx, dy);
  return stays ? rest : { ...rest, start: null, end: null };
}

/**
 * A copy of an arrow: its ends on the copies of what was copied with it, and on nothing
 * else.
 * @param {Arrow} arrow
 * @param {ReadonlyMap<string, string>} ids of copies by the ids of originals
 * @returns {Arrow}
 */
export function rebound({ start, end, ...arrow }, ids) {
  /** @param {"start" | "end"} name @param {Binding | null | undefined} binding */
  const copied = (name, binding) => {
    const id = binding ? ids.get(binding.id) : undefined;
    return id === undefined ? {} : { [name]: { ...binding, id } };
  };
  return { ...arrow, ...copied("start", start), ...copied("end", end) };
}

/**
 * Ops that delete elements and leave the arrows that held on to them where they are.
 * @param {Bench} bench
 * @param {readonly string[]} ids of elements on the board
 * @returns {Op[]}
 */
export function deleteOps(bench, ids) {
  const gone = new Set(ids);
  const left = new Set(ids.flatMap((id) => [...bench.arrowsOn(id)]));
  /** @type {Op[]} */
  const ops = [];
  for (const id of left) {
    const arrow = gone.has(id) ? undefined : bench.board.get(id);
    if (!arrow || !isBound(arrow)) continue;
    const lookup = (/** @type {string} */ other) => bench.board.get(other);
    const props = restProps(bench, resolved(arrow, lookup, bench.measure));
    /** @param {Binding | null | undefined} end */
    const lost = (end) => Boolean(end && gone.has(end.id));
    ops.push({
      op: "set",
      id,
      props: {
        ...props,
        ...(lost(arrow.start) ? { start: null } : {}),
        ...(lost(arrow.end) ? { end: null } : {}),
      },
    });
  }
  return [...ops, ...ids.map((id) => ({ op: /** @type {const} */ ("del"), id }))];
}
