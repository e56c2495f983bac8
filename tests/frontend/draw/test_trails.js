import assert from "node:assert/strict";
import { test } from "node:test";
import { FADE_MS, Trails } from "../../../frontend/src/draw/trails.js";

test("a trail fades by time, point for point, and is forgotten", () => {
  const trails = new Trails();
  trails.add("a", "#f00", { trail: 1, points: [0, 0] }, 0);
  trails.add("a", "#f00", { trail: 1, points: [1, 1] }, FADE_MS / 2);

  const [line] = trails.shown(FADE_MS / 2);
  assert.deepEqual(
    line?.points.map(({ share }) => share),
    [0.5, 1],
  );
  assert.equal(trails.shown(FADE_MS)[0]?.points.length, 1);
  assert.deepEqual(trails.shown(2 * FADE_MS), []);
  assert.ok(trails.is_empty);
});

test("a pointer has no more sparks in many trails than in one", () => {
  const trails = new Trails();
  const points = Array.from({ length: 256 }, (_, i) => i);
  for (let trail = 0; trail < 60; trail++) {
    trails.add("a", "#f00", { trail, points }, trail);
  }

  const shown = trails.shown(60);
  assert.equal(
    shown.reduce((n, line) => n + line.points.length, 0),
    512,
  );
  assert.equal(shown.at(-1)?.points.length, 128); // the newest are there
});

test("many pointers share what can be drawn in a frame", () => {
  const trails = new Trails();
  const points = Array.from({ length: 256 }, (_, i) => i);
  for (let now = 0; now < 90; now++) {
    trails.add(`peer ${now % 30}`, "#f00", { trail: 1, points }, now);
  }

  const n = trails.shown(90).map((line) => line.points.length);
  assert.equal(n.length, 30);
  assert.ok(n.reduce((all, some) => all + some) <= 1_024, `${n}`);
  assert.ok(n.every((some) => some > 30));
});

test("another trail begins apart, another pointer has its own colour", () => {
  const trails = new Trails();
  trails.add("a", "#f00", { trail: 1, points: [0, 0, 1, 1] }, 0);
  trails.add("a", "#f00", { trail: 2, points: [9, 9] }, 10);
  trails.add("b", "#00f", { trail: 1, points: [5, 5] }, 10);

  assert.deepEqual(
    trails.shown(10).map(({ color, points }) => [color, points.length]),
    [
      ["#f00", 2],
      ["#f00", 1],
      ["#00f", 1],
    ],
  );
});
