import assert from "node:assert/strict";
import { test } from "node:test";
import {
  compileLanguage,
  languages,
  readMessages,
} from "../../../frontend/messages.mjs";
import { faultsOf, placeholders } from "../../../frontend/messages_check.mjs";
import { LANGUAGE_NAMES } from "../../../frontend/src/words/languages.js";

/** What a button shows, and what it is called where several show the same. */
const NAMED = /** @type {const} */ ([
  ["moderation", "let_in", "let_in_named"],
  ["people", "stop", "stop_named"],
  ["home", "restore", "restore_one"],
]);

for (const language of languages()) {
  test(`${language}: who speaks to the page can say what a button shows`, () => {
    const texts = readMessages(language);
    for (const [panel, shown, named] of NAMED) {
      const words = texts[panel]?.[shown]?.toLowerCase() ?? "nothing";
      const name = texts[panel]?.[named]?.toLowerCase() ?? "";
      assert.ok(name.includes(words), `${panel}: ${name} has no ${words}`);
    }
  });

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
