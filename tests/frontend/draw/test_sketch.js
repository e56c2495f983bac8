/**
 * The hand-drawn look: the same for everybody, bounded, and nothing where it is not asked.
 */

import assert from "node:assert/strict";
import { test } from "node:test";
import { paintBounds } from "../../../frontend/src/draw/bounds.js";
import { isSketched, seedOf, widthOf } from "../../../frontend/src/draw/look.js";
import { display } from "../../../frontend/src/draw/shapes.js";
import { sketched } from "../../../frontend/src/draw/sketch.js";
import { measure, oneOfEach, rect } from "./elements.js";

/** @import { Element } from "../../../frontend/src/protocol.js" */
/** @import { PathItem } from "../../../frontend/src/draw/shapes.js" */

/** @param {Element} element @returns {PathItem[]} */
function pathsOf(element) {
  const { items } = sketched(display(element, measure), element, {
    seed: seedOf(element),
    width: widthOf(element),
  });
  return items.filter((item) => item.type === "path");
}

/** @param {string} d @returns {number[]} */
function numbersOf(d) {
  return (d.match(/-?\d+(\.\d+)?/g) ?? []).map(Number);
}

test("a sketch depends on the seed and on nothing else", () => {
  const rough = { ...rect, rough: /** @type {const} */ (2), seed: 7 };

  assert.deepEqual(pathsOf(rough), pathsOf({ ...rough, id: "other", x: 900 }));
  assert.notDeepEqual(pathsOf(rough), pathsOf({ ...rough, seed: 8 }));
});

test("without a seed the id stands in for it", () => {
  assert.equal(seedOf({ id: "a" }), seedOf({ id: "a", seed: 0 }));
  assert.notEqual(seedOf({ id: "a" }), seedOf({ id: "b" }));
  assert.equal(seedOf({ id: "a", seed: 5 }), 5);
});

test("every kind with an outline can be rough, and stays inside what is repainted", () => {
  for (const plain of oneOfEach) {
    const element = /** @type {Element} */ ({ ...plain, rough: 2, seed: 3 });
    if (!isSketched(element)) continue;
    const { left, top, right, bottom } = paintBounds(element, measure);
    for (const { d } of pathsOf(element)) {
      numbersOf(d).forEach((value, i) => {
        const [from, to] = i % 2 ? [top, bottom] : [left, right];
        assert.ok(value >= from && value <= to, `${element.kind}: ${value}`);
      });
    }
  }
  assert.equal(oneOfEach.filter(({ kind }) => kind === "arrow").length, 1);
});

test("a hatch is lines in the colour of the fill, inside the shape", () => {
  for (const kind of /** @type {const} */ (["rect", "ellipse", "star", "cylinder"])) {
    /** @type {Element} */
    const element = { ...rect, kind, fill: "#a5d8ff", pattern: "cross" };
    const [hatch, outline] = pathsOf(element);

    assert.equal(hatch?.fill, undefined);
    assert.equal(hatch?.stroke, "#a5d8ff");
    assert.equal(outline?.stroke, "#1e1e1e");
    numbersOf(hatch?.d ?? "").forEach((value, i) => {
      assert.ok(value >= -1 && value <= (i % 2 ? 51 : 101), `${kind}: ${value}`);
    });
  }
});

test("the largest shape gets no more lines than can be painted", () => {
  const side = 10_000_000;
  /** @type {Element} */
  const huge = {
    ...rect,
    kind: "ellipse",
    w: side,
    h: side,
    fill: "#a5d8ff",
    pattern: "cross",
    rough: 2,
  };

  assert.ok(pathsOf(huge).every(({ d }) => d.length < 500_000));
  for (const [w, h] of [
    [0, 0],
    [0, 50],
    [side, 0.01],
  ]) {
    const flat = /** @type {Element} */ ({ ...huge, kind: "rect", w, h });
    assert.ok(pathsOf(flat).every(({ d }) => !/NaN|Infinity/.test(d)));
  }
});
