import assert from "node:assert/strict";
import { test } from "node:test";
import { ago, inFull, kept } from "../../../frontend/src/home/when.js";
import { createWords } from "../../../frontend/src/words/words.js";

const T = createWords("en");

const NOW = "2026-03-15T12:00:00Z"; // a Sunday
const PARIS = "Europe/Paris";

for (const [then, words] of [
  ["2026-03-15T12:00:30Z", "just now"], // the server's clock is a little ahead
  ["2026-03-15T11:59:01Z", "just now"],
  ["2026-03-15T11:59:00Z", "1 minute ago"],
  ["2026-03-15T11:00:01Z", "59 minutes ago"],
  ["2026-03-15T11:00:00Z", "1 hour ago"],
  ["2026-03-15T00:00:00Z", "12 hours ago"],
  ["2026-03-14T23:59:00Z", "yesterday"],
  ["2026-03-13T23:59:00Z", "2 days ago"],
  ["2026-03-09T00:00:00Z", "6 days ago"],
  ["2026-03-08T23:59:00Z", "8 March"],
  ["2025-12-31T23:59:00Z", "31 December 2025"],
]) {
  test(`${then} is ${words}`, () => {
    assert.equal(ago(T, then ?? "", Date.parse(NOW), "UTC"), words);
  });
}

test("days are counted in the reader's time zone", () => {
  const justBeforeMidnightInParis = "2026-03-14T22:59:00Z";
  const atNine = Date.parse("2026-03-15T09:00:00Z");

  const words = ago(T, justBeforeMidnightInParis, atNine, PARIS);

  assert.equal(words, "yesterday");
  assert.equal(ago(T, "2026-03-14T23:01:00Z", atNine, PARIS), "9 hours ago");
});

test("less than an hour is minutes even across midnight", () => {
  const now = Date.parse("2026-03-15T00:10:00Z");

  assert.equal(ago(T, "2026-03-14T23:50:00Z", now, "UTC"), "20 minutes ago");
});

test("in full names day and time", () => {
  assert.equal(inFull(T, "2026-03-15T12:05:00Z", "UTC"), "15 March 2026 at 12:05");
});

test("the trash counts its 30 days down", () => {
  const now = Date.parse(NOW);

  assert.equal(kept(T, NOW, now), "kept for 30 more days");
  assert.equal(kept(T, NOW, now - 1000), "kept for 30 more days"); // their clock is ahead
  assert.equal(kept(T, "2026-02-13T13:00:00Z", now), "kept for one more day");
  assert.equal(kept(T, "2026-02-13T11:00:00Z", now), "goes any moment");
});
