/**
 * Shows the chosen theme before the first paint, and tells the server the chosen language
 * for pages that it writes alone; every page loads it in its head, without `defer`, so
 * that a dark page never flashes white. Imported by nobody.
 */

import { KEY, showTheme, themeChoice } from "./home/theme.js";

const LANGUAGE = "chalkline.pref.language"; // as `net/prefs.js` keeps it
const YEAR_S = 31_536_000;

/**
 * @param {string} key
 * @returns {unknown}
 */
function remembered(key) {
  try {
    return JSON.parse(localStorage.getItem(key) ?? "null");
  } catch {
    return null; // no storage on this page, or not ours
  }
}

showTheme(document, themeChoice(remembered(KEY)));
const language = String(remembered(LANGUAGE) ?? "");
const kept_s = /^[a-z]{2}$/.test(language) ? YEAR_S : 0;
try {
  // biome-ignore lint/suspicious/noDocumentCookie: not every browser has a cookie store
  document.cookie = `chalkline_language=${kept_s && language};path=/;max-age=${kept_s};samesite=lax`;
} catch {
  // A page that may keep nothing; the browser's languages count.
}
