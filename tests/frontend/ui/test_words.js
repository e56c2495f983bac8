import assert from "node:assert/strict";
import { test } from "node:test";
import { closedWords, initials, statusWords } from "../../../frontend/src/ui/words.js";
import { createWords } from "../../../frontend/src/words/words.js";

/** @import { State } from "../../../frontend/src/ui/app.js" */

const t = createWords("en");
/** @type {State} */
const calm = {
  status: "live",
  role: "edit",
  frozen: null,
  unsaved: 0,
  isKept: true,
  closedReason: null,
};

for (const [change, text] of /** @type {[Partial<State>, string][]} */ ([
  [{}, "Saved"],
  [{ unsaved: 3 }, "Saving 3"],
  [{ status: "connecting" }, "Connecting"],
  [{ status: "connecting", unsaved: 2 }, "Offline 2"],
  [{ status: "offline" }, "Offline"],
  [{ status: "offline", unsaved: 12 }, "Offline 12"],
  [{ role: "view" }, "View only"],
  [{ role: "view", frozen: "" }, "Frozen"],
  [{ role: "own", frozen: "" }, "Frozen"],
  [{ role: "own", frozen: "", unsaved: 1 }, "Saving 1"],
  [{ status: "closed" }, "Closed"],
])) {
  test(`status: ${JSON.stringify(change)} says ${text}`, () => {
    assert.equal(statusWords(t, { ...calm, ...change }).text, text);
  });
}

test("status: says when unsent changes would not survive a reload", () => {
  const { more } = statusWords(t, { ...calm, unsaved: 1, isKept: false });

  assert.match(more, /1 change on the way/);
  assert.match(more, /lost if you closed/);
});

test("status: a frozen board says why", () => {
  const frozen = { ...calm, role: "view", frozen: "Exam at nine." };

  assert.equal(statusWords(t, frozen).more, "Exam at nine.");
  assert.match(statusWords(t, { ...frozen, frozen: "" }).more, /may look/);
});

test("closed: an old page reloads, a deleted board goes home, a refused one either", () => {
  assert.equal(closedWords(t, { code: 4001, detail: "" }).action, "reload");
  assert.equal(closedWords(t, { code: 4003, detail: "" }).action, "either");
  assert.equal(closedWords(t, { code: 4004, detail: "" }).action, "home");
  assert.match(closedWords(t, { code: 4000, detail: "Bad frame." }).text, /Bad frame/);
  assert.ok(closedWords(t, null).title);
});

test("initials: first and last word, whole characters, never empty", () => {
  assert.equal(initials("Ada King Lovelace"), "AL");
  assert.equal(initials("élise"), "É");
  assert.equal(initials("👩‍🚀"), "👩");
  assert.equal(initials("  "), "·");
});
