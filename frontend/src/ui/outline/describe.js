/**
 * Elements in words, for people who do not see them. Pure.
 */

/** @import { Element } from "../../protocol.js" */
/** @import { Words } from "../../words/words.js" */

import texts from "../../../messages/en/outline.json";
import { TOOL_TITLES } from "../tool_titles.js";

const MOST_CHARS = 80; // more of a long text is read on the board itself

/**
 * @param {Words} t
 * @param {Element} element
 * @param {(id: string) => Element | undefined} get
 * @returns {string} as "Rectangle: Start", "Arrow from Start to End"
 */
export function describe(t, element, get) {
  const kind = joined(t, element, get) ?? kindOf(t, element);
  const words = wordsOf(element);
  const what = words ? t(texts.named, { kind, words }) : kind;
  const grouped = element.groups?.length ? t(texts.grouped, { what }) : what;
  return element.locked ? t(texts.locked, { what: grouped }) : grouped;
}

/**
 * @param {Words} t
 * @param {Element} element
 */
function kindOf(t, { kind }) {
  return t(kind === "image" ? texts.picture : TOOL_TITLES[kind]);
}

/**
 * What an arrow joins.
 * @param {Words} t
 * @param {Element} element
 * @param {(id: string) => Element | undefined} get
 * @returns {string | null} null where it joins nothing
 */
function joined(t, element, get) {
  if (element.kind !== "arrow") return null;
  /** @param {{id: string} | null | undefined} end */
  const nameOf = (end) => {
    const held = end && get(end.id);
    return held && (wordsOf(held) || kindOf(t, held));
  };
  const [from, to] = [nameOf(element.start), nameOf(element.end)];
  const kind = kindOf(t, element);
  if (from && to) return t(texts.joins, { kind, from, to });
  if (from) return t(texts.leaves, { kind, from });
  return to ? t(texts.reaches, { kind, to }) : null;
}

/**
 * @param {Element} element
 * @returns {string} what is written on it, or what a person wrote about it
 */
function wordsOf(element) {
  const { text, label, title, alt } =
    /** @type {{text?: string, label?: string, title?: string, alt?: string}} */ (
      element
    );
  const words = (text || label || title || alt || "").replace(/\s+/gu, " ").trim();
  const letters = [...words];
  return letters.length > MOST_CHARS
    ? `${letters.slice(0, MOST_CHARS).join("")}…`
    : words;
}
