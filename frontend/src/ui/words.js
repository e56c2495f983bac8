/**
 * What the status says, in plain words. Pure.
 */

/** @import { State } from "./app.js" */

import { CLOSE } from "../protocol.js";

/**
 * The short status that is always to be seen, and what it means.
 * @param {State} state
 * @returns {{tone: "good" | "busy" | "away" | "quiet", text: string, more: string}}
 */
export function statusWords({ status, role, unsaved, isKept }) {
  const lost = isKept ? "" : " They would be lost if you closed this page now.";
  if (status === "offline" || (status === "connecting" && unsaved > 0)) {
    const waiting = unsaved > 0 ? ` ${unsaved}` : "";
    const kept = unsaved > 0 ? `${changes(unsaved)} wait to be sent.${lost}` : "";
    return {
      tone: "away",
      text: `Offline${waiting}`,
      more: `No connection. You can go on drawing. ${kept}`.trim(),
    };
  }
  if (status === "connecting") {
    return { tone: "busy", text: "Connecting", more: "Connecting to the board." };
  }
  if (status === "closed") {
    return {
      tone: "away",
      text: "Closed",
      more: "This page no longer follows the board.",
    };
  }
  if (role === "view") {
    return { tone: "quiet", text: "View only", more: "You may look, but not draw." };
  }
  if (unsaved > 0) {
    return {
      tone: "busy",
      text: `Saving ${unsaved}`,
      more: `${changes(unsaved)} on the way to the server.${lost}`,
    };
  }
  return { tone: "good", text: "Saved", more: "Everything is saved on the server." };
}

/**
 * @param {number} n
 * @returns {string}
 */
function changes(n) {
  return n === 1 ? "1 change" : `${n} changes`;
}

/**
 * Why a page stays away from its board, as a heading, a sentence and what to do.
 * @param {{code: number, detail: string} | null} reason
 * @returns {{title: string, text: string, action: "reload" | "home"}}
 */
export function closedWords(reason) {
  switch (reason?.code) {
    case CLOSE.FORBIDDEN:
      return {
        title: "This board is closed to you",
        text: "Its owner no longer lets people with the link in.",
        action: "home",
      };
    case CLOSE.GONE:
      return {
        title: "This board was deleted",
        text: "Its owner can bring it back from the trash for 30 days.",
        action: "home",
      };
    case CLOSE.OLD_PROTOCOL:
      return {
        title: "This page is out of date",
        text: "The server was updated. Load the page again to go on.",
        action: "reload",
      };
    default:
      return {
        title: "The connection was ended",
        text:
          reason?.detail || "The server ended the connection and will not take it up.",
        action: "reload",
      };
  }
}

/**
 * One or two letters for an avatar.
 * @param {string} name
 * @returns {string}
 */
export function initials(name) {
  const words = name.trim().split(/\s+/u).filter(Boolean);
  const letters = words.length > 1 ? [words[0], words.at(-1)] : words.slice(0, 1);
  const first = letters.map((word) => [...(word ?? "")][0] ?? "").join("");
  return first.toLocaleUpperCase() || "·";
}
