import assert from "node:assert/strict";
import { test } from "node:test";
import toolbar from "../../../frontend/messages/en/toolbar.json" with { type: "json" };
import { loadWords, pickLanguage } from "../../../frontend/src/words/languages.js";
import { createWords } from "../../../frontend/src/words/words.js";

test("a text is said in English, and in a language that has it", async () => {
  assert.equal(createWords("en")(toolbar.more_shapes), "More shapes");
  assert.equal((await loadWords("de"))(toolbar.more_shapes), "Weitere Formen");
});

test("what a language lacks is said in English", () => {
  assert.equal(createWords("de", {})(toolbar.more_shapes), "More shapes");
});

test("what is no message stays as it is", () => {
  assert.equal(createWords("de")("The server said so."), "The server said so.");
});

test("the chosen language comes before those of the browser", () => {
  assert.equal(pickLanguage("fr", ["de-AT", "en"]), "fr");
  assert.equal(pickLanguage("", ["de-AT", "en"]), "de");
  assert.equal(pickLanguage("", ["eo", "zh-Hant"]), "zh");
  assert.equal(pickLanguage("klingon", ["eo"]), "en");
});
