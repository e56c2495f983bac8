import assert from "node:assert/strict";
import { test } from "node:test";
import { MAX_POINTS } from "../../../frontend/src/protocol.js";
import { sitDown } from "./bench.js";

/** @param {ReturnType<typeof sitDown>} seat */
function strokes({ board }) {
  return board.list().flatMap((element) => (element.kind === "pen" ? [element] : []));
}

test("C5 local ink is shown with the first reading, before anything is answered", () => {
  const seat = sitDown();
  seat.controller.pick("pen");
  seat.hand.drag([10, 10], [20, 12]);

  const [id] = seat.bench.draft.ids();
  const shown = seat.bench.draft.get(id ?? "");

  assert.ok(shown?.kind === "pen");
  assert.deepEqual(shown.points, [0, 0, 10, 2]);
  assert.equal(seat.board.list().length, 0);
});

test("a stroke is one change, and one step of undo", () => {
  const seat = sitDown();
  seat.controller.pick("pen");
  seat.hand.draw([10, 10], [20, 12], [30, 9]);

  const [stroke] = strokes(seat);
  assert.deepEqual(stroke?.points, [0, 0, 10, 2, 20, -1]);
  assert.deepEqual(stroke?.time, [0, 10, 20]);
  assert.equal(stroke?.pressure, undefined);
  assert.ok(seat.bench.draft.is_empty);

  seat.board.undo();
  assert.equal(seat.board.list().length, 0);
});

test("a pen's pressure lies beside its points", () => {
  const seat = sitDown();
  seat.controller.pick("pen");
  seat.hand.how = { device: "pen", pressure: 0.123456 };
  seat.hand.draw([0, 0], [5, 5]);

  assert.deepEqual(strokes(seat)[0]?.pressure, [0.123, 0.123]);
});

test("a tap is a stroke of one point", () => {
  const seat = sitDown();
  seat.controller.pick("pen");
  seat.hand.draw([10, 10]);

  assert.deepEqual(strokes(seat)[0]?.points, [0, 0]);
});

test("readings at one place are one point", () => {
  const seat = sitDown();
  seat.controller.pick("pen");
  seat.hand.draw([10, 10], [10.01, 10], [11, 10], [11, 10.02]);

  assert.deepEqual(strokes(seat)[0]?.points, [0, 0, 1, 0]);
});

test("points are as fine as a tenth of a screen pixel", () => {
  const seat = sitDown();
  seat.bench.view.camera.value = { x: 0, y: 0, zoom: 10 };
  seat.controller.pick("pen");
  seat.hand.draw([0, 0], [1, 2.345]);

  assert.deepEqual(strokes(seat)[0]?.points, [0, 0, 0.1, 0.23]);
});

test("the draft goes out whole once, then only what is new", () => {
  const seat = sitDown();
  seat.controller.pick("pen");
  seat.live.drafts.length = 0;
  seat.hand.drag([0, 0], [1, 0], [2, 0]);

  const puts = seat.live.drafts.filter((ops) => ops?.length);
  assert.equal(puts.length, 1);
  assert.deepEqual(
    seat.live.extends.map(({ points, time }) => [points, time]),
    [
      [[1, 0], [10]],
      [[2, 0], [20]],
    ],
  );
  const [op] = puts[0] ?? [];
  assert.ok(op?.op === "put" && op.element.kind === "pen");
  assert.deepEqual(op.element.points, [0, 0], "what was told does not grow by itself");
});

test("a stroke too long for the wire goes on as the next one, with nothing between", () => {
  const seat = sitDown();
  seat.controller.pick("pen");
  seat.hand.drag([0, 0]);
  const readings = Array.from({ length: MAX_POINTS + 4 }, (_, i) =>
    seat.hand.reading(i + 1, 0),
  );
  seat.controller.move(readings);
  seat.hand.release(MAX_POINTS + 5, 0);

  const [first, second] = strokes(seat);
  assert.equal(first?.points.length, 2 * MAX_POINTS);
  assert.ok(first && second);
  assert.equal(first.x + (first.points.at(-2) ?? 0), second.x);
  assert.equal(second.points.length, 2 * 6);
});

test("Esc takes a stroke back, pointercancel keeps it", () => {
  const seat = sitDown();
  seat.controller.pick("pen");
  seat.hand.drag([0, 0], [30, 30]);
  seat.controller.cancel();
  assert.equal(seat.board.list().length, 0);
  assert.ok(seat.bench.draft.is_empty);

  seat.hand.drag([0, 0], [30, 30]);
  seat.controller.lose(1);
  assert.equal(seat.board.list().length, 1);
});

test("a viewer's pen draws nothing", () => {
  const seat = sitDown();
  seat.is.allowed = false;
  seat.controller.pick("pen");
  seat.hand.draw([0, 0], [30, 30]);

  assert.equal(seat.board.list().length, 0);
});

/** @param {ReturnType<typeof sitDown>} seat */
function drawSquare(seat) {
  seat.controller.pick("pen");
  seat.hand.drag([0, 0], [50, 0], [100, 0], [100, 50], [100, 100], [50, 100]);
  seat.hand.move([0, 100], [0, 50], [0, 2]);
}

test("a square held still becomes one; the first undo gives the ink back", () => {
  const seat = sitDown();
  drawSquare(seat);
  seat.wait();
  const [id = ""] = seat.bench.draft.ids();
  assert.equal(seat.bench.draft.get(id)?.kind, "rect", "while the pen is still down");
  seat.hand.release(0, 2);

  const [square] = seat.board.list();
  assert.ok(square?.kind === "rect");
  assert.deepEqual([square.x, square.y, square.w, square.h], [0, 0, 100, 100]);
  seat.board.undo();
  assert.equal(strokes(seat).length, 1);
  assert.equal(seat.board.list().length, 1);
  seat.board.undo();
  assert.equal(seat.board.list().length, 0);
});

test("a held shape grows with the pen, and Esc leaves nothing", () => {
  const seat = sitDown();
  drawSquare(seat);
  seat.wait();
  seat.hand.move([-50, -48]);
  const [id = ""] = seat.bench.draft.ids();
  const square = seat.bench.draft.get(id);
  assert.ok(square?.kind === "rect" && square.w > 190 && square.w < 210);

  seat.controller.cancel();
  assert.equal(seat.board.list().length, 0);
});

test("ink that is not held, is no shape, or where it is not wanted, stays ink", () => {
  const seat = sitDown();
  drawSquare(seat);
  seat.hand.release(0, 2);
  seat.wait();

  seat.hand.drag([0, 0], [40, 90], [80, 0], [120, 90], [160, 0]);
  seat.wait();
  seat.hand.release(160, 0);

  seat.bench.options.value = { ...seat.bench.options.peek(), recognises: false };
  drawSquare(seat);
  seat.wait();
  seat.hand.release(0, 2);
  assert.equal(strokes(seat).length, 3);
});
