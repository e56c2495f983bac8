/**
 * Changes over a reload that comes before the outbox has written them: the storage of the
 * tab is written at once. A change that was sent all the same has one id and is committed
 * once, so nothing is ever taken out.
 */

/** @import { Change } from "../protocol.js" */

/**
 * @param {Pick<Storage, "getItem" | "setItem"> | null} session
 * @param {string} board
 * @returns {{rescued: () => Change[], rescue: (changes: readonly Change[]) => void}}
 */
export function createRescue(session, board) {
  const key = `chalkline.unsent.${board}`;
  return {
    rescued: () => JSON.parse(session?.getItem(key) ?? "[]"),
    rescue: (changes) => session?.setItem(key, JSON.stringify(changes)),
  };
}
