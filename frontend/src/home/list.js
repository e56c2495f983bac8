/**
 * The two lists of the home page, my boards and the trash, as values.
 *
 * Every function takes lists and returns new ones; whether a board is in the trash is
 * said by its `deleted_at` alone. Pure: knows no page, network or clock.
 */

import shared from "../../messages/en/shared.json";
import { hasWords } from "../model/match.js";

/** @import { Words } from "../words/words.js" */
/** @typedef {"none" | "view" | "edit"} LinkRole what whoever has the link may do */

/**
 * A board as `boards/views.py: summary` and the REST API show it.
 * @typedef {object} Board
 * @property {string} id
 * @property {string} title
 * @property {string} url
 * @property {LinkRole} link_role
 * @property {number} head 0 while nothing was ever drawn
 * @property {string} created_at
 * @property {string} changed_at
 * @property {string | null} deleted_at
 */

/** @typedef {{ boards: readonly Board[], trash: readonly Board[] }} Lists */

export const MAX_TITLE_CHARS = 200; // the server's limit

/**
 * The lists of these boards, each in its place and order.
 * @param {readonly Board[]} all
 * @returns {{ boards: Board[], trash: Board[] }}
 */
export function listsOf(all) {
  return {
    boards: all
      .filter((board) => board.deleted_at === null)
      .sort(byNewest("changed_at")),
    trash: all
      .filter((board) => board.deleted_at !== null)
      .sort(byNewest("deleted_at")),
  };
}

/**
 * What there is now, each board where it was, so that none moves under a pointer; those
 * that were not there come first.
 * @param {Lists} lists
 * @param {readonly Board[]} all
 * @returns {Lists}
 */
export function inPlace(lists, all) {
  const places = new Map(lists.boards.map(({ id }, place) => [id, place]));
  /** @param {Board} board */
  const placeOf = ({ id }) => places.get(id) ?? -1;
  const { boards, trash } = listsOf(all);
  return { boards: boards.sort((a, b) => placeOf(a) - placeOf(b)), trash };
}

/**
 * The lists with this board in the place of the one with its id, or added.
 * @param {Lists} lists
 * @param {Board} board
 * @returns {Lists}
 */
export function withBoard(lists, board) {
  const others = [...lists.boards, ...lists.trash].filter(({ id }) => id !== board.id);
  return listsOf([...others, board]);
}

/**
 * The lists without this board.
 * @param {Lists} lists
 * @param {string} id
 * @returns {Lists}
 */
export function without({ boards, trash }, id) {
  return listsOf([...boards, ...trash].filter((board) => board.id !== id));
}

/**
 * @param {Lists} lists
 * @param {string} id
 * @returns {Board | undefined}
 */
export function find(lists, id) {
  return [...lists.boards, ...lists.trash].find((board) => board.id === id);
}

/** The orders that a person may choose. @typedef {"changed" | "created" | "title"} Order */

/**
 * @param {unknown} value
 * @returns {Order}
 */
export function orderChoice(value) {
  return value === "created" || value === "title" ? value : "changed";
}

/**
 * @param {Words} t
 * @param {readonly Board[]} boards newest change first
 * @param {Order} order
 * @returns {readonly Board[]}
 */
export function sorted(t, boards, order) {
  if (order === "created") return [...boards].sort(byNewest("created_at"));
  if (order === "title") {
    const collator = new Intl.Collator(t.language, { numeric: true });
    return [...boards].sort((a, b) => collator.compare(titleOf(t, a), titleOf(t, b)));
  }
  return boards;
}

/**
 * The boards whose title has every word of the query, in any order; case and accents
 * do not count.
 * @param {Words} t
 * @param {readonly Board[]} boards
 * @param {string} query
 * @returns {readonly Board[]}
 */
export function matching(t, boards, query) {
  if (query.trim() === "") return boards;
  return boards.filter((board) => hasWords(titleOf(t, board), query));
}

/**
 * @param {Words} t
 * @param {Pick<Board, "title">} board
 * @returns {string} what to call it
 */
export function titleOf(t, board) {
  return board.title || t(shared.untitled);
}

/**
 * A typed title as the server takes it: one line without control characters.
 * @param {string} typed
 * @returns {string}
 */
export function cleanTitle(typed) {
  const line = typed.replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, " ").trim();
  return Array.from(line).slice(0, MAX_TITLE_CHARS).join("").trim();
}

/**
 * @param {"changed_at" | "created_at" | "deleted_at"} instant
 * @returns {(a: Board, b: Board) => number}
 */
function byNewest(instant) {
  return (a, b) =>
    Date.parse(b[instant] ?? "") - Date.parse(a[instant] ?? "") ||
    (a.id < b.id ? -1 : 1);
}
