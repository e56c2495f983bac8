import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { languages, readMessages } from "../../../frontend/messages.mjs";
import { colorName, PERSON_COLORS } from "../../../frontend/src/ui/person_colors.js";
import { createWords } from "../../../frontend/src/words/words.js";

const SERVER = new URL("../../../boards/sync/colors.py", import.meta.url);

test("the colours offered are those that the server gives", () => {
  const given = readFileSync(SERVER, "utf8").match(/#[0-9a-f]{6}/g);

  assert.deepEqual(PERSON_COLORS, given);
});

test("a colour is called by a word, one that is not offered by its code", () => {
  const t = createWords("en");

  assert.equal(colorName(t, "#1971c2"), "Blue");
  assert.equal(colorName(t, "#123456"), "#123456");
});

for (const language of languages()) {
  test(`${language} has a word of its own for every colour of a person`, () => {
    const words = readMessages(language).dialogs?.colours?.split("|") ?? [];

    assert.equal(words.length, PERSON_COLORS.length);
    assert.equal(new Set(words).size, PERSON_COLORS.length);
  });
}
