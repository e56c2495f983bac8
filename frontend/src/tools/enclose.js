/**
 * Frames around what is there.
 */

/** @import { Frame, Op } from "../protocol.js" */
/** @import { Bench } from "./bench.js" */

import { boundsOf } from "../draw/bounds.js";
import { emptyBox, grow, round, union } from "../draw/geometry.js";
import { nextTitle } from "./frames.js";
import { selectedElements } from "./selected.js";

const MARGIN_UNITS = 32; // air around what a frame is put around

/**
 * Put a frame around what is selected.
 * @param {Bench} bench
 * @returns {Op[]}
 */
export function frameOps(bench) {
  const elements = selectedElements(bench).filter(
    ({ kind, locked }) => kind !== "frame" && !locked,
  );
  if (elements.length === 0) return [];
  const box = elements
    .map((element) => boundsOf(element, bench.measure))
    .reduce(union, emptyBox());
  const { left, top, right, bottom } = grow(box, MARGIN_UNITS);
  const id = bench.newId();
  /** @type {Frame} */
  const frame = {
    ...{ kind: "frame", id, z: bench.board.nextZ(), title: nextTitle(bench) },
    ...{ x: round(left, 1), y: round(top, 1) },
    ...{ w: round(right - left, 1), h: round(bottom - top, 1) },
  };
  return [
    { op: "put", element: frame },
    ...elements.map((element) => ({
      op: /** @type {const} */ ("set"),
      id: element.id,
      props: { frame: id },
    })),
  ];
}
