/**
 * Links on elements: what may be one, and where it leads. Only web addresses and places
 * on this board; nothing that runs. Pure.
 */

/** @import { Element, Op } from "../protocol.js" */

/** Why something is no link, by its text in `messages`.
 * @typedef {"link_bad_scheme" | "link_bad_form" | "link_too_long"} LinkFault */

export const MAX_LINK_CHARS = 2_000; // what the wire accepts
const WEB = /^https?:\/\/[^\s]+$/i;
const PLACE = /^#[^\s]*$/;
const SCHEME = /^[a-z][a-z0-9+.-]*:(?!\d+(?:\/|$))/i; // not the port of a host
const HOST = /^[^\s/:@]+\.[^\s/.:@]{2,}(?::\d+)?(?:[/?#]\S*)?$/;

/**
 * What a person typed as the link that is kept.
 * @param {string} typed
 * @param {string} board the address of the board
 * @returns {{ok: true, link: string | null} | {ok: false, fault: LinkFault}} null: none
 */
export function linkFrom(typed, board) {
  const text = typed.trim();
  if (text === "") return { ok: true, link: null };
  if (text.startsWith(`${board}#`)) return linkFrom(text.slice(board.length), board);
  if (PLACE.test(text) && text.length > 1) return checked(text);
  if (SCHEME.test(text) && !WEB.test(text)) {
    return { ok: false, fault: "link_bad_scheme" };
  }
  const full = WEB.test(text) ? text : HOST.test(text) ? `https://${text}` : null;
  if (full === null || !URL.canParse(full)) {
    return { ok: false, fault: "link_bad_form" };
  }
  return checked(new URL(full).href);
}

/**
 * Whether a link may be followed; programs and files may have put anything there.
 * @param {string | null | undefined} link
 * @returns {link is string}
 */
export function isFollowed(link) {
  if (!link) return false;
  return PLACE.test(link) || (WEB.test(link) && URL.canParse(link));
}

/**
 * @param {readonly Element[]} elements
 * @returns {string} the link that all of them have; empty where they have none
 */
export function linkOf(elements) {
  const links = new Set(elements.map(({ link }) => link ?? ""));
  const [first = ""] = links;
  return links.size === 1 ? first : "";
}

/**
 * @param {readonly Element[]} elements
 * @param {string | null} link as `linkFrom` gave it
 * @returns {Op[]} that link them
 */
export function linkOps(elements, link) {
  return elements
    .filter((element) => !element.locked && (element.link ?? null) !== link)
    .map(({ id }) => ({ op: "set", id, props: { link } }));
}

/**
 * @param {string} link
 * @returns {{ok: true, link: string} | {ok: false, fault: LinkFault}}
 */
function checked(link) {
  if (link.length <= MAX_LINK_CHARS) return { ok: true, link };
  return { ok: false, fault: "link_too_long" };
}
