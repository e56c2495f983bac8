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

test("frames that lie in each other are read once, with what is in them", () => {
  const frame = { kind: /** @type {const} */ ("frame") };
  const elements = [
    box("a", 0, 0, { ...frame, frame: "b" }),
    box("b", 200, 0, { ...frame, frame: "a" }),
    box("self", 400, 0, { ...frame, frame: "self" }),
    box("in", 600, 0, { frame: "b" }),
    box("out", 800, 0),
  ];

  assert.deepEqual(ids(readingOrder(elements, boxOf)).toSorted(), [
    ...["a", "b", "in", "out", "self"],
  ]);
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
