/**
 * Frames with what is in them: what tools and commands ask. What every change makes of
 * frames is in `framed.js`.
 */

/** @import { Element } from "../protocol.js" */
/** @import { Bench } from "./bench.js" */

import { byPaintOrder } from "../draw/spatial.js";

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
