/**
 * Snapping: how far a box has to move to lie in line with others, at equal gaps with them,
 * or on the grid, and the guides that say why. Pure but for reading the bench once, when
 * a drag begins.
 */

/** @import { Box } from "../draw/geometry.js" */
/** @import { Bench, Press } from "./bench.js" */

import { boundsOf } from "../draw/bounds.js";
import { isLined } from "../draw/route.js";

/** A guide from place to place, board units. */
/** @typedef {{x0: number, y0: number, x1: number, y1: number}} GuideLine */
/** @typedef {{dx: number, dy: number, lines: GuideLine[]}} Snap */
/** Low, middle and high end of a box along one axis. @typedef {[number, number, number]} Span */
/** @typedef {{by: number, lines: GuideLine[]}} Fit */

export const GRID_UNITS = 20;
const REACH_PX = 8;
const MOST_BOXES = 300; // what is near enough to matter on a full screen

/** Freehand ink lies where the hand put it; it neither snaps nor is snapped to. */
const FREE = new Set(["pen", "highlight"]);

export class Snapper {
  /**
   * @param {Bench} bench
   * @param {ReadonlySet<string>} moving ids of what moves itself
   */
  constructor(bench, moving) {
    this.bench = bench;
    /** @type {Box[]} */
    this.boxes = [];
    for (const element of bench.near(bench.view.seen())) {
      if (moving.has(element.id) || FREE.has(element.kind) || isLined(element))
        continue;
      this.boxes.push(boundsOf(element, bench.measure));
      if (this.boxes.length === MOST_BOXES) break;
    }
  }

  /**
   * What a box does that a pointer moved to a place.
   * @param {Box} box where it is without snapping
   * @param {Press} press
   * @param {{across: boolean, down: boolean}} axes along which it may move
   * @returns {Snap}
   */
  snap(box, press, axes = { across: true, down: true }) {
    const { snaps, grid } = this.bench.options.peek();
    const none = { by: 0, lines: [] };
    if (!(snaps || grid) === !press.ctrl) return { dx: 0, dy: 0, lines: [] };
    const reach = REACH_PX / this.bench.view.zoom;
    /** @param {boolean} is_across @returns {Fit} */
    const fit = (is_across) =>
      (snaps ? this.#fit(box, is_across, reach) : null) ??
      (grid ? onGrid(spanOf(box, is_across), reach) : none);
    const [x, y] = [axes.across ? fit(true) : none, axes.down ? fit(false) : none];
    return { dx: x.by, dy: y.by, lines: [...x.lines, ...y.lines] };
  }

  /**
   * @param {Box} box
   * @param {boolean} is_across
   * @param {number} reach
   * @returns {Fit | null}
   */
  #fit(box, is_across, reach) {
    return (
      inLine(box, this.boxes, is_across, reach) ??
      atGaps(box, this.boxes, is_across, reach)
    );
  }
}

/**
 * Whether elements are of a kind that snaps.
 * @param {readonly {kind: string}[]} elements
 * @returns {boolean}
 */
export function areSnapping(elements) {
  return elements.some(({ kind }) => !FREE.has(kind));
}

/**
 * @param {Box} box
 * @param {boolean} is_across
 * @returns {Span}
 */
function spanOf({ left, top, right, bottom }, is_across) {
  const [low, high] = is_across ? [left, right] : [top, bottom];
  return [low, (low + high) / 2, high];
}

/**
 * In line with an edge or the middle of another box.
 * @param {Box} box
 * @param {readonly Box[]} boxes
 * @param {boolean} is_across
 * @param {number} reach
 * @returns {Fit | null}
 */
function inLine(box, boxes, is_across, reach) {
  const own = spanOf(box, is_across);
  let best = Number.POSITIVE_INFINITY;
  for (const other of boxes) {
    for (const to of spanOf(other, is_across)) {
      for (const from of own) {
        if (Math.abs(to - from) < Math.abs(best)) best = to - from;
      }
    }
  }
  if (Math.abs(best) > reach) return null;
  return { by: best, lines: linesAt(box, boxes, is_across, best) };
}

/**
 * The guides of a box that has moved: along every line that it shares with another.
 * @param {Box} box before it moves
 * @param {readonly Box[]} boxes
 * @param {boolean} is_across
 * @param {number} by
 * @returns {GuideLine[]}
 */
function linesAt(box, boxes, is_across, by) {
  /** @type {Map<number, [number, number]>} */
  const found = new Map();
  const [low, , high] = spanOf(box, !is_across);
  for (const at of spanOf(box, is_across).map((from) => from + by)) {
    for (const other of boxes) {
      if (!spanOf(other, is_across).some((to) => Math.abs(to - at) < 1e-6)) continue;
      const [from, , to] = spanOf(other, !is_across);
      const [first, last] = found.get(at) ?? [low, high];
      found.set(at, [Math.min(first, from), Math.max(last, to)]);
    }
  }
  return [...found].map(([at, [first, last]]) =>
    is_across
      ? { x0: at, y0: first, x1: at, y1: last }
      : { x0: first, y0: at, x1: last, y1: at },
  );
}

/**
 * At the same distance from its neighbours on both sides, or as those have among
 * themselves.
 * @param {Box} box
 * @param {readonly Box[]} boxes
 * @param {boolean} is_across
 * @param {number} reach
 * @returns {Fit | null}
 */
function atGaps(box, boxes, is_across, reach) {
  const [low, , high] = spanOf(box, is_across);
  const row = boxes
    .filter((other) => meet(spanOf(box, !is_across), spanOf(other, !is_across)))
    .map((other) => spanOf(other, is_across));
  const before = row
    .filter((span) => span[2] <= low + reach)
    .sort((a, b) => b[2] - a[2]);
  const after = row
    .filter((span) => span[0] >= high - reach)
    .sort((a, b) => a[0] - b[0]);
  const [left, left2] = before;
  const [right, right2] = after;
  /** Where the low end would be. @type {number[]} */
  const places = [];
  if (left && right) places.push((left[2] + right[0] - (high - low)) / 2);
  if (left && left2) places.push(left[2] + (left[0] - left2[2]));
  if (right && right2) places.push(right[0] - (right2[0] - right[2]) - (high - low));
  const by = places
    .map((place) => place - low)
    .filter((distance) => Math.abs(distance) <= reach)
    .sort((a, b) => Math.abs(a) - Math.abs(b))[0];
  if (by === undefined) return null;
  const [, middle] = spanOf(box, !is_across);
  /** @param {number} from @param {number} to @returns {GuideLine} */
  const gap = (from, to) =>
    is_across
      ? { x0: from, y0: middle, x1: to, y1: middle }
      : { x0: middle, y0: from, x1: middle, y1: to };
  const lines = [];
  if (left) lines.push(gap(left[2], low + by));
  if (right) lines.push(gap(high + by, right[0]));
  return { by, lines };
}

/**
 * @param {Span} a
 * @param {Span} b
 * @returns {boolean}
 */
function meet(a, b) {
  return a[0] < b[2] && b[0] < a[2];
}

/**
 * @param {Span} span
 * @param {number} reach
 * @returns {Fit}
 */
function onGrid([low], reach) {
  const by = Math.round(low / GRID_UNITS) * GRID_UNITS - low;
  return { by: Math.abs(by) <= Math.max(reach, GRID_UNITS / 2) ? by : 0, lines: [] };
}
