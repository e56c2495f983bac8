import assert from "node:assert/strict";
import { test } from "node:test";
import { COMMANDS } from "../../../frontend/src/tools/commands.js";
import { sitDown } from "./bench.js";

/** @import { Rect } from "../../../frontend/src/protocol.js" */

/**
 * @param {string} id
 * @param {number} x
 * @param {string[]} groups innermost first
 * @returns {Rect}
 */
function box(id, x, groups = []) {
  return { kind: "rect", id, x, y: 0, w: 10, h: 10, fill: "#ffffff", groups };
}

/** `a` and `b` in a group, it and `c` in another, `d` in none. */
const nested = [
  box("a", 0, ["inner", "outer"]),
  box("b", 20, ["inner", "outer"]),
  box("c", 40, ["outer"]),
  box("d", 60),
];

/** @param {ReturnType<typeof sitDown>} seat */
function chosen(seat) {
  return [...seat.bench.selection.value].sort().join("");
}

test("a double click goes one level in, Esc one level out, a click stays inside", () => {
  const seat = sitDown(nested);
  const stepBack = () => COMMANDS.escape?.(seat.bench, seat.controller);
  const click = () => {
    seat.hand.time += 1000;
    seat.hand.draw([5, 5]);
  };
  const twice = () => {
    click();
    seat.hand.draw([5, 5]);
  };

  click();
  assert.equal(chosen(seat), "abc");
  twice();
  assert.equal(chosen(seat), "ab");
  click();
  assert.equal(chosen(seat), "ab");
  twice();
  assert.equal(chosen(seat), "a");
  seat.hand.time += 1000;
  seat.hand.draw([25, 5]);
  assert.equal(chosen(seat), "b");
  stepBack();
  assert.equal(chosen(seat), "ab");
  stepBack();
  assert.equal(chosen(seat), "abc");
  stepBack();
  assert.equal(chosen(seat), "");
});

test("Ctrl and a click take the deepest element at once", () => {
  const seat = sitDown(nested);

  seat.hand.how = { ctrl: true };
  seat.hand.draw([5, 5]);

  assert.equal(chosen(seat), "a");
});

test("a click outside of the group that was entered leaves it", () => {
  const seat = sitDown(nested);
  seat.bench.selection.value = new Set(["a"]);

  seat.hand.draw([65, 5]);
  assert.equal(chosen(seat), "d");
  seat.hand.draw([5, 5]);
  assert.equal(chosen(seat), "abc");
});

test("what is grouped in a group stays in it; ungrouping takes that level away", () => {
  const seat = sitDown([box("a", 0, ["g"]), box("b", 20, ["g"]), box("c", 40, ["g"])]);
  const groups = () => seat.board.list().map((element) => element.groups?.length);
  seat.bench.selection.value = new Set(["a", "b"]);

  COMMANDS.group?.(seat.bench, seat.controller);
  assert.deepEqual(groups(), [2, 2, 1]);
  assert.ok(seat.board.list().every((element) => element.groups?.at(-1) === "g"));

  COMMANDS.ungroup?.(seat.bench, seat.controller);
  assert.deepEqual(groups(), [1, 1, 1]);
});

test("a lasso takes what it goes around and what it goes over, by whole groups", () => {
  const seat = sitDown([
    ...nested,
    { ...box("under", 100), y: 100 },
    { ...box("frame", -20), kind: "frame", w: 300, h: 300 },
    { ...box("locked", 62), locked: true },
  ]);
  seat.hand.how = { alt: true };

  seat.hand.drag([55, -12], [75, -12], [75, 15], [55, 15]);
  assert.equal(chosen(seat), "d");
  assert.equal(seat.controller.working()?.guide?.()?.lasso?.length, 8);
  seat.hand.move([45, 15], [45, -12]);
  assert.equal(chosen(seat), "abcd");
  seat.hand.release(45, -12);
  assert.equal(chosen(seat), "abcd");
  assert.equal(seat.board.pendingCount, 0);
});

test("the lasso in hand draws over what is not selected, and moves what is", () => {
  const seat = sitDown([box("a", 100), { ...box("b", 100), y: 80 }]);
  seat.controller.pick("lasso");

  seat.hand.draw([105, 5], [130, 5], [130, 100], [95, 100], [95, 5]);
  assert.equal(chosen(seat), "ab");
  seat.hand.draw([105, 25], [145, 65]); // between them

  assert.equal(seat.board.get("a")?.x, 140);
  assert.equal(seat.board.get("b")?.y, 120);
});

test("a lasso that is let go by Esc gives the selection back", () => {
  const seat = sitDown(nested);
  seat.bench.selection.value = new Set(["d"]);
  seat.hand.how = { alt: true, shift: true };

  seat.hand.drag([-10, -10], [50, -10], [50, 30]);
  assert.equal(chosen(seat), "abcd");
  seat.controller.cancel();

  assert.equal(chosen(seat), "d");
});
