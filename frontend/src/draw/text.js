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

/** Few fonts have letters so narrow that more fit; there, more is measured. */
const LETTERS_PER_EM = 4;
const LEAST_LETTERS = 8;

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
  const likely = LEAST_LETTERS + Math.ceil((LETTERS_PER_EM * lettering.width) / size);
  const rows = lettering.text.split("\n").flatMap((line) => {
    const is_rtl = isRtl(line);
    const texts =
      lettering.width > 0 ? wrap(line, lettering.width, likely, widthOf) : [line];
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
 *
 * A box may be narrower than a letter, and a word as long as a text may be: for each line
 * about as much is measured as it can hold, never all that is left.
 * @param {string} line
 * @param {number} width
 * @param {number} likely so many letters are most likely too wide
 * @param {(text: string) => number} widthOf
 * @returns {string[]}
 */
function wrap(line, width, likely, widthOf) {
  const chars = [...line]; // never half of one
  const ends = endsOf(chars);
  /** @type {string[]} */
  const lines = [];
  let [from, piece] = [0, 0];
  /** @param {number} to */
  const textTo = (to) => chars.slice(from, to).join("").trimEnd();
  /** @param {number | undefined} to */
  const fits = (to = 0) => {
    for (let n = likely; from + n < to; n *= 2) {
      if (widthOf(textTo(from + n)) > width) return false;
    }
    return widthOf(textTo(to)) <= width;
  };
  do {
    const n_pieces = most(ends.length - piece, (n) => fits(ends[piece + n - 1]));
    piece += n_pieces;
    const end = ends[piece] ?? 0;
    const to =
      n_pieces > 0
        ? (ends[piece - 1] ?? 0)
        : from +
          Math.max(
            1,
            most(end - from, (n) => fits(from + n)),
          );
    if (to === end) piece++;
    lines.push(textTo(to));
    from = to;
  } while (from < chars.length);
  return lines;
}

/**
 * Where a line may be broken: after each space, and where it ends.
 * @param {readonly string[]} chars
 * @returns {number[]}
 */
function endsOf(chars) {
  const ends = chars.flatMap((char, i) => (/\s/u.test(char) ? [i + 1] : []));
  if (ends.at(-1) !== chars.length) ends.push(chars.length);
  return ends;
}

/**
 * How many fit, found by doubling and then halving; fewer fit where more do.
 * @param {number} limit
 * @param {(n: number) => boolean} fit
 * @returns {number} 0…limit
 */
export function most(limit, fit) {
  let [low, high] = [0, 1];
  while (high <= limit && fit(high)) {
    low = high;
    high *= 2;
  }
  high = Math.min(high, limit + 1);
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (fit(middle)) low = middle;
    else high = middle;
  }
  return low;
}
