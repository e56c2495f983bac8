/**
 * Whether I am here: idle after a while without a move, away while the page is hidden.
 */

/** @typedef {"" | "idle" | "away"} Idle */

/**
 * @typedef {object} Clock
 * @property {() => number} now ms
 * @property {(call: () => void, ms: number) => unknown} setTimer
 */

export const IDLE_MS = 60_000; // who reads or thinks is not gone
const ACTS = ["pointermove", "pointerdown", "wheel", "keydown"];

export class Idling {
  /** @type {Idle} */
  #told = "";
  #acted_at;
  #isHidden = false;
  #isTimed = false;

  /**
   * @param {Clock} clock
   * @param {(idle: Idle) => void} tell
   */
  constructor(clock, tell) {
    this.clock = clock;
    this.tell = tell;
    this.#acted_at = clock.now();
    this.#watch();
  }

  /** The person did something; called for every move, so it must be cheap. */
  act() {
    this.#acted_at = this.clock.now();
    if (this.#told === "idle") this.#say("");
    if (!this.#isTimed) this.#watch();
  }

  /**
   * The page was hidden or shown.
   * @param {boolean} is_hidden
   */
  hide(is_hidden) {
    this.#isHidden = is_hidden;
    if (is_hidden) this.#say("away");
    else {
      this.#say("");
      this.act();
    }
  }

  /** One timer that looks again, instead of one for every move. */
  #watch() {
    const left = this.#acted_at + IDLE_MS - this.clock.now();
    this.#isTimed = left > 0;
    if (this.#isTimed) this.clock.setTimer(() => this.#watch(), left);
    else if (!this.#isHidden) this.#say("idle");
  }

  /** @param {Idle} idle */
  #say(idle) {
    if (idle === this.#told) return;
    this.#told = idle;
    this.tell(idle);
  }
}

/**
 * @param {(idle: Idle) => void} tell
 * @returns {void}
 */
export function listenToIdling(tell) {
  const clock = {
    now: () => performance.now(),
    setTimer: (/** @type {() => void} */ call, /** @type {number} */ ms) =>
      setTimeout(call, ms),
  };
  const idling = new Idling(clock, tell);
  const act = () => idling.act();
  for (const name of ACTS) {
    window.addEventListener(name, act, { capture: true, passive: true });
  }
  const look = () => idling.hide(document.hidden);
  document.addEventListener("visibilitychange", look);
  look();
}
