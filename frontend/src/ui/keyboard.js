/**
 * Browser key events to commands.
 */

/** @import { Key } from "../tools/keys.js" */

import { commandOf } from "../tools/keys.js";

/**
 * @param {(command: string) => boolean} run whether there is such a command
 * @param {(is_held: boolean) => void} holdSpace
 * @param {() => boolean} maySingle whether keys without Ctrl or Alt are shortcuts
 * @returns {void}
 */
export function listenToKeys(run, holdSpace, maySingle) {
  window.addEventListener("keydown", (event) => {
    if (event.isComposing || isTyping(event.target)) return;
    if (event.key === " ") {
      if (isControl(event.target)) return; // it presses the button
      event.preventDefault();
      holdSpace(true);
      return;
    }
    if (event.key === "Enter" && isControl(event.target)) return;
    // Who goes through buttons by key does not mean the drawing; who clicked one may.
    const is_arrow = event.key.startsWith("Arrow") && isControl(event.target);
    if (is_arrow && document.activeElement?.matches(":focus-visible")) return;
    const key = keyOf(event);
    if (key.key.length === 1 && !key.ctrl && !key.alt && !maySingle()) return;
    const command = commandOf(key);
    const is_behind = document.querySelector("dialog[open]") && command !== "notice";
    if (is_behind) return; // the board is behind it; what is said lies in it
    if (command !== null && run(command)) event.preventDefault();
    if (key.key === "Escape" && isControl(event.target)) toBoard();
  });
  window.addEventListener("keyup", (event) => {
    if (event.key === " ") holdSpace(false);
  });
  window.addEventListener("blur", () => holdSpace(false));
}

/**
 * @param {KeyboardEvent} event
 * @returns {Key}
 */
export function keyOf(event) {
  return {
    key: event.key,
    code: event.code,
    shift: event.shiftKey,
    alt: event.altKey,
    ctrl: event.ctrlKey || event.metaKey,
  };
}

/** From a field back to the board, whose keys are shortcuts. @returns {void} */
export function toBoard() {
  /** @type {HTMLElement | null} */ (document.querySelector(".stage"))?.focus();
}

/**
 * @param {EventTarget | null} target
 * @returns {boolean} whether keys are letters there
 */
export function isTyping(target) {
  return (
    target instanceof HTMLElement &&
    target.closest("input:not([type=range]), textarea, select, [contenteditable]") !==
      null
  );
}

/**
 * @param {EventTarget | null} target
 * @returns {boolean}
 */
function isControl(target) {
  return target instanceof HTMLElement && target.closest("button, a, summary") !== null;
}
