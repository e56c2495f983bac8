/**
 * What an owner, and whoever reports, asks of the server; loaded with their panels.
 *
 * @import { Words } from "../../words/words.js"
 * @import { Desk } from "../desk.js"
 */

import texts from "../../../messages/en/moderation.json";
import { csrfToken } from "../rest.js";

/**
 * @typedef {object} Answer
 * @property {boolean} is_done
 * @property {any} [json] what it says, if anything
 */

/**
 * Call something below the board's address; what goes wrong is said to the person.
 * @param {Desk} desk
 * @param {"GET" | "POST" | "DELETE"} method
 * @param {string} path
 * @param {object} [body]
 * @returns {Promise<Answer>}
 */
export async function ask(desk, method, path, body) {
  try {
    const answer = await fetch(`${desk.api}${path}`, {
      method,
      headers: { "Content-Type": "application/json", "X-CSRFToken": csrfToken() },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    const json = answer.status === 204 ? null : await answer.json();
    if (answer.ok) return { is_done: true, json };
    desk.say(String(json?.error?.detail ?? answer.status), true);
  } catch {
    desk.say(desk.t(texts.failed), true);
  }
  return { is_done: false };
}

/**
 * What became of an undoing: what was had back, and what could not be.
 * @param {Words} t
 * @param {{n_entries: number, n_ops: number, n_skipped: number}} undone as the server says
 * @param {string} name whose work it was
 * @returns {string}
 */
export function wordsOfUndone(t, { n_entries, n_ops, n_skipped }, name) {
  const but = n_skipped > 0 ? t(texts.not_undone, { n: n_skipped }) : "";
  if (but !== "" && n_ops === 0) return but;
  return `${t(texts.undone, { n: n_entries, name })} ${but}`.trim();
}
