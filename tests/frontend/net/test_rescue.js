/** What is still being written when a page is left. */

import assert from "node:assert/strict";
import test from "node:test";
import { createRescue } from "../../../frontend/src/net/rescue.js";

/** @returns {Pick<Storage, "getItem" | "setItem">} */
function tabStorage() {
  /** @type {Map<string, string>} */
  const rows = new Map();
  return {
    getItem: (key) => rows.get(key) ?? null,
    setItem: (key, value) => void rows.set(key, value),
  };
}

const change = { id: "c1", ops: [] };
/** @type {import("../../../frontend/src/model/history.js").Step} */
const step = { id: "s1", place: 1, stack: "undo", parts: [] };

test("changes come back at every opening, steps at the first", () => {
  const storage = tabStorage();
  createRescue(storage, "board").rescue({ changes: [change], steps: [step] });

  const { rescued } = createRescue(storage, "board");

  assert.deepEqual(rescued(), { changes: [change], steps: [step] });
  assert.deepEqual(rescued(), { changes: [change], steps: [] });
});

test("what the outbox has is forgotten, but not what was left since", () => {
  // A change of before was taken for what was typed after it, which a crash then lost.
  const storage = tabStorage();
  createRescue(storage, "board").rescue({ changes: [change], steps: [step] });
  const page = createRescue(storage, "board");
  page.rescued();

  page.forget();
  assert.deepEqual(page.rescued(), { changes: [], steps: [] });

  const later = { id: "c2", ops: [] };
  page.rescue({ changes: [later], steps: [] });
  page.forget();
  assert.deepEqual(page.rescued().changes, [later]);
});

test("boards do not mix, and a tab without storage has nothing", () => {
  const storage = tabStorage();
  createRescue(storage, "one").rescue({ changes: [change], steps: [] });

  assert.deepEqual(createRescue(storage, "other").rescued(), {
    changes: [],
    steps: [],
  });
  assert.deepEqual(createRescue(null, "one").rescued(), { changes: [], steps: [] });
});
