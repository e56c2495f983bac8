/**
 * What the home page says: of failures and what to do about them, and of link roles.
 *
 * Pure. A failure's text is one or two sentences for a person, never a code.
 *
 * @import { LinkRole } from "./list.js"
 */

/**
 * Why a request came to nothing.
 * @typedef {object} Reason
 * @property {string} code one of the wire's codes; "offline" when there was no answer
 * @property {string} [detail] what the server said
 * @property {number} [waitMs] when it makes sense to try again
 */

/** @type {Readonly<Record<LinkRole, { short: string, long: string }>>} */
export const LINK_ROLES = {
  edit: { short: "Open to draw", long: "Can draw" },
  view: { short: "Open to view", long: "Can view" },
  none: { short: "Private", long: "Cannot open it" },
};

/** What to do, by code. @type {Readonly<Record<string, string>>} */
const REMEDIES = {
  offline: "The server cannot be reached. Check your connection, then try again.",
  not_found: "It is no longer there. Load the page again.",
  gone: "It is in the trash. Restore it first.",
  forbidden: "The server no longer knows this browser. Load the page again.",
  unavailable: "The server is catching its breath. Try again in a moment.",
};

const BUSY = new Set(["busy", "going_away", "too_slow", "lost_place", "fault"]);

/**
 * A failure in words.
 * @param {string} what did not happen, as "Could not rename “Plan”."
 * @param {Reason} reason
 * @returns {string}
 */
export function failureWords(what, reason) {
  return `${what} ${remedy(reason)}`;
}

/** @param {Reason} reason */
function remedy({ code, detail, waitMs }) {
  if (code === "too_fast") {
    return `That was a lot at once. Try again ${inAWhile(waitMs ?? 0)}.`;
  }
  const known = REMEDIES[BUSY.has(code) ? "unavailable" : code];
  return known ?? detail ?? "Load the page again, then try once more.";
}

/**
 * @param {number} ms
 * @returns {string}
 */
function inAWhile(ms) {
  const seconds = Math.ceil(ms / 1000);
  if (seconds <= 5) return "in a moment";
  if (seconds < 90) return `in ${seconds} seconds`;
  return `in ${Math.ceil(seconds / 60)} minutes`;
}
