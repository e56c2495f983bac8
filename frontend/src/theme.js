/**
 * Shows the chosen theme before the first paint; every page loads it in its head, without
 * `defer`, so that a dark page never flashes white. Imported by nobody.
 */

import { KEY, showTheme, themeChoice } from "./home/theme.js";

/** @returns {unknown} */
function remembered() {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? "null");
  } catch {
    return null; // no storage on this page, or not ours
  }
}

showTheme(document, themeChoice(remembered()));
