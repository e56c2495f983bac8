/**
 * The properties of an element with the wire's defaults filled in. Pure.
 */

/** @import { Element, Frame, Note, Text } from "../protocol.js" */
/** @import { FontName } from "./fonts.js" */
/** @import { Shape } from "./outlines.js" */
/** @import { Lined } from "./route.js" */
/** @import { Measure, TextLayout } from "./text.js" */

import { DEFAULTS } from "../protocol.js";
import { isShape } from "./outlines.js";
import { isLined } from "./route.js";
import { isRtl, layoutText } from "./text.js";

/** @typedef {Text | Note | Shape | Lined | Frame} Lettered */

/**
 * Layouts that were worked out already, by element and width: an element is replaced when
 * it changes, and its words are asked for by each line that is bound to it.
 * @type {WeakMap<Measure, WeakMap<Lettered, Map<number, TextLayout>>>}
 */
const layouts = new WeakMap();

export const FRAME_TITLE_SIZE = 14;
export const NOTE_PAPER = "#fff3bf"; // what a note without a fill is made of

/**
 * @param {Element} element
 * @returns {number} stroke width in board units
 */
export function widthOf(element) {
  return element.width ?? DEFAULTS.width;
}

/**
 * @param {Element} element
 * @returns {string}
 */
export function strokeOf(element) {
  return element.stroke ?? DEFAULTS.stroke;
}

/**
 * @param {Element} element
 * @returns {string}
 */
export function fillOf(element) {
  return element.fill ?? DEFAULTS.fill;
}

/**
 * @param {Element} element
 * @returns {number}
 */
export function angleOf(element) {
  return element.angle ?? DEFAULTS.angle;
}

/**
 * What the hand-drawn look of an element comes from: its own seed, or else its id, so that
 * no two waver alike.
 * @param {Pick<Element, "id" | "seed">} element
 * @returns {number} 1…2³¹ − 1
 */
export function seedOf({ id, seed = DEFAULTS.seed }) {
  if (seed !== 0) return seed;
  let hash = 0x811c9dc5; // FNV-1a
  for (let i = 0; i < id.length; i++) {
    hash = Math.imul(hash ^ id.charCodeAt(i), 0x01000193);
  }
  return hash & 0x7fffffff || 1;
}

/**
 * Whether an element needs the hand-drawn look: a line that wavers, or a fill of lines.
 * @param {Element} element
 * @returns {element is Shape | Lined}
 */
export function isSketched(element) {
  if (!isLabelled(element)) return false;
  if ((element.rough ?? DEFAULTS.rough) > 0) return true;
  const is_hatched = "pattern" in element && element.pattern !== "solid";
  return is_hatched && fillOf(element) !== "none";
}

/**
 * @param {Element} element
 * @returns {boolean} whether it is a line that ends where it began, and what is inside
 *   of it is filled
 */
export function isFilledLoop(element) {
  if (element.kind !== "line" || fillOf(element) === "none") return false;
  const { points } = element;
  return (
    points.length > 6 && points[0] === points.at(-2) && points[1] === points.at(-1)
  );
}

/**
 * Whether an element's words are a label, beside what it is itself.
 * @param {Element} element
 * @returns {element is Shape | Lined}
 */
export function isLabelled(element) {
  return isShape(element) || isLined(element);
}

/**
 * How an element's words are set: its text, the label of a shape or a line, a frame's
 * title.
 * @param {Lettered} element
 * @returns {{text: string, font: FontName, size: number,
 *   align: "left" | "center" | "right"}}
 */
export function letteringOf(element) {
  if (element.kind === "frame") {
    const { title = DEFAULTS.title } = element;
    return { text: title, font: "sans", size: FRAME_TITLE_SIZE, align: "left" };
  }
  const is_label = isLabelled(element);
  const text = is_label ? (element.label ?? DEFAULTS.label) : element.text;
  const align = element.align ?? DEFAULTS.align;
  const side = isRtl(text) ? "right" : "left";
  return {
    text,
    font: element.font ?? DEFAULTS.font,
    size: element.size ?? DEFAULTS.size,
    align: align === "auto" ? (is_label ? "center" : side) : align,
  };
}

/**
 * The words of an element as lines.
 * @param {Lettered} element
 * @param {number} width 0: as wide as the longest line; else lines wrap there
 * @param {Measure} measure
 * @returns {TextLayout} nobody changes it
 */
export function layoutOf(element, width, measure) {
  const byElement = layouts.get(measure) ?? new WeakMap();
  const byWidth = byElement.get(element) ?? new Map();
  const layout =
    byWidth.get(width) ?? layoutText({ ...letteringOf(element), width }, measure);
  layouts.set(measure, byElement.set(element, byWidth.set(width, layout)));
  return layout;
}

/**
 * Letters are no longer as wide as they were.
 * @param {Measure} measure
 * @returns {void}
 */
export function forgetLayouts(measure) {
  layouts.delete(measure);
}
