import assert from "node:assert/strict";
import { test } from "node:test";
import { recentColors, typedColor } from "../../../frontend/src/tools/colors.js";
import { colorAt } from "../../../frontend/src/tools/dropper.js";
import { mixedStyles } from "../../../frontend/src/tools/restyle.js";
import { sitDown } from "./bench.js";

const OFFERED = [{ value: "#ffffff" }, { value: "none" }];

test("a colour is typed with or without its sign, long or short", () => {
  assert.equal(typedColor("#1E90ff"), "#1e90ff");
  assert.equal(typedColor(" 1e90ff "), "#1e90ff");
  assert.equal(typedColor("#fA0"), "#ffaa00");
  for (const text of ["", "red", "#12345", "#gggggg", "none", "#fff;background:x"]) {
    assert.equal(typedColor(text), null);
  }
});

test("the colours used last come first, once, and none that is offered anyway", () => {
  const recents = recentColors(["#111111", "#222222"], ["#222222", "#ffffff"], OFFERED);

  assert.deepEqual(recents, ["#222222", "#111111"]);
  assert.equal(recentColors(Array(9).fill("#333333"), ["none"], OFFERED).length, 1);
  const many = Array.from({ length: 9 }, (_, i) => `#00000${i}`);
  assert.deepEqual(recentColors(many, [], OFFERED), many.slice(0, 6));
});

test("what was remembered may be anything", () => {
  for (const kept of [null, "x", [1, null, "url(x)"], { length: 3 }]) {
    assert.deepEqual(recentColors(kept, [], OFFERED), []);
  }
});

test("styles in which the selection differs are mixed, a marker's width counts as a pen's", () => {
  const line = { x: 0, y: 0, points: [0, 0, 9, 9], stroke: "#111111" };
  const { bench } = sitDown([
    { ...line, kind: "pen", id: "a", width: 4 },
    { ...line, kind: "highlight", id: "b", width: 16, opacity: 0.5 },
    { ...line, kind: "line", id: "c", width: 4, rough: 1 },
  ]);

  bench.selection.value = new Set(["a", "b"]);
  assert.deepEqual([...mixedStyles(bench)], ["opacity"]);
  bench.selection.value = new Set(["a", "c"]);
  assert.deepEqual([...mixedStyles(bench)], []);
  bench.selection.value = new Set();
  assert.equal(mixedStyles(bench).size, 0);
});

test("the eyedropper reads a picture only when its colour is taken", () => {
  const { bench } = sitDown([
    { kind: "image", id: "i", x: 0, y: 0, w: 50, h: 50, asset: "a".repeat(64) },
  ]);
  const press = /** @type {import("../../../frontend/src/tools/bench.js").Press} */ ({
    ...{ x: 20, y: 20, screenX: 20, screenY: 20, device: "mouse" },
  });

  assert.equal(colorAt(bench, press), null);
  assert.equal(colorAt(bench, press, true), "#0000ff");
});
