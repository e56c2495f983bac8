/** Confirmed, pending and what is shown. Undo has its own file. */

import assert from "node:assert/strict";
import test from "node:test";
import { MAX_OPS } from "../../../frontend/src/protocol.js";
import { del, Journal, newReplica, put, rect, set } from "./journal.js";

test("C1 a change is shown before anybody answered", () => {
  const replica = newReplica("ann");

  replica.submit([put("a", { x: 1 }), set("a", { fill: "#ff0000" })]);

  assert.deepEqual(replica.get("a"), rect("a", { x: 1, fill: "#ff0000" }));
  assert.equal(replica.pendingCount, 1);
  assert.equal(replica.seq, 0);
});

test("C5 a change is shown when submit returns and told to nobody but listeners", () => {
  const replica = newReplica("ann");
  /** @type {(string[] | null)[]} */
  const told = [];
  replica.subscribe(({ ids }) => told.push(ids && [...ids]));

  replica.submit([put("a")]);

  assert.deepEqual(told, [["a"]]);
});

test("C1 somebody else's entry goes below what is pending", () => {
  const journal = new Journal();
  const replica = newReplica("ann");
  replica.receive(journal.commit("ben", { id: "b-1", ops: [put("a")] }));
  replica.submit([set("a", { x: 5 })]);

  replica.receive(
    journal.commit("ben", { id: "b-2", ops: [set("a", { x: 9, y: 9 })] }),
  );

  assert.deepEqual(replica.get("a"), rect("a", { x: 5, y: 9 }));
});

test("C1 a pending set waits invisibly while its element is deleted", () => {
  const journal = new Journal();
  const replica = newReplica("ann");
  replica.receive(journal.commit("ben", { id: "b-1", ops: [put("a")] }));
  const change = replica.submit([set("a", { x: 5 })]);

  replica.receive(journal.commit("ben", { id: "b-2", ops: [del("a")] }));
  assert.equal(replica.get("a"), undefined);
  replica.receive(journal.commit("ben", { id: "b-3", ops: [put("a", { y: 2 })] }));

  assert.deepEqual(replica.get("a"), rect("a", { x: 5, y: 2 }));
  replica.receive(journal.commit("ann", change));
  assert.deepEqual(replica.document(), journal.snapshot());
});

test("C1 the echo acknowledges, changes nothing and is not announced", () => {
  const journal = new Journal();
  const replica = newReplica("ann");
  const change = replica.submit([put("a", { z: "a0" })]);
  const before = replica.get("a");
  let told = 0;
  replica.subscribe(() => told++);

  const received = replica.receive(journal.commit("ann", change));

  assert.equal(received, "applied");
  assert.equal(replica.pendingCount, 0);
  assert.equal(replica.get("a"), before, "the very same object");
  assert.equal(told, 0);
});

test("C1 an echo in which the server left out a default is taken over", () => {
  const journal = new Journal();
  const replica = newReplica("ann");
  const change = replica.submit([put("a", { opacity: 1 })]);

  replica.receive(journal.commit("ann", { id: String(change?.id), ops: [put("a")] }));

  assert.deepEqual(replica.document(), journal.snapshot());
});

test("R1 an entry that was applied before has no effect", () => {
  const journal = new Journal();
  const replica = newReplica("ann");
  const first = journal.commit("ben", { id: "b-1", ops: [put("a")] });
  const second = journal.commit("ben", { id: "b-2", ops: [set("a", { x: 3 })] });
  replica.receiveAll([first, second]);

  const received = replica.receive(first);

  assert.equal(received, "held");
  assert.deepEqual(replica.document(), journal.snapshot());
});

test("C2 a repeated entry acknowledges my change and is not applied again", () => {
  const journal = new Journal();
  const replica = newReplica("ann");
  const change = replica.submit([set("a", { x: 1 })]);
  const entry = journal.commit("ben", { id: "b-0", ops: [put("a")] });
  const mine = journal.commit("ann", change);
  journal.commit("ben", { id: "b-1", ops: [set("a", { x: 2 })] });
  replica.load(journal.snapshot());
  assert.equal(replica.get("a")?.x, 1, "still pending on top");

  const received = replica.receive(mine);

  assert.equal(received, "held");
  assert.equal(replica.pendingCount, 0);
  assert.equal(replica.get("a")?.x, 2);
  assert.equal(entry.seq, 1);
});

test("R2 an entry after a gap is not applied and reported", () => {
  const journal = new Journal();
  const replica = newReplica("ann");
  const first = journal.commit("ben", { id: "b-1", ops: [put("a")] });
  const second = journal.commit("ben", { id: "b-2", ops: [put("b")] });

  assert.equal(replica.receive(second), "gap");
  assert.deepEqual(replica.list(), []);
  assert.equal(replica.receiveAll([first, second]), "applied");

  assert.equal(replica.seq, 2);
});

test("C3 a rejected change and nothing else vanishes", () => {
  const replica = newReplica("ann");
  replica.submit([put("a")]);
  const refused = replica.submit([set("a", { x: 5 }), put("b")]);
  replica.submit([set("a", { y: 7 }), put("c")]);

  const wasPending = replica.reject(String(refused?.id));

  assert.equal(wasPending, true);
  assert.deepEqual(replica.list(), [rect("a", { y: 7 }), rect("c")]);
  assert.equal(replica.pendingCount, 2);
});

test("C3 rejecting what is not pending has no effect", () => {
  const replica = newReplica("ann");
  replica.submit([put("a")]);

  assert.equal(replica.reject("never"), false);

  assert.deepEqual(replica.list(), [rect("a")]);
});

test("C3 what builds on a rejected change comes back with its element", () => {
  const journal = new Journal();
  const replica = newReplica("ann");
  const refused = replica.submit([put("a")]);
  replica.submit([set("a", { x: 5 })]);

  replica.reject(String(refused?.id));
  assert.deepEqual(replica.list(), []);
  replica.receive(journal.commit("ben", { id: "b-1", ops: [put("a")] }));

  assert.deepEqual(replica.list(), [rect("a", { x: 5 })]);
});

test("C2 pending changes keep their order and ids", () => {
  const replica = newReplica("ann");
  replica.submit([put("a")]);
  replica.submit([put("b")]);
  replica.submit([put("c")]);
  replica.reject("ann-2");

  assert.deepEqual(
    replica.pending().map(({ id }) => id),
    ["ann-1", "ann-3"],
  );
});

test("C2 changes of before a reload are pending again and shown", () => {
  const replica = newReplica("ann");
  /** @type {string[]} */
  const sent = [];
  replica.subscribeChanges(({ id }) => sent.push(id));

  replica.resume([{ id: "old-1", ops: [put("a")] }]);
  replica.resume([{ id: "old-1", ops: [put("a")] }]);
  replica.load({ seq: 4, elements: [rect("b")] });

  assert.deepEqual(replica.list(), [rect("a"), rect("b")]);
  assert.equal(replica.pendingCount, 1);
  assert.deepEqual(sent, [], "whoever resumes sends");
});

test("D5 a snapshot goes below what is pending; an older one has no effect", () => {
  const journal = new Journal();
  const replica = newReplica("ann");
  replica.submit([set("a", { x: 5 }), put("mine")]);
  journal.commit("ben", { id: "b-1", ops: [put("a"), put("b")] });
  const old = journal.snapshot();
  journal.commit("ben", { id: "b-2", ops: [del("b")] });

  replica.load(journal.snapshot());
  replica.load(old);

  assert.equal(replica.seq, 2);
  assert.deepEqual(replica.list(), [rect("a", { x: 5 }), rect("mine")]);
});

test("D5 loading a snapshot is announced as everything", () => {
  const replica = newReplica("ann");
  /** @type {unknown[]} */
  const told = [];
  replica.subscribe(({ ids }) => told.push(ids));

  replica.load({ seq: 1, elements: [rect("a")] });

  assert.deepEqual(told, [null]);
});

test("R1 entries taken together are announced once, unchanged elements not at all", () => {
  const journal = new Journal();
  const replica = newReplica("ann");
  /** @type {string[][]} */
  const told = [];
  replica.subscribe(({ ids }) => told.push([...(ids ?? [])]));
  const entries = [
    journal.commit("ben", { id: "b-1", ops: [put("a"), put("gone")] }),
    journal.commit("ben", { id: "b-2", ops: [set("a", { x: 1 }), del("gone")] }),
    journal.commit("ben", { id: "b-3", ops: [set("absent", { x: 1 })] }),
  ];

  replica.receiveAll(entries);

  assert.deepEqual(told, [["a"]]);
});

test("the list is the same array until something changes, and in paint order", () => {
  const replica = newReplica("ann");
  replica.submit([put("a", { z: "a2" }), put("b", { z: "a1" }), put("c")]);
  const before = replica.list();
  assert.equal(replica.list(), before);

  replica.submit([set("b", { z: "a3" })]);

  assert.deepEqual(
    replica.list().map(({ id }) => id),
    ["c", "a", "b"],
  );
  assert.deepEqual(
    before.map(({ id }) => id),
    ["c", "b", "a"],
    "what was given out stays as it was",
  );
});

test("a change above the limits becomes several, undone as one", () => {
  const replica = newReplica("ann");
  /** @type {number[]} */
  const sizes = [];
  replica.subscribeChanges(({ ops }) => sizes.push(ops.length));
  const ops = Array.from({ length: MAX_OPS + 5 }, (_, index) => put(`e${index}`));

  replica.submit(ops);
  assert.deepEqual(sizes, [MAX_OPS, 5]);
  replica.undo();

  assert.deepEqual(replica.list(), []);
  assert.equal(replica.canUndo, false);
});

test("no ops, no change", () => {
  const replica = newReplica("ann");

  assert.equal(replica.submit([]), null);

  assert.equal(replica.pendingCount, 0);
  assert.equal(replica.canUndo, false);
});

test("a new element's z is above everything shown, pending included", () => {
  const replica = newReplica("ann");
  const first = replica.nextZ();
  replica.submit([put("a", { z: first })]);

  const second = replica.nextZ();

  assert.ok(second > first);
});
