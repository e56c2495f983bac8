/**
 * Pace: how much may be painted in one frame, learned from what frames cost.
 *
 * A canvas paints when the frame ends, after the script that asked for it; so what a
 * piece of work costs is the whole frame's time, taken by a message that is handled
 * right after it.
 */

const MEMORY = 0.6; // of what was learned before

export class Pace {
  #ms_each = 0;

  /**
   * @param {number} budget_ms what a frame has for this work
   * @param {number} first how many pieces to try while nothing is known
   */
  constructor(budget_ms, first) {
    this.budget_ms = budget_ms;
    this.first = first;
  }

  /** @returns {number} how many pieces the next frame may do, at least one */
  get allowed() {
    if (this.#ms_each === 0) return this.first;
    return Math.max(1, Math.floor(this.budget_ms / this.#ms_each));
  }

  /**
   * @param {number} n_pieces that a frame did
   * @param {number} ms that it took
   * @returns {void}
   */
  learn(n_pieces, ms) {
    if (n_pieces === 0) return;
    const each = Math.max(0.05, ms / n_pieces);
    this.#ms_each =
      this.#ms_each === 0 ? each : this.#ms_each * MEMORY + each * (1 - MEMORY);
  }
}

/** Calls back when the frame that is being made is done, painting included. */
export class AfterFrame {
  #channel = new MessageChannel();
  /** @type {((ms: number) => void) | null} */
  #then = null;
  #began = 0;

  constructor() {
    this.#channel.port1.onmessage = () => {
      const then = this.#then;
      this.#then = null;
      then?.(performance.now() - this.#began);
    };
  }

  /**
   * @param {number} began ms, when the frame's work began
   * @param {(ms: number) => void} then
   * @returns {void}
   */
  call(began, then) {
    const is_posted = this.#then !== null;
    this.#then = then;
    this.#began = began;
    if (!is_posted) this.#channel.port2.postMessage(null);
  }
}
