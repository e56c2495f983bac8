/**
 * Arrows between what is selected.
 */

/** @import { Arrow } from "../protocol.js" */
/** @import { Bench } from "./bench.js" */

import { canHold } from "../draw/binding.js";
import { keyAbove } from "../model/order.js";
import { MAX_OPS } from "../protocol.js";
import { arrowBetween } from "./chart.js";

const MIDDLE = { x: 0.5, y: 0.5 };

/**
 * Join what is selected by arrows, one after the other, in the order of selecting.
 * @param {Bench} bench
 * @returns {void}
 */
export function connect(bench) {
  const elements = [...bench.selection.peek()].flatMap((id) => {
    const element = bench.draft.get(id);
    return element && canHold(element) ? [element] : [];
  });
  let z = bench.board.nextZ();
  /** @type {Arrow[]} */
  const arrows = [];
  let [before] = elements;
  for (const element of elements.slice(1, MAX_OPS)) {
    if (!before) break;
    const ends = { from: { element: before, ...MIDDLE }, to: { element, ...MIDDLE } };
    arrows.push(arrowBetween(bench, ends.from, ends.to, z));
    z = keyAbove(z);
    before = element;
  }
  if (arrows.length === 0) return;
  bench.board.submit(arrows.map((element) => ({ op: "put", element })));
  bench.selection.value = new Set(arrows.map(({ id }) => id));
}
