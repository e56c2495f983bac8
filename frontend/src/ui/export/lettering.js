/**
 * The fonts of an export: there before anything is measured, and inside an SVG.
 *
 * A picture is painted once, so it waits for what the board would paint again. A file
 * takes those parts of the fonts along that its words need, whole: a part has 10 to 50 KB,
 * and what cuts single letters out of one has more than half a megabyte itself.
 */

/** @import { FontName } from "../../draw/fonts.js" */
/** @import { Display } from "../../draw/shapes.js" */
/** @import { Element } from "../../protocol.js" */
/** @import { Face } from "../font_faces.js" */

import { FONTS } from "../../draw/fonts.js";
import { isLabelled, letteringOf } from "../../draw/look.js";
import { addFaces, facesKnown } from "../font_faces.js";
import { dataUrl } from "./data_url.js";

/** The words in each font, one after the other. @typedef {Map<FontName, string>} Words */

const WITHIN_MS = 10_000; // later than that, the fonts of the system do

/**
 * Have the fonts ready that elements are set in.
 * @param {readonly Element[]} elements
 * @returns {Promise<void>} also when one cannot be had
 */
export async function fetchFonts(elements) {
  const { fonts } = document;
  const asked = [...wordsOf(elements)].map(([font, text]) => {
    return /** @type {const} */ ([`16px ${FONTS[font].family}`, text]);
  });
  addFaces(fonts);
  const missing = asked.filter(([font, text]) => !fonts.check(font, text));
  if (missing.length === 0) return;
  const loads = missing.map(([font, text]) => fonts.load(font, text));
  await Promise.race([
    Promise.allSettled(loads),
    new Promise((resolve) => setTimeout(resolve, WITHIN_MS)),
  ]);
  // The page may say so later than this goes on; widths that are known are wrong now.
  fonts.dispatchEvent(new Event("loadingdone"));
}

/**
 * @param {readonly Element[]} elements
 * @returns {Words}
 */
function wordsOf(elements) {
  /** @type {Words} */
  const words = new Map();
  const add = (/** @type {FontName} */ font, /** @type {string} */ text) => {
    if (text !== "") words.set(font, (words.get(font) ?? "") + text);
  };
  for (const element of elements) {
    const { kind } = element;
    if (kind === "note") add("sans", element.author ?? "");
    if (kind === "text" || kind === "note" || kind === "frame" || isLabelled(element)) {
      const { font, text } = letteringOf(element);
      add(font, text);
    }
  }
  return words;
}

/**
 * @param {readonly Display[]} displays
 * @returns {Promise<string>} CSS with the fonts that their words need in it; without those
 *   that cannot be had
 */
export async function fontStyleOf(displays) {
  /** @type {Words} */
  const words = new Map();
  for (const item of displays.flatMap(({ items }) => items)) {
    if (item.type !== "text") continue;
    words.set(item.font, (words.get(item.font) ?? "") + item.text);
  }
  const rules = await Promise.all(facesFor(words, facesKnown()).map(ruleOf));
  return rules.join("\n");
}

/**
 * @param {Words} words
 * @param {readonly Face[]} faces
 * @returns {Face[]} those that have a character of the words in their font
 */
export function facesFor(words, faces) {
  return faces.filter(({ font, unicodeRange }) => {
    const spans = spansOf(unicodeRange);
    const codes = [...(words.get(font) ?? "")].map((char) => char.codePointAt(0) ?? 0);
    return codes.some((code) => spans.some(([from, to]) => code >= from && code <= to));
  });
}

/**
 * @param {string} unicodeRange such as `U+0-FF,U+131`
 * @returns {(readonly [from: number, to: number])[]}
 */
function spansOf(unicodeRange) {
  return unicodeRange.split(",").map((span) => {
    const [from = "", to = from] = span.trim().replace("U+", "").split("-");
    return /** @type {const} */ ([Number.parseInt(from, 16), Number.parseInt(to, 16)]);
  });
}

/**
 * @param {Face} face
 * @returns {Promise<string>} empty when it cannot be had
 */
async function ruleOf({ family, url, unicodeRange }) {
  const answer = await fetch(url).catch(() => null);
  if (!answer?.ok) return "";
  const file = await dataUrl(
    new Blob([await answer.arrayBuffer()], { type: "font/woff2" }),
  );
  return (
    `@font-face{font-family:"${family}";src:url("${file}") format("woff2");` +
    `unicode-range:${unicodeRange}}`
  );
}
