/** Who this tab is. */

import assert from "node:assert/strict";
import test from "node:test";
import { Tab } from "../../../frontend/src/net/tab.js";
import { FakeClock, FakeLocks, FakeStorage, settled } from "./fakes.js";

/** @import { FakeTab } from "./fakes.js" */

let n = 0;
const newId = () => `client-${++n}`;

/**
 * @param {FakeTab | null} locks
 * @param {FakeStorage | null} storage
 * @param {BroadcastChannel | null} [channel]
 * @param {FakeClock} [clock]
 */
function open(locks, storage, channel = null, clock = new FakeClock()) {
  const manager = /** @type {LockManager | null} */ (/** @type {unknown} */ (locks));
  return Tab.open({ storage, locks: manager, channel, clock, newId });
}

test("a tab keeps its name over a reload", async () => {
  const locks = new FakeLocks();
  const storage = new FakeStorage();
  const first = locks.tab();
  const { client } = await open(first, storage);
  first.close();

  const after = await open(locks.tab(), storage);

  assert.equal(after.client, client);
});

test("a reload that overtakes the old page's end keeps its name", async () => {
  const locks = new FakeLocks();
  const storage = new FakeStorage();
  const first = locks.tab();
  const { client } = await open(first, storage);

  const opening = open(locks.tab(), storage);
  await settled();
  first.close();

  assert.equal((await opening).client, client);
});

test("two tabs have two names, a duplicated one included", async () => {
  const locks = new FakeLocks();
  const clock = new FakeClock();
  const storage = new FakeStorage();
  const original = await open(locks.tab(), storage, null, clock);
  const copied = storage.copy();

  const opening = open(locks.tab(), copied, null, clock);
  await clock.pass(1_000);
  const duplicate = await opening;

  assert.notEqual(duplicate.client, original.client);
  assert.equal(copied.getItem("chalkline.client"), duplicate.client);
});

test("without locks tabs ask each other", async (context) => {
  const [one, two] = [
    new BroadcastChannel("tab-test"),
    new BroadcastChannel("tab-test"),
  ];
  context.after(() => {
    one.close();
    two.close();
  });
  const storage = new FakeStorage();
  const original = await open(null, storage, one);

  const duplicate = await open(null, storage.copy(), two);

  assert.notEqual(duplicate.client, original.client);
  assert.equal(await duplicate.insteadOf(original.client, async () => {}), false);
});

test("without locks a tab that does not answer is closed", async (context) => {
  const channel = new BroadcastChannel("tab-test-alone");
  context.after(() => channel.close());
  const clock = new FakeClock();
  const tab = await open(null, new FakeStorage(), channel, clock);
  let acted = 0;

  const acting = tab.insteadOf("gone", async () => void acted++);
  await clock.pass(150);

  assert.equal(await acting, true);
  assert.equal(acted, 1);
});

test("a page that may keep nothing and hold nothing still has a name", async () => {
  const forbidden = {
    getItem() {
      throw new DOMException("forbidden", "SecurityError");
    },
    setItem() {
      throw new DOMException("forbidden", "SecurityError");
    },
  };

  const tab = await Tab.open({
    ...{ storage: forbidden, locks: null, channel: null },
    ...{ clock: new FakeClock(), newId },
  });

  assert.match(tab.client, /^client-/);
});
