/**
 * The pencil case: what the next element will look like.
 */

/** @import { Element } from "../protocol.js" */

import { DEFAULTS } from "../protocol.js";

/**
 * @typedef {object} Style
 * @property {string} stroke
 * @property {string} fill
 * @property {number} width
 * @property {"solid" | "dashed" | "dotted"} dash
 * @property {number} opacity 0…1
 * @property {number} size of text
 * @property {"hand" | "sans" | "mono" | "serif"} font
 */

/** @type {Readonly<Style>} */
export const FIRST_STYLE = {
  stroke: DEFAULTS.stroke,
  fill: DEFAULTS.fill,
  width: 4,
  dash: DEFAULTS.dash,
  opacity: DEFAULTS.opacity,
  size: DEFAULTS.size,
  font: DEFAULTS.font,
};

/** @typedef {keyof Style} StyleName */

const INKED = /** @type {const} */ (["stroke", "width", "opacity"]);
const LINED = /** @type {const} */ ([...INKED, "dash"]);
const SHAPED = /** @type {const} */ ([...LINED, "fill"]);
const LETTERED = /** @type {const} */ (["stroke", "opacity", "size", "font"]);

/**
 * Which of the styles each kind shows.
 * @type {Readonly<Record<Element["kind"], readonly StyleName[]>>}
 */
export const STYLES_OF = {
  pen: INKED,
  highlight: INKED,
  line: LINED,
  arrow: LINED,
  rect: SHAPED,
  ellipse: SHAPED,
  diamond: SHAPED,
  text: LETTERED,
  note: [...LETTERED, "fill"],
  frame: LINED,
};

/**
 * The style of a kind as properties of an element, defaults left out.
 * @param {Element["kind"]} kind
 * @param {Style} style
 * @returns {Partial<Style>}
 */
export function propsOf(kind, style) {
  const names = STYLES_OF[kind].filter((name) => style[name] !== DEFAULTS[name]);
  return Object.fromEntries(names.map((name) => [name, style[name]]));
}
