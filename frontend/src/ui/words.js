/**
 * What the status says, in plain words. Pure.
 */

/** @import { Words } from "../words/words.js" */
/** @import { State } from "./app.js" */

import texts from "../../messages/en/status.json";
import { CLOSE } from "../protocol.js";

/**
 * The short status that is always to be seen, and what it means.
 * @param {Words} t
 * @param {State} state
 * @returns {{tone: "good" | "busy" | "away" | "quiet", text: string, more: string}}
 */
export function statusWords(t, { status, role, frozen, unsaved, isKept }) {
  const lost = isKept ? "" : ` ${t(texts.lost)}`;
  if (status === "offline" || (status === "connecting" && unsaved > 0)) {
    const kept = unsaved > 0 ? `${t(texts.waiting, { n: unsaved })}${lost}` : "";
    return {
      tone: "away",
      text: unsaved > 0 ? t(texts.offline_n, { n: unsaved }) : t(texts.offline),
      more: `${t(texts.offline_more)} ${kept}`.trim(),
    };
  }
  if (status === "connecting") {
    return { tone: "busy", text: t(texts.connecting), more: t(texts.connecting_more) };
  }
  if (status === "closed") {
    return {
      tone: "away",
      text: t(texts.closed),
      more: t(texts.closed_more),
    };
  }
  const isView = role === "view";
  if (isView || (frozen !== null && unsaved === 0)) {
    return {
      tone: "quiet",
      text: t(frozen === null ? texts.view : texts.frozen),
      more: frozen || t(isView ? texts.view_more : texts.saved_more),
    };
  }
  if (unsaved > 0) {
    return {
      tone: "busy",
      text: t(texts.saving, { n: unsaved }),
      more: `${t(texts.saving_more, { n: unsaved })}${lost}`,
    };
  }
  return { tone: "good", text: t(texts.saved), more: t(texts.saved_more) };
}

/**
 * Why a page stays away from its board, as a heading, a sentence and what to do.
 * @param {Words} t
 * @param {{code: number, detail: string} | null} reason
 * @param {string} [farewell] what the server said before
 * @returns {{title: string, text: string, action: "reload" | "home" | "either"}}
 */
export function closedWords(t, reason, farewell) {
  switch (reason?.code) {
    case CLOSE.FORBIDDEN:
      return {
        title: t(texts.forbidden),
        text: farewell || t(texts.forbidden_more),
        action: "either",
      };
    case CLOSE.GONE:
      return {
        title: t(texts.gone),
        text: t(texts.gone_more),
        action: "home",
      };
    case CLOSE.OLD_PROTOCOL:
      return {
        title: t(texts.old),
        text: t(texts.old_more),
        action: "reload",
      };
    default:
      return {
        title: t(texts.ended),
        text: reason?.detail || t(texts.ended_more),
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
