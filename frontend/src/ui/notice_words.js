/**
 * What a notice of the server says, in the person's language. Pure, but for the clock.
 * Loaded after the board: hardly anybody is told anything.
 */

/** @import { Words } from "../words/words.js" */
/** @import { Notice } from "./app.js" */

import texts from "../../messages/en/notices.json";
import status from "../../messages/en/status.json";

/**
 * What a notice says to whom the server sends away, before it closes the board to them.
 * @param {Words} t
 * @param {Notice} notice
 * @param {number} [now] ms since the epoch
 * @returns {string} empty: it sends nobody away
 */
export function farewellWords(t, { code, wait_ms }, now = Date.now()) {
  if (code === "forbidden") return t(status.forbidden_more);
  if (code !== "kicked" && code !== "banned") return "";
  const away = t(texts.sent_away);
  return wait_ms ? `${away} ${t(texts.until, { when: time(t, now + wait_ms) })}` : away;
}

/**
 * What a notice says: what it means for me is said in my language.
 * @param {Words} t
 * @param {Notice} notice
 * @returns {string}
 */
export function noticeWords(t, { code, role, detail, why }) {
  if (code === "frozen") {
    const words = t(role === "own" ? texts.frozen_own : texts.frozen);
    // The owner's words keep their own direction among ours.
    return why ? `${words} \u2068${why}\u2069` : words;
  }
  if (!role) return detail;
  return t(role === "view" ? status.view_more : texts.may_draw);
}

/**
 * @param {Words} t
 * @param {number} at ms since the epoch
 * @returns {string} kept together where the words around it run the other way
 */
function time({ language }, at) {
  const how = /** @type {const} */ ({ dateStyle: "short", timeStyle: "short" });
  return `\u2068${new Date(at).toLocaleString(language, how)}\u2069`;
}
