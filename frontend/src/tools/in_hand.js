/**
 * What is in the hand, kept for a crash of the tab: a stroke that is drawn, words that are
 * typed. It lies beside the changes that wait to be sent, but is not sent itself: the next
 * page finds it there and takes it for one of them. Gone with the gesture.
 */

/** @import { Change, Op } from "../protocol.js" */
/** @import { Bench } from "./bench.js" */

import { MAX_DRAFT_OPS } from "../protocol.js";

const KEEP_EVERY_MS = 500; // what a crash may take

/**
 * @typedef {object} Kept
 * @property {(change: Change, in_hand: boolean) => unknown} add
 * @property {(id: string) => unknown} remove
 */

/**
 * @param {Bench} bench
 * @param {Kept} outbox
 * @returns {void}
 */
export function keepInHand(bench, outbox) {
  const { draft } = bench;
  let id = "";
  let is_waiting = false;
  const write = () => {
    is_waiting = false;
    const ops = inHand(bench);
    const before = id;
    id = bench.newId();
    if (ops.length > 0 && ops.length <= MAX_DRAFT_OPS) outbox.add({ id, ops }, true);
    outbox.remove(before); // last: at no time there is none
  };
  const look = () => {
    if (draft.is_empty) outbox.remove(id);
    else if (!is_waiting) {
      is_waiting = true;
      bench.after(KEEP_EVERY_MS, write);
    }
  };
  draft.subscribe(look);
  look(); // something may be in the hand already
}

/**
 * What the gesture at hand makes. What it moves or erases was there before, and stays as
 * it was.
 * @param {Bench} bench
 * @returns {Op[]}
 */
function inHand({ draft, editing }) {
  const session = editing.peek();
  if (session) return session.lasting();
  const ops = [...draft.ops.values()];
  return ops.every(({ op }) => op === "put") ? ops : [];
}
