/**
 * Boards for the home page's tests.
 * @import { Board } from "../../../frontend/src/home/list.js"
 */

/**
 * @param {Partial<Board> & { id: string }} said
 * @returns {Board}
 */
export function board(said) {
  return {
    ...{ title: "", url: `/b/${said.id}/`, link_role: "edit", head: 0 },
    ...{ created_at: "2026-03-01T00:00:00Z", changed_at: "2026-03-01T00:00:00Z" },
    ...{ deleted_at: null },
    ...said,
  };
}

/**
 * @param {readonly Board[]} boards
 * @returns {string[]}
 */
export function ids(boards) {
  return boards.map(({ id }) => id);
}
