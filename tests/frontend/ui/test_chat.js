/** Words beside my cursor. */

import assert from "node:assert/strict";
import test from "node:test";
import {
  Chat,
  STAYS_MS,
  sayable,
  THINKS_MS,
} from "../../../frontend/src/ui/together/chat.js";

function world() {
  /** @type {Map<number, {call: () => void, ms: number}>} */
  const timers = new Map();
  let n_timers = 0;
  /** @type {string[]} */
  const told = [];
  const ends = { n: 0 };
  const clock = {
    setTimer: (/** @type {() => void} */ call, /** @type {number} */ ms) => {
      timers.set(++n_timers, { call, ms });
      return n_timers;
    },
    clearTimer: (/** @type {unknown} */ timer) => {
      timers.delete(Number(timer));
    },
  };
  const chat = new Chat(
    clock,
    (text) => told.push(text),
    () => {
      ends.n += 1;
    },
  );
  const waits = () => [...timers.values()].map(({ ms }) => ms);
  const ring = () => {
    for (const { call } of timers.values()) call();
  };
  return { chat, told, ends, waits, ring };
}

test("what is typed is told at once, and what was said last is gone after a while", () => {
  const { chat, told, ends, waits, ring } = world();

  chat.type("H");
  chat.type("Hi");
  chat.type("Hi");
  assert.deepEqual(told, ["H", "Hi"]);
  assert.deepEqual(waits(), [THINKS_MS]);

  chat.rest();
  assert.deepEqual(waits(), [STAYS_MS]);
  chat.type("Bye");
  chat.rest();
  ring();
  assert.deepEqual(told, ["H", "Hi", "Bye", ""]);
  assert.equal(ends.n, 1);
});

test("who says nothing ends it at once", () => {
  const { chat, told, ends } = world();

  chat.type("");
  chat.rest();

  assert.deepEqual(told, []);
  assert.equal(ends.n, 1);
});

test("what is told is one short line that the server takes", () => {
  assert.equal(sayable(" one\r\ntwo\u202ethree\u0007"), "one two three ");
  assert.equal(sayable(`\ud83d x`), "x");
  assert.equal(sayable("👩‍👩‍👧 ❤️"), "👩‍👩‍👧 ❤️");
  assert.equal([...sayable("😀".repeat(5_000_000))].length, 100);
  assert.doesNotMatch(sayable("😀".repeat(200)), /\p{Cs}/u);
});
