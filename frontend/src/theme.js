/**
 * Shows the chosen theme before the first paint, and tells the server the chosen language
 * for pages that it writes alone; every page loads it in its head, without `defer`, so
 * that a dark page never flashes white. Imported by nobody.
 */

import { KEY, showTheme, themeChoice } from "./home/theme.js";

const LANGUAGE = "chalkline.pref.language"; // as `net/prefs.js` keeps it
const YEAR_S = 31_536_000;

/** @param {string} key @returns {unknown} */
function remembered(key) {
  return JSON.parse(localStorage.getItem(key) ?? "null");
}

try {
  showTheme(document, themeChoice(remembered(KEY)));
  const language = remembered(LANGUAGE) ?? "";
  // biome-ignore lint/suspicious/noDocumentCookie: not every browser has a cookie store
  document.cookie = `chalkline_language=${language};path=/;max-age=${language && YEAR_S};samesite=lax`;
} catch {
  // No storage on this page, or not ours: as the system and the browser have it.
}
