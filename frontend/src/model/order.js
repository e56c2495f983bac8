/**
 * Order keys: the `z` of what is drawn above everything else.
 *
 * Keys are fractional indexes, made by `fractional-indexing`; but programs may put any
 * string that the wire allows, so this finds a key above those too. Pure.
 */

import { generateKeyBetween } from "fractional-indexing";

const MAX_KEY_CHARS = 128; // the wire's bound on `z`
const MIDDLE_DIGIT = "V"; // of 0-9 A-Z a-z: leaves room on both sides
const LAST_DIGIT = "z";

/**
 * A key above another one.
 * @param {string | undefined} z the highest key there is; undefined for none
 * @returns {string} greater than `z` by code units; `z` itself when nothing is above it
 */
export function keyAbove(z) {
  if (!z) return generateKeyBetween(null, null);
  try {
    const key = generateKeyBetween(z, null);
    if (key.length <= MAX_KEY_CHARS) return key;
  } catch {
    // Not one of the library's keys: somebody else's program made it.
  }
  return keyAboveAny(z);
}

/** @param {string} z */
function keyAboveAny(z) {
  const first = generateKeyBetween(null, null);
  if (z < first) return first;
  if (z.length < MAX_KEY_CHARS) return z + MIDDLE_DIGIT;
  const digits = z.replace(new RegExp(`${LAST_DIGIT}+$`), "");
  const last = digits.at(-1);
  return last === undefined ? z : digits.slice(0, -1) + digitAfter(last);
}

/** @param {string} digit */
function digitAfter(digit) {
  if (digit === "9") return "A";
  if (digit === "Z") return "a";
  return String.fromCharCode(digit.charCodeAt(0) + 1);
}
