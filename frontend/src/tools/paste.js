/** Copies of elements that come from a clipboard or a file, put on the board. */

/** @import { Element } from "../protocol.js" */
/** @import { Bench } from "./bench.js" */

import { boundsOf } from "../draw/bounds.js";
import { emptyBox, isEmpty, union } from "../draw/geometry.js";
import { byPaintOrder } from "../draw/spatial.js";
import { copyOps } from "./selected.js";

/**
 * Put copies of elements on the board, their middle at a place, and select them, unless
 * something else was taken in hand since they were asked for.
 * @param {Bench} bench
 * @param {readonly Element[]} elements
 * @param {{x: number, y: number}} at board units
 * @returns {void}
 */
export function pasteElements(bench, elements, at) {
  const box = elements
    .map((element) => boundsOf(element, bench.measure))
    .reduce(union, emptyBox());
  if (isEmpty(box)) return;
  const dx = at.x - (box.left + box.right) / 2;
  const dy = at.y - (box.top + box.bottom) / 2;
  const { ops, ids } = copyOps(bench, elements.toSorted(byPaintOrder), dx, dy);
  bench.board.submit(ops);
  if (bench.isSelecting()) bench.selection.value = new Set(ids);
}
