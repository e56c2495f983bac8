import assert from "node:assert/strict";
import { test } from "node:test";
import { Spatial } from "../../../frontend/src/draw/spatial.js";
import { goesInside } from "../../../frontend/src/ui/frame_titles.js";

/** @import { Element, Frame } from "../../../frontend/src/protocol.js" */

/** @type {Frame} */
const frame = {
  ...{ id: "f", kind: "frame", x: 0, y: 0 },
  w: 900,
  h: 600,
  title: "Plan",
};
/** @type {Element} */
const above = { ...{ id: "a", kind: "rect", x: 0, y: -60 }, w: 200, h: 36 };
/** @type {Element} */
const inside = { ...{ id: "i", kind: "rect", x: 20, y: 10 }, w: 200, h: 90 };
const outer = { ...frame, id: "o", x: -100, y: -100, w: 2000, h: 2000 };

/** @param {...Element} others */
function boardOf(...others) {
  const spatial = new Spatial((text, _font, size) => (text.length * size) / 2);
  spatial.load([frame, ...others]);
  return spatial;
}

test("frame titles: above the frame while there is room", () => {
  assert.equal(goesInside(frame, 0.4, boardOf(inside)), false);
  assert.equal(goesInside(frame, 0.8, boardOf(above)), false);
  assert.equal(goesInside(frame, 0.4, boardOf(outer)), false);
});

test("frame titles: within it when larger than the gap to what lies above", () => {
  assert.equal(goesInside(frame, 0.4, boardOf(above)), true);
});

test("frame titles: above it when there is no room within, either", () => {
  assert.equal(goesInside(frame, 0.4, boardOf(above, inside)), false);
});
