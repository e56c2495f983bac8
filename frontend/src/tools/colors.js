/**
 * Colours as people type them, and those they used last. Pure.
 */

const LONG = /^#[0-9a-f]{6}$/;
const SHORT = /^#[0-9a-f]{3}$/;
const MAX_RECENT = 6; // a row of the panel

/**
 * @param {string} text `#1e1e1e`, `1E1E1E` or `#fff`
 * @returns {string | null} as the wire has it; null: no colour
 */
export function typedColor(text) {
  const color = `#${text.trim().toLowerCase().replace(/^#/, "")}`;
  if (SHORT.test(color)) return color.replace(/[0-9a-f]/g, "$&$&");
  return LONG.test(color) ? color : null;
}

/**
 * @param {unknown} recent as it was remembered
 * @param {readonly string[]} colors that are used now
 * @param {readonly {value: string}[]} offered anyway
 * @returns {string[]} the newest first
 */
export function recentColors(recent, colors, offered) {
  const before = Array.isArray(recent) ? recent.filter((one) => LONG.test(one)) : [];
  const used = colors.filter(
    (color) => LONG.test(color) && !offered.some(({ value }) => value === color),
  );
  return [...new Set([...used, ...before])].slice(0, MAX_RECENT);
}
