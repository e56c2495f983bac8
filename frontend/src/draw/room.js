/**
 * How large an element has to be for the words in it. Pure.
 */

/** @import { Element } from "../protocol.js" */
/** @import { Measure } from "./text.js" */

import { layoutOf, letteringOf } from "./look.js";
import { noteHeight } from "./note.js";
import { isShape, labelRoom } from "./outlines.js";

const ROOM_UNITS = 12; // above and below the words together, where a shape grows with them
const LONGEST_EM = 12; // a longer word, such as an address, is broken

/**
 * The height of a note or a labelled shape, where its own is too low for its words.
 * @param {Element} element
 * @param {Measure} measure
 * @returns {{h?: number}} nothing where its own will do
 */
export function higher(element, measure) {
  if (element.kind === "note") return least(element.h, noteHeight(element, measure));
  if (!isShape(element) || !element.label) return {};
  const { width, height } = labelRoom(element);
  const needed = layoutOf(element, width, measure).height;
  if (needed <= height) return {};
  return least(element.h, Math.ceil((element.h * (needed + ROOM_UNITS)) / height));
}

/**
 * The place and size of a note or a labelled shape, where its own breaks a word or is too
 * low for them. A shape grows to both sides.
 * @param {Element} element
 * @param {Measure} measure
 * @returns {{x?: number, w?: number, h?: number}}
 */
export function larger(element, measure) {
  if (!isShape(element) || !element.label) return higher(element, measure);
  const { text, font, size } = letteringOf(element);
  const words = text.split(/\s/u).map((word) => measure(word, font, size));
  const most = size * LONGEST_EM;
  const longest = Math.max(0, ...words.filter((width) => width < most));
  const { width } = labelRoom(element);
  if (longest <= width) return higher(element, measure);
  const share = labelRoom({ ...element, w: element.w + 1 }).width - width || 1;
  const by = Math.ceil((longest - width) / share);
  const wide = { x: element.x - by / 2, w: element.w + by };
  return { ...wide, ...higher({ ...element, ...wide }, measure) };
}

/**
 * @param {number} has
 * @param {number} h
 * @returns {{h?: number}}
 */
function least(has, h) {
  return h > has ? { h } : {};
}
