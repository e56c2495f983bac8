import assert from "node:assert/strict";
import { test } from "node:test";
import { boundsOf } from "../../../frontend/src/draw/bounds.js";
import { overlaps } from "../../../frontend/src/draw/geometry.js";
import { COMMANDS } from "../../../frontend/src/tools/commands.js";
import { restyle, shownStyle } from "../../../frontend/src/tools/restyle.js";
import { openNextNote } from "../../../frontend/src/tools/shape.js";
import { pen, rect } from "../draw/elements.js";
import { peerSubmits, sitDown } from "./bench.js";

/** @import { Element } from "../../../frontend/src/protocol.js" */

const filled = /** @type {Element} */ ({ ...rect, fill: "#ffffff" });

/**
 * @param {ReturnType<typeof sitDown>} seat
 * @param {string} command
 */
function run({ bench, controller }, command) {
  COMMANDS[command]?.(bench, controller);
}

test("eraser: what it touches fades and goes on release, in one step", () => {
  const seat = sitDown([rect, pen]);
  seat.controller.pick("eraser");
  seat.hand.drag([-20, 25], [20, 25]);

  assert.equal(seat.bench.draft.get("r")?.opacity, 0.25);
  assert.ok(seat.board.get("r"));

  seat.hand.release(20, 25);
  assert.equal(seat.board.get("r"), undefined);
  seat.board.undo();
  assert.deepEqual(seat.board.get("r"), rect);
});

test("eraser: Esc gives everything back", () => {
  const seat = sitDown([rect]);
  seat.controller.pick("eraser");
  seat.hand.drag([-20, 25], [20, 25]);
  seat.controller.cancel();

  assert.deepEqual(seat.bench.draft.get("r"), rect);
});

test("eraser: something a peer removed meanwhile does not matter", () => {
  const seat = sitDown([rect]);
  seat.controller.pick("eraser");
  seat.hand.drag([-20, 25], [20, 25]);
  peerSubmits(seat, [{ op: "del", id: "r" }]);
  seat.hand.release(30, 25);

  assert.equal(seat.board.pendingCount, 0);
});

test("eraser: leaves locked elements alone", () => {
  const seat = sitDown([{ ...rect, locked: true }]);
  seat.controller.pick("eraser");
  seat.hand.draw([-20, 25], [20, 25]);

  assert.ok(seat.board.get("r"));
});

test("shape: a drag makes a box, Shift a square, Alt from the centre", () => {
  const seat = sitDown();
  /** @param {{shift?: boolean, alt?: boolean}} how */
  const boxOf = (how) => {
    seat.controller.pick("rect");
    seat.hand.how = how;
    seat.hand.draw([100, 100], [160, 130]);
    const made = seat.board.list().at(-1);
    return made?.kind === "rect" ? [made.x, made.y, made.w, made.h] : null;
  };

  assert.deepEqual(boxOf({}), [100, 100, 60, 30]);
  assert.deepEqual(boxOf({ shift: true }), [100, 100, 60, 60]);
  assert.deepEqual(boxOf({ alt: true }), [40, 70, 120, 60]);
  assert.equal(seat.controller.tool.value, "select");
});

test("shape: a click without a drag makes nothing, but a note", () => {
  const seat = sitDown();
  seat.controller.pick("ellipse");
  seat.hand.draw([100, 100]);
  assert.equal(seat.board.list().length, 0);

  seat.controller.pick("note");
  seat.hand.draw([100, 100]);
  assert.equal(seat.board.list()[0]?.kind, "note");
  assert.equal(seat.bench.editing.value?.element.kind, "note");
});

test("line: Shift holds it to 15 degrees", () => {
  const seat = sitDown();
  seat.controller.pick("arrow");
  seat.hand.how = { shift: true };
  seat.hand.draw([0, 0], [100, 4]);

  const [arrow] = seat.board.list();
  assert.ok(arrow?.kind === "arrow");
  assert.deepEqual(arrow.points, [0, 0, 100.1, 0]);
});

test("select: a click takes the topmost, Shift adds and drops, empty ground clears", () => {
  const seat = sitDown([
    { ...filled, z: "a1" },
    { ...filled, id: "top", x: 50, z: "a2" },
  ]);
  const ids = () => [...seat.bench.selection.value].sort();

  seat.hand.draw([75, 25]);
  assert.deepEqual(ids(), ["top"]);
  seat.hand.how = { shift: true };
  seat.hand.draw([10, 10]);
  assert.deepEqual(ids(), ["r", "top"]);
  seat.hand.draw([10, 12]);
  assert.deepEqual(ids(), ["top"]);
  seat.hand.how = {};
  seat.hand.draw([600, 600]);
  assert.deepEqual(ids(), []);
});

test("select: a finger's tap inside an outline that is all in sight means that", () => {
  const { bench, hand } = sitDown([{ ...rect, w: 300, h: 300 }]);
  bench.view.size.value = { width: 390, height: 844 };
  bench.view.camera.value = { x: -20, y: -100, zoom: 1 };
  const inside = /** @type {[number, number]} */ ([170, 250]);

  hand.draw(inside);
  assert.equal(bench.selection.value.size, 0); // a mouse hits the outline
  hand.how = { device: "touch" };
  hand.time += 1000;
  hand.draw(inside);
  assert.deepEqual([...bench.selection.value], ["r"]);
  hand.time += 1000;
  hand.draw([350, 700]);
  assert.equal(bench.selection.value.size, 0);
  bench.view.camera.value = { x: 20, y: -100, zoom: 1 };
  hand.time += 1000;
  hand.draw(inside);
  assert.equal(bench.selection.value.size, 0); // so near, it is the ground
});

test("select: a marquee takes what it touches", () => {
  const seat = sitDown([rect, { ...rect, id: "far", x: 500 }]);
  seat.hand.draw([-30, -30], [20, 20]);

  assert.deepEqual([...seat.bench.selection.value], ["r"]);
});

test("select: a move is a draft of set ops, then one change", () => {
  const seat = sitDown([filled]);
  seat.hand.drag([50, 25], [60, 25], [80, 35]);

  const move = { op: "set", id: "r", props: { x: 30, y: 10 } };
  assert.deepEqual(seat.live.drafts.at(-1), [move]);
  assert.equal(seat.bench.draft.get("r")?.x, 30);
  assert.equal(seat.board.get("r")?.x, 0);

  seat.hand.release(80, 35);
  assert.equal(seat.board.get("r")?.x, 30);
  assert.equal(seat.board.pendingCount, 1);
});

test("select: what a peer deletes during a move stays deleted, and nothing throws", () => {
  const seat = sitDown([filled, { ...filled, id: "other", x: 200 }]);
  run(seat, "select all");
  seat.hand.drag([50, 25], [80, 25]);
  peerSubmits(seat, [{ op: "del", id: "r" }]);
  seat.controller.move([seat.hand.reading(90, 25)]);
  seat.hand.release(90, 25);

  assert.equal(seat.board.get("r"), undefined);
  assert.equal(seat.board.get("other")?.x, 240);
});

test("select: a peer's new colour shows on what I drag", () => {
  const seat = sitDown([filled]);
  seat.hand.drag([50, 25], [80, 25]);
  peerSubmits(seat, [{ op: "set", id: "r", props: { stroke: "#e03131" } }]);

  assert.equal(seat.bench.draft.get("r")?.stroke, "#e03131");
  assert.equal(seat.bench.draft.get("r")?.x, 30);
});

test("select: Alt-drag leaves the original and moves a copy", () => {
  const seat = sitDown([filled]);
  seat.hand.how = { alt: true };
  seat.hand.draw([50, 25], [80, 25]);

  assert.equal(seat.board.list().length, 2);
  assert.equal(seat.board.get("r")?.x, 0);
  assert.equal(seat.board.list().at(-1)?.x, 30);
});

test("select: pulling a corner resizes, ink as well as boxes", () => {
  const seat = sitDown([filled, { ...pen, x: 0, y: 0, points: [0, 0, 100, 50] }]);
  run(seat, "select all");
  seat.hand.draw([100, 50], [150, 100], [200, 100]);

  const [box, ink] = [seat.board.get("r"), seat.board.get("p")];
  assert.ok(box?.kind === "rect" && ink?.kind === "pen");
  assert.deepEqual([box.w, box.h], [200, 100]);
  assert.deepEqual(ink.points, [0, 0, 200, 100]);
});

test("select: a box pulled through itself flips and stays a box", () => {
  const seat = sitDown([filled]);
  run(seat, "select all");
  seat.hand.draw([100, 50], [0, 20], [-50, 50]);

  const box = seat.board.get("r");
  assert.ok(box?.kind === "rect");
  assert.deepEqual([box.x, box.w], [-50, 50]);
});

test("select: Esc ends a move where it began", () => {
  const seat = sitDown([filled]);
  seat.hand.drag([50, 25], [80, 25]);
  run(seat, "escape");

  assert.equal(seat.bench.draft.get("r")?.x, 0);
  assert.equal(seat.live.drafts.at(-1), null);
});

test("select: a double click on empty ground types, on a text edits it", () => {
  const seat = sitDown([
    { kind: "text", id: "t", x: 0, y: 0, text: "hello", size: 20 },
  ]);
  seat.hand.draw([300, 300]);
  seat.hand.draw([300, 300]);
  assert.ok(seat.bench.editing.value?.is_new);

  seat.hand.draw([10, 10]);
  seat.hand.draw([10, 10]);
  assert.equal(seat.bench.editing.value?.element.id, "t");
});

test("text: typing shows, finishing keeps, empty vanishes", () => {
  const seat = sitDown();
  seat.controller.pick("text");
  seat.hand.draw([50, 50]);
  const session = seat.bench.editing.value;
  session?.input("hi\r\nthere");
  session?.finish();

  const [text] = seat.board.list();
  assert.ok(text?.kind === "text");
  assert.equal(text.text, "hi\nthere");

  seat.controller.pick("text");
  seat.hand.draw([50, 60]);
  seat.bench.editing.value?.input("   ");
  seat.bench.editing.value?.finish();
  assert.equal(seat.board.list().length, 0, "an emptied text is deleted");
});

test("text: one that a peer deletes while I type does not come back", () => {
  const seat = sitDown([
    { kind: "text", id: "t", x: 0, y: 0, text: "hello", size: 20 },
  ]);
  seat.controller.pick("text");
  seat.hand.draw([10, 10]);
  seat.bench.editing.value?.input("hello you");
  peerSubmits(seat, [{ op: "del", id: "t" }]);
  seat.bench.editing.value?.finish();

  assert.equal(seat.board.list().length, 0);
});

test("label: typed into a shape, filled or not, and an emptied one leaves the shape", () => {
  const seat = sitDown([{ kind: "star", id: "s", x: 0, y: 0, w: 200, h: 200 }]);
  seat.controller.pick("text");
  seat.hand.draw([100, 110]);
  seat.bench.editing.value?.input("Launch");
  seat.bench.editing.value?.finish();

  const labelled = seat.board.get("s");
  assert.ok(labelled?.kind === "star");
  assert.equal(labelled.label, "Launch");
  assert.equal(seat.board.list().length, 1, "no text beside the shape");

  seat.controller.pick("text");
  seat.hand.draw([100, 110]);
  seat.bench.editing.value?.input("");
  seat.bench.editing.value?.finish();
  const [left] = seat.board.list();
  assert.ok(left?.kind === "star" && left.label === "");
});

test("commands: delete, duplicate, nudge and restyle change what is selected", () => {
  const seat = sitDown([filled]);
  run(seat, "select all");
  run(seat, "nudge far right");
  assert.equal(seat.board.get("r")?.x, 10);

  restyle(seat.bench, { stroke: "#e03131", dash: "dashed" });
  assert.equal(seat.board.get("r")?.stroke, "#e03131");
  assert.equal(seat.bench.style.value.stroke, "#e03131");

  run(seat, "duplicate");
  assert.equal(seat.board.list().length, 2);
  assert.ok(!seat.bench.selection.value.has("r"));
  run(seat, "delete");
  assert.deepEqual(
    seat.board.list().map(({ id }) => id),
    ["r"],
  );
});

test("commands: a viewer changes nothing", () => {
  const seat = sitDown([filled]);
  run(seat, "select all");
  seat.is.allowed = false;
  for (const command of ["delete", "duplicate", "nudge left", "undo"])
    run(seat, command);
  restyle(seat.bench, { stroke: "#e03131" });

  assert.deepEqual(seat.board.list(), [filled]);
  assert.equal(seat.board.pendingCount, 0);
});

test("commands: Esc lets go of the tool, then of view mode", () => {
  const seat = sitDown([filled]);
  run(seat, "view mode");
  seat.controller.pick("hand");
  run(seat, "escape");
  assert.deepEqual(
    [seat.controller.tool.peek(), seat.bench.isViewing.peek()],
    ["select", true],
  );
  run(seat, "escape");
  assert.equal(seat.bench.isViewing.peek(), false);
});

test("commands: a marker is broader than a pen of the same width, and stays so", () => {
  const seat = sitDown();
  seat.controller.pick("highlight");
  seat.hand.draw([0, 0], [100, 0]);
  assert.equal(seat.board.list()[0]?.width, 16);

  run(seat, "select all");
  restyle(seat.bench, { width: 8 });
  assert.equal(seat.board.list()[0]?.width, 32);
  assert.equal(shownStyle(seat.bench).width, 8);
});

// It said that arrows are straight whose way has right angles: the pencil case's.
test("style: what the first one has not is shown of the next, not of the case", () => {
  const arrow = /** @type {Element} */ ({
    ...{ kind: "arrow", id: "a", x: 0, y: 0, points: [0, 0, 50, 50] },
    ...{ z: "z", route: "elbow", tail: "dot" },
  });
  const seat = sitDown([{ ...rect, stroke: "#e03131" }, arrow]);
  run(seat, "select all");

  const { stroke, route, tail } = shownStyle(seat.bench);

  assert.deepEqual([stroke, route, tail], ["#e03131", "elbow", "dot"]);
});

test("a shape grows with its label, never shrinks, and one undo takes both back", () => {
  const seat = sitDown([{ ...rect, id: "r" }]);
  const box = () => /** @type {typeof rect & {label?: string}} */ (seat.board.get("r"));
  /** @param {string} words */
  const write = (words) => {
    seat.bench.selection.value = new Set(["r"]);
    COMMANDS.edit?.(seat.bench, seat.controller);
    seat.bench.editing.peek()?.input(words);
    seat.bench.editing.peek()?.finish();
  };

  write("fits");
  assert.equal(box().h, rect.h);
  write("one\n".repeat(9));
  const high = box().h;
  assert.ok(high > 9 * 20);
  write("fits");
  assert.equal(box().h, high);
  seat.board.undo();
  seat.board.undo();
  assert.deepEqual([box().h, box().label], [rect.h, "fits"]);
});

test("note: grows with its words, carries its author's name, Tab makes the next", () => {
  const seat = sitDown();
  seat.controller.pick("note");
  seat.hand.draw([400, 300]);
  const session = seat.bench.editing.peek();
  session?.input("one\n".repeat(20));
  session?.finish();

  const [note] = seat.board.list();
  assert.ok(note?.kind === "note" && note.author === "Ada");
  assert.ok(note.h > 20 * 20, "as high as its words");

  openNextNote(seat.bench, note);
  seat.bench.editing.peek()?.input("two");
  seat.bench.editing.peek()?.finish();
  const [, next] = seat.board.list();
  assert.ok(next?.kind === "note" && next.text === "two");
  assert.ok(next.x >= note.x + note.w && next.y === note.y);
  assert.ok(next.h < note.h, "its words do not need it that high");
});

test("note: the view follows the next one out of what is seen", () => {
  const seat = sitDown();
  seat.bench.view.size.value = { width: 1000, height: 700 };
  seat.controller.pick("note");
  seat.hand.draw([400, 300]);
  for (let n = 0; n < 6; n++) {
    const note = seat.bench.editing.peek()?.element;
    assert.ok(note?.kind === "note");
    openNextNote(seat.bench, note);
  }

  const next = seat.bench.editing.peek()?.element;
  const { left, right } = seat.bench.view.seen();
  assert.ok(next?.kind === "note" && left <= next.x && next.x + next.w <= right);
});

test("note: the next one does not lie on what is there", () => {
  const seat = sitDown();
  seat.controller.pick("note");
  seat.hand.draw([400, 300]);
  seat.bench.editing.peek()?.finish();
  const [note] = seat.board.list();
  assert.ok(note?.kind === "note");
  for (let n = 0; n < 4; n++) openNextNote(seat.bench, note);
  seat.bench.editing.peek()?.finish();

  const boxes = seat.board.list().map((one) => boundsOf(one, seat.bench.measure));
  assert.equal(boxes.length, 5);
  for (const box of boxes) {
    assert.equal(boxes.filter((other) => overlaps(box, other)).length, 1);
  }
});

test("note: the next one is below where the frame ends before", () => {
  const frame = /** @type {Element} */ ({
    ...{ kind: "frame", id: "f", x: 0, y: 0, w: 270, h: 600, title: "To do" },
  });
  const seat = sitDown([frame]);
  seat.controller.pick("note");
  seat.hand.draw([130, 120]);
  const note = seat.bench.editing.peek()?.element; // as it was before it came in
  assert.ok(note?.kind === "note");

  openNextNote(seat.bench, note);
  const next = seat.board.list().at(-1);
  assert.ok(next?.x === note.x && next.y > note.y + note.h && next.frame === "f");
});
