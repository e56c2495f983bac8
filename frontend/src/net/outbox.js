/**
 * The outbox: changes that the server has not answered, kept over reloads and crashes.
 *
 * A change is written before it is sent and removed when it is answered; undo steps lie
 * beside it. Rows are keyed by board and client. What a closed tab has left is adopted by
 * the next tab of the same board: moved in one transaction, so only one tab gets it.
 * Where the browser keeps nothing (private windows, a full disk), changes live in memory
 * only and `isKept` says so: the person must know, drawing must not wait.
 *
 * @import { Change, Op } from "../protocol.js"
 * @import { Step } from "../model/history.js"
 * @import { IDBPDatabase, DBSchema } from "idb"
 * @import { Tab } from "./tab.js"
 */

import { openDB } from "idb";
import { Listeners } from "../model/listeners.js";

const DATABASE = "chalkline";
const VERSION = 1;
/** A tab that left this board for another page comes back to its undo steps within that. */
const STEPS_KEPT_MS = 86_400_000;

/**
 * @typedef {object} ChangeRow
 * @property {string} board
 * @property {string} client
 * @property {number} place the order in which the client made them
 * @property {Change} change
 * @property {boolean} [in_hand] what a gesture would make; the change that it ends in is
 *   another row, and takes its place
 */

/**
 * @typedef {object} StepRow
 * @property {string} board
 * @property {string} client
 * @property {string} id
 * @property {Step} step
 * @property {number} [at] when it was written, ms since 1970
 */

/**
 * @typedef {DBSchema & {
 *   changes: { key: [string, string, number], value: ChangeRow },
 *   steps: { key: [string, string, string], value: StepRow },
 * }} Schema
 */

export class Outbox {
  #board;
  #client;
  #now;
  /** @type {IDBPDatabase<Schema> | null} */
  #database = null;
  #place = 0;
  /** Where my rows are, by change id. @type {Map<string, number>} */
  #places = new Map();
  /** Changes that may be sent: written, or never to be. @type {Set<string>} */
  #stored = new Set();
  /** Steps that are being written, by id. @type {Map<string, StepRow>} */
  #writing = new Map();
  /** Told when a change may be sent. @type {Listeners<void>} */
  #listeners = new Listeners();

  /**
   * @param {object} parts
   * @param {string} parts.board
   * @param {string} parts.client
   * @param {() => number} parts.now ms since 1970
   */
  constructor({ board, client, now }) {
    this.#board = board;
    this.#client = client;
    this.#now = now;
  }

  /** Whether unsent changes survive a reload. */
  get isKept() {
    return this.#database !== null;
  }

  /**
   * Be told when a change may be sent, and when `isKept` turns false.
   * @param {() => void} listener
   * @returns {() => void} unsubscribe
   */
  subscribe(listener) {
    return this.#listeners.add(listener);
  }

  /**
   * Open the storage and read what this tab left before a reload.
   * @param {readonly Change[]} [rescued] what it had no time to write
   * @returns {Promise<{ changes: Change[], steps: Step[] }>}
   */
  async open(rescued = []) {
    try {
      this.#database = await openDB(DATABASE, VERSION, {
        upgrade: createStores,
        blocking: (_now, _next, event) => {
          /** @type {IDBDatabase} */ (event.target).close();
          this.#lose();
        },
        terminated: () => this.#lose(),
      });
      return await this.#read(this.#database, rescued);
    } catch {
      this.#lose();
      return { changes: [], steps: [] };
    }
  }

  /** @param {string} id a change */
  isStored(id) {
    return this.#stored.has(id);
  }

  /**
   * Whether a reload would keep it.
   * @param {string} id a change
   */
  isWritten(id) {
    return this.isKept && this.isStored(id);
  }

  /**
   * Write a change; it may be sent when this is done, even if writing failed.
   * @param {Change} change
   * @param {boolean} [in_hand] whether its gesture is still going on
   * @returns {Promise<void>}
   */
  async add(change, in_hand = false) {
    const row = { ...this.#row(change), in_hand };
    this.#places.set(change.id, row.place);
    await this.#try((database) => database.put("changes", row));
    if (!this.#places.has(change.id)) return; // it was answered meanwhile
    this.#stored.add(change.id);
    this.#listeners.tell();
  }

  /**
   * A change was answered. Unknown ones have no effect.
   * @param {string} id
   * @returns {Promise<void>}
   */
  async remove(id) {
    const place = this.#places.get(id);
    if (place === undefined) return;
    this.#places.delete(id);
    this.#stored.delete(id);
    const { board, client } = this.#mine();
    await this.#try((database) => database.delete("changes", [board, client, place]));
  }

  /**
   * Add or replace an undo step.
   * @param {Step} step
   */
  write(step) {
    const { id } = step;
    const row = { ...this.#mine(), id, step, at: this.#now() };
    this.#writing.set(id, row);
    void this.#try(async (database) => {
      await database.put("steps", row);
      if (this.#writing.get(id) === row) this.#writing.delete(id);
    });
  }

  /** Undo steps that a reload would lose now. */
  get unwrittenSteps() {
    return [...this.#writing.values()].map(({ step }) => step);
  }

  /**
   * Remove an undo step.
   * @param {string} id
   */
  forget(id) {
    const { board, client } = this.#mine();
    this.#writing.delete(id);
    void this.#try((database) => database.delete("steps", [board, client, id]));
  }

  /**
   * Take over what tabs have left that are not on this board any more. Their undo steps
   * stay theirs for a day, then they are dropped.
   * @param {Pick<Tab, "insteadOf">} tab
   * @returns {Promise<Change[]>} in the order they were made, now rows of mine
   */
  async adopt(tab) {
    /** @type {Change[]} */
    const adopted = [];
    await this.#try(async (database) => {
      for (const client of await this.#others(database)) {
        await tab.insteadOf(client, async () => {
          adopted.push(...(await this.#take(database, client)));
        });
      }
    });
    return adopted;
  }

  // --- inside -----------------------------------------------------------------------

  #mine() {
    return { board: this.#board, client: this.#client };
  }

  /**
   * @param {Change} change
   * @returns {ChangeRow}
   */
  #row(change) {
    return { ...this.#mine(), place: ++this.#place, change };
  }

  /** @param {string} client */
  #rowsOf(client) {
    return IDBKeyRange.bound([this.#board, client], [this.#board, client, []]);
  }

  /**
   * @param {IDBPDatabase<Schema>} database
   * @param {readonly Change[]} rescued
   */
  async #read(database, rescued) {
    const range = this.#rowsOf(this.#client);
    const all = await database.getAll("changes", range);
    const rows = ended(all, rescued);
    for (const row of all) {
      if (rows.includes(row)) continue;
      await database.delete("changes", [row.board, row.client, row.place]);
    }
    const steps = await database.getAll("steps", range);
    for (const { change, place } of rows) {
      this.#places.set(change.id, place);
      this.#stored.add(change.id);
      this.#place = Math.max(this.#place, place);
    }
    return {
      changes: rows.map(({ change }) => change),
      steps: steps.map(({ step }) => step),
    };
  }

  /**
   * @param {IDBPDatabase<Schema>} database
   * @returns {Promise<Set<string>>} the other clients with rows of this board
   */
  async #others(database) {
    const range = IDBKeyRange.bound([this.#board], [this.#board, []]);
    const keys = [
      ...(await database.getAllKeys("changes", range)),
      ...(await database.getAllKeys("steps", range)),
    ];
    const clients = new Set(keys.map(([, client]) => client));
    clients.delete(this.#client);
    return clients;
  }

  /**
   * @param {IDBPDatabase<Schema>} database
   * @param {string} client
   */
  async #take(database, client) {
    const moving = database.transaction(["changes", "steps"], "readwrite");
    const changes = moving.objectStore("changes");
    const range = this.#rowsOf(client);
    const rows = ended(await changes.getAll(range)).map(({ change }) =>
      this.#row(change),
    );
    await changes.delete(range);
    const steps = moving.objectStore("steps");
    for (const { board, client, id, at = 0 } of await steps.getAll(range)) {
      if (at < this.#now() - STEPS_KEPT_MS) await steps.delete([board, client, id]);
    }
    for (const row of rows) await changes.put(row);
    await moving.done;
    for (const { change, place } of rows) {
      this.#places.set(change.id, place);
      this.#stored.add(change.id);
    }
    return rows.map(({ change }) => change);
  }

  /**
   * Use the storage; when it fails, go on without it.
   * @param {(database: IDBPDatabase<Schema>) => Promise<unknown>} use
   */
  async #try(use) {
    if (!this.#database) return;
    try {
      await use(this.#database);
    } catch {
      this.#lose();
    }
  }

  /** The storage is of no use any more: say so, and let everything be sent. */
  #lose() {
    this.#database?.close();
    this.#database = null;
    for (const id of this.#places.keys()) this.#stored.add(id);
    this.#listeners.tell();
  }
}

/** @param {IDBPDatabase<Schema>} database */
function createStores(database) {
  database.createObjectStore("changes", { keyPath: ["board", "client", "place"] });
  database.createObjectStore("steps", { keyPath: ["board", "client", "id"] });
}

/**
 * Without what was in the hand when the change that it became is there, too: a page that
 * goes may have had time to write the one, and none to remove the other.
 * @param {ChangeRow[]} rows in order
 * @param {readonly Change[]} [rescued] made after all of them
 * @returns {ChangeRow[]}
 */
function ended(rows, rescued = []) {
  const later = new Set(rescued.flatMap(({ ops }) => ops.flatMap(whatItMakes)));
  return rows
    .toReversed()
    .filter(({ change, in_hand }) => {
      const made = change.ops.flatMap(whatItMakes);
      const is_ended = in_hand && made.every((one) => later.has(one));
      for (const one of made) later.add(one);
      return !is_ended;
    })
    .reverse();
}

/**
 * @param {Op} op
 * @returns {string[]} the element, or each of its properties that is set
 */
function whatItMakes(op) {
  if (op.op === "put") return [op.element.id];
  if (op.op === "del") return [op.id];
  return Object.keys(op.props).map((name) => `${op.id} ${name}`);
}
