import assert from "node:assert/strict";
import { test } from "node:test";
import {
  numberOps,
  numbersOf,
  typedValue,
} from "../../../frontend/src/tools/numbers.js";
import { sitDown } from "./bench.js";

/** @import { Element, Rect } from "../../../frontend/src/protocol.js" */
/** @import { NumberName } from "../../../frontend/src/tools/numbers.js" */

/** @type {Rect} */
const RECT = { kind: "rect", id: "r", x: 100, y: 50, w: 80, h: 40, z: "a1" };

/**
 * @param {Element[]} elements
 * @param {[NumberName, number][]} numbers set one after the other
 */
function afterwards(elements, ...numbers) {
  const { bench, board } = sitDown(elements);
  bench.selection.value = new Set(elements.map(({ id }) => id));
  for (const [name, value] of numbers)
    bench.board.submit(numberOps(bench, name, value));
  return { bench, board, found: numbersOf(bench)?.numbers };
}

test("each number of a shape is what was typed, and leaves the others alone", () => {
  const all = /** @type {const} */ ({ x: 12.5, y: -30, w: 200, h: 10, angle: 0 });
  const { x, y, w, h } = all;

  const { found } = afterwards([RECT], ["x", x], ["w", w], ["y", y], ["h", h]);

  assert.deepEqual(found, all);
});

test("a turned shape keeps its angle while its side is set, and its other corner", () => {
  const { found, board } = afterwards([RECT], ["angle", 90], ["w", 120]);

  assert.equal(Math.round(found?.angle ?? 0), 90);
  assert.equal(board.get("r")?.w, 120);
  assert.equal(board.get("r")?.h, 40);
  // Its left side, which is up now, stays at y = 30.
  const { y = 0, h = 0, w = 0 } = board.get("r") ?? {};
  assert.equal(Math.round(y + h / 2 - w / 2), 30);
});

test("several things are moved, stretched and turned together", () => {
  const other = { ...RECT, id: "s", x: 200, y: 150 };

  const { found, board } = afterwards([RECT, other], ["x", 0], ["w", 360]);
  assert.deepEqual(found, { x: 0, y: 50, w: 360, h: 140, angle: 0 });
  assert.equal(board.get("s")?.x, 200);
  board.undo();
  assert.equal(board.get("s")?.x, 100);
});

test("what is locked keeps its numbers, and says so", () => {
  const { board, bench } = afterwards([{ ...RECT, locked: true }], ["x", 0]);

  assert.equal(board.get("r")?.x, 100);
  assert.equal(numbersOf(bench)?.isFixed, true);
});

test("numbers are kept within the board, and no number changes nothing", () => {
  const { board } = afterwards([RECT], ["x", 1e300], ["w", Number.NaN], ["h", -5]);

  assert.equal(board.get("r")?.x, 1e7);
  assert.equal(board.get("r")?.w, 80);
  assert.equal(board.get("r")?.h, 1);
});

test("a number may be told from the one before", () => {
  const read = (/** @type {string} */ text) => typedValue(text, 80);

  assert.deepEqual(
    ["12", "-3,5", "+10", "-=10", "*2", "/ 4", "50%", "120+8", "45°", "−2"].map(read),
    [12, -3.5, 90, 70, 160, 20, 40, 128, 45, -2],
  );
  assert.deepEqual(
    ["", "abc", "1.2.3", "--1", "1e999", "/0", "alert(1)"].map(read),
    Array(7).fill(null),
  );
});
