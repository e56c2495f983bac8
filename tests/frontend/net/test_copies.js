/** A board's copy in the browser: kept at the right moments, and used without a network. */

import "fake-indexeddb/auto";
import assert from "node:assert/strict";
import test from "node:test";
import { Copies } from "../../../frontend/src/net/copies.js";
import { keepCopy } from "../../../frontend/src/net/keeper.js";
import { snapshotOrCopy } from "../../../frontend/src/net/snapshot.js";
import { CLOSE } from "../../../frontend/src/protocol.js";
import { FakeClock, settled } from "./fakes.js";

/** @import { Snapshot } from "../../../frontend/src/model/document.js" */
/** @import { State } from "../../../frontend/src/net/status.js" */
/** @import { PageNews } from "../../../frontend/src/net/system.js" */

const LIVE = /** @type {State} */ ({ status: "live", closedReason: null });
let n_boards = 0;

/** @param {number} seq @returns {Snapshot} */
const snapshot = (seq) => ({ seq, elements: [] });

/** A page with a keeper, and what happens to it in the test's hand. */
function openPage() {
  const clock = new FakeClock();
  const copies = new Copies({ board: `board${++n_boards}`, now: clock.now });
  /** @type {Record<string, (news: never) => void>} */
  const tell = {};
  /** @param {string} who */
  const subscriber = (who) => (/** @type {(news: never) => void} */ listener) => {
    tell[who] = listener;
    return () => {};
  };
  const replica = {
    seq: 0,
    confirmed: () => snapshot(replica.seq),
    subscribe: subscriber("replica"),
  };
  keepCopy({
    copies,
    replica,
    connection: { state: LIVE, subscribe: subscriber("connection") },
    system: { clock, page: { isOnline: () => true, subscribe: subscriber("page") } },
  });
  return {
    clock,
    copies,
    /** @param {number} seq */
    async hears(seq) {
      replica.seq = seq;
      tell.replica?.(/** @type {never} */ ({ ids: null }));
      await settled();
    },
    /** @param {Partial<State>} state */
    async is(state) {
      tell.connection?.(/** @type {never} */ ({ ...LIVE, ...state }));
      await settled();
    },
    /** @param {PageNews} news */
    async turns(news) {
      tell.page?.(/** @type {never} */ (news));
      await settled();
    },
  };
}

/** @returns {Promise<Snapshot>} */
const failing = () => Promise.reject(new Error("no network"));

test("a copy is written after a rest", async () => {
  const page = openPage();
  await page.is({});
  await page.hears(3);
  assert.equal(await page.copies.read(), null);
  await page.clock.pass(500);
  assert.deepEqual(await page.copies.read(), snapshot(3));
  await page.hears(4);
  await page.hears(5);

  await page.clock.pass(5_000);

  assert.deepEqual(await page.copies.read(), snapshot(5));
});

test("a copy is written at once when the network goes or the page is hidden", async () => {
  const page = openPage();
  await page.is({});
  await page.hears(3);
  await page.is({ status: "offline" });
  assert.deepEqual(await page.copies.read(), snapshot(3));

  await page.hears(4);
  await page.turns("hidden");

  assert.deepEqual(await page.copies.read(), snapshot(4));
});

test("a board that was never live here leaves no copy", async () => {
  const page = openPage();
  await page.hears(3);
  await page.turns("hidden");
  await page.clock.pass(60_000);

  assert.equal(await page.copies.read(), null);
});

test("A3 the copy of a board that is closed to me is removed", async () => {
  for (const code of [CLOSE.FORBIDDEN, CLOSE.GONE]) {
    const page = openPage();
    await page.is({});
    await page.hears(3);
    await page.turns("hidden");

    await page.is({ status: "closed", closedReason: { code, detail: "" } });

    assert.equal(await page.copies.read(), null, String(code));
  }
});

test("the copy is used when the server fails or is late, else the server's", async () => {
  const clock = new FakeClock();
  const copies = { read: async () => snapshot(5) };
  const never = /** @type {Promise<Snapshot>} */ (new Promise(() => {}));

  const late = snapshotOrCopy(never, copies, clock);
  await clock.pass(2_500);

  assert.deepEqual(await snapshotOrCopy(failing(), copies, clock), snapshot(5));
  assert.deepEqual(await late, snapshot(5));
  const fetched = Promise.resolve(snapshot(9));
  assert.deepEqual(await snapshotOrCopy(fetched, copies, clock), snapshot(9));
});

test("without a copy the server's failure is told", async () => {
  const none = { read: async () => null };

  await assert.rejects(snapshotOrCopy(failing(), none, new FakeClock()), /no network/);
});
