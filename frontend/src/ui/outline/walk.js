/**
 * From element to element by keyboard, in reading order.
 */

/** @import { Bench } from "../../tools/bench.js" */
/** @import { Desk } from "../desk.js" */

import { readingOrder } from "./reading.js";

/**
 * Select the element after the one that is selected, or the first, also of several.
 * @param {Bench} bench
 * @param {Desk} desk
 * @param {1 | -1} by
 * @returns {void}
 */
export function walk(bench, desk, by) {
  const order = readingOrder(bench.board.list(), desk.board.boxOf);
  if (order.length === 0) return;
  const selected = bench.selection.peek();
  const at = order.findIndex(({ id }) => selected.has(id));
  const from = at < 0 && by < 0 ? 0 : at;
  const step = selected.size > 1 ? 0 : by; // of several, the first
  const next = order[(from + step + order.length) % order.length];
  if (next) desk.board.focus(next.id);
}
