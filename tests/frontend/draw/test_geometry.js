import assert from "node:assert/strict";
import { test } from "node:test";
import * as camera from "../../../frontend/src/draw/camera.js";
import {
  boxOfPoints,
  decimalsAt,
  polygonHolds,
  rotate,
  rotatedBox,
  round,
  segmentDistance,
  segmentsCross,
  snapAngle,
} from "../../../frontend/src/draw/geometry.js";

/**
 * @param {number} actual
 * @param {number} expected
 */
function close(actual, expected) {
  assert.ok(Math.abs(actual - expected) < 1e-9, `${actual} is not ${expected}`);
}

test("box of points holds them all", () => {
  assert.deepEqual(boxOfPoints([3, -1, 0, 5, 2, 2]), {
    left: 0,
    top: -1,
    right: 3,
    bottom: 5,
  });
});

test("a quarter turn goes clockwise on the screen", () => {
  const [x, y] = rotate(1, 0, 0, 0, Math.PI / 2);

  close(x, 0);
  close(y, 1);
});

test("the box of a turned square grows by its diagonal", () => {
  const box = rotatedBox({ left: -1, top: -1, right: 1, bottom: 1 }, Math.PI / 4);

  close(box.right, Math.SQRT2);
  close(box.top, -Math.SQRT2);
});

test("segments cross or keep their distance", () => {
  assert.ok(segmentsCross(0, 0, 2, 2, 0, 2, 2, 0));
  assert.ok(!segmentsCross(0, 0, 1, 0, 0, 1, 1, 1));
  close(segmentDistance(0, 0, 1, 0, 0, 3, 1, 3), 3);
  close(segmentDistance(0, 0, 4, 4, 0, 4, 4, 0), 0);
});

test("a polygon holds its inside only", () => {
  const l_shape = [0, 0, 4, 0, 4, 1, 1, 1, 1, 4, 0, 4];

  assert.ok(polygonHolds(l_shape, 0.5, 3));
  assert.ok(!polygonHolds(l_shape, 3, 3));
});

test("angles snap to 15 degrees at the same length", () => {
  const [x, y] = snapAngle(0, 0, 10, 1, Math.PI / 12);

  close(x, Math.hypot(10, 1));
  close(y, 0);
});

test("coordinates keep a tenth of a screen pixel at every zoom", () => {
  assert.deepEqual([0.05, 0.1, 1, 2, 10, 30].map(decimalsAt), [0, 0, 1, 2, 2, 3]);
  assert.equal(round(1.2499999, 1), 1.2);
  assert.ok(Object.is(round(-0.01, 1), 0));
});

test("zoom keeps the board point under the pointer", () => {
  const before = { x: -50, y: 20, zoom: 0.8 };
  const after = camera.zoomAt(before, 300, 200, 7);

  const [bx, by] = camera.toBoard(before, 300, 200);
  const [ax, ay] = camera.toBoard(after, 300, 200);
  close(ax, bx);
  close(ay, by);
  assert.equal(camera.zoomAt(before, 0, 0, 1000).zoom, camera.MAX_ZOOM);
});

test("fit shows the whole box in the middle", () => {
  const size = { width: 800, height: 600 };
  const box = { left: 1000, top: 1000, right: 5000, bottom: 2000 };
  const view = camera.seen(camera.fit(box, size), size);

  assert.ok(view.left < box.left && view.right > box.right);
  close((view.left + view.right) / 2, 3000);
  close((view.top + view.bottom) / 2, 1500);
});

test("zoom steps go both ways and stop at the ends", () => {
  assert.equal(camera.nextStep(1, 1), 1.5);
  assert.equal(camera.nextStep(1, -1), 0.75);
  assert.equal(camera.nextStep(0.9, 1), 1);
  assert.equal(camera.nextStep(30, 1), 30);
});
