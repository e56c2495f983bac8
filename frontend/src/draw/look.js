/**
 * The properties of an element with the wire's defaults filled in. Pure.
 */

/** @import { Element } from "../protocol.js" */
/** @import { FontName } from "./fonts.js" */

import { DEFAULTS } from "../protocol.js";

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
 * @param {Element & {kind: "text" | "note"}} element
 * @returns {{text: string, font: FontName, size: number,
 *   align: "left" | "center" | "right"}}
 */
export function letteringOf(element) {
  return {
    text: element.text,
    font: element.font ?? DEFAULTS.font,
    size: element.size ?? DEFAULTS.size,
    align: element.align ?? DEFAULTS.align,
  };
}
