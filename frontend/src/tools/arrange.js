/**
 * Arranging: paint order, groups, locks, alignment, distribution and flips of what is
 * selected. Each verb gives the ops of one change; none of them submits.
 */

/** @import { Arrow, Binding, Element, Op, Props } from "../protocol.js" */
/** @import { Box } from "../draw/geometry.js" */
/** @import { Bench } from "./bench.js" */

import { isBound } from "../draw/binding.js";
import { boundsOf } from "../draw/bounds.js";
import { decimalsAt, emptyBox, overlaps, round, union } from "../draw/geometry.js";
import { keysBetween } from "../model/between.js";
import { MAX_GROUP_DEPTH } from "../protocol.js";
import { enteredGroup } from "./groups.js";
import { selectedBox, selectedElements } from "./selected.js";

/** Shapes that are their own mirror image from left to right, but not from top to bottom. */
const TOPPED = new Set(["triangle", "star", "cylinder"]);

/** @typedef {"left" | "center" | "right" | "top" | "middle" | "bottom"} Side */
/** @typedef {"front" | "back" | "forward" | "backward"} Move */

/**
 * @param {Element} element
 * @param {Props} props
 * @returns {Op}
 */
function set({ id }, props) {
  return { op: "set", id, props };
}

/**
 * What may be changed of what is selected, in paint order.
 * @param {Bench} bench
 * @returns {Element[]}
 */
export function looseElements(bench) {
  return selectedElements(bench).filter((element) => !element.locked);
}

/**
 * Paint the selection above or below the others: all of them, or the next one.
 * @param {Bench} bench
 * @param {Move} move
 * @returns {Op[]}
 */
export function orderOps(bench, move) {
  const elements = looseElements(bench);
  const chosen = new Set(elements.map(({ id }) => id));
  if (chosen.size === 0) return [];
  const all = bench.board.list();
  const rest = all.filter(({ id }) => !chosen.has(id));
  const step = move === "back" || move === "backward" ? -1 : 1;
  let at = landing(bench, rest, elements, move);
  const isThere = elements.every((element, i) => all[at + i] === element);
  if (isThere) return [];
  // Between two of the same key nothing fits: go on to the next place.
  for (; at >= 0 && at <= rest.length; at += step) {
    const keys = keysBetween(rest[at - 1]?.z, rest[at]?.z, elements.length);
    if (keys)
      return keys.map((z, i) => ({
        op: "set",
        id: elements[i]?.id ?? "",
        props: { z },
      }));
  }
  return [];
}

/**
 * How many of the others lie below the selection afterwards. One step goes past the next
 * of those that it touches, so that one sees it; past any, where it touches none.
 * @param {Bench} bench
 * @param {readonly Element[]} rest the others, in paint order
 * @param {readonly Element[]} chosen
 * @param {Move} move
 * @returns {number}
 */
function landing(bench, rest, chosen, move) {
  if (move === "front") return rest.length;
  if (move === "back") return 0;
  const all = bench.board.list();
  const ids = new Set(chosen.map(({ id }) => id));
  const places = all.flatMap(({ id }, i) => (ids.has(id) ? [i] : []));
  const [first, last] = [places[0] ?? 0, places.at(-1) ?? 0];
  const box = chosen.map(({ id }) => bench.boxOf(id) ?? emptyBox()).reduce(union);
  const touches = (/** @type {Element} */ { id }) =>
    overlaps(box, bench.boxOf(id) ?? emptyBox());
  if (move === "forward") {
    const from = last + 1 - chosen.length;
    const found = rest.findIndex((one, i) => i >= from && touches(one));
    return Math.min(rest.length, (found < 0 ? from : found) + 1);
  }
  const found = rest.slice(0, first).findLastIndex(touches);
  return Math.max(0, found < 0 ? first - 1 : found);
}

/**
 * Group what is selected, within the group that was entered.
 * @param {Bench} bench
 * @returns {Op[]}
 */
export function groupOps(bench) {
  const elements = looseElements(bench);
  if (elements.length < 2) return [];
  const made = bench.newId();
  const entered = enteredGroup(bench) ?? "";
  return elements.map((element) => {
    const groups = element.groups ?? [];
    const at = groups.indexOf(entered);
    const inner = groups.slice(0, at < 0 ? groups.length : at);
    const outer = groups.slice(inner.length);
    return set(element, { groups: [...inner, made, ...outer].slice(-MAX_GROUP_DEPTH) });
  });
}

/**
 * Take the outermost group away; of what was entered, the one below that. What is
 * selected alone leaves the group it is in.
 * @param {Bench} bench
 * @returns {Op[]}
 */
export function ungroupOps(bench) {
  const entered = enteredGroup(bench) ?? "";
  return looseElements(bench).flatMap((element) => {
    const { groups = [] } = element;
    if (groups.length === 0) return [];
    const at = groups.indexOf(entered);
    const gone = at < 0 ? groups.length - 1 : Math.max(0, at - 1);
    return [set(element, { groups: groups.filter((_, i) => i !== gone) })];
  });
}

/**
 * Lock everything that is selected, or, where all of it is locked, unlock it.
 * @param {Bench} bench
 * @returns {Op[]}
 */
export function lockOps(bench) {
  const elements = selectedElements(bench);
  const locked = !elements.every((element) => element.locked);
  return elements
    .filter((element) => (element.locked ?? false) !== locked)
    .map((element) => set(element, { locked }));
}

/**
 * Move elements so that one of their sides or middles lies in one line.
 * @param {Bench} bench
 * @param {Side} side
 * @returns {Op[]}
 */
export function alignOps(bench, side) {
  const elements = looseElements(bench);
  if (elements.length < 2) return [];
  const all = selectedBox(bench);
  return elements.flatMap((element) => {
    const box = boundsOf(element, bench.measure);
    const by = sideOf(all, side) - sideOf(box, side);
    return moved(bench, element, isAcross(side) ? by : 0, isAcross(side) ? 0 : by);
  });
}

/**
 * Move elements so that the gaps between them are equal; the outer two stay.
 * @param {Bench} bench
 * @param {"across" | "down"} way
 * @returns {Op[]}
 */
export function distributeOps(bench, way) {
  /** @param {Box} box @returns {[number, number]} */
  const span = (box) =>
    way === "across" ? [box.left, box.right] : [box.top, box.bottom];
  const placed = looseElements(bench)
    .map((element) => ({ element, span: span(boundsOf(element, bench.measure)) }))
    .sort((a, b) => a.span[0] + a.span[1] - b.span[0] - b.span[1]);
  const [first, last] = [placed[0], placed.at(-1)];
  if (!first || !last || placed.length < 3) return [];
  const filled = placed.reduce((sum, one) => sum + one.span[1] - one.span[0], 0);
  const gap = (last.span[1] - first.span[0] - filled) / (placed.length - 1);
  let next = first.span[0];
  return placed.flatMap(({ element, span: [from, to] }) => {
    const by = next - from;
    next += to - from + gap;
    return moved(bench, element, way === "across" ? by : 0, way === "across" ? 0 : by);
  });
}

/**
 * Mirror the selection about the middle of its box. Boxes and words keep their shape and
 * change places; ink is mirrored point by point; what has a top is turned upside down.
 * @param {Bench} bench
 * @param {"across" | "down"} way
 * @returns {Op[]}
 */
export function flipOps(bench, way) {
  const all = selectedBox(bench);
  const decimals = decimalsAt(bench.view.zoom);
  return looseElements(bench).flatMap((element) => {
    const turned = way === "down" && hasTop(element) ? Math.PI : 0;
    const angle = turned - (element.angle ?? 0);
    if (hasPoints(element))
      return [set(element, mirrored(element, all, way, decimals))];
    const box = boundsOf(element, bench.measure);
    const dx = way === "across" ? all.left + all.right - box.left - box.right : 0;
    const dy = way === "down" ? all.top + all.bottom - box.top - box.bottom : 0;
    const props = {
      ...shift(element, dx, dy, decimals),
      ...(angle === 0 && !element.angle ? {} : { angle: angle % (2 * Math.PI) || 0 }),
    };
    return Object.keys(props).length > 0 ? [set(element, props)] : [];
  });
}

/**
 * @param {Element} element
 * @returns {boolean} whether it is another shape upside down; words would be so, too
 */
function hasTop(element) {
  return TOPPED.has(element.kind) && !("label" in element && element.label);
}

/**
 * @param {Element} element
 * @returns {element is Extract<Element, {points: number[]}>}
 */
function hasPoints(element) {
  return "points" in element;
}

/**
 * @param {Extract<Element, {points: number[]}>} element
 * @param {Box} all
 * @param {"across" | "down"} way
 * @param {number} decimals
 * @returns {Props}
 */
function mirrored(element, all, way, decimals) {
  const odd = way === "across" ? 0 : 1;
  const points = element.points.map((value, i) =>
    i % 2 === odd ? -value || 0 : value,
  );
  const place =
    way === "across"
      ? { x: round(all.left + all.right - element.x, decimals) }
      : { y: round(all.top + all.bottom - element.y, decimals) };
  const ends = isBound(element) ? mirroredEnds(element, way) : {};
  return {
    ...place,
    ...ends,
    points,
    ...(element.angle ? { angle: -element.angle } : {}),
  };
}

/**
 * @param {Arrow} arrow
 * @param {"across" | "down"} way
 * @returns {Props} its ends, on the other side of what they hold on to
 */
function mirroredEnds({ start, end }, way) {
  /** @param {Binding | null | undefined} one */
  const mirrored = (one) =>
    one && (way === "across" ? { ...one, x: 1 - one.x } : { ...one, y: 1 - one.y });
  return {
    ...(start ? { start: mirrored(start) } : {}),
    ...(end ? { end: mirrored(end) } : {}),
  };
}

/**
 * @param {Bench} bench
 * @param {Element} element
 * @param {number} dx
 * @param {number} dy
 * @returns {Op[]} none when it stays where it is
 */
function moved(bench, element, dx, dy) {
  if (isBound(element)) return []; // it goes where its shapes go
  const props = shift(element, dx, dy, decimalsAt(bench.view.zoom));
  return Object.keys(props).length > 0 ? [set(element, props)] : [];
}

/**
 * @param {Element} element
 * @param {number} dx board units
 * @param {number} dy
 * @param {number} decimals
 * @returns {{x?: number, y?: number}} what is different afterwards
 */
function shift({ x, y }, dx, dy, decimals) {
  const [toX, toY] = [round(x + dx, decimals), round(y + dy, decimals)];
  return {
    ...(dx === 0 || toX === x ? {} : { x: toX }),
    ...(dy === 0 || toY === y ? {} : { y: toY }),
  };
}

/**
 * @param {Side} side
 * @returns {boolean}
 */
function isAcross(side) {
  return side === "left" || side === "center" || side === "right";
}

/**
 * @param {Box} box
 * @param {Side} side
 * @returns {number}
 */
function sideOf(box, side) {
  switch (side) {
    case "center":
      return (box.left + box.right) / 2;
    case "middle":
      return (box.top + box.bottom) / 2;
    default:
      return box[side];
  }
}
