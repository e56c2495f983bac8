/**
 * Files that become boards: one after the other, with progress, and in words why not.
 *
 * What was made is put into the store's list. No DOM here; how a file is sent, chosen and
 * what comes after comes as arguments.
 *
 * @import { Store } from "./store.js"
 * @import { Board } from "./list.js"
 */

import { signal } from "@preact/signals-core";
import texts from "../../messages/en/home.json";
import { Failure } from "./api.js";

/**
 * @typedef {Board & {n_elements: number, skipped: Readonly<Record<string, number>>}} Imported
 */
/** @typedef {{done: Promise<Imported>, cancel: () => void}} Sending rejects with a `Failure` */
/** @typedef {(file: File, title: string, onProgress: (share: number) => void) => Sending} Send */

const MAX_ELEMENTS = 50_000; // the server's
const OWN_EXPORT = /\.chalkline\.json$/i; // has its title inside

export class Imports {
  #store;
  #send;
  #most_bytes;
  /** @type {Sending | null} */
  #sending = null;
  #is_cancelled = false;
  /** Files that are yet to be taken. @type {File[]} */
  #waiting = [];

  /**
   * @param {object} parts
   * @param {Store} parts.store
   * @param {Send} parts.send
   * @param {number} parts.most_bytes
   * @param {(board: Board) => void} parts.open
   * @param {() => void} parts.choose asks the person for files
   */
  constructor({ store, send, most_bytes, open, choose }) {
    this.#store = store;
    this.#send = send;
    this.#most_bytes = most_bytes;
    this.open = open;
    this.choose = choose;
    /** What is on its way; `share` 1: the server is at work. */
    this.current = signal(
      /** @type {{name: string, share: number, left: number} | null} */ (null),
    );
  }

  /**
   * Make a board of each file; of a single one, go there. Those that come while others
   * are being taken wait for these.
   * @param {readonly File[]} files
   */
  async take(files) {
    this.#waiting.push(...files);
    if (this.current.peek()) return;
    this.#is_cancelled = false;
    /** @type {Imported[]} */
    const made = [];
    /** @type {File[]} */
    const taken = [];
    for (let file = this.#waiting.shift(); file; file = this.#waiting.shift()) {
      taken.push(file);
      const board = await this.#one(file, this.#waiting.length);
      if (this.#is_cancelled) break;
      if (!board) continue;
      made.push(board);
      this.#store.add(board);
    }
    this.current.value = null;
    this.#conclude(made, taken);
    if (this.#waiting.length > 0) await this.take([]); // they came after the end of those
  }

  /** Leave it; a board that the server has made already stays. */
  cancel() {
    this.#is_cancelled = true;
    this.#waiting = [];
    this.#sending?.cancel();
  }

  /**
   * @param {File} file
   * @param {number} left how many come after it
   * @returns {Promise<Imported | null>}
   */
  async #one(file, left) {
    const { name } = file;
    this.current.value = { name, share: 0, left };
    try {
      this.#check(file);
      const sending = this.#send(file, titleOf(name), (share) => {
        this.current.value = { name, share, left };
      });
      this.#sending = sending;
      return await sending.done;
    } catch (failure) {
      if (!this.#is_cancelled) this.#tell(name, failure);
      return null;
    } finally {
      this.#sending = null;
    }
  }

  /** @param {File} file */
  #check({ size }) {
    if (size === 0) throw new Failure({ code: "empty" });
    if (size > this.#most_bytes) throw new Failure({ code: "too_large" });
  }

  /**
   * @param {string} name
   * @param {unknown} failure
   */
  #tell(name, failure) {
    const { t } = this.#store;
    const what = t(texts.import_failed, { name });
    const code = failure instanceof Failure ? failure.reason.code : "";
    const mb = Math.floor(this.#most_bytes / 1024 ** 2);
    const n = new Intl.NumberFormat(t.language).format(MAX_ELEMENTS);
    const why = new Map([
      ["empty", t(texts.import_empty)],
      ["invalid", t(texts.import_invalid)],
      ["too_large", t(texts.import_large, { mb, n })],
    ]).get(code);
    if (why === undefined) this.#store.tell(what, failure);
    else this.#store.say(`${what} ${why}`, { isBad: true });
  }

  /**
   * @param {readonly Imported[]} made
   * @param {readonly File[]} files
   */
  #conclude(made, files) {
    const [board] = made;
    if (!board) return;
    const { t } = this.#store;
    const skipped = made.flatMap((each) => Object.values(each.skipped));
    const n_skipped = skipped.reduce((sum, n) => sum + n, 0);
    if (files.length === 1 && n_skipped === 0) return this.open(board);
    const what =
      made.length === 1
        ? t(texts.imported, { name: board.title || (files[0]?.name ?? "") })
        : t(texts.imported_n, { n: made.length });
    const but = n_skipped > 0 ? ` ${t(texts.import_skipped, { n: n_skipped })}` : "";
    const action = { label: t(texts.open), run: () => this.open(board) };
    this.#store.say(what + but, made.length === 1 ? { action } : {});
  }
}

/**
 * What a board is called after its file.
 * @param {string} name
 * @returns {string} "" where the file says it better
 */
export function titleOf(name) {
  if (OWN_EXPORT.test(name)) return "";
  const stem = name.replace(/\.(excalidraw|json|txt)$/gi, "");
  const line = stem
    .replace(/\.excalidraw$/i, "")
    .replace(/[\p{C}\p{Zl}\p{Zp}]+/gu, " ");
  return [...line.trim()].slice(0, 200).join("");
}
