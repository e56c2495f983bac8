import assert from "node:assert/strict";
import { test } from "node:test";
import { farewellWords, noticeWords } from "../../../frontend/src/ui/notice_words.js";
import { closedWords } from "../../../frontend/src/ui/words.js";
import { createWords } from "../../../frontend/src/words/words.js";

const t = createWords("en");

test("a notice that the board is frozen says why", () => {
  const notice = { code: "frozen", detail: "It is frozen. Exam.", role: "view" };

  assert.equal(noticeWords(t, notice), "Its owner has frozen this board.");
  assert.equal(
    noticeWords(t, { ...notice, why: "Exam at nine." }),
    "Its owner has frozen this board. \u2068Exam at nine.\u2069",
  );
});

test("an owner is told that nobody else may change a frozen board, and the way out", () => {
  const notice = { code: "frozen", detail: "It is frozen.", role: "own", why: "Exam." };

  const said = noticeWords(t, notice);

  assert.match(said, /only you can change it\. Unfreeze it under “Share”\./);
  assert.match(said, /\u2068Exam\.\u2069$/);
});

test("who is banned for a time reads until when", () => {
  const now = new Date(2026, 4, 3, 9, 15).getTime();
  const banned = { code: "banned", detail: "", wait_ms: 3_600_000 };

  assert.match(
    farewellWords(t, banned, now),
    /until \u20685\/3\/26, 10:15\sAM\u2069\.$/,
  );
  assert.doesNotMatch(farewellWords(t, { ...banned, wait_ms: null }), /until/);
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
