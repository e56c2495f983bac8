import assert from "node:assert/strict";
import { test } from "node:test";
import {
  closedWords,
  farewellWords,
  initials,
  noticeWords,
  statusWords,
} from "../../../frontend/src/ui/words.js";

import { createWords } from "../../../frontend/src/words/words.js";

/** @import { State } from "../../../frontend/src/ui/app.js" */

const t = createWords("en");
/** @type {State} */
const calm = {
  status: "live",
  role: "edit",
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

test("closed: an old page reloads, a refused or deleted board goes home", () => {
  assert.equal(closedWords(t, { code: 4001, detail: "" }).action, "reload");
  assert.equal(closedWords(t, { code: 4003, detail: "" }).action, "home");
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

test("a notice that the board is frozen says why, whatever the role", () => {
  const notice = { code: "frozen", detail: "It is frozen. Exam.", role: "view" };

  assert.equal(noticeWords(t, notice), "Its owner has frozen this board.");
  assert.equal(
    noticeWords(t, { ...notice, why: "Exam at nine." }),
    "Its owner has frozen this board. \u2068Exam at nine.\u2069",
  );
});

for (const [code, said] of /** @type {[string, RegExp][]} */ ([
  ["forbidden", /^Its owner closed it/],
  ["kicked", /has sent you away\.$/],
  ["banned", /has sent you away\.$/],
])) {
  test(`who is ${code} reads it in the page's language`, () => {
    const farewell = farewellWords(t, { code, detail: "Begone." });

    assert.match(farewell, said);
    assert.equal(closedWords(t, { code: 4003, detail: "" }, farewell).text, farewell);
  });
}

for (const [role, text] of /** @type {[string | null, string][]} */ ([
  ["view", "You may look, but not draw."],
  ["edit", "You may draw on this board now."],
  [null, "The server is busy."],
])) {
  test(`a notice with the role ${role} says ${text}`, () => {
    const notice = { code: "x", detail: "The server is busy.", role };

    assert.equal(noticeWords(t, notice), text);
  });
}
