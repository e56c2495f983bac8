import assert from "node:assert/strict";
import { test } from "node:test";
import { Spatial } from "../../../frontend/src/draw/spatial.js";
import { placeOf } from "../../../frontend/src/ui/frame_titles.js";

/** @import { Element, Frame } from "../../../frontend/src/protocol.js" */

/** @type {Frame} */
const frame = {
  ...{ id: "f", kind: "frame", x: 0, y: 0 },
  w: 900,
  h: 600,
  title: "Plan",
};
/** @type {Element & { w: number }} */
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

const top = { x: 0, is_inside: false };

test("frame titles: above the frame while there is room", () => {
  assert.deepEqual(placeOf(frame, 0.4, boardOf(inside)), top);
  assert.deepEqual(placeOf(frame, 0.8, boardOf(above)), top);
  assert.deepEqual(placeOf(frame, 0.4, boardOf(outer)), top);
});

test("frame titles: within it when larger than the gap to what lies above", () => {
  assert.deepEqual(placeOf(frame, 0.4, boardOf(above)), { x: 0, is_inside: true });
});

test("frame titles: beside what lies above when there is no room within", () => {
  const { x, is_inside } = placeOf(frame, 0.4, boardOf(above, inside));

  assert.ok(x > above.x + above.w && x < above.x + above.w + 30);
  assert.equal(is_inside, false);
});

test("frame titles: above the frame when everything is taken", () => {
  const wide = { ...above, w: 900 };
  const full = { ...inside, w: 900 };

  assert.deepEqual(placeOf(frame, 0.4, boardOf(wide, full)), top);
});
