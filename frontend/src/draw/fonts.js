/**
 * The four fonts of text: their families and the metrics that place a line.
 *
 * The numbers say where the baseline lies in a line box, so that the text in the
 * editor, on the canvas and in an export never jump. Pure.
 */

/** @typedef {"hand" | "sans" | "mono" | "serif"} FontName */

/**
 * @typedef {object} Font
 * @property {string} family a CSS font-family list
 * @property {number} ascent of 1 em
 * @property {number} descent of 1 em
 */

export const LINE_HEIGHT = 1.25; // em; open enough for accents above capitals

/** @type {Readonly<Record<FontName, Font>>} */
export const FONTS = {
  hand: {
    family: '"Shantell Sans", "Segoe Print", "Bradley Hand", cursive',
    ascent: 0.94,
    descent: 0.38,
  },
  sans: {
    family: 'Inter, system-ui, "Segoe UI", Roboto, "Helvetica Neue", sans-serif',
    ascent: 0.96875,
    descent: 0.2412,
  },
  mono: {
    family: '"JetBrains Mono", ui-monospace, Menlo, Consolas, monospace',
    ascent: 1.02,
    descent: 0.3,
  },
  serif: {
    family: '"Source Serif 4", Georgia, "Times New Roman", serif',
    ascent: 1.036,
    descent: 0.335,
  },
};

/**
 * Where the baseline of a line lies below the top of its line box.
 * @param {FontName} font
 * @param {number} size
 * @returns {number} board units
 */
export function baseline(font, size) {
  const { ascent, descent } = FONTS[font];
  return ((LINE_HEIGHT - (ascent + descent)) / 2 + ascent) * size;
}
