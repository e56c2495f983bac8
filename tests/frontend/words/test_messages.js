import assert from "node:assert/strict";
import { test } from "node:test";
import {
  compileLanguage,
  languages,
  readMessages,
} from "../../../frontend/messages.mjs";
import { faultsOf, placeholders } from "../../../frontend/messages_check.mjs";
import { LANGUAGE_NAMES } from "../../../frontend/src/words/languages.js";

for (const language of languages()) {
  test(`${language} says what English says, with the same placeholders`, () => {
    assert.deepEqual(faultsOf(language), []);
  });

  test(`${language} compiles, and has a name`, () => {
    assert.match(compileLanguage(language), /export default/);
    assert.ok(language in LANGUAGE_NAMES);
  });
}

test("missing, extra and differing texts are found", () => {
  const english = { panel: { a: "A {name}", b: "B", d: "D {n, plural, other {#}}" } };
  const texts = { panel: { a: "A {nom}", c: "C", d: "D {n}" } };

  assert.deepEqual(faultsOf("de", english, texts), [
    { panel: "panel", name: "a", fault: "placeholders" },
    { panel: "panel", name: "b", fault: "missing" },
    { panel: "panel", name: "c", fault: "extra" },
  ]);
});

test("placeholders are found in every case, the cases of a select among them", () => {
  const text =
    "{n, plural, one {{name}} other {# of {name}}} {r, select, a {} other {}}";

  assert.deepEqual(placeholders(text), ["n", "name", "r: a,other"]);
});

test("Arabic has one word for a board", () => {
  const texts = Object.values(readMessages("ar")).flatMap(Object.values);

  // The other word, which some panels used: without the ending, or its plural.
  const others = texts.filter((text) => /لوح(?![ةات])|ألواح/u.test(text));

  assert.deepEqual(others, []);
});
