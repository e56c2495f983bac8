import assert from "node:assert/strict";
import { test } from "node:test";
import { hits } from "../../../frontend/src/draw/hit.js";
import { cropOf } from "../../../frontend/src/draw/picture.js";
import { display } from "../../../frontend/src/draw/shapes.js";
import { svgOf } from "../../../frontend/src/draw/svg.js";
import { measure } from "./elements.js";

/** @import { Image } from "../../../frontend/src/protocol.js" */

const ASSET = "0f".repeat(32);
/** @type {Image} */
const image = { kind: "image", id: "i", x: 10, y: 20, w: 200, h: 100, asset: ASSET };
const SHEET = {
  box: { left: 0, top: 0, right: 300, bottom: 200 },
  background: "none",
  color: (/** @type {string} */ stored) => stored,
  title: "",
};

test("a crop that leaves nothing shows the whole picture", () => {
  for (const crop of [undefined, null, [0.5, 0, 0.5, 1], [1, 1, 0, 0]]) {
    assert.deepEqual(cropOf({ ...image, ...(crop ? { crop } : {}) }), [0, 0, 1, 1]);
  }
  assert.deepEqual(cropOf({ ...image, crop: [0, 0.25, 0.5, 1] }), [0, 0.25, 0.5, 1]);
});

test("a picture is hit anywhere inside, and nowhere outside", () => {
  assert.ok(hits(image, 100, 60, 0, measure));
  assert.ok(!hits(image, 220, 60, 5, measure));
});

test("an image that a set made of something without an asset is still shown", () => {
  const { asset: _, ...bare } = image;

  const { items } = display(/** @type {Image} */ (bare), measure);

  assert.equal(items.length, 1);
});

test("the file of an SVG holds the picture itself, cropped", () => {
  const shown = display({ ...image, crop: [0.5, 0, 1, 1], alt: "<b>" }, measure);

  const text = svgOf([shown], { ...SHEET, href: () => "data:image/png;base64,AAAA" });

  assert.match(text, /<svg width="200" height="100" viewBox="0.5 0 0.5 1"/);
  assert.match(text, /href="data:image\/png;base64,AAAA"/);
  assert.match(text, /<title>&lt;b&gt;<\/title>/);
});

test("without the picture a field stands in its place", () => {
  const text = svgOf([display(image, measure)], SHEET);

  assert.match(text, /<rect width="200" height="100" fill="#868e96" opacity="0.16">/);
});
