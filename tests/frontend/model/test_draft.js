/** Drafts that come in pieces, against the vectors that Python reads as well. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { redraft } from "../../../frontend/src/model/draft.js";
import { MAX_POINTS } from "../../../frontend/src/protocol.js";

/** @import { Doing, Op } from "../../../frontend/src/protocol.js" */

/**
 * @typedef {object} Vector
 * @property {string} name
 * @property {string} rule
 * @property {Op[] | null} draft
 * @property {Doing[]} frames
 * @property {{ draft: Op[] | null }} expect
 */

const FILE = new URL("../../vectors/draft/extend.json", import.meta.url);

/** @type {Vector[]} */
const vectors = JSON.parse(readFileSync(FILE, "utf8"));

for (const { name, rule, draft, frames, expect } of vectors) {
  test(`${rule} D4 ${name}`, () => {
    const before = JSON.stringify(draft);

    const after = frames.reduce(redraft, draft);

    assert.deepEqual(after, expect.draft);
    assert.equal(JSON.stringify(draft), before, "drafts are values");
  });
}

test("P2 a stroke does not grow beyond what an element may have", () => {
  /** @type {Op[]} */
  const draft = [
    {
      op: "put",
      element: { kind: "pen", id: "p", x: 0, y: 0, points: full(MAX_POINTS) },
    },
  ];

  const after = redraft(draft, {
    extend: { id: "p", offset: MAX_POINTS, points: [1, 1] },
  });

  assert.equal(after, draft);
});

/** @param {number} n */
function full(n) {
  return Array.from({ length: 2 * n }, () => 0);
}
