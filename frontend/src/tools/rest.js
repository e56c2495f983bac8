/**
 * When a pen that is still down comes to rest.
 */

/** @import { Bench, Press } from "./bench.js" */

const HOLD_MS = 500;
const STILL_PX = { mouse: 4, pen: 5, touch: 8 }; // a hand that holds still trembles

/** Waits for the pen to rest. */
export class Rest {
  /** @type {Press | null} */
  #from = null;
  #forget = () => {};

  /**
   * @param {Bench} bench
   * @param {() => void} onRest
   */
  constructor(bench, onRest) {
    this.bench = bench;
    this.onRest = onRest;
  }

  /**
   * The pen is here now.
   * @param {Press} press
   * @returns {void}
   */
  move(press) {
    const from = this.#from;
    const isStill =
      from !== null &&
      Math.hypot(press.screenX - from.screenX, press.screenY - from.screenY) <
        STILL_PX[press.device];
    if (isStill) return;
    this.#from = press;
    this.#forget();
    this.#forget = this.bench.after(HOLD_MS, this.onRest);
  }

  /** The pen is up. @returns {void} */
  end() {
    this.#forget();
    this.#from = null;
  }
}
