/**
 * Keys as a person reads them.
 */

/** @type {Readonly<Record<string, string>>} */
const NAMES = {
  ArrowLeft: "←",
  ArrowRight: "→",
  ArrowUp: "↑",
  ArrowDown: "↓",
  Escape: "Esc",
  Delete: "Del",
  "-": "−",
};
/** @type {Readonly<Record<string, string>>} */
const MAC_NAMES = { Ctrl: "⌘", Shift: "⇧", Alt: "⌥" };

/**
 * @param {string} chord as `tools/keys.js` has it, such as `Ctrl+Shift+Z`
 * @param {boolean} is_mac
 * @returns {string[]} one word for each key
 */
export function keysIn(chord, is_mac) {
  const parts = chord === "Ctrl++" ? ["Ctrl", "+"] : chord.split("+");
  return parts.map((part) => (is_mac && MAC_NAMES[part]) || NAMES[part] || part);
}

/**
 * @param {string} chord
 * @returns {boolean} whether it is one letter, digit or sign, which can be turned off
 */
export function isSingle(chord) {
  return /^(Shift\+)?.$/u.test(chord);
}

/** @returns {boolean} whether this is a machine of Apple's */
export function isMac() {
  return /mac|iphone|ipad/i.test(navigator.platform);
}
