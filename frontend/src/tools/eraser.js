/**
 * Object eraser: what it touches fades, and goes when the pointer is lifted.
 */

/** @import { Op } from "../protocol.js" */
/** @import { Bench, Guide, Press, Tool } from "./bench.js" */

import { boxBetween, grow } from "../draw/geometry.js";
import { swept } from "../draw/hit.js";
import { REACH_PX } from "./bench.js";
import { deleteOps } from "./bind.js";

const FADED = 0.25; // of an element's own opacity

/**
 * @param {Bench} bench
 * @returns {Tool}
 */
export function createEraser(bench) {
  /** @type {Set<string>} */
  let touched = new Set();
  /** @type {Press | null} */
  let last = null;

  /** @param {Press} press */
  const rub = (press) => {
    const from = last ?? press;
    const radius = REACH_PX[press.device] / bench.view.zoom;
    const area = grow(boxBetween(from.x, from.y, press.x, press.y), radius);
    for (const element of bench.near(area)) {
      if (element.locked || touched.has(element.id)) continue;
      const path = /** @type {[number, number, number, number]} */ ([
        from.x,
        from.y,
        press.x,
        press.y,
      ]);
      if (swept(element, path, radius, bench.measure)) touched.add(element.id);
    }
    last = press;
  };

  /** @returns {Op[]} */
  const fading = () =>
    [...touched].flatMap((id) => {
      const element = bench.board.get(id);
      if (!element) return [];
      const opacity = (element.opacity ?? 1) * FADED;
      return [{ op: /** @type {const} */ ("set"), id, props: { opacity } }];
    });

  const reset = () => {
    touched = new Set();
    last = null;
  };

  return {
    name: "eraser",
    cursor: "none",
    edits: true,
    down(press) {
      reset();
      rub(press);
      if (touched.size > 0) bench.draft.show(fading());
    },
    move(presses) {
      const before = touched.size;
      for (const press of presses) rub(press);
      if (touched.size > before) bench.draft.show(fading());
    },
    up() {
      const ids = [...touched].filter((id) => bench.board.get(id));
      bench.draft.commit(ids.length > 0 ? deleteOps(bench, ids) : []);
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
