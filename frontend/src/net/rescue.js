/**
 * What the outbox is still writing when the page is left: the tab's own storage is written
 * at once. A change that was sent all the same has one id and is committed once, so it may
 * come back again; a step may not, because it can have been undone meanwhile.
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
  return {
    rescue,
    /** @returns {Unwritten} */
    rescued: () => {
      const { changes = [], steps = [] } = JSON.parse(session?.getItem(key) ?? "{}");
      if (steps.length) rescue({ changes, steps: [] });
      return { changes, steps };
    },
  };
}
