import assert from "node:assert/strict";
import { test } from "node:test";
import { resolved } from "../../../frontend/src/draw/binding.js";
import { outlineOf, paintBounds } from "../../../frontend/src/draw/bounds.js";
import { display } from "../../../frontend/src/draw/shapes.js";
import { step } from "../../../frontend/src/model/document.js";
import { Shown } from "../../../frontend/src/model/shown.js";
import { whole } from "../../../frontend/src/model/whole.js";

/** @import { Element } from "../../../frontend/src/protocol.js" */

const POINTS = { points: [0, 0, 5, 5] };
const BOX = { w: 5, h: 5 };
/** @type {Record<string, object>} what each kind demands */
const KINDS = {
  ...{ pen: POINTS, highlight: POINTS, line: POINTS, arrow: POINTS },
  ...{ rect: BOX, ellipse: BOX, diamond: BOX, callout: BOX, cloud: BOX, frame: BOX },
  text: { text: "x" },
  note: { ...BOX, text: "x" },
  image: { ...BOX, asset: "0".repeat(64) },
};
/** @type {(text: string, font: string, size: number) => number} */
const measure = (text, _font, size) => text.length * size * 0.5;

/** @param {string} kind @returns {Element} */
function one(kind) {
  return /** @type {Element} */ ({ kind, id: "a", x: 0, y: 0, ...KINDS[kind] });
}

/** @param {string} from @param {string} to @returns {Element} */
function turned(from, to) {
  const op = { op: "set", id: "a", props: { kind: to } };
  const element = step(one(from), /** @type {any} */ (op));
  assert.ok(element);
  return element;
}

for (const from of Object.keys(KINDS)) {
  test(`whatever a ${from} is turned into is drawn without an error`, () => {
    const arrow = /** @type {any} */ ({
      ...{ kind: "arrow", id: "b", x: 0, y: 0, points: [0, 0, 9, 9] },
      start: { id: "a", x: 0, y: 0 },
    });
    for (const to of Object.keys(KINDS)) {
      const element = whole(turned(from, to));
      const box = paintBounds(element, measure);
      assert.ok(Object.values(box).every(Number.isFinite), `${to}: ${box}`);
      display(element, measure);
      outlineOf(element, measure);
      resolved(arrow, () => element, measure);
    }
  });
}

test("what lacks nothing is the element itself", () => {
  for (const element of Object.keys(KINDS).map(one)) {
    assert.equal(whole(element), element);
  }
});

test("what is shown is whole, however it came", () => {
  const broken = turned("rect", "pen");
  const shown = new Shown([["a", broken]]);
  const later = new Shown();
  later.set("a", broken);

  for (const { list } of [shown, later].map((one) => ({ list: one.list() }))) {
    assert.deepEqual(/** @type {any} */ (list[0]).points, [0, 0]);
  }
});
