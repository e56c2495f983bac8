/** The connection on networks of all kinds, with a server in the test's hand. */

import assert from "node:assert/strict";
import test from "node:test";
import { CLOSE } from "../../../frontend/src/protocol.js";
import { Journal, put, rect, set } from "../model/journal.js";
import { Browser, LIMITS } from "./page.js";

/** @import { Entry } from "../../../frontend/src/protocol.js" */

/** @param {Entry[]} entries */
function frame(...entries) {
  return /** @type {const} */ ({ type: "entries", entries });
}

test("R3 hello names the snapshot's seq, and the tail goes on from there", async () => {
  const journal = new Journal();
  journal.commit("ben", { id: "b1", ops: [put("a")] });
  const page = await new Browser().open();
  await page.firstSnapshotIs(journal.snapshot());
  await page.socket().opens();
  const next = journal.commit("ben", { id: "b2", ops: [set("a", { x: 5 })] });

  const socket = await page.joins();
  await socket.says(frame(next));

  const [hello] = socket.ofType("hello");
  assert.equal(hello?.since, 1);
  assert.equal(hello?.client, page.client);
  assert.equal(hello?.name, "Ann");
  assert.equal(page.status, "live");
  assert.deepEqual(page.replica.document(), journal.snapshot());
});

test("hello is the first frame, and waits for the snapshot but not too long", async () => {
  const page = await new Browser().open();
  await page.socket().opens();
  assert.deepEqual(page.socket().sent, []);

  await page.clock.pass(3_000);

  assert.deepEqual(
    page.socket().sent.map(({ type }) => type),
    ["hello"],
  );
  assert.equal(page.socket().ofType("hello")[0]?.since, null);
});

test("a page without a snapshot says so and gets all entries", async () => {
  const journal = new Journal();
  const first = journal.commit("ben", { id: "b1", ops: [put("a")] });
  const page = await new Browser().open();
  await page.firstSnapshotFails();

  const socket = await page.joins({ head: 1 });
  await socket.says(frame(first));

  assert.equal(socket.ofType("hello")[0]?.since, null);
  assert.deepEqual(page.replica.document(), journal.snapshot());
});

test("R3 in snapshot mode entries wait until the snapshot is there", async () => {
  const journal = new Journal();
  journal.commit("ben", { id: "b1", ops: [put("a")] });
  const snapshot = journal.snapshot();
  const page = await new Browser().open();
  await page.firstSnapshotFails();
  const socket = await page.joins({
    ...{ mode: "snapshot", head: 1 },
    snapshot: { url: "/snapshot?seq=1", seq: 1 },
  });

  await socket.says(frame(journal.commit("ben", { id: "b2", ops: [put("b")] })));
  await socket.says(frame(journal.commit("ben", { id: "b3", ops: [put("c")] })));
  assert.deepEqual(page.replica.list(), []);
  assert.equal(page.web.last().url, "/snapshot?seq=1");
  await page.web.last().answer(snapshot);

  assert.deepEqual(page.replica.document(), journal.snapshot());
  assert.equal(page.status, "live");
});

test("a late first snapshot does not let go of entries that wait for another", async () => {
  const journal = new Journal();
  journal.commit("ben", { id: "b1", ops: [put("a")] });
  const old = journal.snapshot();
  journal.commit("ben", { id: "b2", ops: [put("b")] });
  const page = await new Browser().open();
  await page.socket().opens();
  await page.clock.pass(3_000);
  const socket = await page.joins({
    ...{ mode: "snapshot", head: 2 },
    snapshot: { url: "/snapshot?seq=2", seq: 2 },
  });
  const snapshot = journal.snapshot();
  await socket.says(frame(journal.commit("ben", { id: "b3", ops: [put("c")] })));

  await page.firstSnapshotIs(old);
  await page.web.last().answer(snapshot);

  assert.deepEqual(page.replica.document(), journal.snapshot());
  assert.equal(page.sockets.length, 1);
});

test("a snapshot that cannot be read is asked for again on a new link", async () => {
  const page = await new Browser().open();
  await page.firstSnapshotFails();
  await page.joins({ mode: "snapshot", head: 1, snapshot: { url: "/s", seq: 1 } });

  await page.web.last().answer({}, 503);
  await page.clock.pass(1_000);

  assert.equal(page.sockets.length, 2);
  assert.equal(page.status, "connecting");
});

test("a journal that was set back replaces what the page had; pending stays", async () => {
  const journal = new Journal();
  const page = await new Browser().open();
  await page.firstSnapshotIs({ seq: 9, elements: [rect("lost")] });
  await page.joins();
  page.replica.submit([put("mine")]);
  journal.commit("ben", { id: "b1", ops: [put("a")] });

  await page.socket().closes();
  await page.clock.pass(1_000);
  await page.joins({ mode: "snapshot", head: 1, snapshot: { url: "/s", seq: 1 } });
  await page.web.last().answer(journal.snapshot());

  assert.equal(page.replica.seq, 1);
  assert.deepEqual(
    page.replica.list().map(({ id }) => id),
    ["a", "mine"],
  );
});

test("C2 after a reconnect pending changes are sent again, same ids, in order", async () => {
  const journal = new Journal();
  const page = await new Browser().open();
  const first = await page.starts();
  const ids = ["a", "b", "c"].map((id) => String(page.replica.submit([put(id)])?.id));
  await page.clock.pass(0);
  assert.deepEqual(page.submitted(first), ids);
  const committed = journal.commit(page.client, {
    id: String(ids[0]),
    ops: [put("a")],
  });

  await first.closes();
  await page.clock.pass(1_000);
  const second = await page.joins({ head: 1 });
  await second.says(frame(committed));

  assert.equal(second.ofType("hello")[0]?.since, 0);
  assert.deepEqual(page.submitted(second), ids);
  assert.equal(page.connection.state.unsaved, 2);
});

test("C2 a repeated entry acknowledges and is not applied again", async () => {
  const journal = new Journal();
  const page = await new Browser().open();
  const first = await page.starts();
  const change = page.replica.submit([put("a")]);
  await page.clock.pass(0);
  const mine = journal.commit(page.client, change);
  const theirs = journal.commit("ben", { id: "b1", ops: [set("a", { x: 9 })] });
  await first.closes();
  await page.clock.pass(1_000);

  const second = await page.joins({ head: 2 });
  await second.says(frame(mine, theirs));
  await second.says(frame(mine));

  assert.deepEqual(page.replica.document(), journal.snapshot());
  assert.equal(page.connection.state.unsaved, 0);
});

test("C3 a rejected change vanishes, is told, and is not sent again", async () => {
  const page = await new Browser().open();
  const socket = await page.starts();
  const refused = String(page.replica.submit([put("a")])?.id);
  page.replica.submit([put("b")]);
  await page.clock.pass(0);

  await socket.says({
    ...{ type: "reject", id: refused, retry: false },
    ...{ code: "forbidden", detail: "You may only look." },
  });
  await socket.closes();
  await page.clock.pass(1_000);
  await page.joins();

  assert.deepEqual(
    page.replica.list().map(({ id }) => id),
    ["b"],
  );
  assert.equal(page.connection.state.unsaved, 1);
  assert.equal(page.submitted().includes(refused), false);
  assert.deepEqual(page.notices, [
    { code: "forbidden", detail: "You may only look.", change: refused },
  ]);
});

test("a change that shall come later comes later, with its id, before later ones", async () => {
  const page = await new Browser().open();
  const socket = await page.starts();
  const id = String(page.replica.submit([put("a")])?.id);
  await page.clock.pass(0);

  await socket.says({
    ...{ type: "reject", id, retry: true, wait_ms: 500 },
    ...{ code: "too_fast", detail: "Too many changes." },
  });
  const later = String(page.replica.submit([set("a", { x: 5 })])?.id);
  await page.clock.pass(499);
  assert.deepEqual(page.submitted(), [id]);
  await page.clock.pass(1);

  assert.deepEqual(page.submitted(), [id, id], "the later one waits for its answer");
  await socket.says(frame(new Journal().commit(page.client, { id, ops: [put("a")] })));
  assert.deepEqual(page.submitted(), [id, id, later]);
  assert.deepEqual(page.notices, []);
});

test("R2 a gap is no reason to guess: the link is made anew from the last seq", async () => {
  const journal = new Journal();
  const page = await new Browser().open();
  const socket = await page.starts();
  const first = journal.commit("ben", { id: "b1", ops: [put("a")] });
  const second = journal.commit("ben", { id: "b2", ops: [put("b")] });

  await socket.says(frame(second));
  assert.equal(socket.isClosed, true);
  assert.deepEqual(page.replica.list(), []);
  await page.clock.pass(1_000);
  const next = await page.joins({ head: 2 });
  await next.says(frame(first, second));

  assert.equal(next.ofType("hello")[0]?.since, 0);
  assert.deepEqual(page.replica.document(), journal.snapshot());
});

test("R2 a pong whose head is ahead tells of a lost entry", async () => {
  const page = await new Browser().open();
  const socket = await page.starts();

  await socket.says({ type: "pong", head: 3 });

  assert.equal(socket.isClosed, true);
});

test("pings tell the last seq and how many frames came", async () => {
  const journal = new Journal();
  const page = await new Browser().open();
  const socket = await page.starts();
  await socket.says(frame(journal.commit("ben", { id: "b1", ops: [put("a")] })));

  await page.clock.pass(10_000);

  assert.deepEqual(socket.ofType("ping"), [{ type: "ping", seq: 1, received: 2 }]);
});

test("R4 a busy board is confirmed by size too, long before the server minds", async () => {
  const journal = new Journal();
  const page = await new Browser().open();
  await page.firstSnapshotIs({ seq: 0, elements: [] });
  const socket = await page.joins({ limits: { ...LIMITS, unread_bytes: 160_000 } });
  const next = () => frame(journal.commit("ben", { id: `b${nLong++}`, ops: [long] }));
  let nLong = 0;
  const long = put("a", { alt: "x".repeat(6_000) });

  await socket.says(next());
  assert.equal(socket.ofType("ping").length, 0);
  await socket.says(next());
  assert.deepEqual(socket.ofType("ping"), [{ type: "ping", seq: 2, received: 3 }]);
  await socket.says(next());
  assert.equal(socket.ofType("ping").length, 1, "counted anew");
  await page.clock.pass(10_000);

  assert.equal(socket.isClosed, false, "such a ping asks nothing");
});

test("a silent link is cut and made anew", async () => {
  const page = await new Browser().open();
  const socket = await page.starts();

  await page.clock.pass(10_000);
  await socket.says({ type: "pong", head: 0 });
  await page.clock.pass(10_000);
  assert.equal(socket.isClosed, false);
  await page.clock.pass(10_000);

  assert.equal(socket.isClosed, true);
  assert.equal(page.status, "connecting");
  await page.clock.pass(1_000);
  assert.equal(page.sockets.length, 2);
});

test("a server that never says welcome is left", async () => {
  const page = await new Browser().open();
  await page.firstSnapshotIs({ seq: 0, elements: [] });
  await page.socket().opens();

  await page.clock.pass(10_000);

  assert.equal(page.socket().isClosed, true);
  assert.equal(page.status, "offline");
});

test("it comes back later and later, with jitter, at most every 30 s", async () => {
  const page = await new Browser().open();
  await page.firstSnapshotFails();
  /** @type {number[]} */
  const waits = [];
  for (let attempt = 0; attempt < 12; attempt++) {
    const before = page.clock.now();
    await page.socket().closes();
    await page.retries();
    waits.push(page.clock.now() - before);
  }

  assert.ok(
    waits.every((wait, n) => wait <= Math.min(30_025, 1_025 * 2 ** n)),
    `${waits}`,
  );
  assert.ok(Math.max(...waits) > 8_000, `${waits}`);
  assert.ok(new Set(waits).size > 8, `${waits}`);
  assert.equal(page.status, "offline");
});

test("a good link forgets earlier failures", async () => {
  const page = await new Browser().open();
  await page.firstSnapshotFails();
  for (let attempt = 0; attempt < 6; attempt++) {
    await page.socket().closes();
    await page.retries();
  }
  const socket = await page.joins();
  await page.clock.pass(9_000);
  await socket.says({ type: "pong", head: 0 });
  await page.clock.pass(2_000);

  await socket.closes();
  await page.clock.pass(1_000);

  assert.notEqual(page.socket(), socket);
});

for (const news of /** @type {const} */ (["online", "visible"])) {
  test(`it comes back at once when the page is ${news}`, async () => {
    const page = await new Browser().open();
    await page.firstSnapshotFails();
    for (let attempt = 0; attempt < 8; attempt++) {
      await page.socket().closes();
      if (attempt < 7) await page.retries();
    }
    const n = page.sockets.length;

    await page.page.tells(news);

    assert.equal(page.sockets.length, n + 1);
  });

  test(`a link that lives is asked, and kept, when the page is ${news}`, async () => {
    const page = await new Browser().open();
    const socket = await page.starts();

    await page.page.tells(news);
    assert.equal(socket.ofType("ping").length, 1);
    await socket.says({ type: "pong", head: 0 });
    await page.clock.pass(5_000);

    assert.equal(page.socket(), socket);
    assert.equal(page.status, "live");
  });
}

test("when the browser says offline a dead link is cut within seconds", async () => {
  const page = await new Browser().open();
  const socket = await page.starts();

  await page.page.tells("offline");
  await page.clock.pass(5_000);

  assert.equal(socket.isClosed, true);
  assert.equal(page.status, "offline");
});

for (const code of [
  CLOSE.GOING_AWAY,
  CLOSE.TOO_SLOW,
  CLOSE.LOST_PLACE,
  CLOSE.TOO_FAST,
  1001,
  1006,
  1011,
]) {
  test(`after close code ${code} it comes back`, async () => {
    const page = await new Browser().open();
    const socket = await page.starts();

    await socket.closes(code);
    assert.equal(page.status, "connecting");
    await page.clock.pass(1_000);

    assert.equal(page.sockets.length, 2);
  });
}

for (const code of [
  CLOSE.BAD_FRAME,
  CLOSE.OLD_PROTOCOL,
  CLOSE.FORBIDDEN,
  CLOSE.GONE,
  4099,
]) {
  test(`A3 after close code ${code} it stays away and says why`, async () => {
    const page = await new Browser().open();
    const socket = await page.starts();
    page.replica.submit([put("a")]);

    await socket.says({ type: "notice", code: "gone", detail: "It was deleted." });
    await socket.closes(code);
    await page.clock.pass(120_000);
    await page.page.tells("online");
    await page.page.tells("visible");

    assert.equal(page.sockets.length, 1);
    assert.deepEqual(page.connection.state, {
      ...{ status: "closed", role: "edit", frozen: null, unsaved: 1, isKept: true },
      closedReason: { code, detail: "It was deleted." },
    });
    assert.equal(page.clock.nTimers, 0);
  });
}

test("A3 a role that changes is told, and what may be sent with it", async () => {
  const page = await new Browser().open();
  const socket = await page.starts();

  await socket.says({
    ...{ type: "notice", code: "forbidden", detail: "" },
    role: "view",
  });
  page.live.draft([put("a")]);
  page.live.cursor(1, 2);
  await page.clock.pass(100);

  assert.equal(page.connection.state.role, "view");
  assert.deepEqual(socket.ofType("live"), [{ type: "live", cursor: [1, 2] }]);
});

test("a frozen board is one until a role or another welcome comes", async () => {
  const page = await new Browser().open();
  const socket = await page.starts();
  const type = /** @type {const} */ ("notice");
  const frozen = { type, code: "frozen", detail: "", role: "own" };

  assert.equal(page.connection.state.frozen, null);
  await socket.says({ ...frozen, why: "Exam." });
  assert.equal(page.connection.state.frozen, "Exam.");
  await socket.says(frozen);
  assert.equal(page.connection.state.frozen, "");
  await socket.says({ type, code: "role", detail: "", role: "own" });

  assert.equal(page.connection.state.frozen, null);
});

test("a role is no news to whom it has already", async () => {
  const page = await new Browser().open();
  const socket = await page.starts();
  /** @type {(string | null | undefined)[]} */
  const roles = [];
  page.connection.subscribeNotices(({ role }) => roles.push(role));

  for (const role of ["edit", "view", "view", "edit"]) {
    await socket.says({ ...{ type: "notice", code: "role", detail: "" }, role });
  }

  assert.deepEqual(roles, ["view", "edit"]);
});

test("whoever gets another name says hello again, at once", async () => {
  const page = await new Browser().open();
  const first = await page.starts();

  page.connection.introduce({ name: "Anna", color: "#aa0000" });
  const second = await page.joins();

  assert.equal(first.isClosed, true);
  assert.equal(second.ofType("hello")[0]?.name, "Anna");
  assert.equal(second.ofType("hello")[0]?.color, "#aa0000");
  assert.equal(page.status, "live");
});

test("an unreadable frame ends the link, not the page", async () => {
  const page = await new Browser().open();
  const socket = await page.starts();

  await socket.says("{");
  await page.clock.pass(1_000);

  assert.equal(socket.isClosed, true);
  assert.equal(page.sockets.length, 2);
});

test("frames of a link that was cut are not taken", async () => {
  const journal = new Journal();
  const page = await new Browser().open();
  const first = await page.starts();
  page.connection.introduce({ name: "Anna" });

  await first.says(frame(journal.commit("ben", { id: "b1", ops: [put("a")] })));
  await first.closes();

  assert.deepEqual(page.replica.list(), []);
  assert.equal(page.sockets.length, 2);
});

test("entries by what the server shows of this tab are mine, and can be undone", async () => {
  const page = await new Browser().open();
  await page.firstSnapshotIs({ seq: 0, elements: [] });
  const socket = await page.joins({ client: "tab:shown" });
  const change = page.replica.submit([put("a")]);
  await socket.says({
    type: "entries",
    entries: [
      {
        seq: 1,
        id: change?.id ?? "",
        at: 0,
        by: { session: "s", client: "tab:shown", name: "" },
        ops: [put("a")],
      },
      {
        seq: 2,
        id: "theirs",
        at: 0,
        by: { session: "t", client: "tab:other", name: "" },
        ops: [put("b")],
      },
    ],
  });

  assert.equal(page.replica.client, "tab:shown");
  page.replica.undo();
  assert.deepEqual(
    page.replica.list().map(({ id }) => id),
    ["b"],
  );
});

test("what was there when the page came is no news, what comes later is", async () => {
  const page = await new Browser().open();
  await page.firstSnapshotIs({ seq: 0, elements: [] });
  /** @type {string[]} */
  const news = [];
  page.peers.subscribeEntries(({ name }) => news.push(name));
  const ben = { session: "s-ben", client: "ben", name: "Ben" };
  const socket = await page.joins({
    head: 1,
    peers: [{ ...ben, color: "#000000", role: "edit" }],
  });
  /** @param {number} seq */
  const entry = (seq) => ({
    seq,
    id: `b${seq}`,
    at: 0,
    by: ben,
    ops: [put(`b${seq}`)],
  });

  await socket.says({ type: "entries", entries: [entry(1)] });
  assert.deepEqual(news, []);
  await socket.says({ type: "entries", entries: [entry(2)] });
  assert.deepEqual(news, ["Ben"]);
});

test("P2 peers come with welcome, change, and are gone when the link does not return", async () => {
  const page = await new Browser().open();
  await page.firstSnapshotIs({ seq: 0, elements: [] });
  const ben = {
    session: "s-ben",
    client: "ben",
    name: "Ben",
    color: "#000000",
    role: "edit",
  };
  const socket = await page.joins({ peers: [ben] });
  await socket.says({ type: "live", peers: { "s-ben": { cursor: [3, 4] } } });
  assert.deepEqual(page.peers.list()[0]?.cursor, [3, 4]);

  await socket.closes();
  assert.equal(page.peers.list().length, 1, "a blink of the network shows nothing");
  await page.clock.pass(1_000);
  await page.socket().closes();

  assert.deepEqual(page.peers.list(), []);
});

test("C5 drawing goes on while there is no network at all", async () => {
  const page = await new Browser().open();
  await page.firstSnapshotFails();
  await page.socket().closes();

  page.replica.submit([put("a")]);

  assert.ok(page.replica.get("a"));
  assert.equal(page.connection.state.unsaved, 1);
  assert.equal(page.status, "offline");
});
