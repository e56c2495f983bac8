/**
 * Who drew an element and who changed it last, asked of the server and remembered until
 * the element is touched again.
 */

const MAX_KNOWN = 500;

/**
 * @typedef {object} Touch
 * @property {number} seq
 * @property {number} at ms since 1970
 * @property {{client: string, name?: string, user?: string | null}} by
 */

/** @typedef {{made: Touch, changed: Touch}} Touches */

export class Authors {
  /** @type {Map<string, Touches>} */
  #known = new Map();

  /**
   * @param {string} url of the elements in the API
   * @param {(url: string, init: {signal?: AbortSignal}) => Promise<Response>} fetch
   */
  constructor(url, fetch) {
    this.url = url;
    this.fetch = fetch;
  }

  /**
   * @param {string} id
   * @param {AbortSignal} [signal]
   * @returns {Promise<Touches | null>} null: nobody knows, or cannot be asked now
   */
  async of(id, signal) {
    const known = this.#known.get(id);
    if (known) return known;
    try {
      const init = signal ? { signal } : {};
      const answer = await this.fetch(`${this.url}${encodeURIComponent(id)}/`, init);
      if (!answer.ok) return null;
      /** @type {Touches} */
      const touches = await answer.json();
      if (this.#known.size >= MAX_KNOWN) this.#known.clear();
      this.#known.set(id, touches);
      return touches;
    } catch {
      return null; // offline, or nobody waits for it any more
    }
  }

  /**
   * Elements are different.
   * @param {ReadonlySet<string> | null} ids null: all of them
   */
  forget(ids) {
    if (!ids) this.#known.clear();
    else for (const id of ids) this.#known.delete(id);
  }
}
