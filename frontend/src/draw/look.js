/**
 * The properties of an element with the wire's defaults filled in. Pure.
 */

/** @import { Element, Note, Text } from "../protocol.js" */
/** @import { FontName } from "./fonts.js" */
/** @import { Shape } from "./outlines.js" */

import { DEFAULTS } from "../protocol.js";
import { isShape } from "./outlines.js";

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
 * How an element's words are set: its text, or a shape's label.
 * @param {Text | Note | Shape} element
 * @returns {{text: string, font: FontName, size: number,
 *   align: "left" | "center" | "right"}}
 */
export function letteringOf(element) {
  const is_label = isShape(element);
  const align = element.align ?? DEFAULTS.align;
  return {
    text: is_label ? (element.label ?? DEFAULTS.label) : element.text,
    font: element.font ?? DEFAULTS.font,
    size: element.size ?? DEFAULTS.size,
    align: align === "auto" ? (is_label ? "center" : "left") : align,
  };
}
