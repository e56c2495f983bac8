/**
 * Larger and smaller by keyboard: the lower right corner of the selection is moved. And
 * turned about its middle.
 */

/** @import { Element, Op } from "../protocol.js" */
/** @import { Bench } from "./bench.js" */

import { isBound } from "../draw/binding.js";
import { decimalsAt } from "../draw/geometry.js";
import { middleOf } from "./handles.js";
import { stretchedAmong } from "./resize.js";
import { selectedBox, selectedElements } from "./selected.js";
import { STEP, turnOps } from "./turn.js";

const LEAST_UNITS = 1;

/**
 * @param {Bench} bench
 * @param {number} dw board units
 * @param {number} dh
 * @returns {Op[]}
 */
export function growOps(bench, dw, dh) {
  const box = selectedBox(bench);
  const [w, h] = [box.right - box.left, box.bottom - box.top];
  const by = {
    fixedX: box.left,
    fixedY: box.top,
    scaleX: dw === 0 || w < LEAST_UNITS ? 1 : Math.max(LEAST_UNITS, w + dw) / w,
    scaleY: dh === 0 || h < LEAST_UNITS ? 1 : Math.max(LEAST_UNITS, h + dh) / h,
  };
  const how = { measure: bench.measure, decimals: decimalsAt(bench.view.zoom) };
  return freeElements(bench).map((element) => ({
    op: "set",
    id: element.id,
    props: stretchedAmong(element, by, how),
  }));
}

/**
 * @param {Bench} bench
 * @param {1 | -1} way clockwise, or against the clock
 * @returns {Op[]}
 */
export function turnByOps(bench, way) {
  const how = { measure: bench.measure, decimals: decimalsAt(bench.view.zoom) };
  return turnOps(freeElements(bench), middleOf(selectedBox(bench)), way * STEP, how);
}

/** @param {Bench} bench @returns {Element[]} neither locked nor held by a shape */
function freeElements(bench) {
  const selected = selectedElements(bench);
  return selected.filter((element) => !element.locked && !isBound(element));
}
