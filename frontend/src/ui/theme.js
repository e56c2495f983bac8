/**
 * Light, dark or as the system has it: the choice, and which of the two it means now.
 */

/** @import { ReadonlySignal, Signal } from "@preact/signals-core" */
/** @import { Theme } from "../draw/theme.js" */

import { computed, effect, signal } from "@preact/signals-core";

/** @typedef {"light" | "dark" | "system"} ThemeChoice */

/** @type {readonly ThemeChoice[]} */
export const THEME_CHOICES = ["system", "light", "dark"];

/**
 * @param {{get: (name: string, fallback: string) => string,
 *   set: (name: string, value: unknown) => void}} prefs
 * @returns {{choice: Signal<ThemeChoice>, theme: ReadonlySignal<Theme>}}
 */
export function createTheme(prefs) {
  const kept = prefs.get("theme", "system");
  const known = THEME_CHOICES.find((choice) => choice === kept);
  const choice = signal(/** @type {ThemeChoice} */ (known ?? "system"));
  const query = matchMedia("(prefers-color-scheme: dark)");
  const isSystemDark = signal(query.matches);
  query.addEventListener("change", () => {
    isSystemDark.value = query.matches;
  });
  effect(() => {
    const { documentElement } = document;
    if (choice.value === "system") delete documentElement.dataset.theme;
    else documentElement.dataset.theme = choice.value;
    if (prefs.get("theme", "system") !== choice.value) prefs.set("theme", choice.value);
  });
  const theme = computed(() => {
    if (choice.value !== "system") return choice.value;
    return isSystemDark.value ? "dark" : "light";
  });
  return { choice, theme };
}
