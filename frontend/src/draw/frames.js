/**
 * Frames and what lies in them: an element that names a frame is seen inside it only.
 * A name of something that is no frame, or is gone, counts for nothing. Pure.
 */

/** @import { Element, Frame } from "../protocol.js" */
/** @import { Box } from "./geometry.js" */
/** @import { Measure } from "./text.js" */

import { boundsOf, outlineOf } from "./bounds.js";
import { overlaps } from "./geometry.js";
import { widthOf } from "./look.js";

/** @typedef {(id: string) => Element | undefined} Lookup */

/**
 * @param {Element} element
 * @param {Lookup} get
 * @returns {Frame | undefined} the frame that cuts it off
 */
export function frameOf(element, get) {
  if (!element.frame || element.kind === "frame") return undefined;
  const frame = get(element.frame);
  return frame?.kind === "frame" ? frame : undefined;
}

/**
 * Elements of which something may be seen in a box.
 * @param {readonly Element[]} elements that paint there
 * @param {Box} box
 * @param {Lookup} get
 * @param {Measure} measure
 * @returns {Element[]}
 */
export function seenIn(elements, box, get, measure) {
  return elements.filter((element) => {
    const frame = frameOf(element, get);
    return !frame || overlaps(boundsOf(frame, measure), box);
  });
}

/**
 * Where a frame shows what is in it: within its border.
 * @param {Frame} frame
 * @param {Measure} measure
 * @returns {number[]} flat corners, board units
 */
export function insideOf(frame, measure) {
  const { x, y, w, h } = frame;
  const edge = Math.min(widthOf(frame), w, h) / 2;
  const inner = { x: x + edge, y: y + edge, w: w - 2 * edge, h: h - 2 * edge };
  return outlineOf({ ...frame, ...inner }, measure).points;
}

/**
 * Paint inside a frame only; the caller saves and restores the context around it.
 * @param {CanvasRenderingContext2D} context
 * @param {Frame} frame
 * @param {Measure} measure
 * @returns {void}
 */
export function clipTo(context, frame, measure) {
  const points = insideOf(frame, measure);
  context.beginPath();
  for (let i = 0; i + 1 < points.length; i += 2) {
    context.lineTo(points[i] ?? 0, points[i + 1] ?? 0);
  }
  context.clip();
}
