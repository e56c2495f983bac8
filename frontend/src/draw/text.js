/**
 * Text layout: words to placed lines. Pure; how wide a text is comes from outside.
 */

/** @import { FontName } from "./fonts.js" */

import { baseline, LINE_HEIGHT } from "./fonts.js";

/**
 * How wide a text without line breaks is, in board units.
 * @callback Measure
 * @param {string} text
 * @param {FontName} font
 * @param {number} size
 * @returns {number}
 */

/**
 * @typedef {object} TextLine
 * @property {string} text
 * @property {number} x left end, from the box' left
 * @property {number} y baseline, from the box' top
 * @property {boolean} is_rtl whether its paragraph is read from right to left
 */

/**
 * @typedef {object} TextLayout
 * @property {TextLine[]} lines
 * @property {number} width of the box
 * @property {number} widest of the lines
 * @property {number} height
 */

/**
 * @typedef {object} Lettering
 * @property {string} text
 * @property {FontName} font
 * @property {number} size
 * @property {"left" | "center" | "right"} align
 * @property {number} width 0: as wide as the longest line; else lines wrap there
 */

/** The first letter decides: Hebrew, Arabic and their relatives. */
const RTL = /^\P{L}*[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}]/u;

/**
 * Whether a paragraph is read from right to left, as `dir="auto"` takes it.
 * @param {string} text
 * @returns {boolean}
 */
export function isRtl(text) {
  return RTL.test(text);
}

/**
 * Place the lines of a text in a box at the origin.
 * @param {Lettering} lettering
 * @param {Measure} measure
 * @returns {TextLayout}
 */
export function layoutText(lettering, measure) {
  const { font, size, align } = lettering;
  /** @param {string} text */
  const widthOf = (text) => measure(text, font, size);
  const rows = lettering.text.split("\n").flatMap((line) => {
    const is_rtl = isRtl(line);
    const texts = lettering.width > 0 ? wrap(line, lettering.width, widthOf) : [line];
    return texts.map((text) => ({ text, is_rtl }));
  });
  const widths = rows.map(({ text }) => widthOf(text));
  const widest = Math.max(0, ...widths);
  const width = lettering.width > 0 ? lettering.width : widest;
  const slack = { left: 0, center: 0.5, right: 1 }[align];
  const lines = rows.map((row, i) => ({
    ...row,
    x: (width - (widths[i] ?? 0)) * slack,
    y: i * size * LINE_HEIGHT + baseline(font, size),
  }));
  return { lines, width, widest, height: rows.length * size * LINE_HEIGHT };
}

/**
 * Break one line at spaces, and inside a word only where it alone is too long.
 * @param {string} line
 * @param {number} width
 * @param {(text: string) => number} widthOf
 * @returns {string[]}
 */
function wrap(line, width, widthOf) {
  const lines = [];
  let current = "";
  for (const piece of line.split(/(?<=\s)/u)) {
    if (current !== "" && widthOf((current + piece).trimEnd()) > width) {
      lines.push(current.trimEnd());
      current = "";
    }
    current += piece;
    while (widthOf(current.trimEnd()) > width) {
      const fits = charsThatFit(current, width, widthOf);
      if (fits >= current.length) break;
      lines.push(current.slice(0, fits));
      current = current.slice(fits);
    }
  }
  lines.push(current.trimEnd());
  return lines;
}

/**
 * How much of a too long word fits, at least one character, never half of one.
 * @param {string} word
 * @param {number} width
 * @param {(text: string) => number} widthOf
 * @returns {number}
 */
function charsThatFit(word, width, widthOf) {
  let fits = 0;
  for (const char of word) {
    if (fits > 0 && widthOf(word.slice(0, fits + char.length)) > width) break;
    fits += char.length;
  }
  return fits;
}
