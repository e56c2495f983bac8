/**
 * How tools behave, as the person chose; remembered by the browser, never on the board.
 */

/** @import { Bench } from "./bench.js" */

/**
 * @typedef {object} Options
 * @property {"whole" | "part"} eraser whether it removes elements or wipes ink away
 * @property {number} eraser_px how broad the eraser is, screen pixels
 * @property {boolean} fingers_draw whether fingers draw although there is a pen
 * @property {boolean} keeps_tool whether the tool stays in hand after its gesture
 * @property {boolean} single_keys whether letters, digits and signs are shortcuts
 * @property {boolean} recognises whether ink held still becomes a shape
 * @property {boolean} snaps whether what is dragged falls in line with what is near
 * @property {boolean} grid whether there is a grid, to see and to snap to
 */

/** @type {Readonly<Options>} */
export const FIRST_OPTIONS = {
  eraser: "whole",
  eraser_px: 16,
  fingers_draw: false,
  keeps_tool: false,
  single_keys: true,
  recognises: true,
  snaps: true,
  grid: false,
};

/**
 * A tool that makes one thing has made it: it goes back for the next one, or hands over
 * to select, with that thing selected.
 * @param {Bench} bench
 * @param {string | null} id of what was made; null: not there yet
 * @returns {void}
 */
export function putDown(bench, id) {
  if (bench.options.peek().keeps_tool) return;
  if (id !== null) bench.selection.value = new Set([id]);
  bench.pick("select");
}

/** What the panel offers, screen pixels. */
export const ERASER_SIZES = /** @type {const} */ ([8, 16, 32, 64]);

/**
 * What was remembered, where it is sensible.
 * @param {Partial<Record<keyof Options, unknown>>} kept
 * @returns {Options}
 */
export function readOptions(kept) {
  const { eraser, eraser_px, fingers_draw, keeps_tool } = kept;
  const { single_keys, recognises, snaps, grid } = kept;
  const size = ERASER_SIZES.find((px) => px === eraser_px);
  return {
    eraser: eraser === "part" ? "part" : "whole",
    eraser_px: size ?? FIRST_OPTIONS.eraser_px,
    fingers_draw: fingers_draw === true,
    keeps_tool: keeps_tool === true,
    single_keys: single_keys !== false,
    recognises: recognises !== false,
    snaps: snaps !== false,
    grid: grid === true,
  };
}
