import assert from "node:assert/strict";
import { test } from "node:test";
import { Failure } from "../../../frontend/src/home/api.js";
import { Imports, titleOf } from "../../../frontend/src/home/imports.js";
import { Store } from "../../../frontend/src/home/store.js";
import { createWords } from "../../../frontend/src/words/words.js";
import { board, ids } from "./boards.js";

/** @import { Send } from "../../../frontend/src/home/imports.js" */

/** @param {Send} send */
function world(send) {
  const clock = { now: () => 0, later: () => 0, never: () => {} };
  const api = /** @type {any} */ ({});
  const store = new Store({ api, clock, t: createWords("en"), boards: [] });
  /** @type {string[]} */
  const opened = [];
  const open = (/** @type {{id: string}} */ { id }) => void opened.push(id);
  const imports = new Imports({
    ...{ store, send, open, most_bytes: 1024 ** 2, choose: () => {} },
  });
  const said = () => store.toasts.value.map(({ text }) => text);
  return { imports, store, opened, said };
}

/** @param {Record<string, number>} skipped @returns {Send} */
const taking = (skipped) => (file, title) => ({
  done: Promise.resolve({ ...board({ id: file.name, title }), n_elements: 1, skipped }),
  cancel: () => {},
});

test("a single file leads to its board", async () => {
  const { imports, store, opened, said } = world(taking({}));

  await imports.take([new File(["{}"], "Plan.excalidraw")]);

  assert.deepEqual(opened, ["Plan.excalidraw"]);
  assert.deepEqual(ids(store.lists.value.boards), ["Plan.excalidraw"]);
  assert.equal(imports.current.value, null);
  assert.deepEqual(said(), []);
});

test("what was left out is said before one goes there", async () => {
  const { imports, opened, said, store } = world(taking({ image: 2, iframe: 1 }));

  await imports.take([new File(["{}"], "Plan.json")]);

  assert.deepEqual(opened, []);
  assert.deepEqual(said(), ["Imported Plan. 3 elements could not be brought along."]);
  store.toasts.value[0]?.action?.run();
  assert.deepEqual(opened, ["Plan.json"]);
});

test("every fault has its words, and the other files are taken", async () => {
  /** @type {Send} */
  const send = (file, title, onProgress) =>
    file.name === "bad.json"
      ? { done: Promise.reject(new Failure({ code: "invalid" })), cancel: () => {} }
      : taking({})(file, title, onProgress);
  const { imports, said, store } = world(send);

  await imports.take([
    new File([], "empty.json"),
    new File(["x".repeat(1024 ** 2 + 1)], "huge.json"),
    new File(["?"], "bad.json"),
    new File(["{}"], "good.json"),
  ]);

  assert.deepEqual(ids(store.lists.value.boards), ["good.json"]);
  const all = said().join("\n");
  assert.match(all, /huge\.json\. It is too large: 1 MB and 50,000 elements/);
  assert.match(all, /bad\.json\. There is no drawing/);
  assert.match(all, /Imported good\./);
});

test("a cancelled one says nothing", async () => {
  /** @type {(failure: Failure) => void} */
  let fail = () => {};
  const { imports, said } = world(() => ({
    done: new Promise((_, reject) => {
      fail = reject;
    }),
    cancel: () => fail(new Failure({ code: "offline" })),
  }));

  const taken = imports.take([new File(["{}"], "a.json"), new File(["{}"], "b.json")]);
  assert.equal(imports.current.value?.name, "a.json");
  imports.cancel();
  await taken;

  assert.deepEqual(said(), []);
});

test("files that come meanwhile are taken after those before", async () => {
  const { imports, store, opened, said } = world(taking({}));

  const first = imports.take([new File(["{}"], "a.json")]);
  await imports.take([new File(["{}"], "b.json")]);
  await first;

  assert.deepEqual(ids(store.lists.value.boards).toSorted(), ["a.json", "b.json"]);
  assert.deepEqual(opened, []);
  assert.deepEqual(said(), ["Imported 2 drawings."]);
});

test("a board is called after its file", () => {
  assert.equal(titleOf("My plan.excalidraw"), "My plan");
  assert.equal(titleOf("My plan.excalidraw.json"), "My plan");
  assert.equal(titleOf("Plan.chalkline.json"), "");
});
