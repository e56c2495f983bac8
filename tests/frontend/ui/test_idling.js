/** Whether I am here. */

import assert from "node:assert/strict";
import test from "node:test";
import { IDLE_MS, Idling } from "../../../frontend/src/ui/together/idling.js";

function world() {
  let now = 0;
  /** @type {{call: () => void, at: number}[]} */
  const timers = [];
  /** @type {string[]} */
  const told = [];
  const clock = {
    now: () => now,
    setTimer: (/** @type {() => void} */ call, /** @type {number} */ ms) =>
      timers.push({ call, at: now + ms }),
  };
  const idling = new Idling(clock, (idle) => told.push(idle));
  /** @param {number} ms */
  const pass = (ms) => {
    const end = now + ms;
    for (;;) {
      const next = timers.findIndex(({ at }) => at <= end);
      if (next < 0) break;
      const [timer] = timers.splice(next, 1);
      now = timer?.at ?? now;
      timer?.call();
    }
    now = end;
  };
  return { idling, told, timers, pass };
}

test("who does nothing for a while is idle, until the next move", () => {
  const { idling, told, timers, pass } = world();

  pass(IDLE_MS - 1);
  for (let i = 0; i < 100; i++) idling.act();
  assert.ok(timers.length <= 1, "moves set no timers");
  pass(IDLE_MS - 1);
  assert.deepEqual(told, []);
  pass(2);
  assert.deepEqual(told, ["idle"]);

  idling.act();
  idling.act();
  assert.deepEqual(told, ["idle", ""]);
  pass(IDLE_MS);
  assert.deepEqual(told, ["idle", "", "idle"]);
});

test("who hides the page is away, whatever time passes", () => {
  const { idling, told, pass } = world();

  idling.hide(true);
  pass(3 * IDLE_MS);
  assert.deepEqual(told, ["away"]);

  idling.hide(false);
  assert.deepEqual(told, ["away", ""]);
  pass(IDLE_MS);
  assert.deepEqual(told, ["away", "", "idle"]);
});
