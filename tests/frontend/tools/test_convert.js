import assert from "node:assert/strict";
import { test } from "node:test";
import { COMMANDS } from "../../../frontend/src/tools/commands.js";
import { sitDown } from "./bench.js";

/** @import { Arrow, Element, Rect } from "../../../frontend/src/protocol.js" */

/** @type {Rect} */
const RECT = {
  ...{ kind: "rect", id: "r", x: 10, y: 20, w: 80, h: 40, z: "a1", label: "hello" },
  ...{ fill: "#ffffff", corner: "round", groups: ["g"] },
};
/** @type {Arrow} */
const ARROW = {
  ...{ kind: "arrow", id: "a", x: 200, y: 40, points: [0, 0, 100, 0], z: "a2" },
  ...{ start: { id: "r", x: 0.5, y: 0.5 }, tail: "dot", label: "goes" },
};

/**
 * @param {Element[]} elements
 * @param {string[]} ids
 */
function select(elements, ids) {
  const seat = sitDown(elements);
  seat.bench.selection.value = new Set(ids);
  return seat;
}

test("a shape becomes the next one and keeps what it is besides; undo is one step", () => {
  const seat = select([RECT], ["r"]);

  COMMANDS.convert?.(seat.bench, seat.controller);

  assert.deepEqual(seat.board.get("r"), { ...RECT, kind: "ellipse" });
  seat.board.undo();
  assert.deepEqual(seat.board.get("r"), RECT);
});

test("all shapes follow each other, and all that is selected becomes the same", () => {
  const seat = select([RECT, { ...RECT, id: "s", kind: "star" }], ["r", "s"]);
  const seen = new Set();

  for (let i = 0; i < 9; i++) {
    COMMANDS.convert?.(seat.bench, seat.controller);
    const kinds = seat.board.list().map(({ kind }) => kind);
    assert.equal(kinds[0], kinds[1]);
    seen.add(kinds[0]);
  }

  assert.equal(seen.size, 9);
  assert.equal(seat.board.get("r")?.kind, "rect");
});

test("an arrow becomes a line where it lies, without what lines do not have", () => {
  const seat = select([RECT, ARROW], ["a"]);

  COMMANDS.convert?.(seat.bench, seat.controller);

  const line = seat.board.get("a");
  assert.ok(line?.kind === "line");
  assert.ok(!("start" in line) && !("tail" in line));
  assert.equal(line.label, "goes");
  assert.ok(line.x < 200); // it held on to the rectangle
});

test("what is locked, or is no shape, stays what it is", () => {
  const seat = select(
    [
      { ...RECT, locked: true },
      { ...RECT, kind: "frame", id: "f" },
    ],
    ["r", "f"],
  );

  COMMANDS.convert?.(seat.bench, seat.controller);

  assert.equal(seat.board.pendingCount, 0);
});
