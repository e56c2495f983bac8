/**
 * The connection: keeps the replica in step with the server, whatever the network does.
 *
 * It opens links, says hello with the last seq, takes the snapshot or the tail, sends what
 * is pending, and comes back after every loss, later and later, but at once when the
 * browser says that there is network again or the person looks. It stays away only when
 * the server says so (close codes 4000…4099). It decides nothing about the document: that
 * is the replica's.
 *
 * @import { Change, Entry, NoticeFrame, RejectFrame, ServerFrame, WelcomeFrame } from "../protocol.js"
 * @import { Snapshot } from "../model/document.js"
 * @import { Peers } from "../model/peers.js"
 * @import { Replica } from "../model/replica.js"
 * @import { Live } from "./live.js"
 * @import { Outbox } from "./outbox.js"
 * @import { Person } from "./person.js"
 * @import { State } from "./status.js"
 * @import { PageNews, System } from "./system.js"
 */

import { Listeners } from "../model/listeners.js";
import { CLOSE, PROTOCOL } from "../protocol.js";
import { backoffMs } from "./backoff.js";
import { Link } from "./link.js";
import { presentable } from "./person.js";
import { fetchSnapshot } from "./snapshot.js";
import { Status } from "./status.js";
import { Submitter } from "./submitter.js";

/** Hello has to come within 5 s; the first snapshot may take most of that. */
const SNAPSHOT_BEFORE_HELLO_MS = 3_000;
/** A link that lived so long was a good one: the next loss begins counting anew. */
const STABLE_MS = 10_000;
const FIRST_FINAL_CODE = 4000;
const FIRST_RETRY_CODE = 4100;

/**
 * Something a person should know: a refused change, or what the server announces.
 * @typedef {{ code: string, detail: string, change?: string, role?: string | null,
 *   title?: string | null, why?: string | null, wait_ms?: number | null }} Notice
 */

/**
 * @typedef {object} ConnectionParts
 * @property {System} system
 * @property {string} url of the socket
 * @property {string} client
 * @property {string} role what the page was told, until welcome says
 * @property {Person} person
 * @property {string | null} [token]
 * @property {Promise<Snapshot>} firstSnapshot what the page loads while this starts
 * @property {Replica} replica
 * @property {Peers} peers
 * @property {Live} live
 * @property {Outbox} outbox
 * @property {() => Promise<Change[]>} adopt takes over what closed tabs have left
 */

export class Connection {
  #parts;
  #submitter;
  #person;
  #status;
  /** @type {Listeners<Notice>} */
  #noticeListeners = new Listeners();
  /** @type {Link | null} */
  #link = null;
  #attempt = 0;
  #welcomedAt = /** @type {number | null} */ (null);
  /** @type {unknown} */
  #retryTimer = null;
  #hasBoard = false;
  /** The head when the page came: up to there nothing is news. */
  #firstHead = -1;
  /** Entries that came while a snapshot is on its way.
   * @type {{ seq: number, entries: Entry[] } | null} */
  #waiting = null;
  /** The last notice of this link: why it is closed. */
  #lastDetail = "";
  #leavePage = () => {};

  /** @param {ConnectionParts} parts */
  constructor(parts) {
    this.#parts = parts;
    this.#person = parts.person;
    const { outbox, replica, role, system } = parts;
    const status = system.page.isOnline() ? "connecting" : "offline";
    this.#status = new Status({
      ...{ status, role, frozen: null, closedReason: null },
      ...{ unsaved: replica.pendingCount, isKept: outbox.isKept },
    });
    this.#submitter = new Submitter({
      replica,
      isStored: (id) => outbox.isStored(id),
      clock: parts.system.clock,
      random: parts.system.random,
    });
    outbox.subscribe(() => {
      this.#status.set({ isKept: outbox.isKept });
      this.#submitter.pump();
    });
    replica.subscribeChanges((change) => {
      this.#status.set({ unsaved: replica.pendingCount });
      void outbox.add(change);
    });
  }

  /** What the person should see; a new object after every change. */
  get state() {
    return this.#status.state;
  }

  /**
   * Be told after every change of the state.
   * @param {(state: State) => void} listener
   * @returns {() => void} unsubscribe
   */
  subscribe(listener) {
    return this.#status.subscribe(listener);
  }

  /**
   * Be told of refused changes and of what the server announces.
   * @param {(notice: Notice) => void} listener
   * @returns {() => void} unsubscribe
   */
  subscribeNotices(listener) {
    return this.#noticeListeners.add(listener);
  }

  /** Begin, and never give up until `stop` or a final close code. */
  start() {
    const { firstSnapshot, system } = this.#parts;
    this.#leavePage = system.page.subscribe((news) => this.#hear(news));
    firstSnapshot.then(
      (snapshot) => {
        this.#parts.replica.load(snapshot);
        this.#goOn();
      },
      () => {}, // welcome will say where to get one
    );
    this.#open();
  }

  /** End for good: the page goes away. */
  stop() {
    this.#leavePage();
    this.#parts.system.clock.clearTimer(this.#retryTimer);
    this.#status.set({ status: "closed", closedReason: { code: 1000, detail: "" } });
    this.#link?.cut("", 1000);
  }

  /**
   * Be called differently from now on: says hello again, on a new link.
   * @param {Person} person
   */
  introduce(person) {
    this.#person = person;
    if (this.state.status === "closed") return;
    this.#link?.cut("renamed");
    this.#openNow();
  }

  // --- links ------------------------------------------------------------------------

  #open() {
    const { system, url } = this.#parts;
    this.#welcomedAt = null;
    this.#lastDetail = "";
    const link = new Link(system.openSocket(url), system.clock, {
      onOpen: () => void this.#sayHello(link),
      onFrame: (frame) => this.#take(frame, link),
      onClose: (code, reason) => this.#lose(link, code, reason),
    });
    this.#link = link;
  }

  #openNow() {
    this.#parts.system.clock.clearTimer(this.#retryTimer);
    this.#attempt = 0;
    if (!this.#link || this.#link.isEnded) this.#open();
  }

  /** @param {Link} link */
  async #sayHello(link) {
    if (!this.#hasBoard) await this.#firstSnapshotOrLate();
    const { client, token = null, replica } = this.#parts;
    const since = this.#hasBoard ? replica.seq : null;
    link.send({
      ...{ type: "hello", protocol: PROTOCOL, client, since },
      ...{ ...presentable(this.#person), token },
    });
  }

  async #firstSnapshotOrLate() {
    const { clock } = this.#parts.system;
    await new Promise((resolve) => {
      const timer = clock.setTimer(() => resolve(undefined), SNAPSHOT_BEFORE_HELLO_MS);
      this.#parts.firstSnapshot
        .catch(() => {})
        .then(() => {
          clock.clearTimer(timer);
          resolve(undefined);
        });
    });
  }

  /**
   * @param {Link} link
   * @param {number} code
   * @param {string} reason
   */
  #lose(link, code, reason) {
    if (link !== this.#link) return;
    const { live, peers, system } = this.#parts;
    const wasLive = this.#welcomedAt !== null;
    this.#submitter.stop();
    live.stop();
    this.#waiting = null;
    if (this.state.status === "closed") return;
    if (code >= FIRST_FINAL_CODE && code < FIRST_RETRY_CODE) {
      peers.clear();
      const detail = this.#lastDetail || reason;
      this.#status.set({ status: "closed", closedReason: { code, detail } });
      return;
    }
    if (
      this.#welcomedAt !== null &&
      system.clock.now() - this.#welcomedAt > STABLE_MS
    ) {
      this.#attempt = 0;
    }
    if (!wasLive) peers.clear();
    this.#status.set({
      status: wasLive && system.page.isOnline() ? "connecting" : "offline",
    });
    this.#retryTimer = system.clock.setTimer(
      () => this.#open(),
      backoffMs(this.#attempt++, system.random),
    );
  }

  /** @param {PageNews} news */
  #hear(news) {
    if (this.state.status === "closed" || news === "hidden") return;
    if (this.#link && !this.#link.isEnded) this.#link.probe();
    else if (news === "offline") this.#status.set({ status: "offline" });
    else this.#openNow();
  }

  // --- frames -----------------------------------------------------------------------

  /**
   * @param {ServerFrame} frame
   * @param {Link} link
   */
  #take(frame, link) {
    const { peers } = this.#parts;
    switch (frame.type) {
      case "welcome":
        this.#enter(frame, link);
        break;
      case "entries":
        if (this.#waiting) this.#waiting.entries.push(...frame.entries);
        else this.#apply(frame.entries);
        break;
      case "reject":
        this.#refuse(frame);
        break;
      case "peers":
        peers.change(frame);
        break;
      case "live":
        peers.show(frame);
        break;
      case "pong":
        if (!this.#waiting && frame.head > this.#parts.replica.seq) this.#lostPlace();
        break;
      case "notice":
        this.#note(frame);
        break;
      case "pace":
        this.#parts.live.pace(frame.live_ms);
        break;
    }
  }

  /**
   * @param {WelcomeFrame} welcome
   * @param {Link} link
   */
  #enter(welcome, link) {
    const { peers, replica, outbox } = this.#parts;
    this.#welcomedAt = this.#parts.system.clock.now();
    if (this.#firstHead < 0) this.#firstHead = welcome.head;
    if (welcome.client) replica.knownAs(welcome.client); // older servers tell none
    peers.replace(welcome.session, welcome.peers, welcome.more);
    if (welcome.snapshot && welcome.mode === "snapshot") {
      this.#waiting = { seq: welcome.snapshot.seq, entries: [] };
      void this.#fetchAndLoad(welcome.snapshot.url, link);
    } else this.#hasBoard = true;
    link.watch(welcome.limits, () => replica.seq);
    // A frozen board is said to be so right after the welcome.
    const status = { status: /** @type {const} */ ("live"), role: welcome.role };
    this.#status.set({ ...status, frozen: null, isKept: outbox.isKept });
    this.#startSenders(welcome, link);
    void this.#adopt();
  }

  /** What closed tabs of this board have left becomes mine, shown and sent. */
  async #adopt() {
    const { adopt, replica } = this.#parts;
    replica.resume(await adopt());
    this.#status.set({ unsaved: replica.pendingCount });
    this.#submitter.pump();
  }

  /**
   * @param {WelcomeFrame} welcome
   * @param {Link} link
   */
  #startSenders({ limits, live_ms }, link) {
    const mayDraw = this.state.role === "edit" || this.state.role === "own";
    this.#submitter.start(limits, (frame) => link.send(frame));
    this.#startLive = (may) =>
      this.#parts.live.start({ paceMs: live_ms, mayDraw: may }, (frame) =>
        link.send(frame),
      );
    this.#startLive(mayDraw);
  }

  /** @type {(mayDraw: boolean) => void} */
  #startLive = () => {};

  /**
   * @param {string} url
   * @param {Link} link that waits for it
   */
  async #fetchAndLoad(url, link) {
    try {
      const snapshot = await fetchSnapshot(this.#parts.system.fetch, url);
      if (link.isEnded) return;
      this.#parts.replica.reset(snapshot);
      this.#goOn();
    } catch {
      link.cut("The snapshot could not be read.");
    }
  }

  /** There is a board: take the entries that waited for it. */
  #goOn() {
    this.#hasBoard = true;
    if (!this.#waiting || this.#parts.replica.seq < this.#waiting.seq) return;
    const { entries } = this.#waiting;
    this.#waiting = null;
    this.#apply(entries);
  }

  /** @param {Entry[]} entries */
  #apply(entries) {
    const { live, outbox, peers, replica } = this.#parts;
    for (const entry of entries) peers.settle(entry, entry.seq > this.#firstHead);
    const received = replica.receiveAll(entries);
    peers.announce();
    for (const { id } of entries) {
      if (replica.isPending(id)) continue;
      void outbox.remove(id);
      this.#submitter.answered(id);
    }
    live.settle();
    this.#status.set({ unsaved: replica.pendingCount });
    if (received === "gap") this.#lostPlace();
  }

  #lostPlace() {
    this.#link?.cut("An entry is missing.", CLOSE.LOST_PLACE);
  }

  /** @param {RejectFrame} reject */
  #refuse(reject) {
    const { live, outbox, replica } = this.#parts;
    if (reject.retry) {
      this.#submitter.postpone(reject);
      return;
    }
    const { id, code, detail } = reject;
    const wasPending = replica.reject(id);
    void outbox.remove(id);
    this.#submitter.answered(id);
    live.settle();
    this.#status.set({ unsaved: replica.pendingCount });
    if (wasPending) this.#noticeListeners.tell({ code, detail, change: id });
  }

  /** @param {NoticeFrame} notice */
  #note({ type: _, ...notice }) {
    const { code, detail, role, why } = notice;
    const isOld = code === "role" && role === this.state.role; // a thaw, to its owner
    this.#lastDetail = detail;
    if (role) {
      this.#status.set({ role, frozen: code === "frozen" ? (why ?? "") : null });
      this.#startLive(role === "edit" || role === "own");
      this.#submitter.pump();
    }
    if (!isOld) this.#noticeListeners.tell(notice);
  }
}
