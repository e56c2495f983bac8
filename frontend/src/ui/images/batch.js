/**
 * Pictures that were dropped, pasted or chosen together, on their way to the board.
 *
 * They are put on the board in one change, when the server has each of them or has said
 * why not: peers never see half a picture, undo takes the gesture back as one, and a page
 * that is left meanwhile leaves nothing behind. Until then only this page shows them.
 */

/** @import { Signal } from "@preact/signals-core" */
/** @import { Element } from "../../protocol.js" */
/** @import { Bench } from "../../tools/bench.js" */
/** @import { Words } from "../../words/words.js" */
/** @import { Pictures } from "./pictures.js" */

import { signal } from "@preact/signals-core";
import texts from "../../../messages/en/uploads.json";
import { decimalsAt, round } from "../../draw/geometry.js";
import { keyAbove } from "../../model/order.js";
import { withRatio } from "../../tools/row.js";
import { send } from "./send.js";

const N_TRIES = 4; // before the person is asked
const USUAL_WAIT_MS = 3_000;
const SHOWN_WITHIN_MS = 4_000; // a picture that comes back slowly is put all the same

/**
 * @typedef {{step: "queued"} | {step: "sending", share: number}
 *   | {step: "there", asset: {hash: string, w: number, h: number}}
 *   | {step: "failed", words: string, mayRetry: boolean}} Progress
 */

/**
 * @typedef {object} Upload
 * @property {string} id
 * @property {File} file
 * @property {string | null} preview an object URL; null where the browser shows nothing
 * @property {{x: number, y: number, w: number, h: number}} box board units
 * @property {Signal<Progress>} progress
 * @property {() => void} stop what goes on
 */

/**
 * @typedef {object} Door
 * @property {Bench} bench
 * @property {Pictures} pictures
 * @property {string} url where pictures go
 * @property {number} most_bytes of one
 * @property {(words: string, is_bad?: boolean) => void} say
 * @property {Words} t says a text in the language of the page
 */

/** Sends a few at once: the server cleans two at a time. */
export class Sender {
  #n_free = 2;
  /** @type {(() => void)[]} */
  #waiting = [];

  /**
   * @template T
   * @param {() => Promise<T>} work
   * @returns {Promise<T>}
   */
  async run(work) {
    if (this.#n_free === 0) {
      await new Promise((resolve) => this.#waiting.push(() => resolve(undefined)));
    } else this.#n_free--;
    try {
      return await work();
    } finally {
      const next = this.#waiting.shift();
      if (next) next();
      else this.#n_free++;
    }
  }
}

export class Batch {
  /**
   * @param {Door} door
   * @param {Sender} sender
   * @param {readonly Upload[]} uploads
   * @param {(upload: Upload) => void} onGone when an upload is not to be shown any more
   */
  constructor(door, sender, uploads, onGone) {
    this.door = door;
    this.sender = sender;
    /** @type {Set<Upload>} */
    this.uploads = new Set(uploads);
    this.onGone = onGone;
  }

  /** @returns {boolean} whether leaving the page would lose one of them */
  get is_open() {
    return this.uploads.size > 0;
  }

  /** Send all of them. @returns {void} */
  start() {
    for (const upload of this.uploads) void this.#go(upload);
  }

  /**
   * @param {Upload} upload that failed
   * @returns {void}
   */
  retry(upload) {
    if (upload.progress.peek().step === "failed") void this.#go(upload);
  }

  /**
   * @param {Upload} upload
   * @returns {void}
   */
  cancel(upload) {
    upload.stop();
    this.#drop(upload);
    void this.#settle();
  }

  /** @param {Upload} upload */
  async #go(upload) {
    upload.progress.value = { step: "queued" };
    upload.progress.value = await this.#sent(upload);
    await this.#settle();
  }

  /**
   * @param {Upload} upload
   * @returns {Promise<Progress>}
   */
  async #sent(upload) {
    const { file, progress } = upload;
    const most = this.door.most_bytes;
    if (file.size > most) {
      const sizes = { has: mib(file.size), most: mib(most) };
      const words = this.door.t(texts.too_large, sizes);
      return { step: "failed", words, mayRetry: false };
    }
    for (let n = 1; ; n++) {
      const outcome = await this.sender.run(async () => {
        if (!this.uploads.has(upload)) return null;
        progress.value = { step: "sending", share: 0 };
        const { done, cancel } = send(this.door.url, file, (share) => {
          progress.value = { step: "sending", share };
        });
        const stopped = new Promise((resolve) => {
          upload.stop = () => {
            cancel();
            resolve(null);
          };
        });
        return Promise.race([done, /** @type {Promise<null>} */ (stopped)]);
      });
      if (!outcome) return { step: "queued" };
      if (outcome.ok) return { step: "there", asset: outcome.asset };
      const { mayRetry, wait_ms } = outcome;
      const words = this.door.t(outcome.words, { most: outcome.most });
      if (wait_ms === null || n === N_TRIES) return { step: "failed", words, mayRetry };
      await new Promise((go) => setTimeout(go, wait_ms || USUAL_WAIT_MS));
    }
  }

  /** Put what is there on the board, once nothing is on its way. */
  async #settle() {
    const uploads = [...this.uploads];
    const steps = uploads.map(({ progress }) => progress.peek().step);
    if (steps.some((step) => step === "queued" || step === "sending")) return;
    const there = uploads.filter(({ progress }) => progress.peek().step === "there");
    if (there.length === 0) return;
    await Promise.race([
      Promise.all(there.map((upload) => this.#fetched(upload))),
      new Promise((go) => setTimeout(go, SHOWN_WITHIN_MS)),
    ]);
    const meant = there.filter((upload) => this.uploads.has(upload));
    this.#put(meant);
    for (const upload of meant) this.#drop(upload);
  }

  /**
   * Have the picture ready, so that it does not vanish for a moment.
   * @param {Upload} upload
   */
  async #fetched({ progress, box }) {
    const now = progress.peek();
    if (now.step !== "there") return;
    const { bench, pictures } = this.door;
    await pictures.load(now.asset.hash, box.w * bench.view.zoom * devicePixelRatio);
  }

  /** @param {readonly Upload[]} uploads */
  #put(uploads) {
    const { bench, say, t } = this.door;
    if (uploads.length === 0) return;
    if (!bench.mayEdit()) return say(t(texts.no_right), true);
    const decimals = decimalsAt(bench.view.zoom);
    let z = bench.board.nextZ();
    const elements = uploads.flatMap(({ id, box, progress }) => {
      const now = progress.peek();
      if (now.step !== "there") return [];
      const { x, y, w, h } = withRatio(box, now.asset);
      /** @type {Element} */
      const element = {
        kind: "image",
        id,
        z,
        x: round(x, decimals),
        y: round(y, decimals),
        w: round(w, decimals),
        h: round(h, decimals),
        asset: now.asset.hash,
      };
      z = keyAbove(z);
      return [element];
    });
    bench.board.submit(elements.map((element) => ({ op: "put", element })));
    if (bench.isSelecting())
      bench.selection.value = new Set(elements.map(({ id }) => id));
  }

  /** @param {Upload} upload */
  #drop(upload) {
    if (!this.uploads.delete(upload)) return;
    if (upload.preview !== null) URL.revokeObjectURL(upload.preview);
    this.onGone(upload);
  }
}

/**
 * @param {File} file
 * @param {string} id
 * @returns {Omit<Upload, "box">}
 */
export function newUpload(file, id) {
  return {
    id,
    file,
    preview: URL.createObjectURL(file),
    progress: signal(/** @type {Progress} */ ({ step: "queued" })),
    stop() {},
  };
}

/** @param {number} bytes */
function mib(bytes) {
  return Math.ceil((bytes / 1024 / 1024) * 10) / 10;
}
