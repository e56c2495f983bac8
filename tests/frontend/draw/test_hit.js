import assert from "node:assert/strict";
import { test } from "node:test";
import { boundsOf, paintBounds } from "../../../frontend/src/draw/bounds.js";
import { contains } from "../../../frontend/src/draw/geometry.js";
import { hits, marked, swept } from "../../../frontend/src/draw/hit.js";
import { display } from "../../../frontend/src/draw/shapes.js";
import { measure, oneOfEach, pen, rect, text } from "./elements.js";

test("an empty rectangle is hit at its edge, a filled one inside too", () => {
  assert.ok(hits(rect, 0, 25, 4, measure));
  assert.ok(!hits(rect, 50, 25, 4, measure));
  assert.ok(hits({ ...rect, fill: "#ffc9c9" }, 50, 25, 4, measure));
});

test("an empty rectangle is hit at the words of its label, not beside them", () => {
  const named = { ...rect, label: "Hi" };

  assert.ok(hits(named, 50, 25, 0, measure));
  assert.ok(!hits(named, 20, 25, 0, measure));
});

test("a finger reaches a label, and the title of a frame, from beside it", () => {
  /** @type {import("../../../frontend/src/protocol.js").Element} */
  const frame = { kind: "frame", id: "f", x: 0, y: 0, w: 300, h: 200, title: "Plan" };
  const named = { ...rect, label: "Hi" };

  for (const [tolerance, isHit] of /** @type {const} */ ([
    [0, false],
    [20, true],
  ])) {
    assert.equal(hits(named, 30, 25, tolerance, measure), isHit);
    assert.equal(hits(frame, 30, -40, tolerance, measure), isHit);
  }
});

test("tolerance reaches around the ink and no further", () => {
  assert.ok(hits(rect, -4.5, 25, 4, measure)); // half the width of 2, then 4
  assert.ok(!hits(rect, -6, 25, 4, measure));
});

test("a dot is hit", () => {
  assert.ok(
    hits({ kind: "pen", id: "p", x: 5, y: 5, points: [0, 0] }, 7, 5, 2, measure),
  );
});

test("a turned rectangle is hit where it shows", () => {
  const turned = { ...rect, angle: Math.PI / 2 };

  assert.ok(hits(turned, 50, -25, 2, measure)); // its short side, now on top
  assert.ok(!hits(turned, 0, 25, 2, measure));
});

test("an ellipse is not hit in the corners of its box", () => {
  const ellipse = { ...rect, kind: /** @type {const} */ ("ellipse"), fill: "#ffffff" };

  assert.ok(hits(ellipse, 50, 25, 0, measure));
  assert.ok(!hits(ellipse, 2, 2, 0, measure));
});

test("a line that ends where it began is filled, painted so and hit inside", () => {
  const open = {
    kind: /** @type {const} */ ("line"),
    ...{ id: "l", x: 0, y: 0, fill: "#ffc9c9", points: [0, 0, 100, 0, 50, 80] },
  };
  const loop = { ...open, points: [...open.points, 0, 0] };
  const fills = (/** @type {typeof open} */ line) =>
    display(line, measure).items.flatMap((item) => ("fill" in item ? [item.fill] : []));

  assert.deepEqual([fills(loop), fills(open)], [["#ffc9c9"], []]);
  assert.ok(hits(loop, 50, 20, 0, measure));
  assert.ok(!hits(open, 50, 20, 0, measure));
  assert.ok(!hits({ ...loop, fill: "none" }, 50, 20, 0, measure));
});

test("a text is hit anywhere in its box", () => {
  assert.ok(hits(text, 35, 40, 0, measure));
  assert.ok(!hits(text, 60, 40, 0, measure));
});

test("a fast eraser that jumps over a stroke still touches it", () => {
  assert.ok(swept(pen, [20, -100, 20, 200], 3, measure));
  assert.ok(!swept(pen, [-100, -100, -100, 200], 3, measure));
});

test("a marquee takes what it touches, but not what surrounds it", () => {
  const inside = { left: 40, top: 20, right: 60, bottom: 30 };

  assert.ok(marked(rect, { left: -10, top: 20, right: 10, bottom: 30 }, measure));
  assert.ok(!marked(rect, inside, measure));
  assert.ok(marked({ ...rect, fill: "#ffffff" }, inside, measure));
});

test("a marquee across a stroke between two of its points takes it", () => {
  assert.ok(marked(pen, { left: 37, top: 0, right: 38, bottom: 60 }, measure));
});

for (const element of oneOfEach) {
  test(`${element.kind}: what is painted holds what is selected, turned or not`, () => {
    for (const angle of [0, 0.6]) {
      const turned = { ...element, angle };
      assert.ok(contains(paintBounds(turned, measure), boundsOf(turned, measure)));
    }
  });
}
