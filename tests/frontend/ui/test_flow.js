import assert from "node:assert/strict";
import { test } from "node:test";
import { Flow } from "../../../frontend/src/ui/flow.js";

const PACE_MS = 33;
const FRAME_MS = 1000 / 60;

/** @typedef {import("../../../frontend/src/protocol.js").Pen} Pen */

/**
 * A stroke to the right of so many points, ten units apart.
 * @param {number} n
 * @returns {Pen}
 */
const stroke = (n) => ({
  kind: "pen",
  id: "s",
  x: 0,
  y: 0,
  points: Array.from({ length: n }, (_, i) => [i * 10, 0]).flat(),
});

/** @param {import("../../../frontend/src/protocol.js").Element} element */
const tip = (element) => /** @type {Pen} */ (element).points.at(-2) ?? 0;

test("ink that comes in pieces runs evenly", () => {
  const flow = new Flow(() => false);
  const pieces = Array.from({ length: 30 }, (_, i) => stroke(3 + i * 2));
  /** @type {number[]} */
  const tips = [];
  let next = 0;
  let last = stroke(1);
  for (let now = 0; now < 25 * PACE_MS; now += FRAME_MS) {
    while (next * PACE_MS <= now) {
      last = pieces[next++] ?? last;
      flow.grow(last, now);
    }
    flow.step(now);
    tips.push(tip(flow.shown(last)));
  }

  const steps = tips.slice(12).map((x, i) => x - (tips[i + 11] ?? 0));
  const median = steps.toSorted((a, b) => a - b)[Math.floor(steps.length / 2)] ?? 0;

  assert.ok(median > 5, `the median step is ${median}`);
  assert.ok(Math.max(...steps) < 1.8 * median, `steps of ${steps}`);
  assert.ok(Math.min(...steps) > 0.4 * median, `steps of ${steps}`);
});

test("a stroke is whole soon after its last piece, and says so once", () => {
  const flow = new Flow(() => false);
  flow.grow(stroke(2), 0);
  flow.step(0);
  flow.grow(stroke(6), PACE_MS);

  assert.ok(flow.isRunning("s"));
  const { arrived } = flow.step(PACE_MS + 100);

  assert.deepEqual(arrived, ["s"]);
  assert.equal(tip(flow.shown(stroke(6))), 50);
  assert.deepEqual(flow.step(PACE_MS + 200), { is_running: false, arrived: [] });
});

test("a stroke that is new, or another one, is shown as it comes", () => {
  const flow = new Flow(() => false);
  flow.grow(stroke(9), 0);
  assert.equal(tip(flow.shown(stroke(9))), 80);

  const other = { ...stroke(12), x: 500 };
  flow.grow(other, 33);

  assert.equal(flow.shown(other), other);
  assert.ok(!flow.isRunning("s"));
});

test("who wants no motion gets the ink at once", () => {
  const flow = new Flow(() => true);
  flow.grow(stroke(2), 0);
  flow.grow(stroke(9), 33);

  assert.ok(!flow.isRunning("s"));
  assert.equal(tip(flow.shown(stroke(9))), 80);
});
