/**
 * A person's name and colour as the wire allows them, whatever was typed or remembered: a
 * bad hello would keep this browser out of every board.
 */

import { PLAIN_PATTERN } from "../protocol.js";

const MAX_NAME_CHARS = 64; // code points, as the wire counts them
const HALF_PAIR = /\p{Surrogate}/u; // as a letter of its own it is no text
const COLOR = /^#[0-9a-f]{6}$/i;

/** @typedef {{ name?: string, color?: string | null }} Person */

/**
 * @param {Person} person
 * @returns {{ name: string, color: string | null }}
 */
export function presentable({ name = "", color = null }) {
  const letters = Array.from(name).filter(
    (letter) => PLAIN_PATTERN.test(letter) && !HALF_PAIR.test(letter),
  );
  return {
    name: letters.slice(0, MAX_NAME_CHARS).join("").trim(),
    color: color !== null && COLOR.test(color) ? color : null,
  };
}
