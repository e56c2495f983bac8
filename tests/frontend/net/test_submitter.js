/** Order and pace of what is sent. */

import assert from "node:assert/strict";
import test from "node:test";
import { Submitter } from "../../../frontend/src/net/submitter.js";
import { newReplica, put, set } from "../model/journal.js";
import { seededRandom } from "../model/random.js";
import { FakeClock } from "./fakes.js";
import { LIMITS } from "./page.js";

/** @param {{ submitsPerS?: number }} [options] */
function world({ submitsPerS = 0 } = {}) {
  const clock = new FakeClock();
  const replica = newReplica("ann");
  /** @type {Set<string>} */
  const unwritten = new Set();
  const submitter = new Submitter({
    replica,
    isStored: (id) => !unwritten.has(id),
    clock,
    random: seededRandom(7),
  });
  /** @type {string[]} */
  const sent = [];
  const start = () =>
    submitter.start({ ...LIMITS, submits_per_s: submitsPerS }, ({ id }) =>
      sent.push(id),
    );
  return { clock, replica, submitter, sent, start, unwritten };
}

/**
 * @param {string} id
 * @returns {import("../../../frontend/src/protocol.js").RejectFrame}
 */
const later = (id) => {
  return { type: "reject", id, code: "busy", detail: "", retry: true };
};

test("C2 all that is pending goes out in order, also what was on the way", () => {
  const { replica, sent, start } = world();
  for (const id of ["a", "b", "c"]) replica.submit([put(id)]);

  start();
  start();

  assert.deepEqual(sent, ["ann-1", "ann-2", "ann-3", "ann-1", "ann-2", "ann-3"]);
});

test("a change waits for the answer of one that touches the same element", () => {
  const { replica, sent, start, submitter } = world();
  replica.submit([put("a")]);
  replica.submit([set("a", { x: 1 })]);
  replica.submit([put("b")]);

  start();
  assert.deepEqual(sent, ["ann-1"]);
  replica.reject("ann-1");
  submitter.answered("ann-1");

  assert.deepEqual(sent, ["ann-1", "ann-2", "ann-3"]);
});

test("nothing overtakes a change that is not written yet", () => {
  const { replica, sent, start, submitter, unwritten } = world();
  unwritten.add("ann-1");
  replica.submit([put("a")]);
  replica.submit([put("b")]);

  start();
  assert.deepEqual(sent, []);
  unwritten.clear();
  submitter.pump();

  assert.deepEqual(sent, ["ann-1", "ann-2"]);
});

test("it keeps below the budget by itself", async () => {
  const { clock, replica, sent, start } = world({ submitsPerS: 10 });
  for (let n = 0; n < 40; n++) replica.submit([put(`e${n}`)]);

  start();
  assert.equal(sent.length, 20, "two seconds' worth at once");
  await clock.pass(1_000);

  assert.ok(sent.length >= 29 && sent.length <= 30, `${sent.length}`);
});

test("only so many are on the way at once", () => {
  const { replica, sent, start } = world();
  for (let n = 0; n < 100; n++) replica.submit([put(`e${n}`)]);

  start();

  assert.equal(sent.length, 64);
});

test("a postponed change goes first when it may go again", async () => {
  const { clock, replica, sent, start, submitter } = world();
  replica.submit([put("a")]);
  replica.submit([put("b")]);
  start();

  submitter.postpone({ ...later("ann-1"), wait_ms: 200 });
  replica.submit([put("c")]);
  submitter.pump();
  await clock.pass(200);

  assert.deepEqual(sent, ["ann-1", "ann-2", "ann-1", "ann-3"]);
});

test("a server that says later again and again is asked less and less", async () => {
  const { clock, replica, sent, start, submitter } = world();
  replica.submit([put("a")]);
  start();

  for (let n = 0; n < 8; n++) {
    submitter.postpone(later("ann-1"));
    await clock.pass(10_000);
  }
  assert.equal(sent.length, 9);
  submitter.postpone(later("ann-1"));
  await clock.pass(10);

  assert.equal(sent.length, 9, "not at once");
});

test("without a link nothing is sent and no timer runs", async () => {
  const { clock, replica, sent, start, submitter } = world({ submitsPerS: 1 });
  for (let n = 0; n < 5; n++) replica.submit([put(`e${n}`)]);
  start();

  submitter.stop();
  await clock.pass(60_000);

  assert.equal(sent.length, 2);
  assert.equal(clock.nTimers, 0);
});
