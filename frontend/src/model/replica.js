/**
 * The replica: what this page knows of the board, confirmed and pending.
 *
 * Confirmed is the fold of the journal up to `seq`; pending are my changes that the
 * server has not answered, in the order I made them. Shown = confirmed with pending on
 * top (C1): an entry of somebody else goes below my pending changes, and only elements
 * that both touch are computed again. My own entry leaves pending; a rejected change
 * vanishes alone (C3). Nothing here waits for anything (C5), and nothing here knows DOM,
 * socket, storage or clock. Tools and panels read and submit; `net` feeds it.
 *
 * @import { Change, Element, Entry, Op } from "../protocol.js"
 * @import { Document, Snapshot } from "./document.js"
 * @import { Part, Stack, Step, StepStore } from "./history.js"
 */

import { apply, fromElements, orderOf } from "./document.js";
import { effectsOf } from "./effects.js";
import { sameJson } from "./equal.js";
import { History } from "./history.js";
import { Listeners } from "./listeners.js";
import { keyAbove } from "./order.js";
import { Pending, statesOf, touched } from "./pending.js";
import { Shown } from "./shown.js";
import { splitOps } from "./split.js";
import { Undoing } from "./undoing.js";

/**
 * What became of an entry: applied now; held already (applied before, or just
 * acknowledged); or there is a gap before it and nothing was done.
 * @typedef {"applied" | "held" | "gap"} Received
 */

/**
 * What an announced change of the view is: the ids of elements, or null for everything.
 * @typedef {{ ids: Set<string> | null }} Shift
 */

export class Replica {
  /** @type {Document} */
  #confirmed = new Map();
  #seq = 0;
  #pending = new Pending();
  #shown = new Shown();
  #history;
  #undoing;
  #newId;
  /** @type {Listeners<Shift>} */
  #listeners = new Listeners();
  /** @type {Listeners<Change>} */
  #changeListeners = new Listeners();

  /**
   * @param {object} options
   * @param {string} options.client my client id: entries `by` it are my own work
   * @param {() => string} options.newId makes ids of changes
   * @param {StepStore} [options.steps] where undo steps survive a reload
   */
  constructor({ client, newId, steps }) {
    /** Entries by it are my own work. */
    this.client = client;
    this.#newId = newId;
    this.#history = new History(steps);
    this.#undoing = new Undoing(client, this.#history, this.#pending);
  }

  /**
   * The server told what others know me by; entries carry it.
   * @param {string} client
   * @returns {void}
   */
  knownAs(client) {
    this.client = client;
    this.#undoing.client = client;
  }

  // --- reading ----------------------------------------------------------------------

  /** The last entry that was applied. */
  get seq() {
    return this.#seq;
  }

  /**
   * An element as it is shown.
   * @param {string} id
   * @returns {Element | undefined}
   */
  get(id) {
    return this.#shown.get(id);
  }

  /**
   * What is shown, in paint order; the same array until something changes.
   * @returns {readonly Element[]}
   */
  list() {
    return this.#shown.list();
  }

  /**
   * Everything that is shown, with the seq of what is confirmed.
   * @returns {Snapshot}
   */
  document() {
    return { seq: this.#seq, elements: [...this.list()] };
  }

  /** The fold of the journal alone: without what is pending. @returns {Snapshot} */
  confirmed() {
    return { seq: this.#seq, elements: [...this.#confirmed.values()] };
  }

  /** A key above everything shown, for a new element's `z`. */
  nextZ() {
    const top = this.#shown.top();
    return keyAbove(top && orderOf(top));
  }

  get pendingCount() {
    return this.#pending.size;
  }

  /**
   * My changes that are not answered, in the order they were made.
   * @returns {Change[]}
   */
  pending() {
    return this.#pending.list();
  }

  /** @param {string} id a change */
  isPending(id) {
    return this.#pending.get(id) !== undefined;
  }

  /** @param {string} id an element that a pending change touches */
  isTouched(id) {
    return this.#pending.touches(id);
  }

  get canUndo() {
    return this.#history.has("undo");
  }

  get canRedo() {
    return this.#history.has("redo");
  }

  /**
   * Be told after every visible change.
   * @param {(shift: Shift) => void} listener
   * @returns {() => void} unsubscribe
   */
  subscribe(listener) {
    return this.#listeners.add(listener);
  }

  /**
   * Be told of every change that is made here and has to go to the server.
   * @param {(change: Change) => void} listener
   * @returns {() => void} unsubscribe
   */
  subscribeChanges(listener) {
    return this.#changeListeners.add(listener);
  }

  // --- my changes -------------------------------------------------------------------

  /**
   * Make a change: it is shown at once and pending until the server answers.
   *
   * Ops above the limits of one change become several changes and one step of undo;
   * they then take effect one after the other instead of together.
   * @param {Op[]} ops
   * @param {{ undoable?: boolean }} [options]
   * @returns {Change | null} the first change; null when there are no ops
   */
  submit(ops, { undoable = true } = {}) {
    if (undoable) this.#history.forgetRedo();
    return this.#make(ops, undoable ? { stack: "undo" } : null);
  }

  /**
   * Take my last gesture back, as a new change (C4).
   * @returns {Change | null} null when nothing is left to undo
   */
  undo() {
    return this.#takeBack("undo", "redo");
  }

  /**
   * Take my last undo back.
   * @returns {Change | null} null when nothing is left to redo
   */
  redo() {
    return this.#takeBack("redo", "undo");
  }

  /**
   * Take up changes and steps of before a reload, before the first entry comes.
   * @param {Change[]} changes in the order they were made
   * @param {Step[]} [steps]
   */
  resume(changes, steps = []) {
    for (const change of changes) {
      if (!this.#pending.get(change.id)) this.#add(change);
    }
    this.#history.restore(steps);
    this.#announce();
  }

  // --- what the server says ---------------------------------------------------------

  /**
   * Put a fold of the server below my pending changes; an older one has no effect.
   * @param {Snapshot} snapshot
   */
  load(snapshot) {
    if (snapshot.seq >= this.#seq) this.reset(snapshot);
  }

  /**
   * Drop what was confirmed for a fold of the server, even an older one: its journal may
   * have been set back. My pending changes stay on top.
   * @param {Snapshot} snapshot
   */
  reset(snapshot) {
    this.#confirmed = fromElements(snapshot.elements);
    this.#seq = snapshot.seq;
    this.#shown = new Shown(this.#confirmed);
    for (const id of this.#pending.elements()) this.#recompute(id);
    this.#shown.shifted(); // all of it is told of
    this.#listeners.tell({ ids: null });
  }

  /**
   * Take one entry.
   * @param {Entry} entry
   * @returns {Received}
   */
  receive(entry) {
    return this.receiveAll([entry]);
  }

  /**
   * Take entries in order and announce them together; stops at a gap.
   * @param {Iterable<Entry>} entries
   * @returns {Received} of the last one that was looked at
   */
  receiveAll(entries) {
    let received = /** @type {Received} */ ("held");
    for (const entry of entries) {
      received = this.#take(entry);
      if (received === "gap") break;
    }
    this.#announce();
    return received;
  }

  /**
   * The server refused a change for good: it and its undo step vanish (C3).
   * @param {string} id
   * @returns {boolean} whether it was pending
   */
  reject(id) {
    const change = this.#pending.get(id);
    if (!change) return false;
    this.#remove(change);
    this.#history.reject(id);
    this.#announce();
    return true;
  }

  // --- inside -----------------------------------------------------------------------

  /**
   * @param {Op[]} ops
   * @param {{ stack: Stack, origin?: Step } | null} undo where the step goes
   */
  #make(ops, undo) {
    const changes = splitOps(ops).map((some) => ({ id: this.#newId(), ops: some }));
    /** @type {Part[]} */
    const parts = [];
    for (const change of changes) {
      const before = statesOf(change, (id) => this.get(id));
      this.#add(change);
      const effects = effectsOf(before, (id) => this.get(id));
      parts.push({ change: change.id, seq: null, effects });
    }
    if (undo && parts.some(({ effects }) => effects.length > 0)) {
      this.#history.push(undo.stack, parts, undo.origin);
    }
    this.#announce();
    for (const change of changes) this.#changeListeners.tell(change);
    return changes[0] ?? null;
  }

  /** @param {Stack} from @param {Stack} to */
  #takeBack(from, to) {
    const taken = this.#undoing.take(from, this.#confirmed, (id) => this.get(id));
    return taken && this.#make(taken.ops, { stack: to, origin: taken.step });
  }

  /**
   * @param {Entry} entry
   * @returns {Received}
   */
  #take(entry) {
    if (entry.seq > this.#seq + 1) return "gap";
    const mine = this.#pending.get(entry.id);
    if (entry.seq <= this.#seq) {
      if (mine) {
        this.#remove(mine);
        this.#history.confirm(entry.id, entry.seq);
      }
      return "held";
    }
    const before = statesOf(entry, (id) => this.#confirmed.get(id));
    apply(this.#confirmed, entry.ops);
    this.#seq = entry.seq;
    this.#undoing.applied(entry, before, this.#confirmed);
    if (mine) this.#remove(mine);
    for (const id of before.keys()) this.#recompute(id);
    return "applied";
  }

  /** @param {Change} change */
  #add(change) {
    this.#pending.add(change);
    for (const id of touched(change)) this.#recompute(id);
  }

  /** @param {Change} change */
  #remove(change) {
    this.#pending.remove(change);
    for (const id of touched(change)) this.#recompute(id);
  }

  /**
   * Compute anew what is shown of one element. While it equals what was shown it stays
   * the very same object, so that my stroke is not built again when its echo comes.
   * @param {string} id
   */
  #recompute(id) {
    const known = this.#shown.get(id);
    const element = this.#pending.fold(id, this.#confirmed.get(id));
    if (element === known) return;
    if (element && known && sameJson(element, known)) {
      if (!this.#pending.touches(id)) this.#confirmed.set(id, known);
      return;
    }
    this.#shown.set(id, element);
  }

  /** Tell what is shown differently since the last call. */
  #announce() {
    const ids = this.#shown.shifted();
    if (ids.size > 0) this.#listeners.tell({ ids });
  }
}
