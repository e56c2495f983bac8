/**
 * Eraser: what it touches fades, and goes when the pointer is lifted; or, in parts, the
 * ink it passes over goes at once.
 */

/** @import { Op } from "../protocol.js" */
/** @import { Bench, Guide, Press, Tool } from "./bench.js" */
/** @import { Wipe } from "./wipe.js" */

import { boxBetween, grow } from "../draw/geometry.js";
import { swept } from "../draw/hit.js";
import { REACH_PX } from "./bench.js";
import { deleteOps } from "./bind.js";

const FADED = 0.25; // of an element's own opacity

/** @typedef {[number, number, number, number]} Way */

/**
 * @typedef {object} Rubbing
 * @property {(way: Way, radius: number) => boolean} rub whether that made a difference
 * @property {() => Op[]} draft
 * @property {() => Op[]} lasting
 */

/**
 * @param {Bench} bench
 * @returns {Tool}
 */
export function createEraser(bench) {
  /** @type {Rubbing | null} */
  let rubbing = null;
  /** @type {Press | null} */
  let last = null;

  /** @param {readonly Press[]} presses */
  const rub = (presses) => {
    let has_changed = false;
    for (const press of presses) {
      const from = last ?? press;
      /** @type {Way} */
      const way = [from.x, from.y, press.x, press.y];
      if (rubbing?.rub(way, radiusOf(bench, press))) has_changed = true;
      last = press;
    }
    if (rubbing && has_changed) bench.draft.show(rubbing.draft());
  };

  const reset = () => {
    rubbing = null;
    last = null;
  };

  return {
    name: "eraser",
    cursor: "none",
    edits: true,
    down(press) {
      last = null;
      const is_part = bench.options.peek().eraser === "part";
      rubbing = is_part ? rubParts(bench) : rubWhole(bench);
      rub([press]);
    },
    move: rub,
    up() {
      bench.draft.commit(rubbing?.lasting() ?? []);
      reset();
    },
    cancel() {
      reset();
      bench.draft.clear();
    },
    /** @returns {Guide | null} */
    guide: () => (last ? { eraser: last } : null),
  };
}

/**
 * A finger hides what is below it, so its eraser is no finer than a finger.
 * @param {Bench} bench
 * @param {Press} press
 * @returns {number} board units
 */
function radiusOf(bench, { device }) {
  const least = device === "touch" ? REACH_PX.touch : 0;
  return Math.max(bench.options.peek().eraser_px / 2, least) / bench.view.zoom;
}

/**
 * The wipe comes when the page has come to rest; who is quicker is caught up with.
 * @param {Bench} bench
 * @returns {Rubbing}
 */
function rubParts(bench) {
  /** @type {Wipe | null} */
  let wipe = null;
  /** @type {[Way, number][]} */
  const missed = [];
  bench.late((how) => {
    wipe = new how.Wipe(bench);
    for (const [way, radius] of missed) wipe.rub(way, radius);
  });
  return {
    rub(way, radius) {
      if (wipe) return wipe.rub(way, radius);
      missed.push([way, radius]);
      return false;
    },
    draft: () => wipe?.ops() ?? [],
    lasting: () => wipe?.ops() ?? [],
  };
}

/**
 * @param {Bench} bench
 * @returns {Rubbing}
 */
function rubWhole(bench) {
  /** @type {Set<string>} */
  const touched = new Set();
  return {
    rub(way, radius) {
      const before = touched.size;
      for (const element of bench.near(grow(boxBetween(...way), radius))) {
        if (element.locked || touched.has(element.id)) continue;
        if (swept(element, way, radius, bench.measure)) touched.add(element.id);
      }
      return touched.size > before;
    },
    draft: () =>
      [...touched].flatMap((id) => {
        const element = bench.board.get(id);
        if (!element) return [];
        const opacity = (element.opacity ?? 1) * FADED;
        return [{ op: /** @type {const} */ ("set"), id, props: { opacity } }];
      }),
    lasting() {
      const ids = [...touched].filter((id) => bench.board.get(id));
      return ids.length > 0 ? deleteOps(bench, ids) : [];
    },
  };
}
