/**
 * The chalk lines on a board's card: a sign to know it by, until there is a picture.
 *
 * Lines snapped from one nail across a sheet, at places and in a hue that follow from the
 * board's id; they say nothing about what is drawn on it. Pure.
 */

/** @typedef {readonly [x1: number, y1: number, x2: number, y2: number]} Line */

export const SHEET = { width: 320, height: 180 };

/** The hues of a box of chalk, in degrees of OKLCH. */
const HUES = [250, 25, 150, 85, 305, 200];
const MIN_LINES = 3;
const OVERHANG = 28; // how far beyond the sheet's edge the lines meet and end
const OUTWARD = 1.2; // the lines' far ends spread a little wider than the sheet

/**
 * @param {string} id
 * @returns {{ hue: number, lines: Line[] }}
 */
export function patternOf(id) {
  const next = randomOf(id);
  const hue = HUES[Math.floor(next() * HUES.length)] ?? 250;
  const isFromBelow = next() < 0.5;
  const nail = 0.1 + next() * 0.8;
  const nLines = MIN_LINES + Math.floor(next() * 3);
  const shift = next() / nLines;
  /** @type {Line[]} */
  const lines = [];
  for (let n = 0; n < nLines; n += 1) {
    const place = (n + next() * 0.35) / nLines + shift;
    lines.push(lineOf(nail, OUTWARD * place - (OUTWARD - 1) / 2, isFromBelow));
  }
  return { hue, lines };
}

/**
 * The line from the nail at one long side of the sheet to a place at the other.
 * @param {number} nail 0…1 along the sheet's width
 * @param {number} place likewise
 * @param {boolean} isFromBelow
 * @returns {Line}
 */
function lineOf(nail, place, isFromBelow) {
  const { width, height } = SHEET;
  const [from, to] = isFromBelow
    ? [height + OVERHANG, -OVERHANG]
    : [-OVERHANG, height + OVERHANG];
  return [Math.round(nail * width), from, Math.round(place * width), to];
}

/**
 * A small generator of numbers 0…1 that an id always starts alike (FNV-1a, mulberry32).
 * @param {string} id
 * @returns {() => number}
 */
function randomOf(id) {
  let state = 0x811c9dc5;
  for (const letter of id) {
    state = Math.imul(state ^ (letter.codePointAt(0) ?? 0), 0x01000193);
  }
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
