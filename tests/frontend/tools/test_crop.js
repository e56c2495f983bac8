import assert from "node:assert/strict";
import { test } from "node:test";
import { cropped, pulled, slid, wholeBox } from "../../../frontend/src/tools/crop.js";

/** @import { Image, Props } from "../../../frontend/src/protocol.js" */

/** @type {Image} */
const image = { kind: "image", id: "i", x: 100, y: 50, w: 200, h: 100, asset: "0" };

/**
 * The corner of the whole picture on the board, of an image that is not turned.
 * @param {Image} some
 */
function corner(some) {
  const { left, top } = wholeBox(some);
  return [some.x + some.w / 2 + left, some.y + some.h / 2 + top];
}

/**
 * @param {Image} some
 * @param {Props} props
 */
function after(some, props) {
  return /** @type {Image} */ ({ ...some, ...props });
}

test("a crop takes a part of the box and leaves the picture in its place", () => {
  const props = cropped(image, [0.25, 0.5, 1, 1], 3);

  assert.deepEqual(props, { x: 150, y: 100, w: 150, h: 50, crop: [0.25, 0.5, 1, 1] });
  assert.deepEqual(corner(after(image, props)), [100, 50]);
});

test("a crop of a crop is of the whole picture, and can be taken back to it", () => {
  const once = after(image, cropped(image, [0.5, 0, 1, 1], 3));

  const twice = after(once, cropped(once, [0.75, 0, 1, 0.5], 3));
  const back = cropped(twice, [0, 0, 1, 1], 3);

  assert.deepEqual([twice.x, twice.y, twice.w, twice.h], [250, 50, 50, 50]);
  assert.deepEqual(back, { x: 100, y: 50, w: 200, h: 100, crop: null });
});

test("the picture of a turned image stays in its place", () => {
  const turned = { ...image, angle: Math.PI / 2 };

  const { x, y, w, h } = cropped(turned, [0.5, 0, 1, 1], 3);

  // The right half lies below after a quarter turn clockwise.
  assert.deepEqual([w, h], [100, 100]);
  assert.deepEqual([(x ?? 0) + 50, (y ?? 0) + 50], [200, 150]);
});

test("a handle pulls its own edges, not out of the picture, not over the other", () => {
  const crop = /** @type {const} */ ([0.2, 0.2, 0.8, 0.8]);
  const corner = /** @type {const} */ ({ across: 1, down: -1 });

  assert.deepEqual(
    pulled(crop, corner, [0.1, -0.1], [0.1, 0.1]).map((n) => +n.toFixed(6)),
    [0.2, 0.1, 0.9, 0.8],
  );
  assert.deepEqual(pulled(crop, corner, [9, -9], [0.1, 0.1]), [0.2, 0, 1, 0.8]);
  assert.deepEqual(
    pulled(crop, corner, [-9, 9], [0.1, 0.1]).map((n) => +n.toFixed(6)),
    [0.2, 0.7, 0.3, 0.8],
  );
});

test("a crop slides over the picture and stops at its edge", () => {
  const moved = slid([0.2, 0.2, 0.8, 0.8], [0.5, -0.1]).map((n) => +n.toFixed(6));

  assert.deepEqual(moved, [0.4, 0.1, 1, 0.7]);
});
