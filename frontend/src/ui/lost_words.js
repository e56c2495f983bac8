/**
 * Words that could not be kept, because what they were written in was deleted or the
 * board was closed to them meanwhile: the person is told, and may have them back.
 */

/** @import { Bench } from "../tools/bench.js" */
/** @import { TextSession } from "../tools/text.js" */
/** @import { Words } from "../words/words.js" */
/** @import { Say } from "./desk.js" */

import { effect } from "@preact/signals-core";
import texts from "../../messages/en/hand.json";
import { letteringOf } from "../draw/look.js";

/**
 * @param {Bench} bench
 * @param {Words} t
 * @param {Say} say
 * @param {(text: string) => unknown} [copy]
 * @returns {void}
 */
export function tellOfLostWords(bench, t, say, copy) {
  /** @type {TextSession | null} */
  let before = null;
  effect(() => {
    const ended = before;
    before = bench.editing.value;
    if (!ended || isKept(bench, ended)) return;
    offerWords(ended.value, t, say, copy);
  });
}

/**
 * Say that words could not be kept, and offer them.
 * @param {string} words
 * @param {Words} t
 * @param {Say} say
 * @param {(text: string) => unknown} [copy]
 */
export function offerWords(words, t, say, copy = toClipboard) {
  say(t(texts.words_lost), true, [
    { text: t(texts.copy_words), run: () => copy(words) },
  ]);
}

/** @param {string} text */
function toClipboard(text) {
  return navigator.clipboard.writeText(text);
}

/**
 * Whether nothing is lost with the end of these.
 * @param {Bench} bench
 * @param {TextSession} session
 */
function isKept(bench, { element, is_new, value }) {
  if (value.trim() === "" || value === letteringOf(element).text) return true;
  return bench.mayEdit() && (is_new || bench.board.get(element.id) !== undefined);
}
