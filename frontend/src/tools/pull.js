/**
 * A drag of one of the handles of a selection: it resizes or turns what is selected.
 */

/** @import { Element, Op } from "../protocol.js" */
/** @import { Point } from "../draw/geometry.js" */
/** @import { Bench, Guide, Press } from "./bench.js" */
/** @import { Held } from "./handles.js" */
/** @import { Handle } from "./resize.js" */
/** @import { GuideLine } from "./snap.js" */

import { boundsOf, plainBox } from "../draw/bounds.js";
import { decimalsAt, emptyBox, union } from "../draw/geometry.js";
import { angleOf } from "../draw/look.js";
import { middleOf, pulled } from "./handles.js";
import { stretch, stretchedAmong } from "./resize.js";
import { areImages, selectedElements } from "./selected.js";
import { areSnapping, Snapper } from "./snap.js";
import { turnBetween, turnOps, within } from "./turn.js";

export class Pull {
  /** What it makes of the elements so far. @type {Op[]} */
  ops = [];
  /** @type {GuideLine[]} */
  #lines = [];
  /** @type {Press} */
  #now;

  /**
   * @param {Bench} bench
   * @param {{held: Held, handle: Handle | "turn"}} what
   * @param {Press} from
   */
  constructor(bench, { held, handle }, from) {
    this.bench = bench;
    this.held = held;
    this.handle = handle;
    this.from = from;
    this.#now = from;
    this.elements = selectedElements(bench).filter((element) => !element.locked);
    this.snapper = new Snapper(bench, new Set(this.elements.map(({ id }) => id)));
  }

  /**
   * @param {Press} now
   * @returns {void}
   */
  follow(now) {
    this.#now = now;
    const there = this.elements.filter(({ id }) => this.bench.board.get(id));
    const { handle } = this;
    this.ops =
      handle === "turn" ? this.#turn(there, now) : this.#stretch(there, handle, now);
    this.bench.draft.show(this.ops);
  }

  /** @returns {Guide} the lines it snapped to, and how large or how turned it is */
  guide() {
    const { screenX: x, screenY: y } = this.#now;
    const [first] = this.elements;
    const shown = first && this.bench.draft.get(first.id);
    if (!shown || this.ops.length === 0) return {};
    const label = this.handle === "turn" ? this.#angle(shown) : this.#size(shown);
    return { lines: this.#lines, ...(label ? { label: { text: label, x, y } } : {}) };
  }

  /** @param {Element} shown */
  #angle(shown) {
    const before = this.elements.length === 1 ? 0 : angleOf(this.elements[0] ?? shown);
    const degrees = (within(angleOf(shown) - before) * 180) / Math.PI;
    return `${Math.round(degrees)}°`;
  }

  /** @param {Element} shown */
  #size(shown) {
    if (this.elements.length > 1) return "";
    const { left, top, right, bottom } = plainBox(shown, this.bench.measure);
    return `${Math.round(right - left)} × ${Math.round(bottom - top)}`;
  }

  /**
   * @param {Element[]} elements
   * @param {Press} now
   */
  #turn(elements, now) {
    const { held, from, bench } = this;
    const center = middleOf(held.box);
    const how = { before: held.angle, steps: now.shift };
    const by = turnBetween(center, from, now, how);
    const { measure } = bench;
    return turnOps(elements, center, by, {
      measure,
      decimals: decimalsAt(bench.view.zoom),
    });
  }

  /**
   * @param {Element[]} elements
   * @param {Handle} handle
   * @param {Press} now
   * @returns {Op[]}
   */
  #stretch(elements, handle, now) {
    const { bench, held } = this;
    const { measure } = bench;
    const how = {
      // Pictures keep their proportions unless Shift is held, letters always do.
      keeps_ratio: now.shift !== areImages(elements) || isLettering(elements, handle),
      from_center: now.alt,
      ...{ measure, decimals: decimalsAt(bench.view.zoom) },
    };
    const to = this.#snapped(handle, now, how.keeps_ratio);
    const by = stretch(held.box, handle, to, how);
    return elements.map((element) => ({
      op: "set",
      id: element.id,
      props:
        this.elements.length === 1
          ? pulled(element, held, handle, to, how)
          : stretchedAmong(element, by, how),
    }));
  }

  /**
   * Where the handle goes: what is turned or keeps its proportions does not snap.
   * @param {Handle} handle
   * @param {Press} now
   * @param {boolean} keeps_ratio
   * @returns {Point}
   */
  #snapped(handle, now, keeps_ratio) {
    const { x, y } = now;
    this.#lines = [];
    if (keeps_ratio || this.held.angle !== 0 || !areSnapping(this.elements))
      return [x, y];
    const place = { left: x, top: y, right: x, bottom: y };
    const axes = { across: handle.across !== 0, down: handle.down !== 0 };
    const snap = this.snapper.snap(place, now, axes);
    this.#lines = snap.lines;
    return [x + snap.dx, y + snap.dy];
  }
}

/**
 * @param {readonly Element[]} elements
 * @param {Handle} handle
 * @returns {boolean} whether a corner is pulled of nothing but text: its letters grow
 */
function isLettering(elements, { across, down }) {
  return across !== 0 && down !== 0 && elements.every(({ kind }) => kind === "text");
}

/**
 * A drag of the selection itself.
 * @param {Bench} bench
 * @param {readonly Element[]} elements that move
 * @returns {{snapper: Snapper, box: import("../draw/geometry.js").Box} | null} null:
 *   ink, which does not snap
 */
export function snapping(bench, elements) {
  if (!areSnapping(elements)) return null;
  const box = elements
    .map((element) => boundsOf(element, bench.measure))
    .reduce(union, emptyBox());
  return { box, snapper: new Snapper(bench, new Set(elements.map(({ id }) => id))) };
}
