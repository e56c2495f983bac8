import assert from "node:assert/strict";
import { test } from "node:test";
import { News } from "../../../../frontend/src/ui/outline/news.js";
import {
  outlineOf,
  readingOrder,
} from "../../../../frontend/src/ui/outline/reading.js";
import { createWords } from "../../../../frontend/src/words/words.js";

/** @import { Element, Op } from "../../../../frontend/src/protocol.js" */

/**
 * @param {string} id
 * @param {number} x
 * @param {number} y
 * @param {Partial<Element>} [more]
 */
function box(id, x, y, more = {}) {
  const place = { x, y, w: 100, h: 60, z: id };
  return /** @type {Element} */ ({ id, kind: "rect", ...place, ...more });
}

/** @param {Element} element */
function boxOf(element) {
  const { x, y } = element;
  return { left: x, top: y, right: x + 100, bottom: y + 60 };
}

/** @param {readonly Element[]} elements */
const ids = (elements) => elements.map(({ id }) => id);

test("a board is read row by row, left to right, though a row is uneven", () => {
  const elements = [box("d", 0, 200), box("b", 200, -10), box("a", 0, 10)];

  assert.deepEqual(ids(readingOrder(elements, boxOf)), ["a", "b", "d"]);
});

test("what lies in a frame is read after the frame", () => {
  const inside = box("in", 300, 0, { frame: "f" });
  const elements = [inside, box("f", 0, 0, { kind: "frame" }), box("out", 500, 0)];

  const [frame, out] = outlineOf(elements, boxOf);

  assert.deepEqual(
    frame?.inside.map(({ element }) => element.id),
    ["in"],
  );
  assert.equal(out?.element.id, "out");
});

test("frames that lie in each other are read with what lies in them, each once", () => {
  const elements = [
    box("top", 0, 0),
    box("f", 0, 100, { kind: "frame", frame: "g" }),
    box("g", 0, 200, { kind: "frame", frame: "f" }),
    box("self", 0, 300, { kind: "frame", frame: "self" }),
    box("in f", 0, 400, { frame: "f" }),
    box("in g", 0, 500, { frame: "g" }),
  ];

  const read = ids(readingOrder(elements, boxOf));

  assert.equal(read[0], "top");
  assert.deepEqual([...read].sort(), ids(elements).sort());
});

test("what says that it lies in something that is no frame is read in its row", () => {
  const elements = [box("a", 0, 0), box("in a", 200, 0, { frame: "a" })];
  const below = box("below", 0, 200);

  assert.deepEqual(ids(readingOrder([...elements, below], boxOf)), [
    ...["a", "in a", "below"],
  ]);
});

test("frames in frames in frames are read, however deep they lie", () => {
  const elements = Array.from({ length: 10_000 }, (_, i) =>
    box(`f${i}`, 0, i, { kind: "frame", frame: i > 0 ? `f${i - 1}` : null }),
  );

  assert.equal(new Set(readingOrder(elements, boxOf)).size, 10_000);
});

test("ten thousand elements are read in well under a second", () => {
  const elements = Array.from({ length: 10_000 }, (_, i) =>
    box(String(i), (i % 100) * 120, Math.floor(i / 100) * 80),
  );

  assert.equal(readingOrder(elements, boxOf).length, 10_000);
});

test("what others do is gathered, and what came and went is not told", () => {
  const news = new News();
  const put = (/** @type {string} */ id) =>
    /** @type {Op} */ ({ op: "put", element: box(id, 0, 0) });
  const nobody = () => false;

  news.take("Ada", [put("a"), put("b")], nobody);
  news.take("Ada", [{ op: "set", id: "a", props: { x: 1 } }], () => true);
  news.take("Ada", [{ op: "del", id: "b" }], () => true);
  news.take("", [{ op: "del", id: "z" }], () => true);

  const said = news.tell(createWords("en"));
  assert.equal(said, "Ada added 1 element. Guest removed 1 element.");
  assert.equal(news.tell(createWords("en")), "");
});
