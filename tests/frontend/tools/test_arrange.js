import assert from "node:assert/strict";
import { test } from "node:test";
import { COMMANDS } from "../../../frontend/src/tools/commands.js";
import { commandOf } from "../../../frontend/src/tools/keys.js";
import { sitDown } from "./bench.js";

/** @import { Rect } from "../../../frontend/src/protocol.js" */

/**
 * @param {string} id
 * @param {number} x
 * @param {Partial<Rect>} props
 * @returns {Rect}
 */
function box(id, x, props = {}) {
  return { kind: "rect", id, x, y: 0, w: 10, h: 10, fill: "#ffffff", ...props };
}

const three = [
  box("a", 0, { z: "a0" }),
  box("b", 50, { z: "a1" }),
  box("c", 80, { z: "a2" }),
];

/**
 * @param {ReturnType<typeof sitDown>} seat
 * @param {string} command
 * @param {string[]} [ids] to be selected first
 */
function run(seat, command, ids) {
  if (ids) seat.bench.selection.value = new Set(ids);
  COMMANDS[command]?.(seat.bench, seat.controller);
}

/** @param {ReturnType<typeof sitDown>} seat */
function order(seat) {
  return seat.board.list().map(({ id }) => id);
}

test("order: front, back, one step each way, and no change where nothing moves", () => {
  const seat = sitDown(three);

  run(seat, "to front", ["a"]);
  assert.deepEqual(order(seat), ["b", "c", "a"]);
  run(seat, "backward");
  assert.deepEqual(order(seat), ["b", "a", "c"]);
  run(seat, "to back", ["c", "a"]);
  assert.deepEqual(order(seat), ["a", "c", "b"]);
  run(seat, "forward", ["a"]);
  assert.deepEqual(order(seat), ["c", "a", "b"]);
  const n_changes = seat.board.pendingCount;
  run(seat, "to front", ["b"]);
  assert.equal(seat.board.pendingCount, n_changes);
});

test("order: a step goes past the next that is touched, so that it is seen", () => {
  const seat = sitDown([
    box("a", 0, { z: "a0" }),
    box("far", 500, { z: "a1" }),
    box("b", 0, { z: "a2" }),
    box("further", 900, { z: "a3" }),
  ]);

  run(seat, "forward", ["a"]);
  assert.deepEqual(order(seat), ["far", "b", "a", "further"]);
  run(seat, "backward", ["a"]);
  assert.deepEqual(order(seat), ["far", "a", "b", "further"]);
  run(seat, "backward", ["a"]);
  assert.deepEqual(order(seat), ["a", "far", "b", "further"]);
  run(seat, "forward", ["a", "b"]);
  assert.deepEqual(order(seat), ["far", "further", "a", "b"]);
});

test("order: keys of a program's own making are in nobody's way", () => {
  // Nothing happened: the library's keys end in no zero, and begin with their length.
  const seat = sitDown([
    box("a", 0, { z: "10" }),
    box("b", 0, { z: "a60" }),
    box("c", 0, { z: "a80" }),
  ]);

  run(seat, "to front", ["a"]);
  assert.deepEqual(order(seat), ["b", "c", "a"]);
  run(seat, "to back", ["c"]);
  assert.deepEqual(order(seat), ["c", "b", "a"]);
  run(seat, "forward");
  assert.deepEqual(order(seat), ["b", "c", "a"]);
  run(seat, "backward", ["a"]);
  assert.deepEqual(order(seat), ["b", "a", "c"]);
});

test("order: a step goes past those that share a key, where nothing fits between", () => {
  const seat = sitDown([
    box("a", 0, { z: "a0" }),
    box("b", 0, { z: "a1" }),
    box("c", 0, { z: "a1" }),
  ]);

  run(seat, "forward", ["a"]);

  assert.deepEqual(order(seat), ["b", "c", "a"]);
});

test("group: a click takes all of it, a double click one; a copy is a group of its own", () => {
  const seat = sitDown(three);
  run(seat, "group", ["a", "b"]);

  seat.hand.draw([5, 5]);
  assert.deepEqual([...seat.bench.selection.value].sort(), ["a", "b"]);
  run(seat, "duplicate");
  const groups = seat.board.list().map((element) => element.groups?.[0]);
  assert.equal(new Set(groups.filter(Boolean)).size, 2);
  run(seat, "delete");

  seat.hand.draw([5, 5]);
  seat.hand.draw([5, 5]);
  assert.deepEqual([...seat.bench.selection.value], ["a"]);

  run(seat, "ungroup", ["a", "b"]);
  assert.deepEqual(seat.board.get("a")?.groups, []);
});

test("lock: what is locked does not move, and a double click reaches it again", () => {
  const seat = sitDown([box("a", 0)]);
  run(seat, "lock", ["a"]);
  run(seat, "nudge right");
  assert.equal(seat.board.get("a")?.x, 0);

  seat.hand.draw([500, 500]);
  seat.hand.draw([5, 5]);
  seat.hand.draw([5, 5]);
  run(seat, "lock");
  assert.equal(seat.board.get("a")?.locked, false);
});

test("lock: Enter does not open the words of what is locked", () => {
  const seat = sitDown([box("a", 0)]);
  run(seat, "lock", ["a"]);
  run(seat, "edit");
  assert.ok(!seat.bench.editing.peek());

  run(seat, "lock");
  run(seat, "edit");
  assert.equal(seat.bench.editing.peek()?.element.id, "a");
});

test("align and distribute move boxes, the outer ones stay", () => {
  const seat = sitDown(three.map((element, i) => ({ ...element, y: 7 * i })));

  run(seat, "align top", ["a", "b", "c"]);
  assert.deepEqual(
    seat.board.list().map(({ y }) => y),
    [0, 0, 0],
  );
  run(seat, "distribute across");
  assert.deepEqual(
    seat.board.list().map(({ x }) => x),
    [0, 40, 80],
  );
  run(seat, "align right");
  assert.deepEqual(
    seat.board.list().map(({ x }) => x),
    [80, 80, 80],
  );
});

test("flip: places are mirrored, ink point by point, and twice is as it was", () => {
  const line = /** @type {const} */ ({ kind: "line", id: "l", x: 20, y: 0 });
  const seat = sitDown([box("a", 0), { ...line, points: [0, 0, 80, 40] }]);
  const before = seat.board.list();

  run(seat, "flip across", ["a", "l"]);
  assert.equal(seat.board.get("a")?.x, 90);
  const flipped = seat.board.get("l");
  assert.ok(flipped?.kind === "line");
  assert.deepEqual([flipped.x, ...flipped.points], [80, 0, 0, -80, 40]);

  run(seat, "flip across");
  assert.deepEqual(seat.board.list(), before);
});

test("flip: what has a top is turned upside down, unless it has words", () => {
  /** @param {string} id @param {object} more */
  const triangle = (id, more) =>
    /** @type {const} */ ({ ...box(id, 0), kind: "triangle", ...more });
  const seat = sitDown([triangle("a", {}), triangle("b", { label: "b", angle: 1 })]);
  const before = seat.board.list();

  run(seat, "flip down", ["a", "b"]);
  assert.equal(seat.board.get("a")?.angle, Math.PI);
  assert.equal(seat.board.get("b")?.angle, -1);

  run(seat, "flip down");
  assert.deepEqual(seat.board.list(), [{ ...before[0], angle: 0 }, before[1]]);
});

test("arranging is for those who may edit", () => {
  const seat = sitDown(three);
  seat.is.allowed = false;

  for (const command of ["to front", "group", "lock", "align left", "flip down"]) {
    run(seat, command, ["a", "b"]);
  }

  assert.equal(seat.board.pendingCount, 0);
});

test("keys: brackets are found with Shift and Ctrl on any layout", () => {
  const bare = { shift: false, alt: false, ctrl: false };

  assert.equal(commandOf({ key: "]", code: "BracketRight", ...bare }), "to front");
  const chord = { key: "{", code: "BracketLeft", shift: true, alt: false, ctrl: true };
  assert.equal(commandOf(chord), "to back");
  const group = { key: "G", code: "KeyG", shift: true, alt: false, ctrl: true };
  assert.equal(commandOf(group), "ungroup");
});
