/**
 * Peers: who else is here, and what their gestures make of what is shown.
 *
 * A peer's draft is folded over the shown document (C1). When the entry of a gesture
 * arrives, what it touches leaves the draft in the same step, so a finished stroke is
 * neither missing nor doubled for a moment. Live things are lossy: the full list comes
 * with welcome, then changes (P2). Pure; `net` feeds it, drawing reads it.
 *
 * @import { Doing, Element, Entry, Laser, LiveAllFrame, Op, Peer, PeersFrame, React } from "../protocol.js"
 * @import { Replica } from "./replica.js"
 */

import { step, targetOf } from "./document.js";
import { endOf, redraft } from "./draft.js";
import { Listeners } from "./listeners.js";
import { touched } from "./pending.js";
import { whole } from "./whole.js";

/**
 * A peer as it is drawn.
 * @typedef {object} ShownPeer
 * @property {string} session
 * @property {string} client
 * @property {string} name
 * @property {string} color
 * @property {string} role
 * @property {[number, number] | null} cursor
 * @property {[number, number, number, number] | null} view
 * @property {readonly string[]} selection
 * @property {string} tool
 * @property {readonly Element[]} draft instead of, or on top of, what is shown
 * @property {readonly string[]} gone elements that the draft deletes
 * @property {string | null} follow the session whose view is followed
 * @property {string | null} editing the element whose words are being written
 * @property {string} chat words beside the cursor
 * @property {"" | "idle" | "away"} idle
 */

/**
 * What somebody did once.
 * @typedef {object} Moment
 * @property {ShownPeer} peer
 * @property {React} [react]
 * @property {[number, number, number, number]} [call] come and see this view
 */

/** Late live frames are at most a few gestures old. */
const MAX_FINISHED = 32;

export class Peers {
  /** In a crowd, how many people there are beyond those that are told of. */
  more = 0;
  #replica;
  #mySession = "";
  /** By session. @type {Map<string, OnePeer>} */
  #peers = new Map();
  /** @type {readonly ShownPeer[] | null} */
  #listed = null;
  #isDue = false;
  /** @type {Listeners<void>} */
  #listeners = new Listeners();
  /** @type {Listeners<{ session: string, color: string, laser: Laser }>} */
  #laserListeners = new Listeners();
  /** @type {Listeners<{ name: string, ops: Op[], isUndoing: boolean }>} */
  #entryListeners = new Listeners();
  /** @type {Listeners<Moment>} */
  #momentListeners = new Listeners();
  /** What the others see of me. @type {Peer | null} */
  #me = null;

  /** @param {Pick<Replica, "get" | "subscribe">} replica */
  constructor(replica) {
    this.#replica = replica;
    replica.subscribe(({ ids }) => {
      let isTouched = false;
      for (const peer of this.#peers.values())
        isTouched = peer.refold(ids) || isTouched;
      if (isTouched) this.#tell();
    });
  }

  /**
   * All peers but this page; the same array until something changes.
   * @returns {readonly ShownPeer[]}
   */
  list() {
    this.#listed ??= [...this.#peers.values()].map((peer) => peer.show(this.#replica));
    return this.#listed;
  }

  /**
   * Be told after every change of who is here or what they do.
   * @param {() => void} listener
   * @returns {() => void} unsubscribe
   */
  subscribe(listener) {
    return this.#listeners.add(listener);
  }

  /** The colour in which the others see me, once it is known. @returns {string | null} */
  get myColor() {
    return this.#me?.color ?? null;
  }

  /**
   * Be told where a peer's laser went.
   * @param {(shone: { session: string, color: string, laser: Laser }) => void} listener
   * @returns {() => void} unsubscribe
   */
  subscribeLasers(listener) {
    return this.#laserListeners.add(listener);
  }

  /** My session on the present link. @returns {string} */
  get mySession() {
    return this.#mySession;
  }

  /**
   * Be told of reactions and calls.
   * @param {(moment: Moment) => void} listener
   * @returns {() => void} unsubscribe
   */
  subscribeMoments(listener) {
    return this.#momentListeners.add(listener);
  }

  /**
   * Be told of what a peer changes for good, or an owner undoes, before the replica has it.
   * @param {(entry: { name: string, ops: Op[], isUndoing: boolean }) => void} listener
   * @returns {() => void} unsubscribe
   */
  subscribeEntries(listener) {
    return this.#entryListeners.add(listener);
  }

  /**
   * The full list, which replaces what was known.
   * @param {string} mySession
   * @param {Peer[]} peers
   * @param {number} [more] people beyond them
   */
  replace(mySession, peers, more = 0) {
    this.more = more;
    this.#mySession = mySession;
    this.#peers.clear();
    for (const peer of peers) this.#upsert(peer);
    this.#tell();
  }

  /** Nobody is known to be here: the link is gone. */
  clear() {
    this.more = 0;
    if (this.#peers.size === 0) return;
    this.#peers.clear();
    this.#tell();
  }

  /** @param {PeersFrame} frame */
  change({ join = [], leave = [], change = [], more = this.more }) {
    this.more = more;
    for (const peer of [...join, ...change]) this.#upsert(peer);
    for (const session of leave) this.#peers.delete(session);
    this.#tell();
  }

  /**
   * Somebody unknown was heard of before joining, or after leaving: ignored.
   * @param {LiveAllFrame} frame
   */
  show({ peers }) {
    for (const [session, doing] of Object.entries(peers)) {
      const peer = this.#peers.get(session);
      peer?.act(doing);
      if (peer && doing.laser) {
        const { color } = peer.show(this.#replica);
        this.#laserListeners.tell({ session, color, laser: doing.laser });
      }
      if (peer && (doing.react || doing.call)) {
        const { react, call } = doing;
        this.#momentListeners.tell({ peer: peer.show(this.#replica), react, call });
      }
    }
    this.#tell();
  }

  /**
   * An entry is about to be taken: what it touches leaves its author's draft. Nobody is
   * told before the replica has it, or `announce` is called: in between it is nowhere.
   * @param {Entry} entry
   * @param {boolean} [isNews] whether it was made since the page came
   */
  settle(entry, isNews = true) {
    const { by, id, ops } = entry;
    const peer = this.#peers.get(by.session);
    if (!peer && !/^undo-/.test(id)) return; // an owner's undoing comes from no session
    if (isNews)
      this.#entryListeners.tell({ name: by.name ?? "", ops, isUndoing: !peer });
    if (peer?.finish(entry)) this.#spoil();
  }

  /** Tell what changed and was not told. */
  announce() {
    if (this.#isDue) this.#tell();
  }

  /** @param {Peer} peer */
  #upsert(peer) {
    if (peer.session === this.#mySession) {
      this.#me = peer;
      return;
    }
    const known = this.#peers.get(peer.session);
    if (known) known.become(peer);
    else this.#peers.set(peer.session, new OnePeer(peer));
  }

  #spoil() {
    this.#listed = null;
    this.#isDue = true;
  }

  #tell() {
    this.#listed = null;
    this.#isDue = false;
    this.#listeners.tell();
  }
}

/** One peer: what the server said of it, and what was drawn of that last. */
class OnePeer {
  #peer;
  /** @type {ShownPeer | null} */
  #shown = null;
  /** Elements that its entries have put: later drafts of them are late. */
  #finished = /** @type {Set<string>} */ (new Set());

  /** @param {Peer} peer */
  constructor(peer) {
    this.#peer = peer;
  }

  /** @param {Peer} peer */
  become(peer) {
    this.#peer = peer;
    this.#shown = null;
  }

  /** @param {Doing} doing */
  act({ draft, extend, laser: _, react: __, call: ___, ...doing }) {
    const next = redraft(this.#peer.draft ?? null, { draft, extend });
    const cursor = (extend && next && endOf(next, extend.id)) ?? this.#peer.cursor;
    this.#peer = { ...this.#peer, cursor, ...doing, draft: next };
    this.#shown = null;
  }

  /**
   * @param {Entry} entry
   * @returns {boolean} whether the draft is another one now
   */
  finish(entry) {
    const ids = touched(entry);
    for (const op of entry.ops) {
      if (op.op === "put") this.#remember(op.element.id);
    }
    const { draft } = this.#peer;
    if (!draft) return false;
    const rest = draft.filter((op) => !ids.has(targetOf(op) ?? ""));
    if (rest.length === draft.length) return false;
    this.#peer = { ...this.#peer, draft: rest };
    this.#shown = null;
    return true;
  }

  /**
   * @param {Set<string> | null} ids what is shown differently; null: everything
   * @returns {boolean} whether the draft has to be folded again
   */
  refold(ids) {
    const isTouched = (this.#peer.draft ?? []).some(
      (op) => !ids || ids.has(targetOf(op) ?? ""),
    );
    if (isTouched) this.#shown = null;
    return isTouched;
  }

  /**
   * @param {Pick<Replica, "get">} replica
   * @returns {ShownPeer}
   */
  show(replica) {
    this.#shown ??= this.#fold(replica);
    return this.#shown;
  }

  /**
   * @param {Pick<Replica, "get">} replica
   * @returns {ShownPeer}
   */
  #fold(replica) {
    const {
      session,
      client,
      name,
      color,
      role,
      tool = "",
      selection = [],
    } = this.#peer;
    const { cursor, view = null, draft } = this.#peer;
    const { follow = null, editing = null, chat = "", idle = "" } = this.#peer;
    const [x, y] = cursor ?? [];
    /** @type {Map<string, Element | undefined>} */
    const folded = new Map();
    for (const op of draft ?? []) {
      const id = targetOf(op);
      if (id === undefined || this.#isLate(op, replica)) continue;
      folded.set(id, step(folded.has(id) ? folded.get(id) : replica.get(id), op));
    }
    return {
      ...{ session, client, name, color, role, tool, selection, view },
      ...{ follow, editing, chat, idle },
      cursor: x === undefined || y === undefined ? null : [x, y],
      draft: [...folded.values()].flatMap((element) => (element ? whole(element) : [])),
      gone: [...folded.keys()].filter((id) => !folded.get(id) && replica.get(id)),
    };
  }

  /**
   * Whether a draft of a finished element came after the entry that finished it.
   * @param {Op} op
   * @param {Pick<Replica, "get">} replica
   */
  #isLate(op, replica) {
    if (op.op !== "put") return false;
    const { id } = op.element;
    return this.#finished.has(id) && replica.get(id) !== undefined;
  }

  /** @param {string} id */
  #remember(id) {
    this.#finished.add(id);
    const [oldest] = this.#finished;
    if (oldest !== undefined && this.#finished.size > MAX_FINISHED) {
      this.#finished.delete(oldest);
    }
  }
}
