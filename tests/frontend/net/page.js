/**
 * A board page without a browser: real parts of `model` and `net` tied as `main` does,
 * with fakes around them, and a server in the test's hand.
 *
 * @import { Limits, WelcomeFrame } from "../../../frontend/src/protocol.js"
 * @import { Snapshot } from "../../../frontend/src/model/document.js"
 */

import assert from "node:assert/strict";
import "fake-indexeddb/auto";
import { Peers } from "../../../frontend/src/model/peers.js";
import { Replica } from "../../../frontend/src/model/replica.js";
import { Connection } from "../../../frontend/src/net/connection.js";
import { Live } from "../../../frontend/src/net/live.js";
import { Outbox } from "../../../frontend/src/net/outbox.js";
import { Tab } from "../../../frontend/src/net/tab.js";
import { seededRandom } from "../model/random.js";
import {
  FakeClock,
  FakeLocks,
  FakePage,
  FakeSocket,
  FakeStorage,
  FakeWeb,
  settled,
} from "./fakes.js";

/** @type {Limits} */
export const LIMITS = {
  frame_bytes: 524_288,
  ops: 1_000,
  draft_ops: 200,
  submits_per_s: 50,
  live_per_s: 60,
  ping_s: 10,
  unread_bytes: 4_194_304,
};

/** What outlives a page: its tab's and its browser's storage. */
export class Browser {
  clock = new FakeClock();
  locks = new FakeLocks();

  constructor() {
    globalThis.indexedDB = new IDBFactory();
  }

  /**
   * Open the board in a tab.
   * @param {{ storage?: FakeStorage, board?: string, role?: string }} [options]
   */
  async open({ storage = new FakeStorage(), board = "b1", role = "edit" } = {}) {
    const locks = this.locks.tab();
    const tab = await Tab.open({
      storage,
      locks: /** @type {LockManager} */ (/** @type {unknown} */ (locks)),
      channel: null,
      clock: this.clock,
      newId,
    });
    const outbox = new Outbox({ board, client: tab.client, now: this.clock.now });
    const kept = await outbox.open();
    const page = new BoardPage({ clock: this.clock, locks, tab, outbox, kept, role });
    page.storage = storage;
    await settled();
    return page;
  }
}

let nIds = 0;
const newId = () => `id-${++nIds}`;

/**
 * @typedef {object} BoardPageParts
 * @property {FakeClock} clock
 * @property {import("./fakes.js").FakeTab} locks
 * @property {Tab} tab
 * @property {Outbox} outbox
 * @property {Awaited<ReturnType<Outbox["open"]>>} kept
 * @property {string} role
 */

export class BoardPage {
  /** @type {FakeSocket[]} */
  sockets = [];
  page = new FakePage();
  web = new FakeWeb();
  /** @type {import("../../../frontend/src/net/connection.js").Notice[]} */
  notices = [];
  storage = new FakeStorage();
  /** @type {(snapshot: Snapshot) => void} */
  #giveSnapshot = () => {};
  /** @type {(fault: Error) => void} */
  #failSnapshot = () => {};

  /** @param {BoardPageParts} parts */
  constructor({ clock, locks, tab, outbox, kept, role }) {
    const { client } = tab;
    this.clock = clock;
    this.locks = locks;
    this.outbox = outbox;
    this.role = role;
    this.client = client;
    this.replica = new Replica({ client, newId, steps: outbox });
    this.replica.resume(kept.changes, kept.steps);
    this.peers = new Peers(this.replica);
    const { peers, replica } = this;
    this.live = new Live({ clock, isPending: (id) => replica.isTouched(id) });
    /** @type {Promise<Snapshot>} */
    const firstSnapshot = new Promise((resolve, reject) => {
      this.#giveSnapshot = resolve;
      this.#failSnapshot = reject;
    });
    firstSnapshot.catch(() => {});
    this.connection = new Connection({
      ...{ system: this.#system(), replica, peers, outbox, live: this.live },
      ...{ url: "ws://test/", client, role, firstSnapshot },
      person: { name: "Ann" },
      adopt: () => outbox.adopt(tab),
    });
    this.connection.subscribeNotices((notice) => this.notices.push(notice));
    this.connection.start();
  }

  #system() {
    return {
      clock: this.clock,
      random: seededRandom(1),
      openSocket: (/** @type {string} */ url) => {
        const socket = new FakeSocket(url);
        this.sockets.push(socket);
        return socket;
      },
      fetch: this.web.fetch,
      page: this.page,
    };
  }

  /** @param {Snapshot} snapshot */
  async firstSnapshotIs(snapshot) {
    this.#giveSnapshot(snapshot);
    await settled();
  }

  async firstSnapshotFails() {
    this.#failSnapshot(new Error("no network"));
    await settled();
  }

  /** The page goes away without a word: a reload, a crash, a closed tab. */
  async vanish() {
    this.connection.stop();
    this.locks.close();
    await settled();
  }

  /** Let time pass until the page tries again. */
  async retries() {
    const n = this.sockets.length;
    const until = this.clock.now() + 60_000;
    while (this.sockets.length === n && this.clock.now() < until) {
      await this.clock.pass(25);
    }
    return this.socket();
  }

  /** The newest socket. */
  socket() {
    const socket = this.sockets.at(-1);
    assert.ok(socket, "no socket was opened");
    return socket;
  }

  /**
   * The newest socket opens and the server says welcome.
   * @param {Partial<WelcomeFrame>} [welcome]
   */
  async joins(welcome = {}) {
    const socket = this.socket();
    await socket.opens();
    await socket.says({
      type: "welcome",
      protocol: 1,
      session: `session-${this.sockets.length}`,
      role: this.role,
      head: this.replica.seq,
      mode: "replay",
      peers: [],
      limits: LIMITS,
      live_ms: 33,
      ...welcome,
    });
    return socket;
  }

  /** Open with an empty board and join. */
  async starts() {
    await this.firstSnapshotIs({ seq: 0, elements: [] });
    return this.joins();
  }

  get status() {
    return this.connection.state.status;
  }

  /** @param {FakeSocket} [socket] @returns {string[]} the ids of submitted changes */
  submitted(socket = this.socket()) {
    return socket.ofType("submit").map(({ id }) => id);
  }
}
