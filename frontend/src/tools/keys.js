/**
 * Keys to command names. Pure; letters go by what is printed on the key, so that other
 * keyboard layouts work.
 */

import { TOOL_KEYS } from "./toolbox.js";

/**
 * What is needed of a keyboard event.
 * @typedef {object} Key
 * @property {string} key as the browser names it
 * @property {string} code the place on the keyboard
 * @property {boolean} shift
 * @property {boolean} alt
 * @property {boolean} ctrl Ctrl, or Cmd on a Mac
 */

/** @type {Readonly<Record<string, string>>} */
export const BINDINGS = {
  "Ctrl+Z": "undo",
  "Ctrl+Shift+Z": "redo",
  "Ctrl+Y": "redo",
  "Ctrl+A": "select all",
  "Ctrl+D": "duplicate",
  "Ctrl+Alt+C": "copy style",
  "Ctrl+Alt+V": "paste style",
  "Ctrl+0": "zoom 100",
  "Ctrl++": "zoom in",
  "Ctrl+=": "zoom in",
  "Ctrl+-": "zoom out",
  "Shift+0": "zoom 100",
  "Shift+1": "fit all",
  "Shift+2": "fit selection",
  "]": "to front",
  "[": "to back",
  "Ctrl+]": "forward",
  "Ctrl+[": "backward",
  "Ctrl+Shift+]": "to front",
  "Ctrl+Shift+[": "to back",
  "Ctrl+G": "group",
  "Ctrl+Shift+G": "ungroup",
  "Ctrl+Shift+L": "lock",
  "Alt+A": "align left",
  "Alt+H": "align center",
  "Alt+D": "align right",
  "Alt+W": "align top",
  "Alt+V": "align middle",
  "Alt+S": "align bottom",
  "Shift+Alt+H": "distribute across",
  "Shift+Alt+V": "distribute down",
  "Shift+E": "eraser mode",
  Q: "keep tool",
  "Shift+H": "flip across",
  "Shift+V": "flip down",
  Delete: "delete",
  Backspace: "delete",
  Escape: "escape",
  Enter: "edit",
  "Ctrl+Enter": "to style",
  ArrowLeft: "nudge left",
  ArrowRight: "nudge right",
  ArrowUp: "nudge up",
  ArrowDown: "nudge down",
  "Shift+ArrowLeft": "nudge far left",
  "Shift+ArrowRight": "nudge far right",
  "Shift+ArrowUp": "nudge far up",
  "Shift+ArrowDown": "nudge far down",
  9: "image",
  "Ctrl+Shift+ArrowRight": "wider",
  "Ctrl+Shift+ArrowLeft": "narrower",
  "Ctrl+Shift+ArrowDown": "taller",
  "Ctrl+Shift+ArrowUp": "shorter",
  "Shift+,": "turn left",
  "Shift+.": "turn right",
  "Shift+A": "connect",
  "Shift+C": "convert",
  "Ctrl+ArrowLeft": "next left",
  "Ctrl+ArrowRight": "next right",
  "Ctrl+ArrowUp": "next up",
  "Ctrl+ArrowDown": "next down",
  "Shift+Alt+D": "theme",
  "Ctrl+'": "grid",
  "Shift+S": "snap",
  "Ctrl+K": "palette",
  "Ctrl+/": "palette",
  "Shift+?": "shortcuts",
  "?": "shortcuts",
  F1: "shortcuts",
  "Alt+T": "notice",
  "Alt+Z": "zen",
  "Alt+R": "view mode",
  "Ctrl+F": "find",
  "Alt+K": "link",
  M: "map",
  "/": "chat",
  "Shift+R": "react",
  "Ctrl+Shift+E": "export",
  "Ctrl+S": "export", // or the browser would keep a page without a board
  "Shift+Alt+C": "copy as PNG",
  ...Object.fromEntries(
    Object.entries(TOOL_KEYS).flatMap(([name, keys]) =>
      keys.map((key) => [key, `tool ${name}`]),
    ),
  ),
};

/** What is printed on keys that give another sign with Shift, by their place. */
/** @type {Readonly<Record<string, string>>} */
const SIGNS = { BracketLeft: "[", BracketRight: "]", Comma: ",", Period: "." };

/**
 * The keys of a command, the one to show first.
 * @param {string} command
 * @returns {string[]} as `Ctrl+Shift+Z`
 */
export function chordsOf(command) {
  const bound = Object.keys(BINDINGS).filter((chord) => BINDINGS[chord] === command);
  // An object has its numbers first; letters are what people know tools by.
  const isDigit = (/** @type {string} */ chord) => /^\d$/.test(chord);
  return bound.sort((a, b) => Number(isDigit(a)) - Number(isDigit(b)));
}

/**
 * The command of a key.
 * @param {Key} key
 * @returns {string | null}
 */
export function commandOf(key) {
  const digit = /^Digit(\d)$/.exec(key.code)?.[1];
  // Shift+1 is "!" on many keyboards, and Alt changes letters on a Mac.
  const letter = key.alt ? /^Key([A-Z])$/.exec(key.code)?.[1] : undefined;
  const place = SIGNS[key.code]; // "{" with Shift
  const is_letter = /^\p{L}$/u.test(key.key); // Dvorak has some there
  const named =
    place && (key.shift || key.ctrl) && !is_letter
      ? place
      : key.key.length === 1
        ? key.key.toUpperCase()
        : key.key;
  const name = letter ?? (key.shift || key.ctrl ? (digit ?? named) : named);
  const shift = key.shift && name !== "+" ? "Shift+" : "";
  const chord = `${key.ctrl ? "Ctrl+" : ""}${shift}${key.alt ? "Alt+" : ""}${name}`;
  const is_sign = digit && key.key !== digit && !key.ctrl && !key.alt;
  const sign = is_sign ? BINDINGS[key.key] : undefined; // "/" is Shift+7 in places
  return sign ?? BINDINGS[chord] ?? null;
}
