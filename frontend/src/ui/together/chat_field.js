/**
 * The field beside my own cursor in which I type what the others see beside it. It goes
 * where the pointer goes and never takes a press.
 */

/** @import { Place } from "./place.js" */

import { MAX_CHAT } from "../../protocol.js";
import { Chat } from "./chat.js";

const COMPOSING = 229; // the key code of keys that an input method takes

/**
 * @param {object} parts
 * @param {HTMLElement} parts.layer
 * @param {Place} parts.place where my cursor is
 * @param {(text: string) => void} parts.tell
 * @param {() => string} parts.color in which the others see me
 * @param {{name: string, hint: string}} parts.words
 * @returns {() => void} opens it
 */
export function createChatField({ layer, place, tell, color, words }) {
  /** @type {HTMLTextAreaElement | null} */
  let field = null;
  const clock = {
    setTimer: (/** @type {() => void} */ call, /** @type {number} */ ms) =>
      setTimeout(call, ms),
    clearTimer: (/** @type {unknown} */ timer) =>
      clearTimeout(/** @type {number | undefined} */ (timer)),
  };
  /** Where the focus was before. @type {Element | null} */
  let before = null;
  const close = () => {
    const closing = field;
    field = null; // first: removing it blurs it
    const is_focused = document.activeElement === closing;
    closing?.remove();
    if (is_focused && before instanceof HTMLElement) before.focus();
  };
  const chat = new Chat(clock, tell, close);
  const put = () => {
    if (!field) return;
    const { x, y } = place.at();
    const { clientWidth, clientHeight } = layer;
    const left = Math.max(8, Math.min(x + 14, clientWidth - field.offsetWidth - 8));
    const top = Math.max(8, Math.min(y + 20, clientHeight - field.offsetHeight - 8));
    field.style.transform = `translate(${left}px, ${top}px)`;
  };
  place.subscribe(put);

  /** @param {KeyboardEvent} event */
  const press = (event) => {
    event.stopPropagation(); // letters are no shortcuts here
    if (!field || event.isComposing || event.keyCode === COMPOSING) return;
    if (event.key === "Escape") {
      event.preventDefault();
      chat.stop();
    } else if (event.key === "Enter") {
      event.preventDefault();
      if (chat.said === "") return chat.stop();
      field.placeholder = chat.said; // still said; the next word takes its place
      field.value = "";
      chat.rest();
    }
  };

  return () => {
    if (field) return field.focus();
    before = document.activeElement;
    field = document.createElement("textarea");
    field.className = "chat-field";
    field.rows = 1;
    field.maxLength = MAX_CHAT;
    field.dir = "auto";
    field.autocomplete = "off";
    field.enterKeyHint = "send";
    field.placeholder = words.hint;
    field.setAttribute("aria-label", words.name);
    field.style.setProperty("--peer", color());
    field.addEventListener("input", () => {
      place.show();
      if (field) chat.type(field.value);
      put(); // it grows with its words
    });
    field.addEventListener("keydown", press);
    field.addEventListener("blur", () => {
      if (!field) return;
      close();
      chat.rest();
    });
    layer.append(field);
    chat.type("");
    put();
    place.show();
    field.focus({ preventScroll: true });
  };
}
