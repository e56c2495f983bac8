/**
 * The chosen theme on a page: light, dark, or as the system has it.
 *
 * The choice is the pref "theme" (`net/prefs.js`); `theme.js` shows it before the first
 * paint, the home page's switch when it changes. CSS does the rest, see tokens.css.
 */

/** @typedef {"light" | "dark" | "system"} ThemeChoice */

export const KEY = "chalkline.pref.theme";
const PAPER = { light: "#fbfaf7", dark: "#17191c" }; // --paper, for the browser's bars

/**
 * @param {unknown} value
 * @returns {ThemeChoice}
 */
export function themeChoice(value) {
  return value === "light" || value === "dark" ? value : "system";
}

/**
 * @param {ThemeChoice} choice
 * @param {boolean} isSystemDark
 * @returns {"light" | "dark"} what is seen
 */
export function shownTheme(choice, isSystemDark) {
  if (choice !== "system") return choice;
  return isSystemDark ? "dark" : "light";
}

/**
 * Show the page in a theme.
 * @param {Document} page
 * @param {ThemeChoice} choice
 */
export function showTheme(page, choice) {
  if (choice === "system") delete page.documentElement.dataset.theme;
  else page.documentElement.dataset.theme = choice;
  for (const bar of page.querySelectorAll('meta[name="theme-color"]')) {
    const own = bar.getAttribute("media")?.includes("dark") ? "dark" : "light";
    bar.setAttribute("content", PAPER[choice === "system" ? own : choice]);
  }
}
