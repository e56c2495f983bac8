/**
 * What the home page says: of failures and what to do about them, and of link roles.
 *
 * Pure. A failure's text is one or two sentences for a person, never a code.
 *
 * @import { Words } from "../words/words.js"
 * @import { LinkRole } from "./list.js"
 */

import texts from "../../messages/en/home.json";

/**
 * Why a request came to nothing.
 * @typedef {object} Reason
 * @property {string} code one of the wire's codes; "offline" when there was no answer
 * @property {string} [detail] what the server said
 * @property {number} [waitMs] when it makes sense to try again
 */

/** @type {Readonly<Record<LinkRole, { short: string, long: string }>>} */
export const LINK_ROLES = {
  edit: { short: texts.edit_short, long: texts.edit_long },
  view: { short: texts.view_short, long: texts.view_long },
  none: { short: texts.none_short, long: texts.none_long },
};

/** What to do, by code. @type {Readonly<Record<string, string>>} */
const REMEDIES = {
  offline: texts.offline,
  not_found: texts.not_found,
  gone: texts.gone,
  forbidden: texts.forbidden,
  unavailable: texts.unavailable,
};

const BUSY = new Set(["busy", "going_away", "too_slow", "lost_place", "fault"]);

/**
 * A failure in words.
 * @param {Words} t
 * @param {string} what did not happen, as "Could not rename “Plan”."
 * @param {Reason} reason
 * @returns {string}
 */
export function failureWords(t, what, reason) {
  return `${what} ${remedy(t, reason)}`;
}

/**
 * @param {Words} t
 * @param {Reason} reason
 */
function remedy(t, { code, detail, waitMs }) {
  if (code === "too_fast") return inAWhile(t, waitMs ?? 0);
  const known = REMEDIES[BUSY.has(code) ? "unavailable" : code];
  return t(known ?? detail ?? texts.once_more);
}

/**
 * @param {Words} t
 * @param {number} ms
 * @returns {string}
 */
function inAWhile(t, ms) {
  const seconds = Math.ceil(ms / 1000);
  if (seconds <= 5) return t(texts.too_fast);
  if (seconds < 90) return t(texts.too_fast_seconds, { n: seconds });
  return t(texts.too_fast_minutes, { n: Math.ceil(seconds / 60) });
}
