/** Changes that are too large for one frame. */

import assert from "node:assert/strict";
import test from "node:test";
import { splitOps } from "../../../frontend/src/model/split.js";
import { MAX_FRAME_BYTES } from "../../../frontend/src/protocol.js";
import { del, put } from "./journal.js";

test("what fits is one list, nothing is none", () => {
  const ops = [put("a"), del("b")];

  assert.deepEqual(splitOps(ops), [ops]);
  assert.deepEqual(splitOps([]), []);
});

test("too many ops are several lists, in order", () => {
  const ops = ["a", "b", "c", "d", "e"].map((id) => del(id));

  const lists = splitOps(ops, { maxOps: 2 });

  assert.deepEqual(
    lists.map((list) => list.length),
    [2, 2, 1],
  );
  assert.deepEqual(lists.flat(), ops);
});

test("a frame counts bytes, not characters, and stays below the limit", () => {
  const ops = Array.from({ length: 40 }, (_, n) =>
    put(`e${n}`, { alt: "é".repeat(10_000) }),
  );

  const lists = splitOps(ops);

  assert.ok(lists.length > 1);
  assert.deepEqual(lists.flat(), ops);
  for (const list of lists) {
    const frame = JSON.stringify({ type: "submit", id: "x".repeat(64), ops: list });
    assert.ok(Buffer.byteLength(frame) <= MAX_FRAME_BYTES);
  }
});

test("a single op is never split", () => {
  assert.equal(splitOps([put("a"), put("b")], { maxBytes: 1 }).length, 2);
});
