/** Whose view goes where. */

import assert from "node:assert/strict";
import test from "node:test";
import { signal } from "@preact/signals-core";
import { View } from "../../../frontend/src/tools/view.js";
import { Follow, MISSED_MS } from "../../../frontend/src/ui/together/follow.js";

/** @import { ShownPeer } from "../../../frontend/src/model/peers.js" */

/**
 * @param {string} session
 * @param {Partial<ShownPeer>} [more]
 * @returns {ShownPeer}
 */
function peer(session, more = {}) {
  return {
    ...{ session, client: session, name: session, color: "#000000", role: "edit" },
    ...{ cursor: null, view: null, selection: [], tool: "", draft: [], gone: [] },
    ...{ follow: null, editing: null, chat: "", idle: "" },
    ...more,
  };
}

/** @param {{mySession?: string, isCalm?: boolean}} [options] */
function me({ mySession = "me", isCalm = false } = {}) {
  const view = new View();
  view.size.value = { width: 1000, height: 500 };
  /** @type {ShownPeer[]} */
  const others = [];
  /** @type {(string | null)[]} */
  const told = [];
  const link = { is_up: true };
  const follow = new Follow({
    leader: signal(/** @type {string | null} */ (null)),
    view,
    peers: { mySession, list: () => others },
    tell: (session) => told.push(session),
    isCalm: () => isCalm,
    isLinked: () => link.is_up,
  });
  const arrive = () => {
    for (let i = 1; i < 500; i++) if (!follow.step(16 * i)) return i;
    return assert.fail("it never comes to rest");
  };
  return { view, others, told, link, follow, arrive };
}

test("the whole view of the leader fits, about the same middle", () => {
  const { view, others, told, follow, arrive } = me();
  others.push(peer("ada", { view: [5000, -300, 400, 800] }));

  assert.ok(follow.start("ada"));
  assert.ok(arrive() > 3, "by and by");

  const { left, top, right, bottom } = view.seen();
  assert.ok(left <= 5000 && right >= 5400);
  assert.ok(Math.abs(top + 300) < 0.01 && Math.abs(bottom - 500) < 0.01);
  assert.ok(Math.abs((left + right) / 2 - 5200) < 0.01);
  assert.deepEqual(told, ["ada"]);
});

test("who wants no motion is there at once", () => {
  const { view, others, follow } = me({ isCalm: true });
  others.push(peer("ada", { view: [100, 100, 1000, 500] }));

  follow.start("ada");
  follow.step(16);

  assert.deepEqual(view.camera.value, { x: 100, y: 100, zoom: 1 });
});

test("a move of my own ends it, and so does the leader's leaving", () => {
  const { view, others, told, follow } = me();
  others.push(peer("ada", { view: [100, 100, 1000, 500] }));
  follow.start("ada");
  follow.step(16);
  follow.moved();
  assert.equal(follow.leader.value, "ada");

  view.panBy(5, 0);
  follow.moved();
  assert.equal(follow.leader.value, null);

  follow.start("ada");
  others.pop();
  follow.step(32);
  assert.equal(follow.leader.value, "ada", "may be back");
  follow.step(32 + MISSED_MS);
  assert.equal(follow.leader.value, null);
  assert.deepEqual(told, ["ada", null, "ada", null]);
});

test("a leader is followed on after its link or mine broke", () => {
  const { others, told, link, follow } = me({ isCalm: true });
  others.push(peer("ada", { client: "tab", view: [100, 100, 1000, 500] }));
  follow.start("ada");

  link.is_up = false;
  others.pop();
  follow.step(100);
  follow.step(100 + 10 * MISSED_MS);
  assert.equal(follow.leader.value, "ada", "nobody is known to have left");

  link.is_up = true;
  follow.step(200 + 10 * MISSED_MS);
  others.push(peer("ada2", { client: "tab", view: [700, 100, 1000, 500] }));
  follow.step(300 + 10 * MISSED_MS);

  assert.deepEqual([follow.leader.value, follow.view.camera.value.x], ["ada2", 700]);
  assert.deepEqual(told, ["ada", "ada2"]);
});

test("who follows me, directly or by others, cannot be followed", () => {
  const { others, follow } = me();
  others.push(peer("ada", { follow: "bob" }), peer("bob", { follow: "me" }));

  assert.equal(follow.start("ada"), false);
  assert.equal(follow.start("bob"), false);
  assert.equal(follow.start("nobody"), false);
});

test("of two who begin at once, one leads; others' circles do not matter", () => {
  for (const [mySession, leader] of [
    ["a", null],
    ["c", "b"],
  ]) {
    const { others, follow } = me({ mySession: mySession ?? "" });
    others.push(peer("b", { view: [0, 0, 10, 10] }));
    follow.start("b");
    others[0] = peer("b", { view: [0, 0, 10, 10], follow: mySession });

    follow.step(16);
    assert.equal(follow.leader.value, leader);
  }
  const { others, follow, arrive } = me();
  others.push(
    peer("x", { follow: "y", view: [0, 0, 9, 9] }),
    peer("y", { follow: "x" }),
  );
  assert.ok(follow.start("x"));
  arrive();
  assert.equal(follow.leader.value, "x");
});

test("a view without end or size moves nothing out of reach", () => {
  for (const view of /** @type {[number, number, number, number][]} */ ([
    [1e7, 1e7, 1e7, 1e7],
    [0, 0, 0, 0],
    [-1e7, 0, 2e7, 1],
  ])) {
    const { others, follow, arrive, view: mine } = me();
    others.push(peer("ada", { view }));
    follow.start("ada");
    arrive();
    const { x, y, zoom } = mine.camera.value;
    assert.ok([x, y, zoom].every(Number.isFinite) && zoom >= 0.05);
  }
});
