/**
 * The pictures of the board, decoded and ready to paint, as many as memory allows.
 *
 * Whoever paints asks for one (`get`) and is given what there is; what is missing or too
 * coarse for the zoom is fetched, decoded off the main thread and announced. A picture is
 * kept about as large as it is shown, not as it is stored. What has not been painted for
 * the longest time goes first.
 */

/** @import { Pixels } from "../../draw/picture.js" */

import { Listeners } from "../../model/listeners.js";

const MOST_BYTES = 256 * 1024 * 1024; // decoded: eight screens of 4K
const IN_USE_MS = 3_000; // painted so lately, a picture is in sight
const TIGHT_PX = 512; // how wide pictures are kept when those in sight are too many
const N_AT_ONCE = 4;
const RETRIES_MS = [2_000, 10_000];
const LAST_RETRY_MS = 60_000;
const BYTES_PER_PIXEL = 4;

/**
 * @typedef {object} Known
 * @property {ImageBitmap | null} bitmap
 * @property {number} w of the picture as it is stored, 0 until it is known
 * @property {number} used_at ms
 * @property {boolean} is_coming
 * @property {number} n_faults in a row
 * @property {number} rests_until ms; not asked for again before
 * @property {boolean} is_gone whether it will never come
 * @property {(() => void)[]} waiting
 */

export class Pictures {
  /** By asset, the one asked for last at the end. @type {Map<string, Known>} */
  #known = new Map();
  /** @type {{asset: string, width_px: number}[]} */
  #due = [];
  #n_coming = 0;
  #bytes = 0;
  /** Told which asset looks different. @type {Listeners<string>} */
  #listeners = new Listeners();

  /**
   * @param {(asset: string) => string} urlOf
   * @param {() => number} now ms
   */
  constructor(urlOf, now = () => performance.now()) {
    this.urlOf = urlOf;
    this.now = now;
    window.addEventListener("online", () => this.#tryAgain());
  }

  /**
   * @param {(asset: string) => void} listener
   * @returns {() => void} unsubscribe
   */
  subscribe(listener) {
    return this.#listeners.add(listener);
  }

  /**
   * What there is of a picture now; asking makes it come.
   * @param {string} asset
   * @param {number} width_px device pixels that the whole picture would cover
   * @returns {Pixels | "waiting" | "missing"}
   */
  get = (asset, width_px) => {
    if (asset === "") return "missing";
    const known = this.#touch(asset);
    if (this.#isTooCoarse(known, width_px)) this.#ask(asset, width_px);
    const { bitmap, n_faults, is_gone } = known;
    if (!bitmap) return is_gone || n_faults > 0 ? "missing" : "waiting";
    return { source: bitmap, w: bitmap.width, h: bitmap.height };
  };

  /**
   * Fetch pictures that are going to be painted.
   * @param {string} asset
   * @param {number} width_px as for `get`
   * @returns {Promise<void>} when it is there, or cannot be had
   */
  async load(asset, width_px) {
    const known = this.#touch(asset);
    if (!this.#isTooCoarse(known, width_px)) return;
    await new Promise((resolve) => {
      known.waiting.push(() => resolve(undefined));
      this.#ask(asset, width_px);
    });
  }

  // --- inside -------------------------------------------------------------------------

  /**
   * @param {string} asset
   * @returns {Known}
   */
  #touch(asset) {
    const known = this.#known.get(asset) ?? unknown();
    known.used_at = this.now();
    this.#known.delete(asset);
    this.#known.set(asset, known);
    return known;
  }

  /**
   * @param {string} asset
   * @param {number} width_px
   */
  #ask(asset, width_px) {
    const known = this.#known.get(asset);
    if (!known || known.is_coming) return;
    const is_resting = this.now() < known.rests_until;
    if (is_resting && known.waiting.length === 0) return;
    known.is_coming = true;
    this.#due.push({ asset, width_px });
    this.#next();
  }

  #next() {
    while (this.#n_coming < N_AT_ONCE) {
      const next = this.#due.shift();
      if (!next) return;
      this.#n_coming++;
      void this.#fetch(next.asset, next.width_px).finally(() => {
        this.#n_coming--;
        this.#next();
      });
    }
  }

  /**
   * @param {string} asset
   * @param {number} width_px
   */
  async #fetch(asset, width_px) {
    const known = this.#touch(asset);
    try {
      const answer = await fetch(this.urlOf(asset));
      known.is_gone = answer.status === 403 || answer.status === 404;
      if (!answer.ok) throw new Error(`${answer.status}`);
      const whole = await createImageBitmap(await answer.blob());
      const { width } = whole;
      const bitmap = await reduced(whole, this.#kept(width_px));
      this.#bytes += bytesOf(bitmap) - bytesOf(known.bitmap);
      known.bitmap?.close();
      Object.assign(known, { bitmap, w: width, n_faults: 0 });
      this.#tidy();
    } catch {
      known.n_faults++;
      if (!known.is_gone) this.#later(asset, known);
    }
    known.is_coming = false;
    for (const tell of known.waiting.splice(0)) tell();
    this.#listeners.tell(asset);
  }

  /**
   * After a pause it may be asked for again, and will be by whoever paints it.
   * @param {string} asset
   * @param {Known} known
   */
  #later(asset, known) {
    const pause_ms = RETRIES_MS[known.n_faults - 1] ?? LAST_RETRY_MS;
    known.rests_until = this.now() + pause_ms;
    setTimeout(() => this.#wake(asset, known), pause_ms);
  }

  /**
   * @param {string} asset
   * @param {Known} known
   */
  #wake(asset, known) {
    known.rests_until = 0;
    this.#listeners.tell(asset);
  }

  /** The network is back. */
  #tryAgain() {
    for (const [asset, known] of this.#known) {
      if (known.n_faults > 0 && !known.is_gone) this.#wake(asset, known);
    }
  }

  /**
   * @param {Known} known
   * @param {number} width_px
   * @returns {boolean} whether a larger one is to be had
   */
  #isTooCoarse({ bitmap, w, is_gone }, width_px) {
    if (!bitmap) return !is_gone;
    return bitmap.width < Math.min(w, Math.floor(this.#kept(width_px)));
  }

  /**
   * @param {number} width_px
   * @returns {number} how wide a picture may be kept now
   */
  #kept(width_px) {
    return this.#bytes > MOST_BYTES ? Math.min(TIGHT_PX, width_px) : width_px;
  }

  /** Let go of what is out of sight, until the rest is within the bound. */
  #tidy() {
    const since = this.now() - IN_USE_MS;
    for (const known of this.#known.values()) {
      if (this.#bytes <= MOST_BYTES) return;
      if (!known.bitmap || known.used_at > since) continue;
      this.#bytes -= bytesOf(known.bitmap);
      known.bitmap.close();
      known.bitmap = null;
    }
  }
}

/** @returns {Known} */
function unknown() {
  return {
    bitmap: null,
    w: 0,
    used_at: 0,
    is_coming: false,
    n_faults: 0,
    rests_until: 0,
    is_gone: false,
    waiting: [],
  };
}

/**
 * A picture halved as often as it stays large enough.
 * @param {ImageBitmap} whole is closed if it is not what is given back
 * @param {number} width_px
 * @returns {Promise<ImageBitmap>}
 */
async function reduced(whole, width_px) {
  const n_halvings = Math.floor(Math.log2(whole.width / Math.max(1, width_px)));
  if (n_halvings < 1) return whole;
  const resizeWidth = Math.max(1, Math.round(whole.width / 2 ** n_halvings));
  const resizeHeight = Math.max(1, Math.round(whole.height / 2 ** n_halvings));
  const small = await createImageBitmap(whole, {
    resizeWidth,
    resizeHeight,
    resizeQuality: "high",
  });
  whole.close();
  return small;
}

/** @param {ImageBitmap | null} bitmap */
function bytesOf(bitmap) {
  return bitmap ? bitmap.width * bitmap.height * BYTES_PER_PIXEL : 0;
}
