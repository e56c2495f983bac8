/**
 * When two JSON values, and two elements, are the same.
 *
 * Pure. `replica` keeps an element's identity over its echo by it, `history` tells by it
 * what somebody else has changed.
 *
 * @import { Element } from "../protocol.js"
 */

import { DEFAULTS } from "../protocol.js";

/**
 * Whether two JSON values are equal, whatever the order of their keys.
 * @param {unknown} a
 * @param {unknown} b
 * @returns {boolean}
 */
export function sameJson(a, b) {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) {
    return false;
  }
  if (Array.isArray(a)) return Array.isArray(b) && sameList(a, b);
  if (Array.isArray(b)) return false;
  const names = Object.keys(a);
  if (names.length !== Object.keys(b).length) return false;
  const [left, right] = [propsOf(a), propsOf(b)];
  return names.every(
    (name) => Object.hasOwn(right, name) && sameJson(left[name], right[name]),
  );
}

/**
 * @param {unknown[]} a
 * @param {unknown[]} b
 */
function sameList(a, b) {
  if (a.length !== b.length) return false;
  for (let index = 0; index < a.length; index++) {
    if (!sameJson(a[index], b[index])) return false;
  }
  return true;
}

/**
 * Whether two values of one property are the same; left out, null and default are one.
 * @param {string} name
 * @param {unknown} a
 * @param {unknown} b
 * @returns {boolean}
 */
export function sameProp(name, a, b) {
  const fallback = propsOf(DEFAULTS)[name] ?? null;
  return sameJson(a ?? fallback, b ?? fallback);
}

/**
 * The properties in which two elements differ, defaults filled in.
 * @param {Element} a
 * @param {Element} b
 * @returns {string[]}
 */
export function differingProps(a, b) {
  const [left, right] = [propsOf(a), propsOf(b)];
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].filter(
    (name) => !sameProp(name, left[name], right[name]),
  );
}

/**
 * An object seen as properties by name, for code that works on any of them.
 * @param {object} value
 * @returns {Record<string, unknown>}
 */
export function propsOf(value) {
  return /** @type {Record<string, unknown>} */ (value);
}
