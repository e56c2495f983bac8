import assert from "node:assert/strict";
import { test } from "node:test";
import { clipOf, elementsOf, pasteElements } from "../../../frontend/src/tools/clip.js";
import { oneOfEach } from "../draw/elements.js";
import { sitDown } from "./bench.js";

test("a clip of every kind is read as it was, and pasted in the middle of a place", () => {
  const seat = sitDown(oneOfEach);
  seat.bench.selection.value = new Set(oneOfEach.map(({ id }) => id));

  const elements = elementsOf(clipOf(seat.bench)?.elements ?? "");
  assert.equal(elements?.length, oneOfEach.length);
  const other = sitDown();
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

  assert.equal(clipOf(seat.bench)?.words, "What a label!\n\nab\nabcd");
  seat.bench.selection.value = new Set();
  assert.equal(clipOf(seat.bench), null);
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
