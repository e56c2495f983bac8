/** Who is here, and drafts over the shown document. */

import assert from "node:assert/strict";
import test from "node:test";
import { Peers } from "../../../frontend/src/model/peers.js";
import { del, Journal, newReplica, put, rect, set } from "./journal.js";

/** @import { Op, Peer, Pen } from "../../../frontend/src/protocol.js" */

/**
 * @param {string} client
 * @param {Partial<Peer>} [doing]
 * @returns {Peer}
 */
function peer(client, doing = {}) {
  const session = `session-of-${client}`;
  return { session, client, name: client, color: "#112233", role: "edit", ...doing };
}

/**
 * @param {string} id
 * @param {number[]} points
 * @returns {Pen}
 */
function pen(id, points) {
  return { kind: "pen", id, x: 0, y: 0, points };
}

/** Ann's page, with Ben on the board as well. @param {Partial<Peer>} [doing] */
function world(doing) {
  const journal = new Journal();
  const replica = newReplica("ann");
  const peers = new Peers(replica);
  peers.replace("session-of-ann", [peer("ben", doing)]);
  let n = 0;
  return {
    replica,
    peers,
    ben: () => {
      const [ben] = peers.list();
      assert.ok(ben);
      return ben;
    },
    /** @param {import("../../../frontend/src/protocol.js").Doing} live */
    benDoes: (live) => peers.show({ type: "live", peers: { "session-of-ben": live } }),
    /** @param {Op[]} ops */
    benCommits: (...ops) => {
      const entry = journal.commit("ben", { id: `ben-${++n}`, ops });
      peers.settle(entry);
      replica.receive(entry);
      peers.announce();
    },
  };
}

test("P2 in a crowd it is told how many more there are", () => {
  const { peers } = world();
  peers.replace("session-of-ann", [peer("ben")], 850);
  assert.equal(peers.more, 850);

  peers.change({ type: "peers", join: [peer("cem")] });
  assert.equal(peers.more, 850);
  peers.change({ type: "peers", more: 0 });

  assert.equal(peers.more, 0);
});

test("P2 the full list comes first, then changes", () => {
  const { peers } = world();

  peers.change({ type: "peers", join: [peer("cem"), peer("dan")] });
  peers.change({ type: "peers", change: [peer("cem", { name: "Cem" })] });
  peers.change({ type: "peers", leave: ["session-of-ben"] });

  assert.deepEqual(
    peers.list().map(({ name }) => name),
    ["Cem", "dan"],
  );
});

test("P2 a join of somebody known, and news of myself, are no new peers", () => {
  const { peers } = world();

  peers.change({ type: "peers", join: [peer("ben", { name: "B" }), peer("ann")] });

  assert.deepEqual(
    peers.list().map(({ name }) => name),
    ["B"],
  );
});

test("P2 live news of somebody unknown is ignored", () => {
  const { peers } = world();

  peers.show({ type: "live", peers: { nobody: { cursor: [1, 2] } } });

  assert.equal(peers.list().length, 1);
});

test("P2 live fields change one by one; null takes the cursor away", () => {
  const { ben, benDoes } = world({ tool: "pen" });

  benDoes({ cursor: [1, 2] });
  benDoes({ selection: ["a"], view: [0, 0, 10, 10] });
  assert.deepEqual(ben().cursor, [1, 2]);
  assert.deepEqual(ben().selection, ["a"]);
  benDoes({ cursor: null });

  assert.equal(ben().cursor, null);
  assert.equal(ben().tool, "pen");
  assert.deepEqual(ben().view, [0, 0, 10, 10]);
});

test("C1 a draft is folded over what is shown", () => {
  const { ben, benDoes, benCommits } = world();
  benCommits(put("a"), put("b"));

  benDoes({ draft: [set("a", { x: 5 }), del("b"), put("c"), set("absent", { x: 1 })] });

  assert.deepEqual(ben().draft, [rect("a", { x: 5 }), rect("c")]);
  assert.deepEqual(ben().gone, ["b"]);
});

test("C1 a draft follows what is shown below it", () => {
  const { ben, benDoes, benCommits, replica } = world();
  benCommits(put("a"));
  benDoes({ draft: [set("a", { x: 5 })] });

  replica.submit([set("a", { fill: "#ff0000" })]);

  assert.deepEqual(ben().draft, [rect("a", { x: 5, fill: "#ff0000" })]);
});

test("C1 a growing stroke grows", () => {
  const { ben, benDoes } = world();
  benDoes({ draft: [{ op: "put", element: pen("p", [0, 0]) }] });

  benDoes({ extend: { id: "p", offset: 1, points: [1, 1, 2, 2] } });

  assert.deepEqual(ben().draft, [pen("p", [0, 0, 1, 1, 2, 2])]);
});

test("P2 whoever draws has the cursor where the stroke ends", () => {
  const { benDoes, ben } = world();
  const begun = { ...pen("s", [0, 0]), x: 10, y: 20 };
  benDoes({ cursor: [10, 20], draft: [{ op: "put", element: begun }] });

  benDoes({ extend: { id: "s", offset: 1, points: [1, 2, 3, 4] } });
  assert.deepEqual(ben().cursor, [13, 24]);
  benDoes({ cursor: [50, 50], extend: { id: "s", offset: 3, points: [5, 6] } });

  assert.deepEqual(ben().cursor, [50, 50]);
});

test("C1 when the entry comes the draft is gone in the same step: no flicker", () => {
  const { peers, replica, ben, benDoes, benCommits } = world();
  benDoes({ draft: [{ op: "put", element: pen("p", [0, 0]) }] });
  /** @type {number[]} */
  const times = [];
  const count = () => {
    const isShown = replica.get("p") ? 1 : 0;
    times.push(isShown + ben().draft.filter(({ id }) => id === "p").length);
  };
  replica.subscribe(count);
  peers.subscribe(count);
  count();

  benCommits({ op: "put", element: pen("p", [0, 0, 1, 1]) });
  count();

  assert.deepEqual(new Set(times), new Set([1]), `${times}`);
  assert.deepEqual(peers.list()[0]?.draft, []);
});

test("C1 live frames that come after the entry do not bring the draft back", () => {
  const { ben, benDoes, benCommits } = world();
  benDoes({ draft: [{ op: "put", element: pen("p", [0, 0]) }] });
  benCommits({ op: "put", element: pen("p", [0, 0, 1, 1]) });

  benDoes({ extend: { id: "p", offset: 1, points: [1, 1] } });
  benDoes({ draft: [{ op: "put", element: pen("p", [0, 0]) }] });

  assert.deepEqual(ben().draft, []);
});

test("C1 an entry that changes nothing ends the draft all the same", () => {
  const { peers, ben, benDoes, benCommits } = world();
  benCommits(put("a"));
  benDoes({ draft: [set("a", { x: 5 })] });
  let told = 0;
  peers.subscribe(() => told++);

  benCommits(set("a", { x: 0 }));

  assert.deepEqual(ben().draft, []);
  assert.equal(told, 1);
});

test("C1 an entry takes from a draft only what it touches", () => {
  const { ben, benDoes, benCommits } = world();
  benCommits(put("a"), put("b"));
  benDoes({ draft: [set("a", { x: 5 }), set("b", { x: 5 })] });

  benCommits(set("a", { x: 6 }));

  assert.deepEqual(ben().draft, [rect("b", { x: 5 })]);
});

test("P3 without a link nobody is here", () => {
  const { peers } = world();
  let told = 0;
  peers.subscribe(() => told++);

  peers.clear();

  assert.deepEqual(peers.list(), []);
  assert.equal(told, 1);
});

test("the list and a peer in it stay the same until they change", () => {
  const { peers, replica } = world();
  peers.change({ type: "peers", join: [peer("cem", { draft: [put("x")] })] });
  const before = peers.list();
  assert.equal(peers.list(), before);

  peers.show({ type: "live", peers: { "session-of-ben": { tool: "pen" } } });
  replica.submit([put("elsewhere")]);

  assert.notEqual(peers.list()[0], before[0]);
  assert.equal(peers.list()[1], before[1]);
});
