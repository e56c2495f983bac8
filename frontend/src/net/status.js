/**
 * The status: what the person should see of the connection, as one observable value.
 */

import { Listeners } from "../model/listeners.js";

/** Why the page stays away. @typedef {{ code: number, detail: string }} Ending */

/**
 * @typedef {object} State
 * @property {"connecting" | "live" | "offline" | "closed"} status
 * @property {string} role none, view, edit or own
 * @property {string | null} frozen null: it is not; else why, which may be empty
 * @property {number} unsaved changes that the server has not answered
 * @property {boolean} isKept whether unsaved changes survive a reload
 * @property {Ending | null} closedReason set when `status` is closed
 */

export class Status {
  /** @type {State} */
  #state;
  /** @type {Listeners<State>} */
  #listeners = new Listeners();

  /** @param {State} state */
  constructor(state) {
    this.#state = state;
  }

  /** A new object after every change. */
  get state() {
    return this.#state;
  }

  /**
   * @param {(state: State) => void} listener
   * @returns {() => void} unsubscribe
   */
  subscribe(listener) {
    return this.#listeners.add(listener);
  }

  /** @param {Partial<State>} change nobody is told when it changes nothing */
  set(change) {
    const before = /** @type {Record<string, unknown>} */ ({ ...this.#state });
    if (Object.entries(change).every(([name, value]) => before[name] === value)) return;
    this.#state = { ...this.#state, ...change };
    this.#listeners.tell(this.#state);
  }
}
