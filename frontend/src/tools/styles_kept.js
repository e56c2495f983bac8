/**
 * Each kind of tool keeps its own style: the pen stays red while shapes are blue.
 *
 * Shapes share one. Tools that draw nothing hold on to the style of the last; what they
 * change on a selection is kept for its kinds.
 */

/** @import { Signal } from "@preact/signals-core" */
/** @import { Bench } from "./bench.js" */
/** @import { Style, StyleName } from "./style.js" */

import { effect } from "@preact/signals-core";
import { FRAME_INK, MARKER } from "../draw/palette.js";
import { FIRST_STYLE, STYLES_OF } from "./style.js";

/** @typedef {Record<string, Partial<Style>>} Styles */

/** A marker in black would hide what it marks; a frame stays behind what is in it.
 * @type {Styles} */
const FIRST_OF = { highlight: { stroke: MARKER }, frame: { stroke: FRAME_INK } };

/**
 * @param {string} name of a tool or a kind
 * @returns {string | null} null: it draws nothing that has a style
 */
export function familyOf(name) {
  if (!Object.hasOwn(STYLES_OF, name)) return null;
  if (name === "line") return name; // filled where it closes, and yet no shape
  const styles = STYLES_OF[/** @type {keyof typeof STYLES_OF} */ (name)];
  return styles.includes("pattern") ? "shapes" : name;
}

/**
 * @param {Bench} bench
 * @param {Signal<string>} tool in hand
 * @param {{get: <T>(name: string, fallback: T) => T,
 *   set: (name: string, value: unknown) => void}} prefs
 * @returns {void}
 */
export function keepStyles({ style, selection, board }, tool, prefs) {
  /** @type {Styles} */
  const styles = { ...prefs.get("styles", {}) };
  let before = style.peek();
  effect(() => {
    const family = familyOf(tool.value);
    if (family === null) return;
    before = { ...FIRST_STYLE, ...FIRST_OF[family], ...styles[family] };
    style.value = before;
  });
  effect(() => {
    const now = style.value;
    const changed = changes(before, now);
    before = now;
    if (Object.keys(changed).length === 0) return;
    const kinds = [...selection.peek()].map((id) => board.get(id)?.kind ?? "");
    for (const name of new Set([tool.peek(), ...kinds].map(familyOf))) {
      if (name !== null) styles[name] = { ...styles[name], ...changed };
    }
    prefs.set("styles", styles);
  });
}

/**
 * @param {Style} before
 * @param {Style} now
 * @returns {Partial<Style>}
 */
function changes(before, now) {
  const names = /** @type {StyleName[]} */ (Object.keys(now));
  const changed = names.filter((name) => before[name] !== now[name]);
  return Object.fromEntries(changed.map((name) => [name, now[name]]));
}
