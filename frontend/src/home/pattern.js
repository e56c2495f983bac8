/**
 * The chalk lines on a board's card: a sign to know it by, until there is a picture.
 *
 * Lines snapped across a sheet, at places and in a hue that follow from the board's id;
 * they say nothing about what is drawn on it. Pure.
 */

/** @typedef {readonly [x1: number, y1: number, x2: number, y2: number]} Line */

export const SHEET = { width: 320, height: 180 };

/** The hues of a box of chalk, in degrees of OKLCH. */
const HUES = [250, 25, 150, 85, 305, 200];
const MIN_LINES = 3;
const OVERHANG = 12; // a line goes on beyond the sheet's edge

/**
 * @param {string} id
 * @returns {{ hue: number, lines: Line[] }}
 */
export function patternOf(id) {
  const next = randomOf(id);
  const hue = HUES[Math.floor(next() * HUES.length)] ?? 250;
  const lines = [];
  const nLines = MIN_LINES + Math.floor(next() * 3);
  const slope = (next() - 0.5) * 1.6;
  for (let n = 0; n < nLines; n += 1) {
    const isAcross = next() < 0.3; // most run alike, some cut through them
    lines.push(lineAt((n + 0.3 + next() * 0.4) / nLines, isAcross ? -slope : slope));
  }
  return { hue, lines };
}

/**
 * The line of a slope through the sheet's middle row, from edge to edge.
 * @param {number} place 0…1 along the sheet's width
 * @param {number} slope how far it leans, in heights
 * @returns {Line}
 */
function lineAt(place, slope) {
  const { width, height } = SHEET;
  const middle = place * width;
  const lean = (slope * height) / 2;
  const more = (lean * OVERHANG) / (height / 2);
  return [
    Math.round(middle - lean - more),
    -OVERHANG,
    Math.round(middle + lean + more),
    height + OVERHANG,
  ];
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
