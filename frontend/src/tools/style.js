/**
 * The pencil case: what the next element will look like.
 */

/** @import { HeadKind } from "../draw/heads.js" */
/** @import { Route } from "../draw/route.js" */
/** @import { Element } from "../protocol.js" */

import { seedOf } from "../draw/look.js";
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
 * @property {"auto" | "left" | "center" | "right"} align of words
 * @property {"sharp" | "round"} corner of shapes
 * @property {"solid" | "hatch" | "cross"} pattern of the fill
 * @property {0 | 1 | 2} rough how much the hand shows
 * @property {Route} route of lines and arrows through their points
 * @property {HeadKind} head at the end of arrows
 * @property {HeadKind} tail at their beginning
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
  align: DEFAULTS.align,
  corner: DEFAULTS.corner,
  pattern: DEFAULTS.pattern,
  rough: DEFAULTS.rough,
  route: DEFAULTS.route,
  head: DEFAULTS.head,
  tail: DEFAULTS.tail,
};

/** @typedef {keyof Style} StyleName */

const INKED = /** @type {const} */ (["stroke", "width", "opacity"]);
const LINED = /** @type {const} */ ([...INKED, "dash"]);
const SKETCHED = /** @type {const} */ ([...LINED, "rough", "size", "font", "align"]);
const ROUTED = /** @type {const} */ ([...SKETCHED, "route"]);
const CURVED = /** @type {const} */ ([...SKETCHED, "fill", "pattern"]);
const CORNERED = /** @type {const} */ ([...CURVED, "corner"]);
const LETTERED = /** @type {const} */ (["stroke", "opacity", "size", "font", "align"]);

/**
 * Which of the styles each kind shows.
 * @type {Readonly<Record<Element["kind"], readonly StyleName[]>>}
 */
export const STYLES_OF = {
  pen: INKED,
  highlight: INKED,
  line: [...ROUTED, "fill", "pattern"], // seen where it ends as it began
  arrow: [...ROUTED, "head", "tail"],
  rect: CORNERED,
  ellipse: CURVED,
  diamond: CORNERED,
  triangle: CORNERED,
  hexagon: CORNERED,
  star: CORNERED,
  cloud: CURVED,
  cylinder: CURVED,
  callout: CORNERED,
  text: LETTERED,
  note: [...LETTERED, "fill"],
  image: ["opacity", "corner"],
  frame: ["stroke", "opacity", "dash"],
};

/**
 * How much broader a kind draws than the width in the pencil case: a marker is no pen.
 * @param {string} kind
 * @returns {number}
 */
export function breadthOf(kind) {
  return kind === "highlight" ? 4 : 1;
}

/**
 * What a style is on an element of a kind.
 * @template {StyleName} Name
 * @param {Element["kind"]} kind
 * @param {Name} name
 * @param {Style[Name]} value
 * @returns {Style[Name]}
 */
export function valueOn(kind, name, value) {
  if (name !== "width" || typeof value !== "number") return value;
  return /** @type {Style[Name]} */ (value * breadthOf(kind));
}

/**
 * The style of a kind as properties of an element, defaults left out.
 * @param {Element["kind"]} kind
 * @param {Style} style
 * @returns {Partial<Style>}
 */
export function propsOf(kind, style) {
  const all = STYLES_OF[kind].map((name) => ({
    name,
    value: valueOn(kind, name, style[name]),
  }));
  const props = all.filter(({ name, value }) => value !== DEFAULTS[name]);
  return Object.fromEntries(props.map(({ name, value }) => [name, value]));
}

/**
 * The seed of an element that is drawn by hand: kept, so that its copies look alike.
 * @param {string} id
 * @param {Partial<Style>} props
 * @returns {{seed?: number}}
 */
export function seedProps(id, { rough, pattern }) {
  return rough || (pattern && pattern !== "solid") ? { seed: seedOf({ id }) } : {};
}
