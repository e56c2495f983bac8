/**
 * Finding texts by words a person types. Pure.
 */

/**
 * @param {string} text
 * @returns {string} without case and accents
 */
export function folded(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

/**
 * Whether a text has every word of a query, in any order; case and accents do not count.
 * @param {string} text
 * @param {string} query
 * @returns {boolean}
 */
export function hasWords(text, query) {
  const words = folded(query).split(/\s+/).filter(Boolean);
  const searched = folded(text);
  return words.every((word) => searched.includes(word));
}
