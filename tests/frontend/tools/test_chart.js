import assert from "node:assert/strict";
import { test } from "node:test";
import { COMMANDS } from "../../../frontend/src/tools/commands.js";
import { commandOf } from "../../../frontend/src/tools/keys.js";
import { sitDown } from "./bench.js";

/** @import { Element } from "../../../frontend/src/protocol.js" */

/** @type {Element} */
const box = {
  kind: "diamond",
  id: "d",
  x: 0,
  y: 0,
  w: 100,
  h: 60,
  fill: "#ffc9c9",
  label: "Start",
  groups: ["g"],
};

/**
 * @param {ReturnType<typeof sitDown>} seat
 * @param {string} command
 */
function run({ bench, controller }, command) {
  COMMANDS[command]?.(bench, controller);
}

test("next: a box like the selected one, joined, selected and ready to be named", () => {
  const seat = sitDown([box]);
  seat.bench.selection.value = new Set(["d"]);
  run(seat, "next right");

  const [, made, arrow] = seat.board.list();
  assert.ok(made?.kind === "diamond" && arrow?.kind === "arrow");
  assert.deepEqual([made.x, made.y, made.w, made.h], [200, 0, 100, 60]);
  assert.deepEqual(
    [made.fill, made.label, made.groups],
    ["#ffc9c9", undefined, undefined],
  );
  assert.deepEqual(arrow.start, { id: "d", x: 1, y: 0.5 });
  assert.deepEqual(arrow.end, { id: made.id, x: 0, y: 0.5 });
  assert.deepEqual([...seat.bench.selection.value], [made.id]);
  assert.equal(seat.bench.editing.value?.element.id, made.id);

  seat.bench.editing.value?.finish();
  seat.board.undo();
  assert.deepEqual(seat.board.list(), [box], "one step back");
});

test("next: a second one goes beside the first, none covers another", () => {
  const seat = sitDown([box]);
  for (let n = 0; n < 3; n++) {
    seat.bench.selection.value = new Set(["d"]);
    run(seat, "next down");
    seat.bench.editing.value?.finish();
  }

  const made = seat.board
    .list()
    .filter(({ id, kind }) => kind === "diamond" && id !== "d");
  assert.deepEqual(
    made.map(({ x, y }) => [x, y]),
    [
      [0, 160],
      [140, 160],
      [-140, 160],
    ],
  );
});

test("next: after a text comes a box, after a line or for a viewer nothing", () => {
  const text = /** @type {Element} */ ({
    kind: "text",
    id: "t",
    x: 0,
    y: 0,
    text: "hi",
  });
  const line = /** @type {Element} */ ({
    kind: "line",
    id: "l",
    x: 0,
    y: 500,
    points: [0, 0, 9, 9],
  });
  const seat = sitDown([text, line]);
  seat.bench.selection.value = new Set(["l"]);
  run(seat, "next up");
  seat.is.allowed = false;
  seat.bench.selection.value = new Set(["t"]);
  run(seat, "next up");
  assert.equal(seat.board.list().length, 2);

  seat.is.allowed = true;
  run(seat, "next up");
  assert.ok(seat.board.list().some(({ kind }) => kind === "rect"));
});

test("connect: what is selected is joined in the order of selecting", () => {
  const others = /** @type {Element[]} */ ([
    { ...box, id: "e", x: 300 },
    { ...box, id: "f", x: 300, y: 300 },
  ]);
  const seat = sitDown([box, ...others]);
  seat.bench.selection.value = new Set(["f", "d", "e"]);
  run(seat, "connect");

  const arrows = seat.board
    .list()
    .flatMap((one) => (one.kind === "arrow" ? [one] : []));
  assert.deepEqual(
    arrows.map(({ start, end }) => [start?.id, end?.id]),
    [
      ["f", "d"],
      ["d", "e"],
    ],
  );
  assert.equal(seat.board.pendingCount, 1);

  seat.bench.selection.value = new Set(["d"]);
  run(seat, "connect");
  assert.equal(seat.board.pendingCount, 1, "one alone has nothing to be joined to");
});

test("label: an arrow takes words like a shape", () => {
  const seat = sitDown([
    { kind: "arrow", id: "a", x: 0, y: 0, points: [0, 0, 300, 0] },
  ]);
  seat.bench.selection.value = new Set(["a"]);
  run(seat, "edit");
  seat.bench.editing.value?.input("yes");
  seat.bench.editing.value?.finish();

  const [arrow] = seat.board.list();
  assert.ok(arrow?.kind === "arrow" && arrow.label === "yes");
  seat.hand.draw([150, 0]);
  seat.hand.draw([150, 0]);
  assert.equal(
    seat.bench.editing.value?.element.id,
    "a",
    "a double click on it as well",
  );
});

test("keys: Ctrl and an arrow key go on with the chart, Shift+A connects", () => {
  const key = { shift: false, alt: false, ctrl: true };

  assert.equal(commandOf({ ...key, key: "ArrowUp", code: "ArrowUp" }), "next up");
  assert.equal(
    commandOf({ ...key, key: "A", code: "KeyA", ctrl: false, shift: true }),
    "connect",
  );
});

test("Enter with a shape in hand puts one in the middle of the view, to be named", () => {
  const seat = sitDown();
  seat.bench.view.size.value = { width: 800, height: 600 };
  for (const [kind, text] of /** @type {const} */ ([
    ["ellipse", "One"],
    ["ellipse", "Two"],
    ["note", "Three"],
  ])) {
    seat.controller.pick(kind);
    run(seat, "edit");
    seat.bench.editing.value?.input(text);
    seat.bench.editing.value?.finish();
    assert.equal(seat.controller.tool.value, "select");
  }

  const [one, two, three] = seat.board.list();
  assert.ok(
    one?.kind === "ellipse" && two?.kind === "ellipse" && three?.kind === "note",
  );
  assert.deepEqual([one.label, two.label, three.text], ["One", "Two", "Three"]);
  assert.deepEqual([one.x + 80, one.y + 50], [400, 300]);
  assert.ok(two.x >= one.x + 160 && three.x + 200 <= one.x, "none covers another");

  seat.is.allowed = false;
  seat.controller.pick("rect");
  run(seat, "edit");
  assert.equal(seat.board.list().length, 3);
});

test("line: Delete takes the last point back while it is drawn", () => {
  const seat = sitDown();
  seat.controller.pick("line");
  for (const place of /** @type {[number, number][]} */ ([
    [0, 0],
    [100, 0],
    [100, 100],
  ]))
    seat.hand.draw(place);
  run(seat, "delete");
  run(seat, "edit");

  const [line] = seat.board.list();
  assert.ok(line?.kind === "line");
  assert.deepEqual(line.points, [0, 0, 100, 0]);
});
