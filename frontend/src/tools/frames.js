/**
 * Frames with what is in them, and frames around what is there: what tools and commands
 * ask. What every change makes of frames is in `framed.js`.
 */

/** @import { Element, Frame, Op } from "../protocol.js" */
/** @import { Bench } from "./bench.js" */

import { boundsOf } from "../draw/bounds.js";
import { emptyBox, grow, round, union } from "../draw/geometry.js";
import { byPaintOrder } from "../draw/spatial.js";
import { selectedElements } from "./selected.js";

const MARGIN_UNITS = 32; // air around what a frame is put around

/**
 * Elements with those that lie in the frames among them.
 * @param {Bench} bench
 * @param {readonly Element[]} elements
 * @returns {Element[]} in paint order
 */
export function withContents({ board }, elements) {
  const frames = new Set(
    elements.flatMap(({ id, kind }) => (kind === "frame" ? [id] : [])),
  );
  if (frames.size === 0) return [...elements];
  const ids = new Set(elements.map(({ id }) => id));
  const inside = board.list().filter(({ id, frame }) => {
    return frame && frames.has(frame) && !ids.has(id);
  });
  return [...elements, ...inside].sort(byPaintOrder);
}

/**
 * @param {Bench} bench
 * @returns {string} of the next frame
 */
export function nextTitle({ board }) {
  const n = board.list().filter(({ kind }) => kind === "frame").length;
  return `Frame ${n + 1}`;
}

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
