/**
 * Fingers on the glass, and whether what touches it is a finger or the palm of a hand
 * that holds a pen. Pure.
 */

/** @import { Reading } from "./controller.js" */

/** A hand comes to rest sooner than this after its pen was last near. */
const PALM_MS = 400;

export class Fingers {
  /** @type {Map<number, {x: number, y: number, down_ms: number}>} */
  #down = new Map();
  #pen_ms = Number.NEGATIVE_INFINITY;

  /** @returns {number} */
  get size() {
    return this.#down.size;
  }

  /** @returns {number} ms, when the first of those that are down came */
  get began_ms() {
    return Math.min(...[...this.#down.values()].map(({ down_ms }) => down_ms));
  }

  /**
   * A pen is near, or draws.
   * @param {Reading} reading
   * @returns {void}
   */
  seePen({ time }) {
    this.#pen_ms = time;
  }

  /**
   * @param {Reading} reading
   * @returns {boolean} whether it is a finger; a palm is none
   */
  add({ id, x, y, time }) {
    if (time - this.#pen_ms < PALM_MS) return false;
    this.#down.set(id, { x, y, down_ms: time });
    return true;
  }

  /**
   * @param {number} id of a pointer
   * @returns {{x: number, y: number} | undefined} to be moved by who asks
   */
  get(id) {
    return this.#down.get(id);
  }

  /**
   * @param {number} id
   * @returns {void}
   */
  remove(id) {
    this.#down.delete(id);
  }

  /** What is down was no finger. @returns {void} */
  clear() {
    this.#down.clear();
  }

  /** @returns {{x: number, y: number, size: number}} middle and size of the fingers */
  spread() {
    const fingers = [...this.#down.values()];
    const x = fingers.reduce((sum, finger) => sum + finger.x, 0) / fingers.length;
    const y = fingers.reduce((sum, finger) => sum + finger.y, 0) / fingers.length;
    const size = fingers.reduce(
      (sum, finger) => sum + Math.hypot(finger.x - x, finger.y - y),
      0,
    );
    return { x, y, size: size / fingers.length };
  }
}
