/**
 * Listeners: who wants to be told. Pure; every observable part of the page has one.
 *
 * @template T what they are told
 */
export class Listeners {
  /** @type {Set<(value: T) => void>} */
  #listeners = new Set();

  /**
   * @param {(value: T) => void} listener
   * @returns {() => void} unsubscribe
   */
  add(listener) {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  /** @param {T} value */
  tell(value) {
    for (const listener of [...this.#listeners]) listener(value);
  }
}
