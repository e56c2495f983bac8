import assert from "node:assert/strict";
import { test } from "node:test";
import {
  boundsOf,
  centerOf,
  outlineOf,
  plainBox,
} from "../../../frontend/src/draw/bounds.js";
import { heldBy, pulled, turnPlace } from "../../../frontend/src/tools/handles.js";
import { stretched, stretchedAmong } from "../../../frontend/src/tools/resize.js";
import { Snapper } from "../../../frontend/src/tools/snap.js";
import { turnBetween, turnOps, within } from "../../../frontend/src/tools/turn.js";
import { measure, pen } from "../draw/elements.js";
import { sitDown } from "./bench.js";

/** @import { Element, Rect } from "../../../frontend/src/protocol.js" */
/** @import { Press } from "../../../frontend/src/tools/bench.js" */

const HOW = { measure, decimals: 3 };
const FREE = { keeps_ratio: false, from_center: false, ...HOW };
/** @type {Rect} */
const RECT = { kind: "rect", id: "r", x: 100, y: 100, w: 80, h: 40, z: "a1" };
const PRESS = /** @type {Press} */ (
  /** @type {unknown} */ ({ x: 0, y: 0, ctrl: false, shift: false, alt: false })
);

/** @param {Element[]} elements */
function onScreen(elements) {
  const { bench } = sitDown(elements);
  bench.view.size.value = { width: 1000, height: 800 };
  return bench;
}

/** @param {Element} element @param {import("../../../frontend/src/protocol.js").Op} op */
function after(element, op) {
  return /** @type {Element} */ ({ ...element, ...(op.op === "set" ? op.props : {}) });
}

/** @param {number[]} points @param {number[]} other */
function assertNear(points, other) {
  assert.equal(points.length, other.length);
  points.forEach((value, i) => {
    assert.ok(Math.abs(value - (other[i] ?? 0)) < 0.02, `${points} is not ${other}`);
  });
}

test("a quarter turn about its own middle leaves the middle where it is", () => {
  const [op] = turnOps([RECT], [140, 120], Math.PI / 2, HOW);

  assert.ok(op);
  const turned = after(RECT, op);
  assert.deepEqual([turned.x, turned.y], [100, 100]);
  assert.ok(Math.abs((turned.angle ?? 0) - Math.PI / 2) < 1e-4);
  // Clockwise: the upper left corner is at the upper right now.
  assertNear(outlineOf(turned, measure).points.slice(0, 2), [160, 80]);
});

test("several things keep their places to each other when they are turned", () => {
  const line = /** @type {Element} */ ({
    ...{ kind: "line", id: "l", x: 0, y: 0, points: [0, 0, 10, 0] },
  });
  const ops = turnOps([RECT, line, pen], [0, 0], Math.PI, HOW);
  const [rect, turnedLine] = [
    after(RECT, ops[0] ?? fail()),
    after(line, ops[1] ?? fail()),
  ];

  assertNear([rect.x, rect.y], [-180, -140]);
  assert.ok("points" in turnedLine);
  assertNear(turnedLine.points, [0, 0, -10, 0]);
  assert.equal(turnedLine.angle, undefined);
});

test("Shift turns by fifteen degrees of the whole", () => {
  const from = { x: 10, y: 0 };
  const to = { x: 10, y: 3.1 }; // 17.2°
  const before = 0.1;

  const free = turnBetween([0, 0], from, to, { before, steps: false });
  const steps = turnBetween([0, 0], from, to, { before, steps: true });

  assert.ok(Math.abs(free - Math.atan2(3.1, 10)) < 1e-9);
  assert.ok(Math.abs(before + steps - (2 * Math.PI) / 24) % (Math.PI / 12) < 1e-9);
});

test("angles stay within one turn", () => {
  assert.ok(Math.abs(within(7 * Math.PI) - Math.PI) < 1e-9);
  assert.equal(within(0), 0);
});

test("a turned shape that is pulled keeps its opposite corner on the board", () => {
  for (const angle of [0, 0.5, Math.PI / 2, 2.8, -1]) {
    for (const to of /** @type {[number, number][]} */ ([
      [260, 200],
      [20, 10], // past the corner: mirrored
    ])) {
      const element = { ...RECT, angle };
      const box = { left: 100, top: 100, right: 180, bottom: 140 };
      const before = outlineOf(element, measure).points.slice(0, 2);

      const props = pulled(
        element,
        { box, angle, turns: true },
        { across: 1, down: 1 },
        to,
        FREE,
      );

      const { points } = outlineOf(
        /** @type {Element} */ ({ ...element, ...props }),
        measure,
      );
      const corners = [0, 2, 4, 6].map((i) => points.slice(i, i + 2));
      assert.ok(isOneOf(corners, before), `${angle}: ${before} in ${points}`);
      assert.ok(isOneOf(corners, to), `${angle}: ${to} in ${points}`);
    }
  }
});

test("pulling a turned shape with Alt keeps its middle", () => {
  const element = { ...RECT, angle: 0.7 };
  const box = { left: 100, top: 100, right: 180, bottom: 140 };
  const how = { ...FREE, from_center: true };

  const props = pulled(
    element,
    { box, angle: 0.7, turns: true },
    { across: 1, down: 0 },
    [300, 300],
    how,
  );

  const { x, y, w, h } = /** @type {Rect} */ ({ ...element, ...props });
  assertNear([x + w / 2, y + h / 2], [140, 120]);
});

test("a box snaps to edges and middles that are near, and Ctrl lets it free", () => {
  const bench = onScreen([RECT]);
  const snapper = new Snapper(bench, new Set());
  const box = { left: 103, top: 300, right: 153, bottom: 330 };

  const snap = snapper.snap(box, PRESS);

  assert.deepEqual([snap.dx, snap.dy], [-3, 0]);
  assert.deepEqual(snap.lines, [{ x0: 100, y0: 100, x1: 100, y1: 330 }]);
  const free = snapper.snap(box, { ...PRESS, ctrl: true });
  assert.deepEqual([free.dx, free.dy, free.lines], [0, 0, []]);
  const far = { ...box, left: 120, right: 200 };
  assert.equal(snapper.snap(far, PRESS).dx, 0);
});

test("a box between two others snaps to equal gaps", () => {
  const right = { ...RECT, id: "s", x: 400 };
  const bench = onScreen([RECT, right]);
  const box = { left: 263, top: 110, right: 313, bottom: 130 };

  const snap = new Snapper(bench, new Set()).snap(box, PRESS);

  assert.equal(snap.dx, 2); // 265 − 180 = 400 − 315
});

test("the grid takes what nothing else does", () => {
  const bench = onScreen([]);
  bench.options.value = { ...bench.options.peek(), grid: true };
  const snapper = new Snapper(bench, new Set());

  const snap = snapper.snap({ left: 33, top: 47, right: 60, bottom: 60 }, PRESS);

  assert.deepEqual([snap.dx, snap.dy], [7, -7]);
});

test("ink is nothing to snap to", () => {
  const bench = onScreen([pen]);
  const snapper = new Snapper(bench, new Set());

  const snap = snapper.snap({ left: 12, top: 12, right: 20, bottom: 20 }, PRESS);

  assert.deepEqual([snap.dx, snap.dy], [0, 0]);
});

/** @param {number[][]} corners @param {readonly number[]} place */
function isOneOf(corners, place) {
  return corners.some(
    ([x = 0, y = 0]) => Math.hypot(x - (place[0] ?? 0), y - (place[1] ?? 0)) < 0.05,
  );
}

/** @returns {never} */
function fail() {
  throw new Error("There is no op.");
}

test("a turned one among several grows along its own sides, mirrored it leans back", () => {
  const turned = { ...RECT, id: "q", x: 300, angle: Math.PI / 2 };
  const wide = { fixedX: 100, fixedY: 80, scaleX: 2, scaleY: 1 };
  const grown = after(turned, set(turned, stretchedAmong(turned, wide, HOW)));

  assert.ok(grown.kind === "rect");
  assert.deepEqual([grown.w, grown.h], [80, 80]); // its height lies across
  assertNear([...centerOf(grown, measure)], [580, 120]);
  const leaning = { ...turned, angle: 0.5 };
  const flip = { ...wide, scaleX: -1 };
  assert.equal(stretchedAmong(leaning, flip, HOW).angle, -0.5);
});

test("text pulled at a corner grows in proportion, turned text wraps along its side", () => {
  const text = /** @type {Element} */ ({
    ...{ kind: "text", id: "t", x: 100, y: 100, text: "hello you", size: 20, w: 100 },
  });
  const seat = sitDown([text]);
  seat.bench.selection.value = new Set(["t"]);
  const { right, bottom } = boundsOf(text, measure);
  seat.hand.draw([right, bottom], [right + 50, bottom], [right + 100, bottom]);
  const grown = seat.board.get("t");
  assert.ok(grown?.kind === "text");
  assert.deepEqual([grown.x, grown.y, grown.size], [100, 100, 40]);

  const upright = /** @type {Element} */ ({ ...text, angle: Math.PI / 2 });
  const box = plainBox(upright, measure);
  const by = { fixedX: box.left, fixedY: 0, scaleX: 0.5, scaleY: 1 };
  assert.equal(stretched(upright, by, HOW).w, 50);
});

/**
 * @param {Element} element
 * @param {import("../../../frontend/src/protocol.js").Props} props
 * @returns {import("../../../frontend/src/protocol.js").Op}
 */
function set({ id }, props) {
  return { op: "set", id, props };
}

test("a mouse turns from just outside a corner, unless something lies there", () => {
  const seat = sitDown([RECT, { ...RECT, id: "s", x: 190, y: 148 }]);
  seat.bench.selection.value = new Set(["r"]);

  seat.hand.draw([90, 90], [170, 60]);
  assert.ok((seat.board.get("r")?.angle ?? 0) > 0.5);
  seat.board.undo();
  seat.hand.draw([194, 152], [214, 172]); // the other one's corner
  assert.equal(seat.board.get("r")?.angle ?? 0, 0);
  assert.ok((seat.board.get("s")?.x ?? 0) > 200);

  seat.bench.selection.value = new Set(["r"]);
  seat.hand.how = { device: "touch" };
  seat.hand.draw([76, 76], [60, 100]); // a marquee
  assert.equal(seat.board.get("r")?.angle ?? 0, 0);
});

test("the handle that turns is below where the toolbar would lie on it", () => {
  const { bench } = sitDown([{ ...RECT, id: "high", y: 60 }, RECT]);
  bench.view.size.value = { width: 1000, height: 800 };

  bench.selection.value = new Set(["high"]);
  const high = heldBy(bench);
  assert.ok(high && turnPlace(high, 1)[1] > high.box.bottom);
  bench.selection.value = new Set(["r"]);
  const low = heldBy(bench);
  assert.ok(low && turnPlace(low, 1)[1] < low.box.top);
});

test("a frame is not turned: what is in it is clipped along its edges", () => {
  const seat = sitDown([{ ...RECT, kind: "frame" }]);
  seat.bench.selection.value = new Set(["r"]);

  seat.hand.draw([90, 90], [170, 60]);

  assert.equal(seat.board.pendingCount, 0);
  assert.equal(seat.bench.selection.value.size, 0); // a marquee began there
});

test("a shape that is pulled up shows how large it is", () => {
  const seat = sitDown([]);
  seat.controller.pick("rect");

  seat.hand.drag([100, 100], [180, 150]);

  const label = seat.controller.working()?.guide?.()?.label;
  assert.deepEqual(label, { text: "80 × 50", x: 180, y: 150 });
});
