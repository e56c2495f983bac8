import assert from "node:assert/strict";
import { test } from "node:test";
import { higher, larger } from "../../../frontend/src/draw/room.js";
import { measure, rect } from "./elements.js";

test("a shape with room for its words keeps its size", () => {
  assert.deepEqual(larger({ ...rect, label: "abc" }, measure), {});
  assert.deepEqual(larger(rect, measure), {});
});

test("a shape grows to both sides for a whole word, and down for the lines", () => {
  const label = "whiteboards grow";

  const { x, w, h } = larger({ ...rect, label }, measure);

  assert.deepEqual([x, w], [-13, 126]); // eleven letters of ten units, and the margins
  assert.ok((h ?? rect.h) >= 50);
});

test("in a diamond there is half the width for words", () => {
  const diamond = { ...rect, kind: /** @type {const} */ ("diamond"), label: "Known?" };

  assert.deepEqual(larger(diamond, measure).w, 152); // (60 + 16) at half the width
});

test("an address is broken instead of making the shape as long", () => {
  const { w, h } = larger({ ...rect, label: "x".repeat(60) }, measure);

  assert.equal(w, undefined);
  assert.ok((h ?? 0) > rect.h);
});

test("who makes a shape narrow wants it narrow: it grows down only", () => {
  const { h, ...rest } = higher({ ...rect, w: 60, label: "whiteboards" }, measure);

  assert.deepEqual(rest, {});
  assert.ok((h ?? 0) > rect.h);
});
