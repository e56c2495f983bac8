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

/** How many lines and curves are painted. @param {readonly PathItem[]} paths */
function piecesOf(paths) {
  return paths.reduce((sum, { d }) => sum + (d.match(/[A-Z]/g)?.length ?? 0), 0);
}

/**
 * A line around an area, filled by lines.
 * @param {number} n of its points
 * @param {(i: number) => [number, number]} pointAt
 * @returns {Element}
 */
function hatchedLoop(n, pointAt) {
  const points = Array.from({ length: n }, (_, i) => pointAt(i % (n - 1))).flat();
  const look = /** @type {const} */ ({ fill: "#a5d8ff", pattern: "cross", rough: 2 });
  return { kind: "line", id: "l", x: 0, y: 0, points, ...look };
}

/** @param {number} i @returns {[number, number]} far to and fro */
const tangled = (i) => [(i * 7919) % 1990, (i * 6101) % 1987];

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

test("points that a shape was given change nothing of its hatch", () => {
  const side = 400_000;
  /** @type {Element} */
  const huge = { ...rect, w: side, h: side, fill: "#a5d8ff", pattern: "cross" };

  for (const points of [
    [0, 0],
    [0, 0, 1e7, 1e7, 0, 0],
  ]) {
    const foreign = /** @type {Element} */ ({ ...huge, points });
    assert.deepEqual(pathsOf(foreign), pathsOf(huge));
  }
});

test("a line of very many points is filled and drawn plainly", () => {
  const loop = hatchedLoop(10_000, tangled);

  const [inside, outline] = pathsOf(loop);

  assert.equal(inside?.fill, "#a5d8ff");
  assert.equal(inside?.pattern, undefined);
  assert.equal(outline?.stroke, "#1e1e1e");
  assert.ok(piecesOf(pathsOf(loop)) <= 20_000);
});

test("a line that crosses its hatch more often than can be painted is filled plainly", () => {
  for (const route of /** @type {const} */ (["straight", "curve"])) {
    const tangle = /** @type {Element} */ ({ ...hatchedLoop(400, tangled), route });
    const [inside] = pathsOf(tangle);

    assert.equal(inside?.fill, "#a5d8ff");
    assert.ok(piecesOf(pathsOf(tangle)) < 10_000);
  }
});

test("a round line of many points keeps its hatch and its rough outline", () => {
  const ring = hatchedLoop(400, (i) => [
    500 + 500 * Math.cos((i / 399) * 2 * Math.PI),
    500 + 500 * Math.sin((i / 399) * 2 * Math.PI),
  ]);

  const [hatch, outline] = pathsOf(ring);

  assert.equal(hatch?.fill, undefined);
  assert.equal(hatch?.stroke, "#a5d8ff");
  assert.match(outline?.d ?? "", /C/);
});
