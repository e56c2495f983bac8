/**
 * From element to element by keyboard, in reading order.
 */

/** @import { Bench } from "../../tools/bench.js" */
/** @import { Desk } from "../desk.js" */

import { readingOrder } from "./reading.js";

/**
 * Select the element after the one that is selected, or the first.
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
  const next = order[(from + by + order.length) % order.length];
  if (next) desk.board.focus(next.id);
}
