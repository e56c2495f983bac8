import assert from "node:assert/strict";
import { test } from "node:test";
import { wordsOfUndone } from "../../../frontend/src/ui/together/moderating.js";
import { createWords } from "../../../frontend/src/words/words.js";

const t = createWords("en");
const DONE = "2 changes by Vera were undone.";

test("an undoing that had all back says how much", () => {
  const undone = { n_entries: 2, n_ops: 3, n_skipped: 0 };

  assert.equal(wordsOfUndone(t, undone, "Vera"), DONE);
});

test("an undoing says what could not be had back", () => {
  const undone = { n_entries: 2, n_ops: 3, n_skipped: 1 };

  const but = "1 element could not be restored as it was.";
  assert.equal(wordsOfUndone(t, undone, "Vera"), `${DONE} ${but}`);
});

test("an undoing that could have nothing back does not say that it did", () => {
  const undone = { n_entries: 2, n_ops: 0, n_skipped: 2 };

  const none = "2 elements could not be restored as they were.";
  assert.equal(wordsOfUndone(t, undone, "Vera"), none);
});
