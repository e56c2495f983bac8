/** Changes that outlive their page. */

import assert from "node:assert/strict";
import test from "node:test";
import { Journal, put, set } from "../model/journal.js";
import { settled } from "./fakes.js";
import { Browser } from "./page.js";

test("C2 strokes drawn offline survive a reload and arrive once, in order", async () => {
  const journal = new Journal();
  const browser = new Browser();
  const before = await browser.open();
  await before.firstSnapshotFails();
  await before.socket().closes();
  const ids = Array.from({ length: 20 }, (_, n) =>
    String(before.replica.submit([put(`e${n}`)])?.id),
  );
  await settled();
  await before.vanish();

  const after = await browser.open({ storage: before.storage });
  assert.equal(after.client, before.client);
  assert.equal(after.replica.list().length, 20, "shown before any network");
  assert.equal(after.connection.state.unsaved, 20);
  const socket = await after.starts();
  for (const { id, ops } of socket.ofType("submit")) {
    const entry = journal.commit(after.client, { id, ops });
    await socket.says({ type: "entries", entries: [entry] });
  }

  assert.deepEqual(
    journal.entries.map(({ id }) => id),
    ids,
  );
  assert.deepEqual(after.replica.document(), journal.snapshot());
  await after.vanish();
  const third = await browser.open({ storage: before.storage });
  assert.equal(third.replica.pendingCount, 0);
});

test("a change is written before it is sent", async () => {
  const browser = new Browser();
  const page = await browser.open();
  const socket = await page.starts();

  const change = page.replica.submit([put("a")]);
  assert.deepEqual(socket.ofType("submit"), [], "not yet written");
  await settled();

  assert.deepEqual(page.submitted(), [change?.id]);
});

test("C4 undo and redo survive a reload", async () => {
  const journal = new Journal();
  const browser = new Browser();
  const before = await browser.open();
  const socket = await before.starts();
  for (const ops of [[put("a")], [set("a", { x: 5 })]]) {
    const change = before.replica.submit(ops);
    await settled();
    const entry = journal.commit(before.client, change);
    await socket.says({ type: "entries", entries: [entry] });
  }
  await before.vanish();

  const after = await browser.open({ storage: before.storage });
  await after.firstSnapshotIs(journal.snapshot());

  assert.equal(after.replica.canUndo, true);
  assert.deepEqual(after.replica.undo()?.ops, [set("a", { x: 0 })]);
});

for (const [when, ms, isLeft] of /** @type {const} */ ([
  ["within an hour", 3_600_000, true],
  ["after two days", 2 * 86_400_000, false],
])) {
  test(`a tab back from another page, which a second tab was instead of, ${when}`, async () => {
    const journal = new Journal();
    const browser = new Browser();
    const before = await browser.open();
    const socket = await before.starts();
    const change = before.replica.submit([put("a")]);
    await settled();
    const entry = journal.commit(before.client, change);
    await socket.says({ type: "entries", entries: [entry] });
    await before.vanish(); // to the list of boards, say

    await browser.clock.pass(ms);
    const second = await browser.open();
    await second.firstSnapshotIs(journal.snapshot());
    await second.starts();
    await second.vanish();
    const after = await browser.open({ storage: before.storage });
    await after.firstSnapshotIs(journal.snapshot());

    assert.equal(after.replica.canUndo, isLeft);
  });
}

for (const [who, isSame] of Object.entries({ "the same tab": true, another: false })) {
  test(`what was in the hand gives way to what it became: ${who}`, async () => {
    const browser = new Browser();
    const before = await browser.open();
    await before.outbox.add({ id: "half", ops: [put("words")] }, true);
    await before.outbox.add({ id: "lost", ops: [put("ink")] }, true);
    await before.outbox.add(
      { id: "typed", ops: [set("note", { text: "Half" })] },
      true,
    );
    await before.outbox.add({ id: "moved", ops: [set("note", { x: 5 })] });
    await before.outbox.add({ id: "whole", ops: [put("words")] });
    await before.vanish();

    const after = await browser.open(isSame ? { storage: before.storage } : {});
    await after.starts();
    await settled();

    const ids = ["half", "lost", "typed", "moved", "whole"];
    const kept = ids.filter((id) => after.outbox.isStored(id));
    assert.deepEqual(kept, ["lost", "typed", "moved", "whole"]);
    assert.deepEqual(
      after.submitted(),
      ["lost", "typed"],
      "the third waits for the second",
    );
  });
}

test("what a closed tab has left is adopted by the next tab, exactly once", async () => {
  const browser = new Browser();
  const closed = await browser.open();
  await closed.firstSnapshotFails();
  const ids = ["a", "b"].map((id) => closed.replica.submit([put(id)])?.id);
  await settled();
  await closed.vanish();

  const [next, other] = [await browser.open(), await browser.open()];
  await Promise.all([next.starts(), other.starts()]);
  await settled();

  const adopted = [...next.submitted(), ...other.submitted()];
  assert.deepEqual(adopted.sort(), ids.sort());
  assert.ok(next.submitted().length === 0 || other.submitted().length === 0);
});

test("adopted changes are mine: they survive my reload and go when answered", async () => {
  const journal = new Journal();
  const browser = new Browser();
  const closed = await browser.open();
  await closed.firstSnapshotFails();
  const change = closed.replica.submit([put("a")]);
  await settled();
  await closed.vanish();
  const next = await browser.open();
  await next.starts();
  await next.vanish();

  const again = await browser.open({ storage: next.storage });
  const socket = await again.starts();
  assert.deepEqual(again.submitted(), [change?.id]);
  const entry = journal.commit(again.client, change);
  await socket.says({ type: "entries", entries: [entry] });
  await again.vanish();

  const last = await browser.open();
  await last.starts();
  assert.deepEqual(last.submitted(), []);
});

test("a tab that is open keeps its changes", async () => {
  const browser = new Browser();
  const open = await browser.open();
  await open.firstSnapshotFails();
  open.replica.submit([put("a")]);
  await settled();

  const other = await browser.open();
  await other.starts();

  assert.equal(other.replica.pendingCount, 0);
});

test("another board's changes stay with that board", async () => {
  const browser = new Browser();
  const closed = await browser.open({ board: "b1" });
  await closed.firstSnapshotFails();
  closed.replica.submit([put("a")]);
  await settled();
  await closed.vanish();

  const other = await browser.open({ board: "b2" });
  await other.starts();

  assert.equal(other.replica.pendingCount, 0);
});

test("where nothing can be kept, changes are sent all the same and it says so", async () => {
  const browser = new Browser();
  Reflect.set(globalThis, "indexedDB", {
    open() {
      throw new DOMException("forbidden", "SecurityError");
    },
  });
  const page = await browser.open();
  await page.starts();

  const change = page.replica.submit([put("a")]);
  await settled();

  assert.equal(page.connection.state.isKept, false);
  assert.deepEqual(page.submitted(), [change?.id]);
});

test("a storage that fails later is left, what waits for it is sent", async () => {
  const browser = new Browser();
  const page = await browser.open();
  await page.starts();
  const { put: original } = IDBObjectStore.prototype;
  IDBObjectStore.prototype.put = () => {
    throw new DOMException("the disk is full", "QuotaExceededError");
  };

  const change = page.replica.submit([put("a")]);
  await settled();
  IDBObjectStore.prototype.put = original;

  assert.equal(page.connection.state.isKept, false);
  assert.deepEqual(page.submitted(), [change?.id]);
});
