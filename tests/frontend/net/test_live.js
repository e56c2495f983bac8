/** What goes out while a gesture is going on. */

import assert from "node:assert/strict";
import test from "node:test";
import { Live } from "../../../frontend/src/net/live.js";
import { put, set } from "../model/journal.js";
import { FakeClock } from "./fakes.js";

/** @import { LiveFrame, Op, Pen } from "../../../frontend/src/protocol.js" */

/** @param {{ mayDraw?: boolean }} [options] */
function world({ mayDraw = true } = {}) {
  const clock = new FakeClock();
  /** @type {Set<string>} */
  const pending = new Set();
  const live = new Live({ clock, isPending: (id) => pending.has(id) });
  /** @type {LiveFrame[]} */
  const sent = [];
  const start = () => live.start({ paceMs: 33, mayDraw }, (frame) => sent.push(frame));
  start();
  return { clock, live, pending, sent, start };
}

/**
 * @param {string} id
 * @param {Partial<Pen>} [props]
 * @returns {Op}
 */
function pen(id, props = {}) {
  return {
    op: "put",
    element: { kind: "pen", id, x: 0, y: 0, points: [0, 0], ...props },
  };
}

test("what happens within a pace is one frame, with the last of each", async () => {
  const { clock, live, sent } = world();
  live.cursor(1, 1);
  await clock.pass(0);

  live.cursor(2, 2);
  live.cursor(3, 3);
  live.tool("pen");
  live.selection(["a"]);
  live.view(0, 0, 10, 20);
  await clock.pass(32);
  assert.equal(sent.length, 1);
  await clock.pass(1);

  assert.deepEqual(sent, [
    { type: "live", cursor: [1, 1] },
    {
      ...{ type: "live", cursor: [3, 3], tool: "pen" },
      ...{ selection: ["a"], view: [0, 0, 10, 20] },
    },
  ]);
});

test("a crowd's pace holds until there is another", async () => {
  const { clock, live, sent } = world();
  live.cursor(1, 1);
  await clock.pass(0);
  live.pace(100);

  live.cursor(2, 2);
  await clock.pass(99);
  assert.equal(sent.length, 1);
  await clock.pass(1);
  assert.equal(sent.length, 2);
  live.pace(33);
  live.cursor(3, 3);
  await clock.pass(33);

  assert.equal(sent.length, 3);
});

test("a stroke that grows tells where the cursor is", async () => {
  const { clock, live, sent } = world();
  live.cursor(0, 0);
  live.draft([pen("a")]);
  await clock.pass(0);

  live.extend("a", [3, 4]);
  live.cursor(3, 4);
  await clock.pass(33);

  assert.deepEqual(sent.at(-1), {
    ...{ type: "live", extend: { id: "a", offset: 1, points: [3, 4] } },
  });
});

test("nothing goes out when nothing changed", async () => {
  const { clock, live, sent } = world();
  live.cursor(null);
  live.draft(null);
  live.draft([]);
  live.extend("nothing", [1, 1]);

  await clock.pass(1_000);

  assert.deepEqual(sent, [{ type: "live", cursor: null }]);
});

test("a growing stroke goes out once, then as its new points", async () => {
  const { clock, live, sent } = world();
  live.draft([pen("p", { pressure: [0.5], time: [0] })]);
  await clock.pass(33);
  live.extend("p", [1, 1], [0.6], [8]);
  live.extend("p", [2, 2], [0.7], [16]);
  await clock.pass(33);
  live.extend("p", [3, 3], [0.8], [24]);
  await clock.pass(33);

  assert.deepEqual(sent.slice(1), [
    {
      type: "live",
      extend: {
        id: "p",
        offset: 1,
        points: [1, 1, 2, 2],
        pressure: [0.6, 0.7],
        time: [8, 16],
      },
    },
    {
      type: "live",
      extend: { id: "p", offset: 3, points: [3, 3], pressure: [0.8], time: [24] },
    },
  ]);
});

test("points that come before the stroke went out go out with it", async () => {
  const { clock, live, sent } = world();
  live.draft([pen("p")]);
  live.extend("p", [1, 1], [0.5]);

  await clock.pass(33);

  assert.deepEqual(sent, [
    { type: "live", draft: [pen("p", { points: [0, 0, 1, 1] })] },
  ]);
});

test("what a tool gave is never changed", async () => {
  const { clock, live } = world();
  const op = pen("p", { pressure: [0.5] });
  const before = JSON.stringify(op);
  live.draft([op]);

  live.extend("p", [1, 1], [0.5]);
  await clock.pass(33);

  assert.equal(JSON.stringify(op), before);
});

test("on a new link everything is told again in full", async () => {
  const { clock, live, sent, start } = world();
  live.cursor(1, 2);
  live.tool("pen");
  live.draft([pen("p")]);
  await clock.pass(33);
  live.extend("p", [1, 1]);
  await clock.pass(33);
  live.stop();
  live.extend("p", [2, 2]);
  await clock.pass(1_000);
  sent.length = 0;

  start();
  await clock.pass(33);

  assert.deepEqual(sent, [
    {
      ...{ type: "live", cursor: [1, 2], tool: "pen" },
      draft: [pen("p", { points: [0, 0, 1, 1, 2, 2] })],
    },
  ]);
});

test("without a link nothing is sent and no timer runs", async () => {
  const { clock, live, sent } = world();
  live.stop();

  live.cursor(1, 1);
  live.draft([pen("p")]);
  await clock.pass(1_000);

  assert.deepEqual(sent, []);
  assert.equal(clock.nTimers, 0);
});

test("A2 somebody who may only look tells where they are, and draws nothing", async () => {
  const { clock, live, sent } = world({ mayDraw: false });
  live.draft([pen("p")]);
  live.extend("p", [1, 1]);
  live.selection(["a"]);
  await clock.pass(33);
  live.cursor(1, 1);
  await clock.pass(33);

  assert.deepEqual(sent, [{ type: "live", cursor: [1, 1] }]);
});

test("C1 a finished draft stays with the others until its change is answered", async () => {
  const { clock, live, pending, sent } = world();
  live.draft([pen("p")]);
  await clock.pass(33);
  pending.add("p");
  live.draft(null);
  await clock.pass(33);
  assert.deepEqual(sent.at(-1)?.draft, [pen("p")], "still there");

  pending.delete("p");
  live.settle();
  await clock.pass(33);

  assert.equal(sent.at(-1)?.draft, null);
});

test("C1 the next stroke begins beside the one that waits for its answer", async () => {
  const { clock, live, pending, sent } = world();
  live.draft([pen("p")]);
  await clock.pass(33);
  pending.add("p");
  live.draft(null);
  live.draft([pen("q")]);
  await clock.pass(33);
  assert.deepEqual(sent.at(-1)?.draft, [pen("p"), pen("q")]);

  pending.delete("p");
  live.settle();
  live.extend("q", [1, 1]);
  await clock.pass(33);

  assert.deepEqual(sent.at(-1)?.draft, [pen("q", { points: [0, 0, 1, 1] })]);
});

test("a gesture that was given up is cleared at once", async () => {
  const { clock, live, sent } = world();
  live.draft([set("a", { x: 5 })]);
  await clock.pass(33);

  live.draft(null);
  await clock.pass(33);

  assert.equal(sent.at(-1)?.draft, null);
});

test("more ops than a draft may have are not held back for", async () => {
  const { clock, live, pending, sent } = world();
  const many = Array.from({ length: 200 }, (_, n) => put(`e${n}`));
  live.draft([pen("p")]);
  await clock.pass(33);
  pending.add("p");

  live.draft(many);
  await clock.pass(33);

  assert.equal(sent.at(-1)?.draft?.length, 200);
});

test("wherever somebody pans, what goes out is within the wire's bounds", async () => {
  const { clock, live, sent } = world();
  live.cursor(1e12, Number.NaN);
  live.view(-1e9, 0.123456, 1e300, 5);

  await clock.pass(33);

  assert.deepEqual(sent, [
    { type: "live", cursor: [1e7, 0], view: [-1e7, 0.12, 1e7, 5] },
  ]);
});

test("a laser goes out as what is new, to viewers' peers too, and is not told twice", async () => {
  const { clock, live, sent, start } = world({ mayDraw: false });
  live.laser({ trail: 1, points: [0, 0] });
  live.laser({ trail: 1, points: [1.005, 2] });
  await clock.pass(33);
  live.laser({ trail: 1, points: [3, 3] });
  live.laser({ trail: 2, points: [9, 9] });
  await clock.pass(33);
  start();
  await clock.pass(33);

  assert.deepEqual(sent, [
    { type: "live", laser: { trail: 1, points: [0, 0, 1, 2] } },
    { type: "live", laser: { trail: 2, points: [9, 9] } },
  ]);
});

test("a laser that nobody hears is not told later", async () => {
  const { clock, live, sent, start } = world();
  live.stop();
  live.laser({ trail: 1, points: [0, 0] });
  start();
  await clock.pass(100);

  assert.deepEqual(sent, []);
});
