/**
 * Telling a person that an owner has undone what they drew: it vanishes before their eyes.
 */

/** @import { Words } from "../../words/words.js" */
/** @import { Say } from "../desk.js" */

import texts from "../../../messages/en/together.json";

/**
 * @param {object} parts
 * @param {Words} parts.t
 * @param {Pick<import("../../model/replica.js").Replica, "subscribeChanges">} parts.replica
 * @param {Pick<import("../../model/peers.js").Peers, "subscribeEntries">} parts.peers
 * @param {Say} say
 * @returns {void}
 */
export function tellOfUndoing({ t, replica, peers }, say) {
  /** Since the page was opened. @type {Set<string>} */
  const mine = new Set();
  replica.subscribeChanges(({ ops }) => {
    for (const op of ops) if (op.op === "put") mine.add(op.element.id);
  });
  peers.subscribeEntries(({ isUndoing, ops }) => {
    // What is set or put back may be somebody else's, whom somebody else had changed it.
    if (isUndoing && ops.some((op) => op.op === "del" && mine.has(op.id))) {
      say(t(texts.undone));
    }
  });
}
