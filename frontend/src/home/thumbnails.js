/**
 * Small pictures of boards, painted here from what is on them and kept until it changes.
 *
 * One at a time and only when asked for; what is painted lies in the browser's storage
 * under the board's head, so that coming back asks the server for nothing. Where anything
 * fails there is no picture, and the card keeps its chalk lines.
 *
 * @import { Board } from "./list.js"
 * @import { DBSchema, IDBPDatabase } from "idb"
 */

import { openDB } from "idb";

const DATABASE = "chalkline.thumbnails";
const VERSION = 1;
const PAINTER = 3; // goes up when boards look different: older pictures are painted anew

/** @typedef {"light" | "dark"} Theme */
/** @typedef {{board: string, theme: Theme, head: number, painter: number, picture: Blob}} Row */
/**
 * @typedef {DBSchema & {
 *   pictures: { key: [string, Theme], value: Row },
 * }} Schema
 */

export class Thumbnails {
  #url;
  #fetch;
  /** @type {Promise<IDBPDatabase<Schema>> | null} */
  #database = null;
  /** The last one asked for; the next waits for it. @type {Promise<unknown>} */
  #queue = Promise.resolve();

  /**
   * @param {object} parts
   * @param {string} parts.url of the list of boards, ends with a slash
   * @param {typeof globalThis.fetch} parts.fetch
   */
  constructor({ url, fetch }) {
    this.#url = url;
    this.#fetch = fetch;
  }

  /**
   * @param {Pick<Board, "id" | "head">} board
   * @param {Theme} theme
   * @returns {Promise<Blob | null>} null when there is nothing to see, or no way to
   */
  async of(board, theme) {
    if (board.head === 0) return null;
    const kept = await this.#try((database) =>
      database.get("pictures", [board.id, theme]),
    );
    if (kept?.head === board.head && kept.painter === PAINTER) return kept.picture;
    const painting = this.#queue.then(() => this.#paint(board.id, theme));
    this.#queue = painting.catch(() => {});
    const picture = await painting.catch(() => null);
    if (!picture) return null;
    const row = { board: board.id, theme, head: board.head, painter: PAINTER, picture };
    await this.#try((database) => database.put("pictures", row));
    return picture;
  }

  /**
   * @param {string} id
   * @param {Theme} theme
   * @returns {Promise<Blob | null>}
   */
  async #paint(id, theme) {
    const response = await this.#fetch(`${this.#url}${id}/elements/`, {
      headers: { Accept: "application/json" },
    });
    if (!response.ok) return null;
    const { elements } = await response.json();
    const { paintThumbnail } = await import("./thumbnail.js");
    return paintThumbnail(elements, theme, `${this.#url}${id}/assets/`);
  }

  /**
   * @template T
   * @param {(database: IDBPDatabase<Schema>) => Promise<T>} use
   * @returns {Promise<T | null>}
   */
  async #try(use) {
    try {
      this.#database ??= openDB(DATABASE, VERSION, { upgrade: createStore });
      return await use(await this.#database);
    } catch {
      return null;
    }
  }
}

/** @param {IDBPDatabase<Schema>} database */
function createStore(database) {
  database.createObjectStore("pictures", { keyPath: ["board", "theme"] });
}
