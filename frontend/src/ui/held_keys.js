/**
 * Keys typed for a field whose script is still on its way: they wait, and never reach the
 * board. No field holds the focus meanwhile, so that closing gives it back as ever.
 */

import { commandOf } from "../tools/keys.js";
import { isTyping, keyOf } from "./keyboard.js";

/**
 * @typedef {object} HeldKeys
 * @property {() => void} give what was typed to the field that has the focus, if one has
 * @property {() => void} drop forget it
 */

/**
 * A press of the pointer ends it as well: whoever goes on drawing has given up waiting.
 * @param {() => void} close what Esc does meanwhile
 * @returns {HeldKeys}
 */
export function holdKeys(close) {
  let text = "";
  let is_entered = false; // what comes after Enter was not meant for the field
  /** @param {KeyboardEvent} event */
  const hold = (event) => {
    if (event.isComposing || isTyping(event.target)) return;
    event.stopImmediatePropagation();
    const key = keyOf(event);
    const is_command = key.ctrl || key.alt;
    const is_text = !is_command || event.getModifierState("AltGraph");
    if (is_command && !is_text && commandOf(key) === null) return; // the browser's
    if (event.key === "Tab") return;
    event.preventDefault();
    if (event.key === "Escape") close();
    else if (is_entered || !is_text) return;
    else if (event.key === "Enter") is_entered = true;
    else if (event.key === "Backspace") text = [...text].slice(0, -1).join("");
    else if (event.key.length === 1) text += event.key;
  };
  const drop = () => {
    text = "";
    is_entered = false;
    window.removeEventListener("keydown", hold, true);
    window.removeEventListener("pointerdown", drop, true);
  };
  window.addEventListener("keydown", hold, true);
  window.addEventListener("pointerdown", drop, true);
  return {
    give() {
      const field = document.activeElement;
      if (takesText(field)) fill(field, text, is_entered);
      drop();
    },
    drop,
  };
}

/**
 * @param {Element | null} field
 * @returns {field is HTMLInputElement | HTMLTextAreaElement}
 */
function takesText(field) {
  const is_field =
    field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement;
  return is_field && !field.readOnly && field.selectionStart !== null; // a checkbox: null
}

/**
 * As if it were typed now.
 * @param {HTMLInputElement | HTMLTextAreaElement} field
 * @param {string} text takes the place of what is selected
 * @param {boolean} is_entered
 */
function fill(field, text, is_entered) {
  if (text !== "") {
    field.setRangeText(text, field.selectionStart ?? 0, field.selectionEnd ?? 0, "end");
    field.dispatchEvent(new InputEvent("input", { bubbles: true, data: text }));
  }
  if (!is_entered) return;
  const enter = { key: "Enter", code: "Enter", bubbles: true, cancelable: true };
  queueMicrotask(() => {
    // The panel has heard of the text by now.
    if (field.dispatchEvent(new KeyboardEvent("keydown", enter))) {
      field.form?.requestSubmit();
    }
  });
}
