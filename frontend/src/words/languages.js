/**
 * The languages there are, which one a person wants, and its texts on demand.
 */

/** @import { Say, Words } from "./words.js" */

import { createWords } from "./words.js";

/** Each in its own words. @type {Readonly<Record<string, string>>} */
export const LANGUAGE_NAMES = {
  ar: "العربية",
  de: "Deutsch",
  en: "English",
  es: "Español",
  fr: "Français",
  it: "Italiano",
  ja: "日本語",
  pl: "Polski",
  pt: "Português",
  zh: "中文",
};
const RIGHT_TO_LEFT = new Set(["ar"]);

/** @type {Readonly<Record<string, () => Promise<{default: Record<string, Say>}>>>} */
const LOAD = {
  ar: () => import("messages:ar"),
  de: () => import("messages:de"),
  es: () => import("messages:es"),
  fr: () => import("messages:fr"),
  it: () => import("messages:it"),
  ja: () => import("messages:ja"),
  pl: () => import("messages:pl"),
  pt: () => import("messages:pt"),
  zh: () => import("messages:zh"),
};

/**
 * @param {string} chosen by the person, or ""
 * @param {readonly string[]} wished by the browser, the dearest first
 * @returns {string}
 */
export function pickLanguage(chosen, wished) {
  const bases = [chosen, ...wished].map((tag) => tag.toLowerCase().split("-")[0] ?? "");
  return bases.find((base) => base in LANGUAGE_NAMES) ?? "en";
}

/**
 * @param {string} language
 * @returns {Promise<Words>} English when the texts cannot be loaded
 */
export async function loadWords(language) {
  const load = LOAD[language];
  if (!load) return createWords("en");
  try {
    return createWords(language, (await load()).default);
  } catch {
    return createWords("en"); // offline, and the board can be drawn on all the same
  }
}

/**
 * Tells the page which language it is in, and which way that is written.
 * @param {HTMLElement} page
 * @param {string} language
 */
export function markLanguage(page, language) {
  page.lang = language;
  page.dir = RIGHT_TO_LEFT.has(language) ? "rtl" : "ltr";
}
