/** Who drew an element. */

import assert from "node:assert/strict";
import test from "node:test";
import { Authors } from "../../../frontend/src/ui/together/authors.js";

const TOUCHES = { made: { seq: 1 }, changed: { seq: 2 } };

/** @param {() => Promise<Response>} answer */
function world(answer) {
  /** @type {string[]} */
  const asked = [];
  const authors = new Authors("/api/boards/b/elements/", (url) => {
    asked.push(url);
    return answer();
  });
  return { authors, asked };
}

test("the server is asked once for an element until it is touched again", async () => {
  const { authors, asked } = world(async () => Response.json(TOUCHES));

  assert.deepEqual(await authors.of("a/../b"), TOUCHES);
  await authors.of("a/../b");
  assert.deepEqual(asked, ["/api/boards/b/elements/a%2F..%2Fb/"]);

  authors.forget(new Set(["other"]));
  await authors.of("a/../b");
  assert.equal(asked.length, 1);
  authors.forget(new Set(["a/../b"]));
  await authors.of("a/../b");
  assert.equal(asked.length, 2);
});

test("nobody is known where the server cannot tell, and it is asked again", async () => {
  const refused = world(async () => new Response("{}", { status: 404 }));
  const offline = world(() => Promise.reject(new TypeError("no network")));

  for (const { authors, asked } of [refused, offline]) {
    assert.equal(await authors.of("a"), null);
    assert.equal(await authors.of("a"), null);
    assert.equal(asked.length, 2);
  }
});
