import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { recognise } from "../../../frontend/src/draw/recognise.js";

const CORPUS = new URL("../../corpus/drawings.jsonl", import.meta.url);
const LEAST = 24;

/** A hand that trembles, the same in every run. */
function trembling() {
  let seed = 7;
  return () => {
    seed = (seed * 16_807) % 2_147_483_647;
    return (seed / 2_147_483_647 - 0.5) * 6;
  };
}

/**
 * The way along corners, with a dozen readings a side.
 * @param {number[][]} corners
 * @param {() => number} tremble
 */
function drawn(corners, tremble) {
  return corners.slice(1).flatMap(([toX = 0, toY = 0], i) => {
    const [x = 0, y = 0] = corners[i] ?? [];
    return Array.from({ length: 12 }, (_, k) => [
      x + ((toX - x) * k) / 12 + tremble(),
      y + ((toY - y) * k) / 12 + tremble(),
    ]).flat();
  });
}

/**
 * @param {number} w
 * @param {number} h
 * @param {number} turns
 */
function round(w, h, turns = 1) {
  return Array.from({ length: 41 }, (_, i) => {
    const at = (i / 40) * 2 * Math.PI * turns - 1;
    return [(w / 2) * Math.cos(at), (h / 2) * Math.sin(at)];
  });
}

/** @type {[string, string, number[][]][]} */
const MEANT = [
  [
    "a rectangle",
    "rect",
    [
      [0, 0],
      [200, 6],
      [196, 120],
      [-4, 116],
      [2, 4],
    ],
  ],
  [
    "one the other way, not quite closed",
    "rect",
    [
      [0, 0],
      [6, 120],
      [200, 124],
      [203, -8],
      [14, -2],
    ],
  ],
  [
    "a diamond",
    "diamond",
    [
      [100, 0],
      [200, 62],
      [96, 120],
      [2, 58],
      [104, 3],
    ],
  ],
  [
    "a triangle",
    "triangle",
    [
      [100, 0],
      [190, 150],
      [4, 146],
      [96, 4],
    ],
  ],
  [
    "a triangle on its tip",
    "triangle",
    [
      [0, 0],
      [200, 4],
      [103, 150],
      [4, 8],
    ],
  ],
  ["an ellipse", "ellipse", round(200, 120)],
  ["a circle that overshoots", "ellipse", round(160, 168, 1.06)],
  [
    "a line",
    "line",
    [
      [0, 0],
      [80, 43],
      [200, 100],
    ],
  ],
  [
    "an arrow",
    "arrow",
    [
      [0, 0],
      [100, 4],
      [200, 0],
      [170, -22],
      [200, 0],
      [172, 24],
    ],
  ],
];

for (const [name, kind, corners] of MEANT) {
  test(`${name} is recognised, drawn by a trembling hand`, () => {
    const tremble = trembling();
    const found = Array.from({ length: 20 }, () =>
      recognise(drawn(corners, tremble), LEAST),
    );

    assert.equal(found.filter((meant) => meant?.kind === kind).length, 20);
  });
}

/** @type {[string, number[][]][]} */
const UNSURE = [
  ["a spiral", round(200, 120, 2.5)],
  ["an open arc", round(200, 120, 0.6)],
  [
    "a zigzag",
    [
      [0, 0],
      [40, 90],
      [80, 0],
      [120, 90],
      [160, 0],
    ],
  ],
  [
    "an eight",
    [
      [0, 0],
      [100, 100],
      [0, 100],
      [100, 0],
      [0, 0],
    ],
  ],
  [
    "a tick",
    [
      [0, 0],
      [40, 60],
      [120, -60],
    ],
  ],
  [
    "something tiny",
    [
      [0, 0],
      [8, 0],
      [8, 8],
      [0, 8],
      [0, 0],
    ],
  ],
];

for (const [name, corners] of UNSURE) {
  test(`${name} stays ink`, () => {
    assert.equal(
      recognise(
        drawn(corners, () => 0),
        LEAST,
      ),
      null,
    );
  });
}

test("handwriting becomes no boxes and no arrows, whatever the hand rests on", () => {
  /** @type {Record<string, number>} */
  const counts = {};
  for (const line of readFileSync(CORPUS, "utf8").trim().split("\n")) {
    const { source, strokes } = JSON.parse(line);
    if (source === "quickdraw") continue; // drawings of suns and houses have shapes
    for (const { x, y } of strokes) {
      const points = x.flatMap(
        (/** @type {number} */ each, /** @type {number} */ i) => [each, y[i]],
      );
      const kind = recognise(points, LEAST)?.kind ?? "ink";
      counts[kind] = (counts[kind] ?? 0) + 1;
    }
  }

  const { ink = 0, line = 0, ellipse = 0, ...others } = counts;
  const n = Object.values(counts).reduce((sum, each) => sum + each, 0);
  assert.ok(n > 60, `${n} strokes`);
  assert.ok(ink / n > 0.6, JSON.stringify(counts));
  assert.ok(line + ellipse + ink > 0.98 * n, JSON.stringify(others)); // i, l, o and 0
});

test("dots and points that are all the same are nothing", () => {
  assert.equal(recognise([5, 5], LEAST), null);
  assert.equal(recognise([5, 5, 5, 5, 5, 5, 5, 5], 0), null);
});
