import assert from "node:assert/strict";
import { test } from "node:test";
import {
  allResolved,
  bindingTo,
  placeIn,
  resolved,
} from "../../../frontend/src/draw/binding.js";
import { Bonds } from "../../../frontend/src/draw/bonds.js";
import { outlineOf } from "../../../frontend/src/draw/bounds.js";
import { distanceSquared, polygonHolds } from "../../../frontend/src/draw/geometry.js";
import { legsOf, pathOf } from "../../../frontend/src/draw/route.js";
import { measure, oneOfEach } from "./elements.js";

/** @import { Arrow, Element } from "../../../frontend/src/protocol.js" */

/** @type {Arrow} */
const arrow = { kind: "arrow", id: "a", x: 0, y: 0, points: [0, 0, 300, 0], width: 2 };
/** @type {Element} */
const left = { kind: "rect", id: "l", x: 0, y: 0, w: 100, h: 100, width: 2 };
/** @type {Element} */
const right = { ...left, id: "r", x: 300 };
const middle = { x: 0.5, y: 0.5 };

/**
 * @param {Arrow} one
 * @param {...Element} others
 * @returns {number[]} the points as they are shown, on the board
 */
function shown(one, ...others) {
  const [found] = allResolved([one, ...others], measure);
  assert.ok(found?.kind === "arrow");
  return pathOf(found).map((value, i) => value + (i % 2 ? found.y : found.x));
}

/** @param {number[]} path */
const rounded = (path) => path.map((value) => Math.round(value) + 0);

test("both ends stop a little before their shapes, and follow them", () => {
  const bound = {
    ...arrow,
    start: { id: "l", ...middle },
    end: { id: "r", ...middle },
  };

  assert.deepEqual(shown(bound, left, right), [106, 50, 294, 50]);
  assert.deepEqual(shown(bound, left, { ...right, x: 400 }), [106, 50, 394, 50]);
});

test("an end without its element lies where it was stored", () => {
  const bound = {
    ...arrow,
    start: { id: "gone", ...middle },
    end: { id: "r", ...middle },
  };

  assert.deepEqual(rounded(shown(bound, right)), [0, 0, 294, 42]);
  assert.equal(resolved({ ...bound, end: null }, () => undefined, measure).x, 0);
});

test("an end stays where it was when its element goes", () => {
  const shapes = new Map([["r", right]]);
  const arrow = {
    ...{ kind: /** @type {const} */ ("arrow"), id: "a", x: 0, y: 0 },
    ...{ points: [0, 0, 10, 0], end: { id: "r", ...middle } },
  };
  const shown = () => resolved(arrow, (id) => shapes.get(id), measure);
  const before = shown();

  shapes.clear();

  assert.deepEqual(shown(), before);
  assert.notDeepEqual(before.points, arrow.points);
});

test("an arrow holds on to no line, ink or other arrow", () => {
  const bound = { ...arrow, end: { id: "p", ...middle } };
  for (const kind of /** @type {const} */ (["pen", "line", "arrow", "highlight"])) {
    const ink = { kind, id: "p", x: 500, y: 500, points: [0, 0, 50, 50] };

    assert.deepEqual(shown(bound, ink), [0, 0, 300, 0]);
  }
});

for (const element of oneOfEach.filter(({ id }) => !"phla".includes(id))) {
  test(`${element.kind}: the tip is outside and near the outline, turned or not`, () => {
    for (const angle of [0, 0.7]) {
      const target = { ...element, angle };
      const bound = {
        ...arrow,
        x: -300,
        y: -200,
        end: { id: element.id, x: 0.45, y: 0.55 },
      };
      const path = shown(bound, target);
      const [x = 0, y = 0] = path.slice(-2);
      const { points } = outlineOf(target, measure);
      let nearest = Infinity;
      for (let i = 0; i < points.length; i += 2) {
        const j = (i + 2) % points.length;
        const [ax = 0, ay = 0, bx = 0, by = 0] = [
          points[i],
          points[i + 1],
          points[j],
          points[j + 1],
        ];
        nearest = Math.min(nearest, distanceSquared(x, y, ax, ay, bx, by));
      }

      assert.ok(!polygonHolds(points, x, y));
      assert.ok(Math.sqrt(nearest) <= 10, `${Math.sqrt(nearest)} away`);
    }
  });
}

test("a place in a corner that the shape leaves empty still meets the shape", () => {
  const circle = { ...right, kind: /** @type {const} */ ("ellipse") };
  const bound = { ...arrow, y: -200, end: { id: "r", x: 1, y: 0 } };
  const [x = 0, y = 0] = shown(bound, circle).slice(-2);

  assert.ok(Math.abs(Math.hypot(x - 350, y - 50) - 56) < 1);
});

test("places and bindings are each other's inverse on a turned shape", () => {
  const turned = { ...left, angle: 1.1 };
  const place = placeIn(turned, { x: 0.2, y: 0.9 }, measure);

  assert.deepEqual(bindingTo(turned, place, measure), { id: "l", x: 0.2, y: 0.9 });
});

test("between shapes that lie over each other an arrow goes from place to place", () => {
  const bound = {
    ...arrow,
    start: { id: "l", ...middle },
    end: { id: "r", ...middle },
  };

  assert.deepEqual(shown(bound, left, { ...right, x: 40 }), [50, 50, 90, 50]);
});

test("an arrow from a shape to itself goes around outside of it", () => {
  for (const route of /** @type {const} */ (["straight", "curve", "elbow"])) {
    for (const [start, end] of [
      [middle, middle],
      [
        { x: 1, y: 0.5 },
        { x: 0.5, y: 0 },
      ],
    ]) {
      const bound = {
        ...arrow,
        route,
        start: { id: "l", ...start },
        end: { id: "l", ...end },
      };
      const path = shown(/** @type {Arrow} */ (bound), left);
      for (let i = 0; i < path.length; i += 2) {
        const [x = 0, y = 0] = path.slice(i, i + 2);
        assert.ok(!polygonHolds([0, 0, 100, 0, 100, 100, 0, 100], x, y), route);
      }
    }
  }
});

test("points between the ends stay, and the ends aim at their neighbours", () => {
  const bound = {
    ...arrow,
    points: [0, 0, 350, -200, 300, 0],
    end: { id: "r", ...middle },
  };

  assert.deepEqual(shown(bound, right), [0, 0, 350, -200, 350, -6]);
});

test("a turned arrow is bound where it shows", () => {
  const bound = { ...arrow, angle: Math.PI, end: { id: "l", ...middle } };
  const path = shown(bound, left);

  assert.deepEqual(rounded(path.slice(0, 2)), [300, 0]);
});

test("the index knows which arrows hold on to an element, also when they let go", () => {
  const bonds = new Bonds();
  bonds.load([left, { ...arrow, start: { id: "l", ...middle } }]);
  bonds.set("b", { ...arrow, id: "b", end: { id: "l", ...middle } });
  assert.deepEqual([...bonds.on("l")], ["a", "b"]);

  bonds.set("a", arrow);
  bonds.set("b", undefined);
  assert.equal(bonds.on("l").size, 0);
});

test("an elbow has right angles only, and goes around its shapes", () => {
  for (const [x, y] of [
    [300, 0],
    [300, 200],
    [-300, 120],
    [20, 300],
    [-250, -250],
    [130, 20],
    [60, 60],
  ]) {
    for (const start of [middle, { x: 0, y: 0.5 }, { x: 0.5, y: 1 }]) {
      const bound = /** @type {Arrow} */ ({
        ...arrow,
        route: "elbow",
        start: { id: "l", ...start },
        end: { id: "r", ...middle },
      });
      const path = shown(bound, left, { ...right, x: x ?? 0, y: y ?? 0 });
      for (let i = 0; i + 3 < path.length; i += 2) {
        const [ax = 0, ay = 0, bx = 0, by = 0] = path.slice(i, i + 4);
        assert.ok(Math.abs(ax - bx) < 1e-6 || Math.abs(ay - by) < 1e-6, `${path}`);
        if (x !== 60 && x !== 130) {
          const inside = /** @type {[number, number]} */ ([
            (ax + bx) / 2,
            (ay + by) / 2,
          ]);
          assert.ok(
            !polygonHolds([0, 0, 100, 0, 100, 100, 0, 100], ...inside),
            `${path}`,
          );
        }
      }
    }
  }
});

test("an elbow between facing sides turns in the middle of the gap", () => {
  const bound = /** @type {Arrow} */ ({
    ...arrow,
    route: "elbow",
    start: { id: "l", ...middle },
    end: { id: "r", ...middle },
  });

  assert.deepEqual(
    shown(bound, left, { ...right, y: 80 }),
    [106, 50, 200, 50, 200, 130, 294, 130],
  );
});

test("a curve goes through its points, one leg between two", () => {
  const line = /** @type {const} */ ({
    kind: "line",
    id: "c",
    x: 5,
    y: 5,
    points: [0, 0, 100, 100, 200, 0],
    route: "curve",
  });
  const legs = legsOf({ ...line, points: [...line.points] });

  assert.equal(legs.length, 2);
  assert.deepEqual(legs[0]?.slice(-2), [100, 100]);
  assert.deepEqual(legs[1]?.slice(-2), [200, 0]);
});

test("hostile arrows give something that can be shown", () => {
  const huge = { ...left, w: 1e7, h: 0 };
  for (const points of [
    [0, 0],
    [0, 0, 0, 0],
    [1e7, 1e7, 1e7, 1e7],
  ]) {
    for (const route of /** @type {const} */ (["straight", "curve", "elbow"])) {
      const bound = { ...arrow, points, route, start: { id: "l", x: 0, y: 0 } };
      for (const both of [bound, { ...bound, end: { id: "l", x: 0, y: 0 } }]) {
        assert.ok(shown(both, huge).every(Number.isFinite));
        assert.ok(shown(both).every(Number.isFinite));
      }
    }
  }
});
