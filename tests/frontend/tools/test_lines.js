import assert from "node:assert/strict";
import { test } from "node:test";
import { pathOf } from "../../../frontend/src/draw/route.js";
import { COMMANDS } from "../../../frontend/src/tools/commands.js";
import { selectedElements } from "../../../frontend/src/tools/selected.js";
import { sitDown } from "./bench.js";

/** @import { Arrow, Element } from "../../../frontend/src/protocol.js" */

const middle = { x: 0.5, y: 0.5 };
/** @type {Element} */
const left = { kind: "rect", id: "l", x: 0, y: 0, w: 100, h: 100, width: 2 };
/** @type {Element} */
const right = { ...left, id: "r", x: 300 };
/** @type {Arrow} */
const bound = {
  kind: "arrow",
  id: "a",
  x: 106,
  y: 50,
  points: [0, 0, 188, 0],
  width: 2,
  start: { id: "l", ...middle },
  end: { id: "r", ...middle },
};

/**
 * @param {ReturnType<typeof sitDown>} seat
 * @param {string} [id]
 * @returns {Arrow}
 */
function arrowOf({ board }, id) {
  const found = id ? board.get(id) : board.list().find(({ kind }) => kind === "arrow");
  assert.ok(found?.kind === "arrow");
  return found;
}

/**
 * @param {ReturnType<typeof sitDown>} seat
 * @param {string} command
 */
function run({ bench, controller }, command) {
  COMMANDS[command]?.(bench, controller);
}

test("arrow: from shape to shape it is bound, and stored where it lies", () => {
  const seat = sitDown([left, right]);
  seat.controller.pick("arrow");
  seat.hand.drag([50, 52], [200, 50], [310, 80]);
  assert.equal(seat.controller.working()?.guide?.()?.target?.id, "r");
  seat.hand.release(310, 80);

  const { start, end, x, points } = arrowOf(seat);
  assert.deepEqual(start, { id: "l", ...middle });
  assert.deepEqual(end, { id: "r", x: 0.1, y: 0.8 });
  assert.ok(x > 100 && x + (points.at(-2) ?? 0) < 300);
});

test("arrow: with Ctrl it holds on to nothing, a line never does", () => {
  for (const [kind, ctrl] of /** @type {const} */ ([
    ["arrow", true],
    ["line", false],
  ])) {
    const seat = sitDown([left, right]);
    seat.controller.pick(kind);
    seat.hand.how = { ctrl };
    seat.hand.draw([50, 50], [350, 50]);

    const line = seat.board.list().at(-1);
    assert.ok(line?.kind === kind && !("start" in line) && !("end" in line));
    assert.deepEqual(line.points, [0, 0, 300, 0]);
  }
});

test("arrow: inside one shape it is free, from edge to edge it is a loop", () => {
  const seat = sitDown([{ ...left, w: 200, h: 200 }]);
  seat.controller.pick("arrow");
  seat.hand.draw([60, 60], [140, 140]);
  assert.equal(arrowOf(seat).start, undefined);

  run(seat, "delete");
  seat.controller.pick("arrow");
  seat.hand.draw([198, 100], [300, 50], [100, 2]);
  assert.equal(arrowOf(seat).end?.id, "l");
});

test("arrow: inside a note it is free as well, though a note is hit everywhere", () => {
  const note = /** @type {Element} */ ({
    ...left,
    kind: "note",
    w: 300,
    h: 300,
    text: "",
  });
  const seat = sitDown([note]);
  seat.controller.pick("arrow");
  seat.hand.draw([60, 60], [240, 240]);

  assert.deepEqual([arrowOf(seat).start, arrowOf(seat).end], [undefined, undefined]);
});

test("arrow: from a place on a picture to something on it, it holds only on to that", () => {
  const picture = /** @type {Element} */ ({
    ...{ kind: "image", id: "i", asset: "", x: -200, y: -200, w: 600, h: 600 },
  });
  const seat = sitDown([picture, left]);
  seat.controller.pick("arrow");
  seat.hand.draw([300, 300], [102, 50]);
  const { start, end, x, y } = arrowOf(seat);
  assert.deepEqual([start, end?.id], [undefined, "l"]);
  assert.deepEqual([x, y], [300, 300]);

  run(seat, "delete");
  seat.controller.pick("arrow");
  seat.hand.draw([399, 0], [102, 50]); // at its edge it is meant
  assert.deepEqual([arrowOf(seat).start?.id, arrowOf(seat).end?.id], ["i", "l"]);
});

test("arrow: what it would hold on to is not shown once the pointer has left", () => {
  const seat = sitDown([left]);
  seat.controller.pick("arrow");
  seat.controller.move([seat.hand.reading(50, 50)]);
  assert.equal(seat.controller.current().guide?.()?.target?.id, "l");

  seat.controller.leave();
  assert.equal(seat.controller.current().guide?.()?.target, null);
});

test("an emptied text that is deleted leaves its arrow where it was", () => {
  const seat = sitDown([
    left,
    { kind: "text", id: "r", x: 500, y: 40, text: "abcd", size: 20 },
    { ...bound, end: { id: "r", ...middle } },
  ]);
  seat.controller.pick("text");
  seat.hand.draw([510, 50]);
  seat.bench.editing.value?.input("");
  seat.bench.editing.value?.finish();

  assert.equal(seat.board.get("r"), undefined);
  assert.ok(arrowOf(seat).x + (arrowOf(seat).points.at(-2) ?? 0) > 400);
});

test("arrow: a frame is held at its edge, not from everywhere inside", () => {
  const frame = /** @type {Element} */ ({ ...left, kind: "frame", w: 800, h: 600 });
  const seat = sitDown([frame, { ...right, y: 100, z: "a1" }]);
  seat.controller.pick("arrow");
  seat.hand.draw([100, 300], [350, 150]);
  assert.deepEqual([arrowOf(seat).start, arrowOf(seat).end?.id], [undefined, "r"]);
});

test("line: clicks put points down, a double click ends it, Esc does too", () => {
  for (const ending of ["click", "escape", "edit"]) {
    const seat = sitDown();
    seat.controller.pick("line");
    seat.hand.draw([0, 0]);
    seat.controller.move([seat.hand.reading(60, 40)]);
    const draft = seat.live.drafts.at(-1)?.[0];
    assert.ok(draft?.op === "put" && draft.element.kind === "line");
    assert.deepEqual(draft.element.points, [0, 0, 60, 40], "others see where it goes");
    seat.hand.draw([100, 0]);
    seat.hand.draw([100, 100]);
    if (ending === "click") seat.hand.draw([100, 100]);
    else run(seat, ending);

    const [line] = seat.board.list();
    assert.ok(line?.kind === "line");
    assert.deepEqual(line.points, [0, 0, 100, 0, 100, 100]);
    assert.equal(seat.controller.tool.value, "select");
    assert.equal(seat.board.pendingCount, 1);
  }
});

test("line: the first point closes it; one point alone is no line", () => {
  const seat = sitDown();
  seat.controller.pick("line");
  for (const [x, y] of [
    [0, 0],
    [100, 0],
    [100, 100],
    [1, 1],
  ])
    seat.hand.draw([x ?? 0, y ?? 0]);
  const [line] = seat.board.list();
  assert.ok(line?.kind === "line");
  assert.deepEqual(line.points, [0, 0, 100, 0, 100, 100, 0, 0]);

  seat.controller.pick("line");
  seat.hand.draw([300, 300]);
  seat.controller.pick("pen");
  assert.equal(seat.board.list().length, 1);
  assert.ok(seat.bench.draft.is_empty);
});

test("arrow: a click on a second shape ends it there", () => {
  const seat = sitDown([left, right]);
  seat.controller.pick("arrow");
  seat.hand.draw([50, 50]);
  seat.hand.draw([200, 200]);
  seat.hand.draw([350, 50]);

  const arrow = arrowOf(seat);
  assert.equal(arrow.end?.id, "r");
  assert.equal(arrow.points.length, 6);
});

test("a moved shape takes its arrow along, with no change to the arrow itself", () => {
  const seat = sitDown([{ ...left, fill: "#ffffff" }, right, bound]);
  seat.hand.draw([50, 20], [50, 40], [50, 120]);

  assert.equal(seat.board.get("l")?.y, 100);
  assert.deepEqual(arrowOf(seat), bound);
  seat.bench.selection.value = new Set(["a"]);
  const [shown] = selectedElements(seat.bench);
  assert.ok(shown && shown.y > 100);
});

test("an arrow that is moved alone lets go, with one of its shapes it stays", () => {
  const seat = sitDown([left, right, bound]);
  seat.bench.selection.value = new Set(["a"]);
  run(seat, "nudge far down");
  assert.deepEqual([arrowOf(seat).start, arrowOf(seat).end], [undefined, undefined]);
  assert.equal(arrowOf(seat).y, 60);

  seat.board.undo();
  assert.deepEqual(arrowOf(seat), bound);
  seat.bench.selection.value = new Set(["a", "l"]);
  run(seat, "nudge far down");
  assert.equal(arrowOf(seat).start?.id, "l");
});

test("deleting a shape leaves the arrow where it was; one undo brings both back", () => {
  const seat = sitDown([left, { ...right, x: 500 }, bound]);
  seat.bench.selection.value = new Set(["r"]);
  run(seat, "delete");

  const arrow = arrowOf(seat);
  assert.deepEqual([arrow.start?.id, arrow.end], ["l", undefined]);
  assert.deepEqual(arrow.points, [0, 0, 388, 0]);
  seat.board.undo();
  assert.ok(seat.board.get("r"));
  assert.deepEqual(arrowOf(seat), bound);

  seat.controller.pick("eraser");
  seat.hand.draw([590, 20], [610, 20]);
  assert.equal(arrowOf(seat).end, undefined);
});

test("a copy is bound to the copies, and to nothing else", () => {
  const seat = sitDown([left, right, bound]);
  seat.bench.selection.value = new Set(["l", "a"]);
  run(seat, "duplicate");

  const copies = [...seat.bench.selection.value].flatMap(
    (id) => seat.board.get(id) ?? [],
  );
  const [box, arrow] = [
    copies.find(({ kind }) => kind === "rect"),
    copies.find(({ kind }) => kind === "arrow"),
  ];
  assert.ok(box && arrow?.kind === "arrow");
  assert.deepEqual([arrow.start?.id, arrow.end], [box.id, undefined]);
});

test("points: an end is dragged off and onto shapes, the other one stays", () => {
  const seat = sitDown([left, right, bound]);
  seat.bench.selection.value = new Set(["a"]);
  seat.hand.draw([294, 50], [250, 200], [200, 300]);
  assert.deepEqual([arrowOf(seat).start?.id, arrowOf(seat).end], ["l", undefined]);
  const { x, y, points } = arrowOf(seat);
  assert.deepEqual([x + (points.at(-2) ?? 0), y + (points.at(-1) ?? 0)], [200, 300]);

  seat.hand.draw([200, 300], [250, 200], [350, 90]);
  assert.equal(arrowOf(seat).end?.id, "r");
});

test("points: an end that is dragged on a picture does not hold on to all of it", () => {
  const picture = /** @type {Element} */ ({
    ...{ kind: "image", id: "i", asset: "", x: -200, y: -200, w: 900, h: 900 },
  });
  const seat = sitDown([picture, left, right, bound]);
  seat.bench.selection.value = new Set(["a"]);
  seat.hand.draw([294, 50], [250, 200], [200, 300]);

  assert.deepEqual([arrowOf(seat).start?.id, arrowOf(seat).end], ["l", undefined]);
});

test("points: a middle becomes a point, Delete and its neighbour take it away", () => {
  const line = /** @type {Element} */ ({
    kind: "line",
    id: "a",
    x: 0,
    y: 0,
    points: [0, 0, 200, 0],
  });
  const seat = sitDown([line]);
  seat.bench.selection.value = new Set(["a"]);
  const points = () => {
    const now = seat.board.get("a");
    return now?.kind === "line" ? now.points : null;
  };
  seat.hand.draw([100, 0], [100, 50], [100, 80]);
  assert.deepEqual(points(), [0, 0, 100, 80, 200, 0]);

  seat.hand.draw([100, 80]);
  run(seat, "delete");
  assert.deepEqual(points(), [0, 0, 200, 0]);
  run(seat, "delete");
  assert.equal(points(), null);
  seat.board.undo();
  seat.board.undo();

  seat.bench.selection.value = new Set(["a"]);
  seat.hand.draw([100, 80], [50, 50], [2, 1]);
  assert.deepEqual(points(), [0, 0, 200, 0]);
  seat.board.undo();
  seat.hand.draw([100, 80]);
  seat.hand.draw([100, 80]);
  assert.deepEqual(points(), [0, 0, 200, 0], "a double click takes it away");
});

test("points: the middle piece of an elbow is pulled sideways", () => {
  const elbow = /** @type {Element} */ ({
    kind: "line",
    id: "a",
    x: 0,
    y: 0,
    points: [0, 0, 200, 100],
    route: "elbow",
  });
  const seat = sitDown([elbow]);
  seat.bench.selection.value = new Set(["a"]);
  seat.hand.draw([100, 50], [140, 60], [150, 70]);

  const pulled = seat.board.get("a");
  assert.ok(pulled?.kind === "line");
  assert.deepEqual(pulled.points, [0, 0, 150, 50, 200, 100]);
  assert.deepEqual(pathOf(pulled), [0, 0, 150, 0, 150, 50, 150, 100, 200, 100]);
});

test("points: Shift holds a piece to 15 degrees; a locked line has no handles", () => {
  const line = /** @type {Element} */ ({
    kind: "line",
    id: "a",
    x: 0,
    y: 0,
    points: [0, 0, 200, 0],
  });
  const seat = sitDown([line, { ...line, id: "b", y: 500, locked: true }]);
  seat.bench.selection.value = new Set(["a"]);
  seat.hand.how = { shift: true };
  seat.hand.draw([200, 0], [200, 20], [199, 6]);
  const moved = seat.board.get("a");
  assert.ok(moved?.kind === "line" && moved.points[3] === 0);

  seat.hand.how = {};
  seat.bench.selection.value = new Set(["b"]);
  seat.hand.draw([200, 500], [200, 600]);
  assert.equal(seat.board.get("b")?.y, 500);
});

for (const kind of /** @type {const} */ (["line", "arrow"])) {
  test(`Enter puts a ${kind} in the middle of the view, bound to nothing`, () => {
    const seat = sitDown([{ ...left, x: 350, y: 250 }]);
    seat.controller.pick(kind);

    run(seat, "edit");

    const [made] = selectedElements(seat.bench);
    assert.ok(made?.kind === kind);
    assert.deepEqual(made.points, [0, 0, 160, 0]);
    assert.ok(!("start" in made || "end" in made));
    assert.equal(seat.controller.current().name, "select");
  });
}
