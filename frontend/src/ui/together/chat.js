/**
 * Words beside my cursor: what is told while they are typed, and when they are over.
 *
 * Pure but for the clock it is handed. What is told is always what the server takes; a
 * frame that it refuses would end the link.
 */

import { MAX_CHAT } from "../../protocol.js";

/**
 * @typedef {object} Clock
 * @property {(call: () => void, ms: number) => unknown} setTimer
 * @property {(timer: unknown) => void} clearTimer
 */

/** Time to read what was said. */
export const STAYS_MS = 5_000;
/** Who stops typing for so long has forgotten it. */
export const THINKS_MS = 15_000;
// Line breaks, control characters, what turns the direction of words, half an emoji.
const UNSAYABLE = /[\p{Cc}\p{Cs}\u2028-\u202e\u2066-\u2069]+/gu;

/**
 * @param {string} text as typed or pasted
 * @returns {string} one line that may be told
 */
export function sayable(text) {
  const line = text
    .slice(0, 10 * MAX_CHAT)
    .replace(UNSAYABLE, " ")
    .trimStart();
  return [...line].slice(0, MAX_CHAT).join("");
}

export class Chat {
  #said = "";
  /** @type {unknown} */
  #timer = null;

  /**
   * @param {Clock} clock
   * @param {(text: string) => void} tell "" for nothing more
   * @param {() => void} ended
   */
  constructor(clock, tell, ended) {
    this.clock = clock;
    this.tell = tell;
    this.ended = ended;
  }

  /** What is said now. @returns {string} */
  get said() {
    return this.#said;
  }

  /**
   * @param {string} text so far
   * @returns {void}
   */
  type(text) {
    this.#say(sayable(text));
    this.#endIn(THINKS_MS);
  }

  /** It stays for a while, and nothing is added. @returns {void} */
  rest() {
    if (this.#said === "") this.stop();
    else this.#endIn(STAYS_MS);
  }

  /** Nothing is said any more. @returns {void} */
  stop() {
    this.clock.clearTimer(this.#timer);
    this.#say("");
    this.ended();
  }

  /** @param {string} text */
  #say(text) {
    if (text === this.#said) return;
    this.#said = text;
    this.tell(text);
  }

  /** @param {number} ms */
  #endIn(ms) {
    this.clock.clearTimer(this.#timer);
    this.#timer = this.clock.setTimer(() => this.stop(), ms);
  }
}
