/** The fold against the vectors that Python reads as well. */

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import test from "node:test";
import { apply, fold, fromElements } from "../../../frontend/src/model/document.js";

/**
 * @import { Entry } from "../../../frontend/src/protocol.js"
 * @import { Snapshot } from "../../../frontend/src/model/document.js"
 */

/**
 * @typedef {object} Vector
 * @property {string} name
 * @property {string} rule
 * @property {Snapshot} [snapshot]
 * @property {Entry[]} entries
 * @property {Snapshot} expect
 */

const FOLDER = new URL("../../vectors/fold/", import.meta.url);

/** @returns {Vector[]} */
function vectors() {
  return readdirSync(FOLDER)
    .filter((name) => name.endsWith(".json"))
    .sort()
    .flatMap((name) => JSON.parse(readFileSync(new URL(name, FOLDER), "utf8")));
}

for (const { name, rule, snapshot, entries, expect } of vectors()) {
  test(`${rule} D4 ${name}`, () => {
    const folded = fold(entries, snapshot);

    assert.deepStrictEqual(folded, expect);
  });

  test(`D5 a snapshot taken anywhere changes nothing: ${name}`, () => {
    for (let cut = 0; cut <= entries.length; cut++) {
      const saved = JSON.parse(JSON.stringify(fold(entries.slice(0, cut), snapshot)));

      const folded = fold(entries, saved);

      assert.deepStrictEqual(folded, expect);
    }
  });
}

test("D1 elements are values: a set leaves the old object as it was", () => {
  /** @type {import("../../../frontend/src/protocol.js").Rect} */
  const before = { kind: "rect", id: "a", x: 0, y: 0, w: 1, h: 1, fill: "#ff0000" };
  const copy = { ...before };
  const document = fromElements([before]);

  apply(document, [{ op: "set", id: "a", props: { x: 5, fill: null } }]);

  assert.deepEqual(before, copy);
  assert.deepEqual(document.get("a"), {
    kind: "rect",
    id: "a",
    x: 5,
    y: 0,
    w: 1,
    h: 1,
  });
});
