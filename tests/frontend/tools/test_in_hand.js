import assert from "node:assert/strict";
import { test } from "node:test";
import { keepInHand } from "../../../frontend/src/tools/in_hand.js";
import { rect } from "../draw/elements.js";
import { sitDown } from "./bench.js";

/** @import { Change, Element } from "../../../frontend/src/protocol.js" */

/** @param {Element[]} [elements] */
function keeping(elements) {
  return keepingAt(sitDown(elements));
}

/** @param {ReturnType<typeof sitDown>} seat */
function keepingAt(seat) {
  /** @type {Map<string, Change>} */
  const rows = new Map();
  keepInHand(seat.bench, {
    add: (change) => rows.set(change.id, structuredClone(change)),
    remove: (id) => rows.delete(id),
  });
  return { ...seat, kept: () => [...rows.values()].flatMap(({ ops }) => ops) };
}

test("a stroke in the hand is kept as far as it is, and gone once it is done", () => {
  const { controller, hand, kept, wait } = keeping();
  controller.pick("pen");
  hand.drag([10, 10], [20, 12]);
  wait();
  hand.move([30, 10]);
  wait();

  const [op, ...more] = kept();
  assert.ok(op?.op === "put" && op.element.kind === "pen");
  assert.deepEqual(op.element.points, [0, 0, 10, 2, 20, 0]);
  assert.deepEqual(more, []);
  hand.release(30, 10);
  wait();
  assert.deepEqual(kept(), []);
});

test("words are kept as they are typed", () => {
  const { bench, controller, hand, kept, wait } = keeping();
  controller.pick("text");
  hand.draw([10, 10]);
  bench.editing.peek()?.input("Half a sen");
  wait();

  const [op] = kept();
  assert.ok(op?.op === "put" && op.element.kind === "text");
  assert.equal(op.element.text, "Half a sen");
  bench.editing.peek()?.finish();
  assert.deepEqual(kept(), []);
});

test("what was begun before the page came to rest is kept, too", () => {
  // Words that were typed at once were not kept until one typed on.
  const seat = sitDown();
  seat.controller.pick("text");
  seat.hand.draw([10, 10]);
  seat.bench.editing.peek()?.input("Half a sen");

  const { kept, wait } = keepingAt(seat);
  wait();

  const [op] = kept();
  assert.ok(op?.op === "put" && op.element.kind === "text");
  assert.equal(op.element.text, "Half a sen");
});

test("what is about to be erased stays as it was", () => {
  const { controller, hand, kept, wait } = keeping([rect]);
  controller.pick("eraser");
  hand.drag([-50, 10], [500, 10]);
  wait();

  assert.deepEqual(kept(), []);
});
