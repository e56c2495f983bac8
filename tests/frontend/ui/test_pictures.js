import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { Pictures } from "../../../frontend/src/ui/images/pictures.js";

/** A browser with one picture of 4096 × 4096 at every address. */
const page = {
  /** @type {string[]} */
  asked: [],
  status: 200,
  is_online: true,
  now: 0,
  n_open: 0,
  /** @type {() => void} */
  online() {},
};

/**
 * @param {number} width
 * @param {number} height
 */
function bitmap(width, height) {
  page.n_open++;
  return { width, height, close: () => page.n_open-- };
}

Object.assign(globalThis, {
  window: {
    addEventListener: (/** @type {string} */ _, /** @type {() => void} */ listener) => {
      page.online = listener;
    },
  },
  fetch: async (/** @type {string} */ url) => {
    page.asked.push(url);
    if (!page.is_online) throw new Error("offline");
    const { status } = page;
    return { status, ok: status === 200, blob: async () => "blob" };
  },
  createImageBitmap: async (
    /** @type {unknown} */ _,
    /** @type {{resizeWidth: number, resizeHeight: number} | undefined} */ how,
  ) => bitmap(how?.resizeWidth ?? 4096, how?.resizeHeight ?? 4096),
});

/** Let everything run that has begun. */
const settle = () => new Promise((resolve) => setImmediate(resolve));

function pictures() {
  const made = new Pictures(
    (asset) => `/assets/${asset}`,
    () => page.now,
  );
  /** @type {string[]} */
  const told = [];
  made.subscribe((asset) => told.push(asset));
  return { made, told };
}

beforeEach(() => {
  Object.assign(page, { asked: [], status: 200, is_online: true, now: 0, n_open: 0 });
});

test("a picture is asked for once, announced, and about as large as it is shown", async () => {
  const { made, told } = pictures();

  assert.equal(made.get("a", 1000), "waiting");
  assert.equal(made.get("a", 1000), "waiting");
  await settle();

  assert.deepEqual(page.asked, ["/assets/a"]);
  assert.deepEqual(told, ["a"]);
  const got = made.get("a", 1000);
  assert.ok(typeof got === "object");
  assert.equal(got.w, 1024);
  assert.equal(page.n_open, 1); // the large one was closed
});

test("a closer look brings a sharper one, the coarse one is shown meanwhile", async () => {
  const { made } = pictures();
  await made.load("a", 1000);

  const meanwhile = made.get("a", 3000);
  await settle();
  const sharp = made.get("a", 3000);

  assert.ok(typeof meanwhile === "object" && typeof sharp === "object");
  assert.deepEqual([meanwhile.w, sharp.w], [1024, 4096]);
  made.get("a", 100_000); // there is nothing larger
  await settle();
  assert.equal(page.asked.length, 2);
});

test("what is not there, or not for me, is missing and not asked for again", async () => {
  for (const status of [403, 404]) {
    page.status = status;
    page.asked = [];
    const { made } = pictures();
    await made.load("a", 100);
    page.now += 1_000_000;

    assert.equal(made.get("a", 100), "missing");
    await settle();
    assert.equal(page.asked.length, 1);
  }
});

test("what could not be reached comes when the network is back", async () => {
  page.is_online = false;
  const { made, told } = pictures();
  await made.load("a", 100);
  assert.equal(made.get("a", 100), "missing");
  await settle();
  assert.equal(page.asked.length, 1); // it rests

  page.is_online = true;
  page.online();
  assert.equal(told.length, 2); // whoever paints asks again
  made.get("a", 100);
  await settle();

  assert.equal(typeof made.get("a", 100), "object");
});

test("what was not painted for long goes when there is too much", async () => {
  const { made } = pictures();
  for (const asset of ["a", "b", "c", "d"]) await made.load(asset, 4096); // 256 MiB
  page.now += 10_000;
  made.get("a", 4096); // still in sight

  await made.load("e", 4096);

  assert.equal(page.n_open, 4);
  assert.equal(typeof made.get("a", 4096), "object");
  assert.equal(made.get("b", 4096), "waiting");
});

test("where too much is in sight, more comes coarse and nothing is asked for in vain", async () => {
  const { made } = pictures();
  const assets = Array.from("abcdefgh");
  for (const asset of assets) await made.load(asset, 4096);

  for (let i = 0; i < 3; i++) {
    for (const asset of assets) made.get(asset, 4096);
    await settle();
  }

  assert.equal(page.asked.length, assets.length);
  const last = made.get("h", 4096);
  assert.ok(typeof last === "object");
  assert.equal(last.w, 512);
});
