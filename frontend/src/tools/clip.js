/**
 * Clips: elements as text on a clipboard, and back. Pure.
 *
 * What comes from a clipboard is a stranger's: only what looks like elements of ours is
 * taken, so that nothing malformed is ever shown; the server checks it all again.
 */

/** @import { Element } from "../protocol.js" */
/** @import { Bench } from "./bench.js" */

import { FONTS } from "../draw/fonts.js";
import { letteringOf } from "../draw/look.js";
import { whole } from "../model/whole.js";
import { HASH_PATTERN, ID_PATTERN, KINDS, MAX_POINTS } from "../protocol.js";
import { withContents } from "./frames.js";
import { selectedElements } from "./selected.js";
import { hasWords } from "./text.js";

export const CLIP_TYPE = "application/x-chalkline";
export const MAX_CLIP_ELEMENTS = 5_000; // as many as are moved in one go without a pause
const MAX_CLIP_CHARS = 20_000_000;

/**
 * Where elements were copied.
 * @typedef {object} Source
 * @property {string | null} board null: a file, or a program that does not say
 * @property {unknown} [pictures] what a file brings along: data addresses by asset
 */

/**
 * @param {Bench} bench
 * @param {Source} source
 * @returns {{elements: string, words: string} | null} the selection as a clip, and its
 *   words for other programs; null where nothing is selected
 */
export function clipOf(bench, { board }) {
  const elements = withContents(bench, selectedElements(bench));
  if (elements.length === 0) return null;
  const words = elements.filter(hasWords).map((element) => letteringOf(element).text);
  return {
    elements: JSON.stringify({ type: "chalkline", version: 1, board, elements }),
    words: words.filter((text) => text !== "").join("\n\n"),
  };
}

/**
 * @param {string} text
 * @returns {Element[] | null} null when it is no clip of ours
 */
export function elementsOf(text) {
  if (text.length > MAX_CLIP_CHARS) return null;
  try {
    const { type, elements } = JSON.parse(text) ?? {};
    if (type !== "chalkline" || !Array.isArray(elements)) return null;
    const good = elements.slice(0, MAX_CLIP_ELEMENTS).filter(isElement);
    return good.length > 0 ? good : null;
  } catch {
    return null;
  }
}

/**
 * @param {string} text a clip of ours
 * @returns {Source}
 */
export function sourceOf(text) {
  const { board, pictures } = JSON.parse(text);
  const is_known = typeof board === "string" && ID_PATTERN.test(board);
  return { board: is_known ? board : null, pictures };
}

/**
 * @param {unknown} value
 * @returns {value is Element}
 */
function isElement(value) {
  if (typeof value !== "object" || value === null) return false;
  const element = /** @type {Record<string, unknown>} */ (value);
  const kinds = /** @type {readonly unknown[]} */ (KINDS);
  if (!kinds.includes(element.kind)) return false;
  if (!PLACED.every((name) => name in element)) return false;
  if (whole(/** @type {Element} */ (value)) !== value) return false;
  return Object.entries(element).every(([name, its]) => isFit(name, its));
}

/**
 * Whether a value can stand under a property's name without breaking what draws it.
 * @param {string} name
 * @param {unknown} value
 * @returns {boolean}
 */
function isFit(name, value) {
  switch (name) {
    case "points":
      return isNumbers(value) && value.length > 1 && value.length % 2 === 0;
    case "asset":
      return typeof value === "string" && HASH_PATTERN.test(value);
    case "crop":
      return value === null || (isNumbers(value) && value.length === 4);
    case "pressure":
    case "time":
      return isNumbers(value);
    case "groups":
      return Array.isArray(value) && value.every((id) => typeof id === "string");
    case "start":
    case "end":
      return value === null || isBinding(value);
    case "frame":
    case "link":
    case "origin":
      return value === null || typeof value === "string";
    case "font":
      return typeof value === "string" && Object.hasOwn(FONTS, value);
    case "align":
      return ALIGNS.has(value);
    case "locked":
      return typeof value === "boolean";
    default:
      if (NUMBERS.has(name)) return isNumber(value);
      return typeof value === "string";
  }
}

const PLACED = ["id", "x", "y"];
const ALIGNS = new Set(/** @type {unknown[]} */ (["auto", "left", "center", "right"]));
const NUMBERS = new Set("x y w h angle width opacity rough seed size".split(" "));

/**
 * @param {unknown} value
 * @returns {boolean}
 */
function isBinding(value) {
  if (typeof value !== "object" || value === null) return false;
  const { id, x, y } = /** @type {Record<string, unknown>} */ (value);
  return typeof id === "string" && isNumber(x) && isNumber(y);
}

/**
 * @param {unknown} value
 * @returns {value is number}
 */
function isNumber(value) {
  return typeof value === "number" && Number.isFinite(value);
}

/**
 * @param {unknown} value
 * @returns {value is number[]}
 */
function isNumbers(value) {
  return (
    Array.isArray(value) && value.length <= 2 * MAX_POINTS && value.every(isNumber)
  );
}
