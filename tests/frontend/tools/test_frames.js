import assert from "node:assert/strict";
import { test } from "node:test";
import { COMMANDS } from "../../../frontend/src/tools/commands.js";
import { sitDown } from "./bench.js";

/** @import { Element } from "../../../frontend/src/protocol.js" */

/** @type {Element} */
const FRAME = { kind: "frame", id: "f", x: 0, y: 0, w: 300, h: 200, z: "a0" };
/** @type {Element} */
const INSIDE = {
  ...{ kind: "rect", id: "in", x: 50, y: 50, w: 40, h: 40, z: "a1" },
  ...{ fill: "#ff0000", frame: "f" },
};

/**
 * @param {ReturnType<typeof sitDown>} seat
 * @param {string} id
 */
function at({ board }, id) {
  const element = board.get(id);
  return element && { x: element.x, y: element.y, frame: element.frame ?? null };
}

/**
 * @param {ReturnType<typeof sitDown>} seat
 * @param {string} name
 */
function run({ bench, controller }, name) {
  COMMANDS[name]?.(bench, controller);
}

test("what is drawn in a frame belongs to it, what is drawn beside it does not", () => {
  const seat = sitDown([FRAME]);
  seat.controller.pick("rect");
  seat.hand.draw([100, 100], [150, 150]);
  seat.controller.pick("rect");
  seat.hand.draw([400, 100], [450, 150]);

  const [, inside, beside] = seat.board.list();
  assert.equal(inside?.frame, "f");
  assert.equal(beside?.frame, undefined);
});

test("a frame takes along what lies in it, for peers too, in one step of undo", () => {
  const seat = sitDown([FRAME, INSIDE]);

  seat.hand.drag([150, 0], [200, 0], [250, 30]);
  const told = seat.live.drafts.at(-1);
  seat.hand.release(250, 30);

  assert.deepEqual(at(seat, "f"), { x: 100, y: 30, frame: null });
  assert.deepEqual(at(seat, "in"), { x: 150, y: 80, frame: "f" });
  assert.deepEqual(
    told?.map((op) => (op.op === "set" ? [op.id, op.props] : null)),
    [
      ["f", { x: 100, y: 30 }],
      ["in", { x: 150, y: 80 }],
    ],
  );
  run(seat, "undo");
  assert.deepEqual(at(seat, "in"), { x: 50, y: 50, frame: "f" });
  assert.deepEqual(at(seat, "f"), { x: 0, y: 0, frame: null });
});

test("what is dragged out leaves the frame, what is dragged in enters it", () => {
  const seat = sitDown([FRAME, INSIDE]);

  seat.hand.draw([60, 60], [200, 60], [460, 60]);
  assert.equal(at(seat, "in")?.frame, null);
  seat.hand.drag([460, 60], [200, 60], [70, 60]);
  assert.equal(seat.controller.working()?.guide?.()?.target?.id, "f"); // it shows
  seat.hand.release(70, 60);

  assert.equal(at(seat, "in")?.frame, "f");
});

test("keys move a frame with what is in it", () => {
  const seat = sitDown([FRAME, INSIDE]);
  seat.bench.selection.value = new Set(["f"]);

  run(seat, "nudge far right");

  assert.deepEqual(at(seat, "in"), { x: 60, y: 50, frame: "f" });
});

test("a frame and what is in it, both selected, move once", () => {
  const seat = sitDown([FRAME, INSIDE]);
  seat.bench.selection.value = new Set(["f", "in"]);

  run(seat, "nudge far down");

  assert.deepEqual(at(seat, "in"), { x: 50, y: 60, frame: "f" });
  assert.deepEqual(at(seat, "f"), { x: 0, y: 10, frame: null });
});

test("a copy of a frame holds copies of what is in it; the copy is selected", () => {
  const seat = sitDown([FRAME, INSIDE]);
  seat.bench.selection.value = new Set(["f"]);

  run(seat, "duplicate");

  const [, , frame, inside] = seat.board.list();
  assert.equal(frame?.kind, "frame");
  assert.equal(inside?.kind, "rect");
  assert.equal(inside?.frame, frame?.id);
  assert.deepEqual([...seat.bench.selection.value], [frame?.id]);
});

test("without its frame the rest stays, and comes back into it with undo", () => {
  const seat = sitDown([FRAME, INSIDE]);
  seat.bench.selection.value = new Set(["f"]);

  run(seat, "delete");
  assert.equal(seat.board.list().length, 1);
  run(seat, "undo");

  assert.equal(at(seat, "in")?.frame, "f");
});

test("a frame that is drawn around things takes in those wholly inside", () => {
  const seat = sitDown([
    { kind: "rect", id: "a", x: 50, y: 50, w: 40, h: 40, z: "a1" },
    { kind: "rect", id: "b", x: 280, y: 50, w: 90, h: 40, z: "a2" },
  ]);
  seat.controller.pick("frame");

  seat.hand.draw([0, 0], [100, 100], [300, 200]);

  const frame = seat.board.list().at(-1);
  assert.equal(frame?.kind, "frame");
  assert.equal(at(seat, "a")?.frame, frame?.id);
  assert.equal(at(seat, "b")?.frame, null);
});

test("what a smaller frame does not show any more leaves it", () => {
  const seat = sitDown([FRAME, { ...INSIDE, x: 250 }]);
  seat.bench.selection.value = new Set(["f"]);

  seat.hand.draw([300, 100], [200, 100], [150, 100]);

  assert.equal(/** @type {{w: number}} */ (seat.board.get("f")).w, 150);
  assert.equal(at(seat, "in")?.frame, null);
});

test("nothing is hit where a frame cuts it off", () => {
  const seat = sitDown([FRAME, { ...INSIDE, x: 280 }]); // reaches out by 20

  seat.hand.draw([312, 70]);
  assert.equal(seat.bench.selection.value.size, 0);
  seat.hand.draw([290, 70]);

  assert.deepEqual([...seat.bench.selection.value], ["in"]);
});

test("inside a selected frame a marquee begins, its border moves it", () => {
  const seat = sitDown([FRAME]);
  seat.bench.selection.value = new Set(["f"]);

  seat.hand.draw([150, 100], [200, 150]);

  assert.deepEqual(at(seat, "f"), { x: 0, y: 0, frame: null });
});

test("an arrow between two things in a frame lies in it, to one outside it does not", () => {
  const seat = sitDown([
    FRAME,
    INSIDE,
    { ...INSIDE, id: "in2", x: 200, z: "a2" },
    {
      ...{ kind: "arrow", id: "arrow", x: 0, y: 0, points: [90, 70, 200, 70], z: "a3" },
      ...{ start: { id: "in", x: 0.5, y: 0.5 }, end: { id: "in2", x: 0.5, y: 0.5 } },
      frame: "f",
    },
  ]);
  seat.bench.selection.value = new Set(["in2"]);

  for (let i = 0; i < 20; i++) run(seat, "nudge far right");
  assert.equal(at(seat, "in2")?.frame, null);
  assert.equal(at(seat, "arrow")?.frame, null);
  for (let i = 0; i < 20; i++) run(seat, "nudge far left");

  assert.equal(at(seat, "arrow")?.frame, "f");
});

test("a title is one line, and may be empty", () => {
  const seat = sitDown([{ ...FRAME, title: "Plan" }]);
  seat.bench.selection.value = new Set(["f"]);

  run(seat, "edit");
  const session = seat.bench.editing.peek();
  assert.equal(session?.value, "Plan");
  session?.input("Next\nyear");
  session?.finish();

  assert.equal(/** @type {{title: string}} */ (seat.board.get("f")).title, "Next year");
});

test("a viewer moves no frame, and odd names of frames do no harm", () => {
  const seat = sitDown([
    FRAME,
    { ...INSIDE, frame: "in" },
    { ...INSIDE, id: "x", frame: "gone" },
  ]);
  seat.is.allowed = false;
  seat.bench.selection.value = new Set(["f"]);

  run(seat, "nudge far right");
  seat.hand.draw([60, 60]);

  assert.deepEqual(at(seat, "f"), { x: 0, y: 0, frame: null });
  assert.equal(seat.bench.selection.value.size, 1);
});

test("a frame is put around a selection, and around nothing else", () => {
  const seat = sitDown([
    { kind: "rect", id: "a", x: 0, y: 0, w: 40, h: 40, z: "a1" },
    { kind: "rect", id: "b", x: 100, y: 60, w: 40, h: 40, z: "a2" },
    { kind: "rect", id: "c", x: 50, y: 50, w: 10, h: 10, z: "a3" },
  ]);
  seat.bench.selection.value = new Set(["a", "b"]);

  run(seat, "frame selection");

  const frame = seat.board.list().at(-1);
  assert.equal(frame?.kind, "frame");
  assert.deepEqual([frame?.x, frame?.y, frame?.w, frame?.h], [-32, -32, 204, 164]);
  assert.equal(at(seat, "a")?.frame, frame?.id);
  assert.equal(at(seat, "b")?.frame, frame?.id);
  assert.equal(at(seat, "c")?.frame, null);
});
