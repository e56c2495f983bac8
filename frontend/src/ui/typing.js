/**
 * Letters typed at what is selected are its words, where letters are no shortcuts. Loaded
 * when the page has come to rest.
 */

/** @import { Bench } from "../tools/bench.js" */
/** @import { Controller } from "../tools/controller.js" */

import { selectedElements } from "../tools/selected.js";
import { hasWords, openText } from "../tools/text.js";
import { isTyping, keyOf } from "./keyboard.js";

/**
 * @param {Bench} bench
 * @param {Controller} controller
 * @returns {void}
 */
export function listenToTyping(bench, controller) {
  window.addEventListener("keydown", (event) => {
    const { key, ctrl, alt } = keyOf(event);
    if (bench.options.peek().single_keys || key.length !== 1 || key === " ") return;
    if (ctrl || alt || event.isComposing || isTyping(event.target)) return;
    if (controller.working() || document.querySelector("dialog[open]")) return;
    const [only, ...more] = selectedElements(bench);
    if (!only || more.length > 0 || only.locked || !hasWords(only)) return;
    if (!bench.mayEdit()) return;
    openText(bench, only); // whose field has the focus now: the letter goes into it
    const field = document.activeElement;
    if (field instanceof HTMLTextAreaElement) field.selectionStart = field.value.length;
  });
}
