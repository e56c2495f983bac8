/**
 * Whole elements: what its kind demands, every element that is shown has.
 *
 * The server took a `set` of `kind` alone once, so a board may hold a text without words
 * or a line without points, and what is pasted may be anything. The fold keeps them as they are (D2); shown, they have a value
 * that draws nothing, or one of them would keep all others from being drawn. Pure.
 *
 * @import { Element } from "../protocol.js"
 */

const INK = { points: [0, 0] };
const BOX = { w: 0, h: 0 };
/** @type {Partial<Record<Element["kind"], object>>} */
const NOTHING = {
  ...{ pen: INK, highlight: INK, line: INK, arrow: INK },
  ...{ text: { text: "" }, note: { text: "", ...BOX }, image: { asset: "", ...BOX } },
};

/**
 * @param {Element} element
 * @returns {Element} itself, where it lacks nothing
 */
export function whole(element) {
  const nothing = NOTHING[element.kind] ?? BOX;
  return Object.keys(nothing).every((name) => name in element)
    ? element
    : /** @type {Element} */ ({ ...nothing, ...element });
}
