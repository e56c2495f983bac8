import assert from "node:assert/strict";
import { test } from "node:test";
import { MAX_OPS } from "../../../frontend/src/protocol.js";
import { rect } from "../draw/elements.js";
import { sitDown } from "./bench.js";

/** @import { Element } from "../../../frontend/src/protocol.js" */

/**
 * @param {string} id
 * @param {Partial<Element>} how
 * @returns {Element}
 */
function line(id, how = {}) {
  return /** @type {Element} */ ({
    ...{ kind: "pen", id, x: 0, y: 0, z: "a1", width: 2, points: [0, 0, 100, 0] },
    ...how,
  });
}

/** @param {Element[]} elements */
function wiper(elements) {
  const seat = sitDown(elements);
  seat.bench.options.value = { ...seat.bench.options.peek(), eraser: "part" };
  seat.controller.pick("eraser");
  return seat;
}

test("a wipe parts a stroke, is one change and one undo", () => {
  const seat = wiper([line("ink")]);
  const changes = /** @type {unknown[]} */ ([]);
  seat.board.subscribeChanges((change) => changes.push(change));

  seat.hand.draw([30, -50], [30, 50], [70, 50], [70, -50]);

  assert.equal(changes.length, 1);
  assert.deepEqual(
    seat.board.list().map((element) => "origin" in element && element.origin),
    ["ink", "ink", "ink"],
  );
  seat.board.undo();
  assert.deepEqual(seat.board.list(), [line("ink")]);
});

test("a wipe leaves other kinds and locked strokes alone", () => {
  const seat = wiper([rect, line("fixed", { locked: true })]);
  const before = seat.board.list();

  seat.hand.draw([30, -50], [30, 50]);

  assert.deepEqual(seat.board.list(), before);
});

test("Esc gives all the ink back", () => {
  const seat = wiper([line("ink")]);

  seat.hand.drag([30, -50], [30, 50]);
  assert.equal(seat.bench.draft.get("ink"), undefined);
  seat.controller.cancel();

  assert.deepEqual(seat.bench.draft.get("ink"), line("ink"));
  assert.deepEqual(seat.board.list(), [line("ink")]);
});

test("a wipe of more strokes than a change may hold is one step of undo", () => {
  const many = Array.from({ length: MAX_OPS }, (_, i) =>
    line(`ink-${i}`, { y: i / MAX_OPS }),
  );
  const seat = wiper(many);

  seat.hand.draw([50, -50], [50, 50]);
  assert.equal(seat.board.list().length, 2 * MAX_OPS);

  seat.board.undo();
  assert.equal(seat.board.list().length, MAX_OPS);
  assert.ok(seat.board.list().every(({ id }) => id.startsWith("ink-")));
});

test("what a peer removes during a wipe does not come back", () => {
  const seat = wiper([line("ink")]);
  seat.hand.drag([30, -50], [30, 50]);

  seat.board.submit([{ op: "del", id: "ink" }]);
  seat.hand.release(30, 50);

  assert.deepEqual(seat.board.list(), []);
});

test("a broader eraser takes more", () => {
  const seat = wiper([line("ink")]);
  seat.bench.options.value = { ...seat.bench.options.peek(), eraser_px: 64 };

  seat.hand.draw([50, 20], [50, 21]);

  const [left] = seat.board.list();
  assert.ok(left?.kind === "pen" && (left.points.at(-2) ?? 100) < 27);
});
