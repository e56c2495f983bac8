import assert from "node:assert/strict";
import { test } from "node:test";
import { toScreen } from "../../../frontend/src/draw/camera.js";
import { found } from "../../../frontend/src/tools/find.js";
import { goTo, hashHere, lookAt, placeIn } from "../../../frontend/src/tools/places.js";
import { cameraBetween } from "../../../frontend/src/ui/travel.js";
import { sitDown } from "./bench.js";

/** @typedef {import("../../../frontend/src/protocol.js").Element} Element */

/**
 * @param {string} id
 * @param {object} props
 * @returns {Element}
 */
function text(id, props) {
  const element = { id, kind: "text", x: 0, y: 0, w: 80, h: 20, text: "", ...props };
  return /** @type {Element} */ (element);
}

test("an address names a place or an element", () => {
  assert.deepEqual(placeIn("#10,-20.5,2"), { x: 10, y: -20.5, zoom: 2 });
  assert.deepEqual(placeIn("#el=a-b_1"), { element: "a-b_1" });
});

test("an address that reaches too far is bounded", () => {
  const { bench } = sitDown();
  const place = placeIn("#1e300,-1e300,9e9");

  assert.ok(place && goTo(bench, place));

  const { x, y, zoom } = bench.view.camera.peek();
  assert.ok(Math.abs(x - 9.95e6) < 1 && Math.abs(y + 9.95e6) < 1);
  assert.equal(zoom, 30);
});

for (const hash of [
  "",
  "#",
  "#1,2",
  "#1,2,",
  "#1,2,0",
  "#1,2,-1",
  "#a,b,c",
  "#1,2,NaN",
  "#Infinity,0,1",
  "#1,2,3,4",
  "#el=",
  "#el=<b>",
  `#el=${"a".repeat(65)}`,
]) {
  test(`"${hash.slice(0, 20)}" names no place`, () => {
    assert.equal(placeIn(hash), null);
  });
}

test("the link to here leads back here", () => {
  const { bench } = sitDown();
  bench.view.size.value = { width: 800, height: 600 };
  bench.view.camera.value = { x: 120, y: -40, zoom: 2 };
  const before = bench.view.camera.peek();
  const place = placeIn(hashHere(bench));
  bench.view.panBy(5000, 0);

  assert.ok(place && goTo(bench, place));

  assert.deepEqual(bench.view.camera.peek(), before);
});

test("an element's link selects it; a missing one leads nowhere", () => {
  const { bench } = sitDown([text("there", { text: "x", x: 5000 })]);

  assert.equal(goTo(bench, { element: "gone" }), false);
  assert.equal(goTo(bench, { element: "there" }), true);

  assert.deepEqual([...bench.selection.peek()], ["there"]);
});

test("what is looked at comes to the middle; the zoom stays if it can be read", () => {
  const { bench } = sitDown([text("there", { text: "x", x: 5000 })]);
  bench.view.size.value = { width: 800, height: 600 };
  bench.view.camera.value = { x: 0, y: 0, zoom: 1.5 };

  lookAt(bench, "there");
  assert.equal(bench.view.zoom, 1.5);
  const [x] = bench.view.toScreen(5000, 0);
  assert.ok(x > 300 && x < 420);

  bench.view.camera.value = { x: 0, y: 0, zoom: 0.05 };
  lookAt(bench, "there");
  assert.ok(bench.view.zoom >= 1);
});

test("half way to another camera, what stays in place is in place", () => {
  const from = { x: 0, y: 0, zoom: 1 };
  const to = { x: 50, y: 25, zoom: 2 }; // about (100, 50)

  assert.deepEqual(toScreen(cameraBetween(from, to, 0.3), 100, 50), [100, 50]);
  assert.deepEqual(cameraBetween(from, { x: 10, y: 0, zoom: 1 }, 0.5), {
    ...{ x: 5, y: 0, zoom: 1 },
  });
});

test("words are found on texts, labels, frames and pictures, as one reads", () => {
  const elements = [
    text("low", { text: "Caffè", y: 50 }),
    text("label", { kind: "rect", label: "my CAFFE here", y: 20, text: undefined }),
    text("frame", { kind: "frame", title: "caffe frame", y: 90, text: undefined }),
    text("image", { kind: "image", alt: "A caffé", x: -9, y: 20, text: undefined }),
    text("other", { text: "tea" }),
  ];

  const ids = found(elements, " caffe ").map(({ id }) => id);

  assert.deepEqual(ids, ["image", "label", "low", "frame"]);
  assert.deepEqual(found(elements, "  "), []);
  assert.deepEqual(found(elements, ".*"), []);
});

test("all of 50,000 texts are searched", () => {
  const elements = Array.from({ length: 50_000 }, (_, i) =>
    text(`t${i}`, { text: `The quick brown fox number ${i}`, y: i }),
  );

  assert.equal(found(elements, "number 4999").length, 11);
  assert.equal(found(elements, "fox").length, 50_000);
});
