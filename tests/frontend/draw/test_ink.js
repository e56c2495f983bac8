import assert from "node:assert/strict";
import { test } from "node:test";
import { getStroke } from "perfect-freehand";
import { boxHolds, shifted } from "../../../frontend/src/draw/geometry.js";
import { inkPath, tailBox } from "../../../frontend/src/draw/ink.js";
import { InkOutline } from "../../../frontend/src/draw/ink_outline.js";

/** @param {number} seed @returns {() => number} 0…1 */
function random(seed) {
  let state = seed;
  return () => {
    state = (state * 1664525 + 1013904223) % 4294967296;
    return state / 4294967296;
  };
}

/**
 * A hand that turns, rests and hurries.
 * @param {() => number} next
 * @param {number} n_points
 * @param {boolean} has_pressure
 * @param {boolean} isSharp whether it turns back now and then
 */
function scribble(next, n_points, has_pressure, isSharp = true) {
  const points = [0, 0];
  const pressure = [0.5];
  let [angle, speed] = [0, 3];
  for (let i = 1; i < n_points; i++) {
    angle += (next() - 0.5) * (isSharp && next() < 0.05 ? 6 : 1);
    speed = next() < 0.05 ? next() * 20 : speed;
    points.push(
      Math.round(10 * ((points.at(-2) ?? 0) + speed * Math.cos(angle))) / 10,
      Math.round(10 * ((points.at(-1) ?? 0) + speed * Math.sin(angle))) / 10,
    );
    pressure.push(next());
  }
  return { x: 7, y: -5, points, ...(has_pressure ? { pressure } : {}) };
}

/**
 * @param {ReturnType<typeof scribble>} stroke
 * @param {number} n
 */
function upTo(stroke, n) {
  const { points, pressure } = stroke;
  const cut = { ...stroke, points: points.slice(0, 2 * n) };
  return pressure ? { ...cut, pressure: pressure.slice(0, n) } : cut;
}

/** @param {string} path @returns {Set<string>} its curves */
const curves = (path) => new Set(path.match(/Q[^QZ]*/g));

test("ink that grows looks different only in the box around its tail", () => {
  for (let seed = 1; seed <= 60; seed++) {
    const next = random(seed);
    const width = [1, 2, 4, 12][seed % 4] ?? 4;
    const whole = scribble(next, 120, seed % 2 === 0);
    for (let n = 1 + (seed % 7); n < 120; n += 1 + Math.floor(next() * 9)) {
      const now = Math.min(120, n + 1 + Math.floor(next() * 6));
      const [before, after] = [upTo(whole, n), upTo(whole, now)];
      const [old, fresh] = [before, after].map((pen) =>
        curves(inkPath(pen, width, true)),
      );
      const element = /** @type {import("../../../frontend/src/protocol.js").Pen} */ (
        /** @type {unknown} */ (after)
      );
      const box = shifted(tailBox(element, width, n), -whole.x, -whole.y);

      for (const curve of [...(old ?? []), ...(fresh ?? [])]) {
        if (old?.has(curve) && fresh?.has(curve)) continue;
        const [cx = 0, cy = 0, x = 0, y = 0] = curve.slice(1).split(" ").map(Number);
        const is_inside = boxHolds(box, cx, cy) && boxHolds(box, x, y);
        assert.ok(is_inside, `seed ${seed}, ${n} to ${now} points: ${curve}`);
      }
    }
  }
});

test("the box of a long stroke's tail is small", () => {
  const points = Array.from({ length: 2000 }, (_, i) => (i % 2 === 0 ? i : 0));
  const pen = /** @type {import("../../../frontend/src/protocol.js").Pen} */ (
    /** @type {unknown} */ ({ x: 0, y: 0, points })
  );

  const { left, right } = tailBox(pen, 4, 995);

  assert.ok(right - left < 80);
});

const SIZE = 5.8;

/**
 * @param {{points: number[], pressure?: number[]}} stroke
 * @param {boolean} isDone
 * @returns {number[]} flat
 */
function ofLibrary({ points, pressure }, isDone) {
  const input = points.flatMap((x, i) =>
    i % 2 === 0 ? [[x, points[i + 1] ?? 0, pressure?.[i / 2] ?? 0.5]] : [],
  );
  return getStroke(input, {
    ...{ size: SIZE, thinning: 0.55, smoothing: 0.5, streamline: 0.4 },
    easing: (t) => Math.sin((t * Math.PI) / 2),
    simulatePressure: !pressure,
    last: isDone,
  }).flat();
}

/**
 * @param {readonly number[]} ours
 * @param {readonly number[]} theirs
 * @param {string} what
 */
function expectSame(ours, theirs, what) {
  assert.equal(ours.length, theirs.length, what);
  for (const [i, value] of ours.entries()) {
    assert.ok(Math.abs(value - (theirs[i] ?? 0)) < 1e-6, `${what}, value ${i}`);
  }
}

test("where ink does not turn back its outline is that of the library", () => {
  for (let seed = 1; seed <= 200; seed++) {
    const next = random(seed);
    const n = seed < 20 ? seed + 1 : 2 + Math.floor(next() * 150);
    const stroke = scribble(next, n, seed % 2 === 0, false);
    for (const isDone of [false, true]) {
      const outline = new InkOutline(SIZE, seed % 2 !== 0);

      const ours = outline.of(stroke.points, stroke.pressure ?? [], 0, isDone);

      expectSame(ours, ofLibrary(stroke, isDone), `seed ${seed}, ${n} points`);
    }
  }
});

test("an outline that goes on is that of the whole stroke, guesses left aside", () => {
  for (let seed = 1; seed <= 60; seed++) {
    const next = random(seed);
    const whole = scribble(next, 150, seed % 2 === 0);
    const outline = new InkOutline(SIZE, seed % 2 !== 0);
    for (let n = 2; n <= 150; n += 1 + Math.floor(next() * 6)) {
      const { points, pressure = [] } = upTo(whole, n);
      const guess = points.concat([next() * 400, next() * 400]);
      outline.of(guess, [...pressure, 0.5], n - 1, false);

      const ours = outline.of(points, pressure, n - 1, false);

      const anew = new InkOutline(SIZE, seed % 2 !== 0).of(points, pressure, 0, false);
      expectSame(ours, anew, `seed ${seed}, ${n} points`);
    }
  }
});

/**
 * How often an outline goes around a place: not at all where there is no ink.
 * @param {readonly number[]} outline
 * @param {number} x
 * @param {number} y
 */
function windings(outline, x, y) {
  let n = 0;
  for (let i = 0; i < outline.length; i += 2) {
    const [ax = 0, ay = 0] = [outline[i], outline[i + 1]];
    const j = (i + 2) % outline.length;
    const [bx = 0, by = 0] = [outline[j], outline[j + 1]];
    const side = (bx - ax) * (y - ay) - (x - ax) * (by - ay);
    if (ay <= y && by > y && side > 0) n++;
    if (ay > y && by <= y && side < 0) n--;
  }
  return n;
}

test("ink is as broad as ever where it turns back", () => {
  const down = Array.from({ length: 8 }, (_, i) => [3 * i, 7.5 * i]);
  const up = Array.from({ length: 9 }, (_, i) => [24 + 3 * i, 60 - 7.5 * i]);
  const points = [...down, ...up].flat();
  const even = new Array(17).fill(0.5);
  const outline = new InkOutline(SIZE, false).of(points, even, 0, true);
  const radius = SIZE * Math.sin(Math.PI / 4); // pressed by half
  const line = lineOf(points);
  const turn = line.findIndex(([, y], i) => y > (line[i + 1]?.[1] ?? 0));
  const [x, y] = line[turn] ?? [0, 0];
  const [nextX, nextY] = line[turn + 1] ?? [0, 0];
  const [ux, uy] = [nextX - x, nextY - y];
  const aside = (0.85 * radius) / Math.hypot(ux, uy);

  for (let share = 0; share <= 1; share += 0.1) {
    for (const by of [-aside, aside]) {
      const [atX, atY] = [x + share * ux - uy * by, y + share * uy + ux * by];
      assert.notEqual(windings(outline, atX, atY), 0, `${share} of the way`);
    }
  }
});

/**
 * @param {readonly number[]} points
 * @returns {[number, number][]} the line that follows them
 */
function lineOf(points) {
  let [x, y] = [points[0] ?? 0, points[1] ?? 0];
  /** @type {[number, number][]} */
  const line = [[x, y]];
  for (let i = 2; i < points.length; i += 2) {
    x += ((points[i] ?? 0) - x) * 0.66;
    y += ((points[i + 1] ?? 0) - y) * 0.66;
    line.push([x, y]);
  }
  return line;
}
