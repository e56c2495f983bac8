import assert from "node:assert/strict";
import { test } from "node:test";
import { COMMANDS } from "../../../frontend/src/tools/commands.js";
import { commandOf } from "../../../frontend/src/tools/keys.js";
import { rect } from "../draw/elements.js";
import { sitDown } from "./bench.js";

test("space, the middle button and the hand pan", () => {
  const seat = sitDown();
  seat.controller.pick("pen");
  seat.controller.holdSpace(true);
  seat.hand.draw([100, 100], [130, 90]);
  seat.controller.holdSpace(false);
  assert.deepEqual(seat.bench.view.camera.value, { x: -30, y: 10, zoom: 1 });

  seat.controller.down(seat.hand.reading(0, 0), "pan");
  seat.controller.move([seat.hand.reading(30, -10)]);
  seat.hand.release(30, -10);
  assert.deepEqual(seat.bench.view.camera.value, { x: -60, y: 20, zoom: 1 });
  assert.equal(seat.board.list().length, 0);
});

test("a pan that is called off goes no further", () => {
  const seat = sitDown();
  seat.controller.pick("hand");
  seat.hand.drag([100, 100], [110, 100]);

  assert.ok(seat.controller.cancel());
  seat.controller.move([seat.hand.reading(200, 200)]);

  assert.equal(seat.bench.view.camera.value.x, -10);
});

test("the wheel pans, with Shift sideways, with Ctrl it zooms at the pointer", () => {
  const { bench, controller } = sitDown();
  const wheel = { x: 200, y: 100, dx: 0, dy: 50, shift: false, ctrl: false };

  controller.wheel(wheel);
  assert.equal(bench.view.camera.value.y, 50);
  controller.wheel({ ...wheel, shift: true });
  assert.equal(bench.view.camera.value.x, 50);

  const before = bench.view.toBoard(200, 100);
  controller.wheel({ ...wheel, ctrl: true });
  const after = bench.view.toBoard(200, 100);
  assert.ok(bench.view.zoom < 1);
  assert.ok(Math.hypot(after[0] - before[0], after[1] - before[1]) < 1e-9);
});

test("a second finger takes a young stroke back and pinches", () => {
  const seat = sitDown();
  seat.controller.pick("pen");
  seat.hand.how = { device: "touch" };
  seat.hand.drag([100, 100], [110, 100]);
  seat.controller.down(seat.hand.reading(210, 100, { id: 2 }));
  assert.ok(seat.bench.draft.is_empty);

  seat.controller.move([seat.hand.reading(310, 100, { id: 2 })]);
  assert.ok(Math.abs(seat.bench.view.zoom - 2) < 1e-9);

  seat.controller.up(seat.hand.reading(310, 100, { id: 2 }));
  seat.controller.move([seat.hand.reading(150, 150)]);
  seat.hand.release(150, 150);
  assert.equal(seat.board.list().length, 0);
});

test("a second finger ends an old stroke but keeps it", () => {
  const seat = sitDown();
  seat.controller.pick("pen");
  seat.hand.how = { device: "touch" };
  seat.hand.drag([100, 100], [150, 100], [200, 150]);
  seat.hand.time += 1000;
  seat.controller.down(seat.hand.reading(300, 100, { id: 2 }));

  assert.equal(seat.board.list().length, 1);
});

test("a second finger keeps a figure that ends where it began, and a small letter", () => {
  const seat = sitDown();
  seat.controller.pick("pen");
  seat.hand.how = { device: "touch" };
  seat.hand.drag([100, 100], [200, 100], [200, 200], [100, 100]);
  seat.hand.time += 400;
  seat.controller.down(seat.hand.reading(300, 100, { id: 2 }));
  assert.equal(seat.board.list().length, 1);
  seat.controller.up(seat.hand.reading(300, 100, { id: 2 }));
  seat.hand.release(100, 100);

  seat.hand.drag([100, 300], [110, 300], [105, 312], [100, 305]);
  seat.hand.time += 1000;
  seat.controller.down(seat.hand.reading(300, 300, { id: 2 }));
  assert.equal(seat.board.list().length, 2);
});

test("once a pen was seen a finger pans, and a palm does not disturb the pen", () => {
  const seat = sitDown();
  seat.controller.pick("pen");
  seat.hand.how = { device: "pen", pressure: 0.5 };
  seat.hand.drag([0, 0], [10, 0]);
  seat.controller.down(seat.hand.reading(300, 300, { id: 9, device: "touch" }));
  seat.controller.move([seat.hand.reading(20, 0)]);
  seat.hand.release(20, 0);
  seat.controller.up(seat.hand.reading(300, 300, { id: 9, device: "touch" }));
  assert.equal(seat.board.list().length, 1);

  seat.hand.how = { device: "touch" };
  seat.hand.draw([0, 0], [50, 50]); // so soon that it is the palm once more
  assert.equal(seat.bench.view.camera.value.x, 0);
  seat.hand.time += 1000;
  seat.hand.draw([0, 0], [50, 50]);
  assert.equal(seat.board.list().length, 1);
  assert.equal(seat.bench.view.camera.value.x, -50);
});

test("beside a pen fingers draw where that is wanted, and a palm still does not", () => {
  const seat = sitDown();
  seat.controller.pick("pen");
  seat.hand.how = { device: "pen", pressure: 0.5 };
  seat.hand.draw([0, 0], [10, 0]);
  COMMANDS["fingers draw"]?.(seat.bench, seat.controller);
  seat.hand.how = { device: "touch" };
  seat.hand.draw([0, 0], [50, 50]); // so soon that it is the palm
  assert.equal(seat.board.list().length, 1);

  seat.hand.time += 1000;
  seat.hand.draw([0, 0], [50, 50]);
  assert.equal(seat.board.list().length, 2);
  assert.equal(seat.bench.view.camera.value.x, 0);
});

test("a second finger that ended a stroke and left at once takes nothing back", () => {
  const seat = sitDown();
  seat.controller.pick("pen");
  seat.hand.how = { device: "touch" };
  seat.hand.drag([100, 100], [150, 100], [200, 150]);
  seat.hand.time += 1000;
  seat.controller.down(seat.hand.reading(300, 100, { id: 2 }));
  seat.controller.up(seat.hand.reading(300, 100, { id: 2 }));
  seat.hand.release(200, 150);

  assert.equal(seat.board.list().length, 1);
});

test("a pinch that begins on something leaves the selection as it was", () => {
  const seat = sitDown([rect]);
  seat.hand.how = { device: "touch" };
  for (const before of [new Set(["r"]), new Set()]) {
    seat.bench.selection.value = before;
    for (const place of /** @type {[number, number][]} */ ([
      [300, 300],
      [0, 25],
    ])) {
      seat.controller.down(seat.hand.reading(...place));
      seat.controller.down(seat.hand.reading(500, 100, { id: 2 }));
      seat.controller.up(seat.hand.reading(500, 100, { id: 2 }));
      seat.hand.time += 1000;
      seat.hand.release(...place);
      assert.deepEqual(seat.bench.selection.value, before);
    }
  }
});

test("a tap with two fingers takes the last stroke back", () => {
  const seat = sitDown();
  seat.controller.pick("pen");
  seat.hand.draw([0, 0], [50, 50]);
  seat.hand.how = { device: "touch" };
  seat.controller.down(seat.hand.reading(100, 100));
  seat.controller.down(seat.hand.reading(200, 100, { id: 2 }));
  seat.controller.up(seat.hand.reading(200, 100, { id: 2 }));
  seat.controller.up(seat.hand.reading(100, 100));

  assert.equal(seat.board.list().length, 0);
});

test("fingers that tap hardly move: the view stays where it was", () => {
  const seat = sitDown();
  seat.hand.how = { device: "touch" };
  seat.controller.down(seat.hand.reading(100, 100));
  seat.controller.down(seat.hand.reading(200, 100, { id: 2 }));
  seat.controller.move([seat.hand.reading(203, 101, { id: 2 })]);
  assert.notEqual(seat.bench.view.zoom, 1);

  seat.controller.up(seat.hand.reading(203, 101, { id: 2 }));
  seat.controller.up(seat.hand.reading(100, 100));

  assert.deepEqual(seat.bench.view.camera.value, { x: 0, y: 0, zoom: 1 });
});

test("beside a pen a finger pans, and a tap still means what it touches", () => {
  const seat = sitDown([rect]);
  seat.controller.move([seat.hand.reading(5, 5, { device: "pen", id: 3 })]);
  seat.hand.time += 1000;
  seat.hand.how = { device: "touch" };

  seat.hand.draw([0, 25], [3, 26]);
  assert.deepEqual(seat.bench.selection.value, new Set(["r"]));
  seat.hand.time += 1000;
  seat.hand.draw([0, 25], [60, 25]);
  assert.deepEqual(seat.bench.selection.value, new Set(["r"]));
  seat.controller.pick("pen");
  seat.hand.time += 1000;
  seat.hand.draw([200, 200], [201, 200]);

  assert.deepEqual(seat.board.list(), [rect]);
});

test("a pen's eraser end erases whatever tool is in hand", () => {
  const seat = sitDown([rect]);
  seat.controller.pick("pen");
  seat.hand.how = { device: "pen", pressure: 0.5 };
  seat.controller.down(seat.hand.reading(-20, 25), "eraser");
  seat.controller.move([seat.hand.reading(20, 25)]);
  seat.hand.release(20, 25);

  assert.equal(seat.board.get("r"), undefined);
});

test("peers are told where the cursor is in board units, and when it leaves", () => {
  const seat = sitDown();
  seat.bench.view.camera.value = { x: 100, y: 0, zoom: 2 };
  seat.controller.move([seat.hand.reading(50, 50)]);
  seat.controller.leave();

  assert.deepEqual(seat.live.cursors, [
    [125, 25],
    [null, null],
  ]);
});

test("picking a tool finishes the stroke at hand", () => {
  const seat = sitDown();
  seat.controller.pick("pen");
  seat.hand.drag([0, 0], [30, 30]);
  seat.controller.pick("rect");

  assert.equal(seat.board.list().length, 1);
});

for (const [key, command] of /** @type {const} */ ([
  [{ key: "p", code: "KeyP" }, "tool pen"],
  [{ key: "D", code: "KeyD", shift: true }, "tool highlight"],
  [{ key: "7", code: "Digit7" }, "tool pen"],
  [{ key: "z", code: "KeyZ", ctrl: true }, "undo"],
  [{ key: "Z", code: "KeyZ", ctrl: true, shift: true }, "redo"],
  [{ key: "y", code: "KeyY", ctrl: true }, "redo"],
  [{ key: "!", code: "Digit1", shift: true }, "fit all"],
  [{ key: "0", code: "Digit0", ctrl: true }, "zoom 100"],
  [{ key: "+", code: "Equal", ctrl: true, shift: true }, "zoom in"],
  [{ key: "ArrowLeft", code: "ArrowLeft", shift: true }, "nudge far left"],
  [{ key: "∂", code: "KeyD", alt: true, shift: true }, "theme"],
  [{ key: "p", code: "KeyP", ctrl: true }, null],
  [{ key: ">", code: "Period", shift: true }, "turn right"],
  [{ key: ";", code: "Comma", shift: true }, "turn left"], // a German one
  [{ key: "W", code: "Comma", shift: true }, null], // a Dvorak one
])) {
  test(`key ${JSON.stringify(key)} is ${command}`, () => {
    assert.equal(commandOf({ shift: false, alt: false, ctrl: false, ...key }), command);
  });
}

test("a pen takes over from the palm that came first", () => {
  const seat = sitDown();
  seat.controller.pick("pen");
  seat.hand.how = { device: "touch", id: 7 };
  seat.hand.drag([300, 300], [310, 300]);
  seat.hand.how = { device: "pen", id: 1, pressure: 0.5 };
  seat.hand.draw([0, 0], [10, 0], [20, 0]);
  seat.hand.how = { device: "touch", id: 7 };
  seat.hand.release(310, 300);

  const [stroke, ...others] = seat.board.list();
  assert.equal(others.length, 0);
  assert.ok(stroke?.kind === "pen" && stroke.x === 0);
});

test("a pen that only hovered makes fingers pan", () => {
  const seat = sitDown();
  seat.controller.pick("pen");
  seat.controller.move([seat.hand.reading(5, 5, { device: "pen", id: 3 })]);
  seat.hand.time += 1000;
  seat.hand.how = { device: "touch" };
  seat.hand.draw([0, 0], [50, 50]);

  assert.equal(seat.board.list().length, 0);
  assert.equal(seat.bench.view.camera.value.x, -50);
});
