import assert from "node:assert/strict";
import { test } from "node:test";
import { failureWords } from "../../../frontend/src/home/words.js";
import { createWords } from "../../../frontend/src/words/words.js";

const T = createWords("en");
const WHAT = "Could not make a board.";

test("a failure says what to do", () => {
  const words = failureWords(T, WHAT, { code: "offline" });

  assert.equal(
    words,
    "Could not make a board. The server cannot be reached. Check your connection, " +
      "then try again.",
  );
});

test("a limit says when to try again", () => {
  /** @param {number} waitMs */
  const words = (waitMs) => failureWords(T, WHAT, { code: "too_fast", waitMs });

  assert.match(words(900), /Try again in a moment\.$/);
  assert.match(words(30_000), /Try again in 30 seconds\.$/);
  assert.match(words(400_000), /Try again in 7 minutes\.$/);
});

test("what only the server knows is said in its words", () => {
  const words = failureWords(T, WHAT, {
    code: "too_large",
    detail: "It is too large.",
  });

  assert.equal(words, "Could not make a board. It is too large.");
});

test("a code from a newer server has a way on, too", () => {
  assert.match(failureWords(T, WHAT, { code: "novel" }), /Load the page again/);
});
