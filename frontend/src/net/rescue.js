/**
 * What the outbox is still writing when the page is left: the tab's own storage is written
 * at once. A change that was sent all the same has one id and is committed once, so it may
 * come back again until the outbox has it; a step may not, because it can have been undone
 * meanwhile.
 */

/** @import { Change } from "../protocol.js" */
/** @import { Step } from "../model/history.js" */
/** @typedef {{ changes: readonly Change[], steps: readonly Step[] }} Unwritten */

/**
 * @param {Pick<Storage, "getItem" | "setItem"> | null} session
 * @param {string} board
 */
export function createRescue(session, board) {
  const key = `chalkline.unsent.${board}`;
  const rescue = (/** @type {Unwritten} */ unwritten) =>
    session?.setItem(key, JSON.stringify(unwritten));
  /** @type {string | null | undefined} what `rescued` has left there */
  let left;
  return {
    rescue,
    /** The outbox has it all: for what is made from now on it is not the later one. */
    forget: () => {
      if (left && session?.getItem(key) === left) rescue({ changes: [], steps: [] });
    },
    /** @returns {Unwritten} */
    rescued: () => {
      const { changes = [], steps = [] } = JSON.parse(session?.getItem(key) ?? "{}");
      if (steps.length) rescue({ changes, steps: [] });
      left = session?.getItem(key);
      return { changes, steps };
    },
  };
}
