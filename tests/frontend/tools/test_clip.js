import assert from "node:assert/strict";
import { test } from "node:test";
import { clipOf, elementsOf, sourceOf } from "../../../frontend/src/tools/clip.js";
import { pasteElements } from "../../../frontend/src/tools/paste.js";
import { oneOfEach, rect } from "../draw/elements.js";
import { sitDown } from "./bench.js";

test("a clip of every kind is read as it was, and pasted in the middle of a place", () => {
  const seat = sitDown(oneOfEach);
  seat.bench.selection.value = new Set(oneOfEach.map(({ id }) => id));

  const elements = elementsOf(clipOf(seat.bench, { board: "b1" })?.elements ?? "");
  assert.equal(elements?.length, oneOfEach.length);
  const other = sitDown();
  other.bench.pick("select");
  pasteElements(other.bench, elements ?? [], { x: 1000, y: 2000 });

  const box = other.bench.everything();
  assert.equal(other.board.list().length, oneOfEach.length);
  assert.ok(Math.abs((box.left + box.right) / 2 - 1000) < 20, String(box.left));
  assert.ok(Math.abs((box.top + box.bottom) / 2 - 2000) < 30, String(box.top));
  assert.equal(other.bench.selection.value.size, oneOfEach.length);
  assert.ok(
    !other.board.list().some(({ id }) => oneOfEach.some((one) => one.id === id)),
  );
});

test("the words of a clip are for other programs", () => {
  const seat = sitDown(oneOfEach);
  seat.bench.selection.value = new Set(["t", "ca"]);

  assert.equal(clipOf(seat.bench, { board: "b1" })?.words, "What a label!\n\nab\nabcd");
  seat.bench.selection.value = new Set();
  assert.equal(clipOf(seat.bench, { board: "b1" }), null);
});

test("what is no element of ours is left out, and other text is no clip", () => {
  const rect = { kind: "rect", id: "r", x: 0, y: 0, w: 1, h: 1 };
  /** @param {object[]} elements */
  const read = (elements) =>
    elementsOf(JSON.stringify({ type: "chalkline", version: 1, elements }));

  const bad = [
    { ...rect, kind: "script" },
    { ...rect, x: "0" },
    { ...rect, w: undefined },
    { kind: "pen", id: "p", x: 0, y: 0, points: [0] },
    { kind: "pen", id: "p", x: 0, y: 0, points: [0, "<b>"] },
    { kind: "text", id: "t", x: 0, y: 0, text: { toString: 1 } },
    { kind: "text", id: "t", x: 0, y: 0, text: "a", font: "constructor" },
    { kind: "text", id: "t", x: 0, y: 0, text: "a", font: "comic" },
    { ...rect, label: "a", align: "justify" },
    { ...rect, w: Number.NaN },
  ];
  assert.deepEqual(read([...bad, rect]), [rect]);
  assert.equal(read(bad), null);
  for (const text of ["", "hello", "null", "[]", '{"type":"excalidraw"}', "{"]) {
    assert.equal(elementsOf(text), null);
  }
});

test("a clip says which board it is from; what cannot be an id is none", () => {
  const seat = sitDown(oneOfEach);
  seat.bench.selection.value = new Set(["i"]);

  assert.equal(
    sourceOf(clipOf(seat.bench, { board: "b1" })?.elements ?? "").board,
    "b1",
  );
  for (const board of [undefined, null, 7, "../admin", "x".repeat(65)]) {
    assert.equal(sourceOf(JSON.stringify({ board })).board, null);
  }
});

test("a pasted frame brings what was copied with it, not what came into it since", () => {
  /** @type {import("../../../frontend/src/protocol.js").Element} */
  const frame = { kind: "frame", id: "f", x: 0, y: 0, w: 300, h: 200, z: "a0" };
  /** @type {import("../../../frontend/src/protocol.js").Element} */
  const inside = { ...rect, id: "in", frame: "f", z: "a1" };
  const seat = sitDown([frame, inside, { ...inside, id: "later", z: "a2" }]);

  seat.bench.pick("select");
  pasteElements(seat.bench, [frame, inside], { x: 1000, y: 1000 });

  const pasted = seat.board.list().slice(3);
  assert.deepEqual(
    pasted.map(({ kind }) => kind),
    ["frame", "rect"],
  );
  assert.equal(pasted[1]?.frame, pasted[0]?.id);
  assert.deepEqual([...seat.bench.selection.value], [pasted[0]?.id]);
});

test("what is pasted late takes nothing out of the hand", () => {
  const seat = sitDown([rect]);
  seat.controller.pick("pen");
  seat.hand.drag([0, 0], [50, 50]);

  pasteElements(seat.bench, [rect], { x: 500, y: 500 });
  assert.equal(seat.board.list().length, 2);
  seat.controller.move([seat.hand.reading(80, 80)]);
  seat.hand.release(80, 80);

  assert.equal(seat.controller.tool.value, "pen");
  assert.equal(seat.bench.selection.value.size, 0);
  const stroke = seat.board.list().find((element) => element.kind === "pen");
  assert.equal(Math.max(...(stroke?.points ?? [])), 80);
});
