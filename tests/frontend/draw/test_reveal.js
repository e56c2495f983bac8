import assert from "node:assert/strict";
import { test } from "node:test";
import { advance, drawnOn, lengthOf, upTo } from "../../../frontend/src/draw/reveal.js";

/** @returns {import("../../../frontend/src/protocol.js").Pen} right 10, down 10 */
const corner = () => ({
  kind: "pen",
  id: "s",
  x: 100,
  y: 200,
  points: [0, 0, 10, 0, 10, 10],
  pressure: [0.2, 0.4, 0.8],
  time: [0, 10, 20],
});

test("the length of a line is that of its sides", () => {
  assert.equal(lengthOf(corner().points), 20);
  assert.equal(lengthOf(corner().points, 1), 10);
  assert.equal(lengthOf([3, 4]), 0);
});

test("a mark goes round corners and stops at the end", () => {
  const { points } = corner();

  const past = advance(points, { point: 0, along: 6 }, 6);

  assert.deepEqual(past, { point: 1, along: 2 });
  assert.deepEqual(advance(points, past, 99), { point: 2, along: 0 });
});

test("a stroke up to a mark ends there, with pressure and time of the place", () => {
  const part = upTo(corner(), { point: 1, along: 5 });

  assert.deepEqual(part.points, [0, 0, 10, 0, 10, 5]);
  assert.ok(Math.abs((part.pressure?.at(-1) ?? 0) - 0.6) < 1e-9);
  assert.deepEqual(part.time, [0, 10, 15]);
});

test("a stroke up to its end is the stroke itself", () => {
  const stroke = corner();

  assert.equal(upTo(stroke, { point: 2, along: 0 }), stroke);
});

test("a stroke is drawn on to where the pen is expected, and stays as it is", () => {
  const stroke = corner();

  const longer = drawnOn(stroke, [[110, 214]]);

  assert.deepEqual(longer.points, [0, 0, 10, 0, 10, 10, 10, 14]);
  assert.deepEqual(longer.pressure, [0.2, 0.4, 0.8, 0.8]);
  assert.deepEqual(stroke, corner());
});

test("a wild guess is not drawn", () => {
  const stroke = corner();

  assert.equal(drawnOn(stroke, [[500, 500]]), stroke);
});
