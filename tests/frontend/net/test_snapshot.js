/** Getting a snapshot. */

import assert from "node:assert/strict";
import test from "node:test";
import { fetchSnapshot } from "../../../frontend/src/net/snapshot.js";

/**
 * @param {string} body
 * @param {number} [status]
 */
const answering = (body, status = 200) => {
  return async () => new Response(body, { status });
};

test("a snapshot is its seq and its elements", async () => {
  const snapshot = await fetchSnapshot(answering('{"seq": 3, "elements": []}'), "/s");

  assert.deepEqual(snapshot, { seq: 3, elements: [] });
});

for (const [what, body, status] of /** @type {const} */ ([
  ["a refusal", '{"error": {"code": "forbidden"}}', 403],
  ["a page of a proxy", "<html>", 200],
  ["something else", '{"seq": "3"}', 200],
])) {
  test(`${what} is no snapshot`, async () => {
    await assert.rejects(fetchSnapshot(answering(body, status), "/s"));
  });
}
