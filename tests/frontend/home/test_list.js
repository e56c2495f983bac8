import assert from "node:assert/strict";
import { test } from "node:test";
import {
  cleanTitle,
  inPlace,
  listsOf,
  matching,
  sorted,
  titleOf,
  withBoard,
} from "../../../frontend/src/home/list.js";
import { createWords } from "../../../frontend/src/words/words.js";
import { board, ids } from "./boards.js";

const T = createWords("en");

const OLD = board({ id: "old", changed_at: "2026-03-01T00:00:00Z" });
const NEW = board({ id: "new", changed_at: "2026-03-02T00:00:00+00:00" });
const GONE = board({ id: "gone", deleted_at: "2026-03-03T00:00:00Z" });

test("boards are listed newest change first, apart from the trash", () => {
  const lists = listsOf([OLD, GONE, NEW]);

  assert.deepEqual(ids(lists.boards), ["new", "old"]);
  assert.deepEqual(ids(lists.trash), ["gone"]);
});

test("while somebody looks, boards stay where they were and new ones come first", () => {
  const lists = listsOf([OLD, NEW, GONE]);
  const drawn = { ...OLD, head: 9, changed_at: "2026-03-05T00:00:00Z" };
  const made = { ...OLD, id: "made", changed_at: "2026-03-04T00:00:00Z" };

  const now = inPlace(lists, [drawn, NEW, made]);

  assert.deepEqual(ids(now.boards), ["made", "new", "old"]);
  assert.equal(now.boards[2]?.head, 9);
  assert.deepEqual(ids(now.trash), []);
});

test("equal instants are ordered by id, however they came", () => {
  const a = { ...OLD, id: "a" };
  const b = { ...OLD, id: "b" };

  assert.deepEqual(ids(listsOf([b, a]).boards), ["a", "b"]);
  assert.deepEqual(ids(listsOf([a, b]).boards), ["a", "b"]);
});

test("a board that is deleted moves into the trash, newest first", () => {
  const lists = withBoard(listsOf([OLD, NEW, GONE]), {
    ...OLD,
    deleted_at: "2026-03-04T00:00:00Z",
  });

  assert.deepEqual(ids(lists.boards), ["new"]);
  assert.deepEqual(ids(lists.trash), ["old", "gone"]);
});

test("a restored board is back in its place", () => {
  const lists = withBoard(listsOf([OLD, NEW, GONE]), { ...GONE, deleted_at: null });

  assert.deepEqual(ids(lists.boards), ["new", "gone", "old"]);
  assert.deepEqual(lists.trash, []);
});

test("the old lists stay as they were", () => {
  const before = listsOf([OLD, NEW]);

  withBoard(before, { ...OLD, title: "Renamed" });

  assert.equal(before.boards[1], OLD);
});

test("a search finds every word in any order, without case or accents", () => {
  const boards = [
    board({ id: "1", title: "Zürich trip: Plan B" }),
    board({ id: "2", title: "Plan" }),
    board({ id: "3" }),
  ];

  assert.deepEqual(ids(matching(T, boards, "plan zurich")), ["1"]);
  assert.deepEqual(ids(matching(T, boards, " PLAN ")), ["1", "2"]);
  assert.deepEqual(ids(matching(T, boards, "untitled")), ["3"]);
  assert.deepEqual(ids(matching(T, boards, "  ")), ["1", "2", "3"]);
});

test("a title becomes one line that the server takes", () => {
  assert.equal(cleanTitle("  a\tb\n\u0000c\u2028d  "), "a b c d");
  assert.equal(cleanTitle("👩‍👩‍👧 family"), "👩‍👩‍👧 family");
  assert.equal(Array.from(cleanTitle("🙂".repeat(300))).length, 200);
});

test("a board without a title has a name", () => {
  assert.equal(titleOf(T, { title: "" }), "Untitled board");
});

test("boards are ordered by change, by age or by name", () => {
  const a = board({ id: "a", title: "Plan 10", created_at: "2026-01-03T00:00:00Z" });
  const b = board({ id: "b", title: "Plan 9", created_at: "2026-01-04T00:00:00Z" });
  const c = board({ id: "c", title: "éclair", created_at: "2026-01-02T00:00:00Z" });

  assert.deepEqual(ids(sorted(T, [a, b, c], "changed")), ["a", "b", "c"]);
  assert.deepEqual(ids(sorted(T, [a, b, c], "created")), ["b", "a", "c"]);
  assert.deepEqual(ids(sorted(T, [a, b, c], "title")), ["c", "b", "a"]);
});
