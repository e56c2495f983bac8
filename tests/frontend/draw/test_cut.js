import assert from "node:assert/strict";
import { test } from "node:test";
import { outlineOf } from "../../../frontend/src/draw/bounds.js";
import { covered, joined, pieces } from "../../../frontend/src/draw/cut.js";
import { measure } from "./elements.js";

/** @import { Ink } from "../../../frontend/src/draw/cut.js" */

/**
 * @param {Partial<Ink>} how
 * @returns {Ink}
 */
function ink(how = {}) {
  return /** @type {Ink} */ ({
    kind: "pen",
    id: "whole",
    x: 100,
    y: 100,
    width: 2,
    points: [0, 0, 50, 0, 100, 0],
    pressure: [0, 0.5, 1],
    time: [0, 100, 200],
    ...how,
  });
}

const idOf = (/** @type {number} */ n) => `piece-${n}`;

test("a disc covers what is nearer than its radius and half of the ink", () => {
  assert.deepEqual(covered(ink(), [150, 100, 150, 100], 9), [[0.8, 1.2]]);
  assert.deepEqual(covered(ink(), [150, 111, 150, 111], 9), []);
  assert.deepEqual(covered(ink({ points: [0, 0] }), [95, 100, 95, 100], 9), [[0, 0]]);
});

test("a fast disc covers all on its way, however few readings there are", () => {
  const [[from, to] = [0, 0]] = covered(ink(), [150, -1000, 150, 1000], 9);

  assert.ok(Math.abs(from - 0.8) < 1e-9 && Math.abs(to - 1.2) < 1e-9);
  assert.deepEqual(covered(ink(), [0, 100, 300, 100], 9), [[0, 2]]);
});

test("pieces keep style, pressure, time and where they came from", () => {
  const [left, right] = pieces(ink({ width: 8 }), [[0.5, 1.5]], idOf);

  assert.deepEqual(left, {
    ...{ kind: "pen", id: "piece-0", x: 100, y: 100, width: 8, origin: "whole" },
    ...{ points: [0, 0, 25, 0], pressure: [0, 0.25], time: [0, 50] },
  });
  assert.deepEqual(right, {
    ...{ kind: "pen", id: "piece-1", x: 175, y: 100, width: 8, origin: "whole" },
    ...{ points: [0, 0, 25, 0], pressure: [0.75, 1], time: [0, 50] },
  });
});

test("a piece of a piece names the first origin", () => {
  const found = pieces(ink({ origin: "first" }), [[0.5, 1.5]], idOf);

  assert.deepEqual(
    found.map(({ origin }) => origin),
    ["first", "first"],
  );
});

test("crumbs vanish, and so does a stroke of which nothing is left", () => {
  assert.equal(pieces(ink(), [[0.015, 2]], idOf).length, 0);
  assert.equal(pieces(ink(), [[0, 2]], idOf).length, 0);
  assert.equal(pieces(ink({ points: [0, 0] }), [[0, 0]], idOf).length, 0);
});

test("pieces of a turned stroke lie where the stroke lay", () => {
  const whole = ink({ angle: 1, points: [0, 0, 100, 0, 100, 60] });
  const { points } = outlineOf(whole, measure);
  const [fromX = 0, fromY = 0] = points;
  const without = covered(whole, [fromX, fromY, fromX, fromY], 20);
  assert.ok(without.length === 1, "the disc is turned into the stroke's own frame");

  const [piece] = pieces(whole, without, idOf);

  assert.ok(piece);
  const turned = outlineOf(piece, measure).points;
  assert.deepEqual(
    turned.slice(-4).map((value) => value.toFixed(2)),
    points.slice(-4).map((value) => value.toFixed(2)),
  );
});

test("stretches that meet are one", () => {
  assert.deepEqual(
    joined([
      [3, 4],
      [0, 1],
      [0.5, 2],
    ]),
    [
      [0, 2],
      [3, 4],
    ],
  );
});
