/** Undo and redo (C4). */

import assert from "node:assert/strict";
import test from "node:test";
import { Replica } from "../../../frontend/src/model/replica.js";
import { copy, del, Journal, newReplica, put, rect, set } from "./journal.js";

/**
 * @import { Change, Op } from "../../../frontend/src/protocol.js"
 * @import { Step } from "../../../frontend/src/model/history.js"
 */

/** A board with Ann's replica, and Ben who changes things from afar. */
function world() {
  const journal = new Journal();
  const ann = newReplica("ann");
  let n = 0;
  return {
    journal,
    ann,
    /** @param {Change | null} change */
    confirm: (change) => ann.receive(journal.commit("ann", change)),
    /** @param {Op[]} ops */
    ben: (...ops) => ann.receive(journal.commit("ben", { id: `ben-${++n}`, ops })),
  };
}

test("C4 undo is a new change, pending like any other", () => {
  const { ann, confirm, journal } = world();
  confirm(ann.submit([put("a")]));

  const change = ann.undo();

  assert.deepEqual(change?.ops, [del("a")]);
  assert.equal(ann.pendingCount, 1);
  assert.deepEqual(ann.list(), []);
  confirm(change);
  assert.deepEqual(ann.document(), journal.snapshot());
});

test("C4 undo and redo go through all kinds of ops and end where they began", () => {
  const { ann, confirm } = world();
  const begin = [rect("a", { fill: "#111111" }), rect("b")];
  confirm(ann.submit([put("a", { fill: "#111111" }), put("b")]));
  confirm(ann.submit([set("a", { x: 5, fill: null, alt: "A" })]));
  confirm(ann.submit([del("b"), put("c")]));
  confirm(ann.submit([put("a", { w: 99 })]));
  const end = copy([...ann.list()]);

  for (let n = 0; n < 3; n++) confirm(ann.undo());
  assert.deepEqual(ann.list(), begin);
  for (let n = 0; n < 3; n++) confirm(ann.redo());

  assert.deepEqual(ann.list(), end);
  assert.equal(ann.canRedo, false);
});

test("C4 undo works the same while nothing is confirmed", () => {
  const { ann } = world();
  ann.submit([put("a")]);
  ann.submit([set("a", { x: 5 })]);

  ann.undo();
  assert.deepEqual(ann.list(), [rect("a")]);
  ann.undo();
  assert.deepEqual(ann.list(), []);
  ann.redo();
  ann.redo();

  assert.deepEqual(ann.list(), [rect("a", { x: 5 })]);
});

test("C4 a new change ends what can be redone", () => {
  const { ann } = world();
  ann.submit([put("a")]);
  ann.undo();
  assert.equal(ann.canRedo, true);

  ann.submit([put("b")]);

  assert.equal(ann.canRedo, false);
  assert.equal(ann.redo(), null);
});

test("C4 undo touches only my own work", () => {
  const { ann, ben, confirm } = world();
  ben(put("theirs"));
  confirm(ann.submit([put("mine")]));
  ben(put("theirs too"), set("theirs", { x: 3 }));

  const ops = ann.undo()?.ops;

  assert.deepEqual(ops, [del("mine")]);
  assert.equal(ann.undo(), null);
});

test("C4 undo skips the properties that others changed since", () => {
  const { ann, ben, confirm } = world();
  confirm(ann.submit([put("a")]));
  confirm(ann.submit([set("a", { x: 5, y: 5, fill: "#ff0000" })]));
  ben(set("a", { x: 9 }));

  const ops = ann.undo()?.ops;

  assert.deepEqual(ops, [set("a", { y: 0, fill: null })]);
});

test("C4 a property of another kind, which no set takes away, keeps nothing else", () => {
  const { ann, confirm } = world();
  confirm(ann.submit([put("a")]));
  confirm(ann.submit([set("a", { x: 5, alt: "A", text: "x" })]));

  const ops = ann.undo()?.ops;

  assert.deepEqual(ops, [set("a", { x: 0, alt: null })]);
});

test("C4 a property that others changed and changed back is theirs", () => {
  const { ann, ben, confirm } = world();
  ben(put("a"));
  confirm(ann.submit([set("a", { x: 5, y: 5 })]));
  ben(set("a", { x: 9 }));
  ben(set("a", { x: 5 }));

  const ops = ann.undo()?.ops;

  assert.deepEqual(ops, [set("a", { y: 0 })]);
});

test("C4 an element of mine that others changed since is not deleted by undo", () => {
  const { ann, ben, confirm } = world();
  confirm(ann.submit([put("a"), put("b")]));
  ben(set("a", { fill: "#00ff00" }));

  const ops = ann.undo()?.ops;

  assert.deepEqual(ops, [del("b")]);
});

test("C4 undo does not bring back what others deleted as well", () => {
  const { ann, ben, confirm } = world();
  ben(put("a"), put("b"));
  const change = ann.submit([del("a"), del("b")]);
  ben(del("a"));
  confirm(change);

  const ops = ann.undo()?.ops;

  assert.deepEqual(ops, [{ op: "put", element: rect("b") }]);
});

test("C4 undo of a deletion leaves alone what others have put there since", () => {
  const { ann, ben, confirm } = world();
  ben(put("a"));
  confirm(ann.submit([del("a")]));
  ben(put("a", { x: 77 }));

  assert.equal(ann.undo(), null);

  assert.deepEqual(ann.list(), [rect("a", { x: 77 })]);
});

test("C4 undo of a deletion brings back the element as others had left it", () => {
  const { ann, ben, confirm } = world();
  ben(put("a"));
  const change = ann.submit([del("a")]);
  ben(set("a", { fill: "#00ff00" }));
  confirm(change);

  ann.undo();

  assert.deepEqual(ann.list(), [rect("a", { fill: "#00ff00" })]);
});

test("C4 what others changed below my pending change is what undo returns to", () => {
  const { ann, ben, confirm, journal } = world();
  ben(put("a"));
  const change = ann.submit([set("a", { x: 5 })]);
  ben(set("a", { x: 3 }));

  const undone = ann.undo();

  assert.deepEqual(undone?.ops, [set("a", { x: 3 })]);
  confirm(change);
  confirm(undone);
  assert.deepEqual(ann.document(), journal.snapshot());
});

test("C4 a step that others have overruled is passed over", () => {
  const { ann, ben, confirm } = world();
  ben(put("a"));
  confirm(ann.submit([put("b")]));
  confirm(ann.submit([set("a", { x: 5 })]));
  ben(set("a", { x: 6 }));

  const ops = ann.undo()?.ops;

  assert.deepEqual(ops, [del("b")]);
});

test("C4 redo skips what others changed since the undo", () => {
  const { ann, ben, confirm } = world();
  ben(put("a"));
  confirm(ann.submit([set("a", { x: 5, y: 5 })]));
  confirm(ann.undo());
  ben(set("a", { x: 8 }));

  const ops = ann.redo()?.ops;

  assert.deepEqual(ops, [set("a", { y: 5 })]);
});

test("C4 a change that says so is no step", () => {
  const { ann } = world();

  ann.submit([put("a")], { undoable: false });

  assert.equal(ann.undo(), null);
  assert.deepEqual(ann.list(), [rect("a")]);
});

test("C4 undo of a change of kind puts the old kind back whole", () => {
  const { ann, confirm } = world();
  /** @type {import("../../../frontend/src/protocol.js").Pen} */
  const stroke = {
    kind: "pen",
    id: "a",
    x: 0,
    y: 0,
    points: [0, 0, 3, 4],
    pressure: [0.5, 0.6],
  };
  confirm(ann.submit([{ op: "put", element: copy(stroke) }]));
  confirm(ann.submit([put("a", { z: "a0" })]));

  confirm(ann.undo());

  assert.deepEqual(ann.list(), [stroke]);
});

test("C4 properties that are never null get their default back as a value", () => {
  const { ann, confirm } = world();
  /** @type {Op} */
  const words = {
    op: "put",
    element: { kind: "text", id: "t", x: 0, y: 0, text: "hi" },
  };
  confirm(ann.submit([words]));
  confirm(ann.submit([set("t", { w: 100, z: "a0" })]));

  const ops = ann.undo()?.ops;

  assert.deepEqual(ops, [set("t", { w: 0, z: null })]);
});

test("C3 a rejected change takes its undo step with it", () => {
  const { ann } = world();
  ann.submit([put("a")]);
  const refused = ann.submit([put("b")]);

  ann.reject(String(refused?.id));
  const ops = ann.undo()?.ops;

  assert.deepEqual(ops, [del("a")]);
});

test("C3 a rejected undo can be undone again", () => {
  const { ann, confirm } = world();
  confirm(ann.submit([put("a")]));
  const refused = ann.undo();

  ann.reject(String(refused?.id));

  assert.deepEqual(ann.list(), [rect("a")]);
  assert.equal(ann.canRedo, false);
  assert.deepEqual(ann.undo()?.ops, [del("a")]);
});

/** Keeps what a replica writes, as the browser's storage would. */
function stepStore() {
  /** @type {Map<string, string>} */
  const rows = new Map();
  return {
    write: (/** @type {Step} */ step) => void rows.set(step.id, JSON.stringify(step)),
    forget: (/** @type {string} */ id) => void rows.delete(id),
    steps: () => [...rows.values()].map((row) => JSON.parse(row)),
  };
}

test("C4 undo and redo survive a reload", () => {
  const journal = new Journal();
  const store = stepStore();
  let n = 0;
  const newId = () => `ann-${++n}`;
  const before = new Replica({ client: "ann", newId, steps: store });
  before.receive(journal.commit("ann", before.submit([put("a")])));
  before.receive(journal.commit("ann", before.submit([set("a", { x: 5 })])));
  before.receive(journal.commit("ann", before.undo()));

  const after = new Replica({ client: "ann", newId, steps: store });
  after.resume([], store.steps());
  after.load(journal.snapshot());

  assert.deepEqual(after.redo()?.ops, [set("a", { x: 5 })]);
  assert.deepEqual(after.undo()?.ops, [set("a", { x: 0 })]);
  assert.deepEqual(after.undo()?.ops, [del("a")]);
  assert.equal(after.canUndo, false);
});

test("C4 what others changed before a reload stays theirs after it", () => {
  const journal = new Journal();
  const store = stepStore();
  const newId = () => "ann-1";
  const before = new Replica({ client: "ann", newId, steps: store });
  before.receive(journal.commit("ben", { id: "b-1", ops: [put("a")] }));
  before.receive(journal.commit("ann", before.submit([set("a", { x: 5, y: 5 })])));
  before.receive(journal.commit("ben", { id: "b-2", ops: [set("a", { x: 1 })] }));
  before.receive(journal.commit("ben", { id: "b-3", ops: [set("a", { x: 5 })] }));

  const after = new Replica({ client: "ann", newId: () => "ann-2", steps: store });
  after.resume([], store.steps());
  after.load(journal.snapshot());

  assert.deepEqual(after.undo()?.ops, [set("a", { y: 0 })]);
});

test("C4 what others changed while the page was away is skipped", () => {
  const journal = new Journal();
  const store = stepStore();
  const newId = () => "ann-1";
  const before = new Replica({ client: "ann", newId, steps: store });
  before.receive(journal.commit("ann", before.submit([put("a"), put("b")])));
  journal.commit("ben", { id: "b-1", ops: [set("a", { x: 1 })] });

  const after = new Replica({ client: "ann", newId: () => "ann-2", steps: store });
  after.resume([], store.steps());
  after.load(journal.snapshot());

  assert.deepEqual(after.undo()?.ops, [del("b")]);
});

test("C4 a step that was pending over a reload is undone after its acknowledgement", () => {
  const journal = new Journal();
  const store = stepStore();
  const before = new Replica({ client: "ann", newId: () => "ann-1", steps: store });
  const change = before.submit([put("a")]);
  const entry = journal.commit("ann", change);

  const after = new Replica({ client: "ann", newId: () => "ann-2", steps: store });
  after.resume(change ? [change] : [], store.steps());
  after.load(journal.snapshot());
  after.receive(entry);

  assert.deepEqual(after.undo()?.ops, [del("a")]);
  assert.deepEqual(after.list(), []);
});

test("C4 only so many steps are kept", () => {
  const store = stepStore();
  let n = 0;
  const ann = new Replica({ client: "ann", newId: () => `c${++n}`, steps: store });

  for (let index = 0; index < 250; index++) ann.submit([put(`e${index}`)]);

  assert.equal(store.steps().length, 200);
});
