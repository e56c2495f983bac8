import assert from "node:assert/strict";
import { test } from "node:test";
import { labelBox, paintBounds } from "../../../frontend/src/draw/bounds.js";
import { contains } from "../../../frontend/src/draw/geometry.js";
import { hits } from "../../../frontend/src/draw/hit.js";
import { besideLabel, labelPlace, without } from "../../../frontend/src/draw/label.js";
import { display } from "../../../frontend/src/draw/shapes.js";
import { measure } from "./elements.js";

/** @import { Line } from "../../../frontend/src/protocol.js" */

/** @type {Line} */
const line = {
  kind: "line",
  id: "l",
  x: 100,
  y: 100,
  points: [0, 0, 200, 0],
  label: "yes",
};

test("a label stands in the middle of the way, the line ends beside it", () => {
  const { x, width } = labelPlace(line, measure);
  const [before, after] = besideLabel(line, measure);

  assert.equal(x + width / 2, 100);
  assert.deepEqual(before?.slice(0, 2), [0, 0]);
  assert.deepEqual(after?.slice(-2), [200, 0]);
  assert.ok((before?.[2] ?? 0) < x && (after?.[0] ?? 0) > x + width);
});

test("what a label covers is painted, and hit", () => {
  for (const label of ["yes", "many words ".repeat(20)]) {
    const labelled = { ...line, label };
    const box = labelBox(labelled, measure);

    assert.ok(contains(paintBounds(labelled, measure), box));
    assert.ok(hits(labelled, box.left + 1, box.top + 1, 0, measure));
    const { items } = display(labelled, measure);
    assert.ok(items.some((item) => item.type === "text" && label.includes(item.text)));
  }
});

test("a label on a curve or an elbow lies on it", () => {
  for (const route of /** @type {const} */ (["curve", "elbow"])) {
    const bent = { ...line, points: [0, 0, 100, 80, 200, 0], route };
    const { x, y, width, height } = labelPlace(bent, measure);

    assert.ok(Math.abs(x + width / 2 - 100) < 2 && y + height / 2 > 70, route);
  }
});

test("a path is cut where a box hides it, and not where it does not", () => {
  const box = { left: 40, top: -10, right: 60, bottom: 10 };

  assert.deepEqual(without([0, 0, 100, 0], box), [
    [0, 0, 40, 0],
    [60, 0, 100, 0],
  ]);
  assert.deepEqual(without([0, 0, 50, 0, 50, 100], box), [
    [0, 0, 40, 0],
    [50, 10, 50, 100],
  ]);
  assert.deepEqual(without([0, 50, 100, 50], box), [[0, 50, 100, 50]]);
  assert.deepEqual(without([45, 0, 55, 0], box), []);
});
