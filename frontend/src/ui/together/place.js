/**
 * Where my cursor is for the others: where the mouse or pen was on the board last, and the
 * middle of it for who has none.
 */

/** @import { Point } from "../../draw/geometry.js" */
/** @import { View } from "../../tools/view.js" */

/**
 * @typedef {object} Place
 * @property {() => {x: number, y: number}} at screen pixels
 * @property {() => Point} onBoard board units
 * @property {() => void} show it to the others
 * @property {(listener: () => void) => void} subscribe
 */

/**
 * @param {HTMLElement} root of the stage
 * @param {View} view
 * @param {(x: number, y: number) => void} tell board units
 * @returns {Place}
 */
export function createPlace(root, view, tell) {
  /** @type {{x: number, y: number} | null} */
  let last = null;
  /** @type {Set<() => void>} */
  const listeners = new Set();
  root.addEventListener("pointermove", (event) => {
    if (event.pointerType === "touch") return;
    const { left, top } = root.getBoundingClientRect();
    last = { x: event.clientX - left, y: event.clientY - top };
    for (const listener of listeners) listener();
  });
  const at = () => {
    const { width, height } = view.size.peek();
    const { x, y } = last ?? { x: width / 2, y: height / 3 }; // a keyboard comes up below
    return { x: Math.min(x, width), y: Math.min(y, height) };
  };
  const onBoard = () => {
    const { x, y } = at();
    return view.toBoard(x, y);
  };
  return {
    at,
    onBoard,
    show: () => tell(...onBoard()),
    subscribe: (listener) => listeners.add(listener),
  };
}
