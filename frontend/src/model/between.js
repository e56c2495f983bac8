/**
 * Order keys between two others. Loaded with what arranges.
 *
 * Keys are fractional indexes, made by `fractional-indexing`; programs may put any string
 * that the wire allows, and between those a key is found digit by digit. Pure.
 */

import { generateNKeysBetween } from "fractional-indexing";

const DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const MAX_KEY_CHARS = 128; // the wire's bound on `z`

/**
 * Keys between two others, in order.
 * @param {string | undefined} below undefined: from the bottom
 * @param {string | undefined} above undefined: to the top
 * @param {number} n how many
 * @returns {string[] | null} null where no key fits, as between two that are equal
 */
export function keysBetween(below, above, n) {
  try {
    const keys = generateNKeysBetween(below ?? null, above ?? null, n);
    if (keys.every((key) => key.length <= MAX_KEY_CHARS)) return keys;
  } catch {
    // Not the library's keys: somebody else's program made them.
  }
  return keysBetweenAny(below ?? "", above, n);
}

/**
 * The middle one first, so that many are not much longer than one.
 * @param {string} below
 * @param {string | undefined} above
 * @param {number} n
 * @returns {string[] | null}
 */
function keysBetweenAny(below, above, n) {
  if (n <= 0) return [];
  const middle = keyBetweenAny(below, above);
  if (middle === null) return null;
  const n_lower = (n - 1) >> 1;
  const lower = keysBetweenAny(below, middle, n_lower);
  const upper = keysBetweenAny(middle, above, n - 1 - n_lower);
  return lower && upper && [...lower, middle, ...upper];
}

/**
 * @param {string} below "" for the bottom
 * @param {string | undefined} above
 * @returns {string | null}
 */
function keyBetweenAny(below, above) {
  let key = "";
  let end = above; // undefined: what was added so far is less already
  while (key.length < MAX_KEY_CHARS) {
    const i = key.length;
    if (end !== undefined && i >= end.length) return null;
    const low = i < below.length ? DIGITS.indexOf(below.charAt(i)) : 0;
    const high = end === undefined ? DIGITS.length : DIGITS.indexOf(end.charAt(i));
    if (high < low) return null;
    if (high - low > 1) return key + DIGITS.charAt((low + high) >> 1);
    key += DIGITS.charAt(low);
    if (high > low) end = undefined;
  }
  return null;
}
