/**
 * Finding elements by the words on them. Pure.
 */

/** @import { Element } from "../protocol.js" */

import { folded } from "../model/match.js";

/** Folding 50,000 texts takes a moment; elements never change, so it is done once.
 * @type {WeakMap<Element, string>} */
const searched = new WeakMap();

/**
 * @param {Element} element
 * @returns {string} every word on it, without case and accents
 */
function wordsOn(element) {
  const known = searched.get(element);
  if (known !== undefined) return known;
  const {
    text = "",
    label = "",
    title = "",
    alt = "",
  } = /** @type {{text?: string, label?: string, title?: string, alt?: string}} */ (
    element
  );
  const words = folded([text, label, title, alt].filter(Boolean).join("\n"));
  searched.set(element, words);
  return words;
}

/**
 * @param {readonly Element[]} elements
 * @param {string} query
 * @returns {Element[]} those with the query in their words, as one reads: down, then across
 */
export function found(elements, query) {
  const wanted = folded(query.trim());
  if (wanted === "") return [];
  return elements
    .filter((element) => wordsOn(element).includes(wanted))
    .sort((a, b) => a.y - b.y || a.x - b.x);
}
