/** Frames as text, and names as the wire allows them. */

import assert from "node:assert/strict";
import test from "node:test";
import { presentable } from "../../../frontend/src/net/person.js";
import { encodeFrame } from "../../../frontend/src/net/wire.js";

/** @param {string} text */
function sent(text) {
  /** @type {import("../../../frontend/src/protocol.js").Text} */
  const element = { kind: "text", id: "t", x: 0, y: 0, text };
  const frame = encodeFrame({
    ...{ type: "submit", id: "c" },
    ops: [{ op: "put", element }],
  });
  assert.ok(!/[^\\](\\\\)*\\ud/.test(frame), frame);
  return JSON.parse(frame).ops[0].element.text;
}

test("half a surrogate pair goes out as the replacement character", () => {
  // Such a frame is no JSON to the server: it closed the link, for ever.
  assert.equal(sent("a\ud83db"), "a\ufffdb");
  assert.equal(sent("\udc00\ud800"), "\ufffd\ufffd");
  assert.equal(sent("\\\ud800"), "\\\ufffd");
});

test("everything else goes out as it is", () => {
  for (const text of ["🖍️", "\\ud800", "\\\\ud800", '"\\', "\u2028\u0000", "שלום"]) {
    assert.equal(sent(text), text);
  }
});

test("a person's name is one line of at most 64 characters, whole ones", () => {
  const { name } = presentable({ name: `  A\nn\u0000n\ud800 ${"🖍".repeat(100)}` });

  assert.equal(name, `Ann ${"🖍".repeat(58)}`);
});

test("a colour that is none is left out", () => {
  assert.equal(presentable({ color: "red" }).color, null);
  assert.equal(presentable({ color: "" }).color, null);
  assert.equal(presentable({ color: "#Aa0011" }).color, "#Aa0011");
  assert.deepEqual(presentable({}), { name: "", color: null });
});
