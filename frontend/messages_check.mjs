/**
 * What is wrong with the texts of a language: missing, left over, or with other
 * placeholders than English. Pure, but for reading the files.
 *
 * Called by `list_missing.mjs` and the tests.
 *
 * @import { Token } from "@messageformat/parser"
 */

import { parse } from "@messageformat/parser";
import { readMessages } from "./messages.mjs";

/** @typedef {"missing" | "extra" | "placeholders"} Fault */
/** @typedef {Record<string, Record<string, string>>} Panels */

/**
 * @param {string} language
 * @param {Panels} [english]
 * @param {Panels} [texts]
 * @returns {{panel: string, name: string, fault: Fault}[]}
 */
export function faultsOf(
  language,
  english = readMessages("en"),
  texts = readMessages(language),
) {
  const faults = [];
  for (const panel of new Set([...Object.keys(english), ...Object.keys(texts)])) {
    const [source = {}, said = {}] = [english[panel], texts[panel]];
    for (const name of new Set([...Object.keys(source), ...Object.keys(said)])) {
      const fault = faultOf(source[name], said[name]);
      if (fault) faults.push({ panel, name, fault });
    }
  }
  return faults;
}

/**
 * @param {string | undefined} source
 * @param {string | undefined} said
 * @returns {Fault | null}
 */
function faultOf(source, said) {
  if (source === undefined) return "extra";
  if (said === undefined) return "missing";
  const is_alike = placeholders(source).join() === placeholders(said).join();
  return is_alike ? null : "placeholders";
}

/**
 * @param {string} text in ICU MessageFormat
 * @returns {string[]} what a text needs to be given, with the cases of each `select`
 */
export function placeholders(text) {
  /** @type {Set<string>} */
  const found = new Set();
  gather(parse(text), found);
  return [...found].sort();
}

/**
 * @param {readonly Token[]} tokens
 * @param {Set<string>} found
 */
function gather(tokens, found) {
  for (const token of tokens) {
    if (token.type === "content" || token.type === "octothorpe") continue;
    if (token.type === "select") {
      found.add(`${token.arg}: ${token.cases.map(({ key }) => key).sort()}`);
    } else {
      found.add(token.arg);
    }
    if ("cases" in token)
      for (const { tokens: inner } of token.cases) gather(inner, found);
  }
}
