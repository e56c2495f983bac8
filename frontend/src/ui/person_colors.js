/**
 * The colours that a person can have, and what they are called. Pure.
 */

/** @import { Words } from "../words/words.js" */

import texts from "../../messages/en/dialogs.json";

/** Those that the server gives, so that one's own is among them: see `colors.py`. */
export const PERSON_COLORS = [
  "#d0440c",
  "#1971c2",
  "#2b8239",
  "#9c36b5",
  "#c2255c",
  "#0b7c8f",
  "#e8890c",
  "#5f3dc4",
  "#66a80f",
  "#e03131",
  "#3b5bdb",
  "#a0522d",
];

/**
 * @param {Words} t
 * @param {string} color one that was chosen elsewhere or before has its code alone
 * @returns {string}
 */
export function colorName(t, color) {
  return t(texts.colours).split("|")[PERSON_COLORS.indexOf(color)] ?? color;
}
