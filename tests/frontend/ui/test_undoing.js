import assert from "node:assert/strict";
import { test } from "node:test";
import { Peers } from "../../../frontend/src/model/peers.js";
import { Replica } from "../../../frontend/src/model/replica.js";
import { tellOfUndoing } from "../../../frontend/src/ui/together/undoing.js";
import { createWords } from "../../../frontend/src/words/words.js";

/** @import { Op } from "../../../frontend/src/protocol.js" */

const UNDONE = "The board’s owner has undone what you did.";
let n_ids = 0;

/**
 * @param {string} id of the change that comes
 * @param {Op[]} ops
 * @returns {string[]} what somebody who has drawn `mine` is told
 */
function told(id, ops) {
  const replica = new Replica({ client: "me", newId: () => `c${++n_ids}` });
  const peers = new Peers(replica);
  /** @type {string[]} */
  const said = [];
  tellOfUndoing({ t: createWords("en"), replica, peers }, (text) => said.push(text));
  const box = { x: 0, y: 0, w: 9, h: 9 };
  replica.submit([{ op: "put", element: { id: "mine", kind: "rect", ...box } }]);
  const by = { session: "none", client: "rest", name: "" };
  peers.settle({ seq: 2, id, at: 0, by, ops });
  return said;
}

test("whose drawing an owner undoes is told", () => {
  assert.deepEqual(told("undo-1", [{ op: "del", id: "mine" }]), [UNDONE]);
});

test("nobody is told when others' drawings are undone, or theirs removed by a program", () => {
  assert.deepEqual(told("undo-1", [{ op: "del", id: "another" }]), []);
  assert.deepEqual(told("undo-1", [{ op: "set", id: "mine", props: { x: 1 } }]), []);
  assert.deepEqual(told("c-1", [{ op: "del", id: "mine" }]), []);
});
