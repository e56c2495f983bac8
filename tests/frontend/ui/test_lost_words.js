import assert from "node:assert/strict";
import { test } from "node:test";
import { tellOfLostWords } from "../../../frontend/src/ui/lost_words.js";
import { createWords } from "../../../frontend/src/words/words.js";
import { peerSubmits, sitDown } from "../tools/bench.js";

/** @import { ToastAction } from "../../../frontend/src/ui/desk.js" */

/** Somebody who writes in a text, what they are told, and what they copy. */
function writer() {
  const seat = sitDown([
    { kind: "text", id: "t", x: 0, y: 0, text: "hello", size: 20 },
  ]);
  const said = /** @type {string[]} */ ([]);
  const copied = /** @type {string[]} */ ([]);
  /** @type {readonly ToastAction[]} */
  let offered = [];
  tellOfLostWords(
    seat.bench,
    createWords("en"),
    (text, _, actions = []) => {
      said.push(text);
      offered = actions;
    },
    (text) => copied.push(text),
  );
  seat.controller.pick("text");
  seat.hand.draw([10, 10]);
  return { ...seat, said, copied, takeBack: () => offered[0]?.run() };
}

test("words in what somebody deletes meanwhile are told of, and can be had back", () => {
  const seat = writer();
  seat.bench.editing.value?.input("hello you");

  peerSubmits(seat, [{ op: "del", id: "t" }]);
  seat.bench.editing.value?.finish();

  assert.deepEqual(seat.said, ["What you wrote could not be kept."]);
  seat.takeBack();
  assert.deepEqual(seat.copied, ["hello you"]);
});

test("words on a board that is frozen meanwhile are told of", () => {
  const seat = writer();
  seat.bench.editing.value?.input("hello you");

  seat.is.allowed = false;
  seat.bench.editing.value?.finish();

  assert.equal(seat.said.length, 1);
});

test("nothing is said of words that are kept, or were not changed", () => {
  const seat = writer();
  seat.bench.editing.value?.finish();
  seat.controller.pick("text");
  seat.hand.draw([10, 10]);
  seat.bench.editing.value?.input("hello you");
  seat.bench.editing.value?.finish();

  assert.deepEqual(seat.said, []);
});
