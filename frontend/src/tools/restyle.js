/**
 * The style of what is selected and of what comes next: asked, changed, copied.
 */

/** @import { Element, Op } from "../protocol.js" */
/** @import { Bench } from "./bench.js" */
/** @import { Style, StyleName } from "./style.js" */

import { larger } from "../draw/room.js";
import { DEFAULTS } from "../protocol.js";
import { selectedElements } from "./selected.js";
import { breadthOf, STYLES_OF, valueOn } from "./style.js";

/**
 * Change the style of what is selected, and of what comes next.
 * @param {Bench} bench
 * @param {Partial<Style>} style
 * @returns {void}
 */
export function restyle(bench, style) {
  const chosen = { ...bench.style.peek(), ...style };
  const written = bench.editing.peek();
  const fresh = written?.is_new ? [written.element] : []; // not on the board yet
  /** @type {Op[]} */
  const ops = [];
  for (const element of bench.mayEdit() ? [...selectedElements(bench), ...fresh] : []) {
    const names = STYLES_OF[element.kind].filter((name) => name in style);
    if (element.locked || names.length === 0) continue;
    const named = names.map((name) => [
      name,
      valueOn(element.kind, name, chosen[name]),
    ]);
    const props = Object.fromEntries(named);
    if ("size" in style || "font" in style) {
      Object.assign(props, larger({ ...element, ...props }, bench.measure));
    }
    if (element === fresh[0]) written?.input(written.value, props);
    else ops.push({ op: "set", id: element.id, props });
  }
  if (ops.length > 0) bench.board.submit(ops);
  bench.style.value = chosen; // last: who follows it asks how the elements look now
}

/**
 * The style that the selection has, each property as the first element that has it, or
 * else the pencil case.
 * @param {Bench} bench
 * @returns {Style}
 */
export function shownStyle(bench) {
  const style = { ...bench.style.value };
  for (const element of selectedElements(bench).toReversed()) {
    Object.assign(style, styleOf(element));
  }
  return style;
}

/**
 * The styles in which what is selected differs.
 * @param {Bench} bench
 * @returns {Set<StyleName>}
 */
export function mixedStyles(bench) {
  /** @type {Map<string, unknown>} */
  const first = new Map();
  /** @type {Set<StyleName>} */
  const mixed = new Set();
  for (const element of selectedElements(bench)) {
    for (const [name, value] of Object.entries(styleOf(element))) {
      if (!first.has(name)) first.set(name, value);
      else if (first.get(name) !== value) mixed.add(/** @type {StyleName} */ (name));
    }
  }
  return mixed;
}

/**
 * The styles of an element, as the pencil case has them.
 * @param {Element} element
 * @returns {Partial<Style>}
 */
function styleOf(element) {
  const has = /** @type {Partial<Style>} */ (element);
  /** @type {Partial<Style>} */
  const own = Object.fromEntries(
    STYLES_OF[element.kind].map((name) => [name, has[name] ?? DEFAULTS[name]]),
  );
  if (own.width === undefined) return own;
  return { ...own, width: own.width / breadthOf(element.kind) };
}

/**
 * Remember the style of what is selected, to be pasted.
 * @param {Bench} bench
 * @returns {void}
 */
export function copyStyle(bench) {
  const [first] = selectedElements(bench);
  if (first) bench.copied.value = styleOf(first);
}
