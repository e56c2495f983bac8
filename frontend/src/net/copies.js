/**
 * Copies of boards in this browser, so that a board that was opened before opens without a
 * network too. A copy is the confirmed document: what is pending lies in the outbox.
 *
 * A database apart from the outbox's, so that neither can stand in the other's way. Where
 * the browser keeps nothing, there are no copies and nothing else changes.
 *
 * @import { Snapshot } from "../model/document.js"
 * @import { DBSchema, IDBPDatabase } from "idb"
 */

import { openDB } from "idb";

const DATABASE = "chalkline.copies";
const VERSION = 1;
const MOST_COPIES = 30; // boards; the one that was kept longest ago goes first

/**
 * @typedef {DBSchema & {
 *   copies: { key: string, value: {board: string, at: number, snapshot: Snapshot},
 *     indexes: { at: number } },
 * }} Schema
 */

export class Copies {
  /** @type {Promise<IDBPDatabase<Schema>> | null} */
  #database = null;
  #board;
  #now;

  /**
   * @param {object} parts
   * @param {string} parts.board
   * @param {() => number} parts.now ms since 1970
   */
  constructor({ board, now }) {
    this.#board = board;
    this.#now = now;
  }

  /** @returns {Promise<Snapshot | null>} null when there is none */
  async read() {
    return this.#try(async (database) => {
      const row = await database.get("copies", this.#board);
      return row?.snapshot ?? null;
    });
  }

  /**
   * @param {Snapshot} snapshot
   * @returns {Promise<void>} done, whether or not it could be kept
   */
  async write(snapshot) {
    const row = { board: this.#board, at: this.#now(), snapshot };
    await this.#try(async (database) => {
      await database.put("copies", row);
      const keys = await database.getAllKeysFromIndex("copies", "at");
      const old = keys.slice(0, Math.max(0, keys.length - MOST_COPIES));
      for (const key of old) await database.delete("copies", key);
      return null;
    });
  }

  /** Nobody may see this board here any more. @returns {Promise<void>} */
  async remove() {
    await this.#try(async (database) => {
      await database.delete("copies", this.#board);
      return null;
    });
  }

  /**
   * @template T
   * @param {(database: IDBPDatabase<Schema>) => Promise<T | null>} use
   * @returns {Promise<T | null>}
   */
  async #try(use) {
    try {
      this.#database ??= openDB(DATABASE, VERSION, { upgrade: createStore });
      return await use(await this.#database);
    } catch {
      return null; // no storage, or it is full: a board without a copy
    }
  }
}

/** @param {IDBPDatabase<Schema>} database */
function createStore(database) {
  const copies = database.createObjectStore("copies", { keyPath: "board" });
  copies.createIndex("at", "at");
}
