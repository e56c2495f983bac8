import assert from "node:assert/strict";
import { test } from "node:test";
import { guestName } from "../../../frontend/src/words/guest.js";
import { createWords } from "../../../frontend/src/words/words.js";

test("every chance names an animal", () => {
  const t = createWords("en");

  const names = [0, 0.1, 0.999].map((chance) => guestName(t, chance));

  assert.deepEqual(names, ["Otter", "Wren", "Raven"]);
});
