/**
 * Questions about the selection, answered from what is shown now. A peer may have
 * removed any of it: what is gone is left out.
 */

/** @import { Element, Op } from "../protocol.js" */
/** @import { Box } from "../draw/geometry.js" */
/** @import { Bench } from "./bench.js" */

import { isBound } from "../draw/binding.js";
import { boundsOf } from "../draw/bounds.js";
import { boxHolds, decimalsAt, emptyBox, round, union } from "../draw/geometry.js";
import { byPaintOrder } from "../draw/spatial.js";
import { keyAbove } from "../model/order.js";
import { movedArrow, rebound, settled } from "./bind.js";

/**
 * The selected elements as drafts show them, arrows where they lie, in paint order.
 * @param {Bench} bench
 * @returns {Element[]}
 */
export function selectedElements(bench) {
  const found = [];
  for (const id of bench.selection.peek()) {
    const element = bench.draft.get(id);
    if (element) found.push(settled(bench, element));
  }
  return found.sort(byPaintOrder);
}

/**
 * @param {Bench} bench
 * @returns {Box} around the selection; empty where nothing is selected
 */
export function selectedBox(bench) {
  let box = emptyBox();
  for (const element of selectedElements(bench)) {
    box = union(box, boundsOf(element, bench.measure));
  }
  return box;
}

/**
 * Ops that move elements, rounded for the zoom they were moved at. An arrow that is moved
 * without anything it holds on to lets go.
 * @param {Bench} bench
 * @param {readonly Element[]} elements as they were before
 * @param {number} dx board units
 * @param {number} dy
 * @returns {Op[]}
 */
export function moveOps(bench, elements, dx, dy) {
  const decimals = decimalsAt(bench.view.zoom);
  const ids = new Set(elements.map(({ id }) => id));
  const is_still = dx === 0 && dy === 0;
  return elements.map((element) => ({
    op: "set",
    id: element.id,
    props:
      isBound(element) && !is_still
        ? movedArrow(bench, element, ids, dx, dy)
        : {
            ...(dx === 0 ? {} : { x: round(element.x + dx, decimals) }),
            ...(dy === 0 ? {} : { y: round(element.y + dy, decimals) }),
          },
  }));
}

/**
 * Ops that put copies beside the originals, above everything.
 * @param {Bench} bench
 * @param {readonly Element[]} elements
 * @param {number} dx board units
 * @param {number} dy
 * @returns {{ops: Op[], ids: string[]}} ids of the copies, without those in a
 *   frame that was copied too
 */
export function copyOps(bench, elements, dx, dy) {
  const decimals = decimalsAt(bench.view.zoom);
  let z = bench.board.nextZ();
  /** Copies are grouped among themselves. @type {Map<string, string>} */
  const groups = new Map();
  const ids = new Map(elements.map(({ id }) => [id, bench.newId()]));
  const copies = elements.map((element) => {
    const [x, y] = [round(element.x + dx, decimals), round(element.y + dy, decimals)];
    for (const group of element.groups ?? []) {
      if (!groups.has(group)) groups.set(group, bench.newId());
    }
    const regrouped = element.groups?.map((group) => groups.get(group) ?? group);
    const copy = {
      ...(isBound(element) ? rebound(element, ids) : element),
      ...("origin" in element ? { origin: null } : {}), // whoever copies made it
      ...(regrouped ? { groups: regrouped } : {}),
      ...(element.frame ? { frame: ids.get(element.frame) ?? element.frame } : {}),
      id: ids.get(element.id) ?? bench.newId(),
      z,
      x,
      y,
    };
    z = keyAbove(z);
    return copy;
  });
  return {
    ops: copies.map((element) => ({ op: "put", element })),
    ids: elements
      .filter(({ frame }) => !frame || !ids.has(frame))
      .flatMap(({ id }) => ids.get(id) ?? []),
  };
}

/**
 * Whether a press takes hold of the selection between its elements. Not so in a frame:
 * one can draw a marquee in it while it is selected.
 * @param {Bench} bench
 * @param {{x: number, y: number}} press board units
 * @returns {boolean}
 */
export function isInSelection(bench, { x, y }) {
  const elements = selectedElements(bench);
  if (elements.length === 1 && elements[0]?.kind === "frame") return false;
  return boxHolds(selectedBox(bench), x, y);
}

/**
 * @param {readonly Element[]} elements
 * @returns {boolean} whether they are pictures only: those keep their ratio unless Shift
 */
export function areImages(elements) {
  return elements.every(({ kind }) => kind === "image");
}
