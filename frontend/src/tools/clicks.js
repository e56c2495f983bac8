/**
 * Clicks: which presses are no drags, and which of those are the second of two. Pure.
 */

/** @import { Press } from "./bench.js" */

export const TAP_PX = 12; // a hand that means one place moves so much
const DOUBLE_MS = 400; // as browsers take a double click

export class Clicks {
  /** The click that another may follow. @type {Press | null} */
  #before = null;

  /**
   * A press was let go.
   * @param {Press} first where it began
   * @param {Press} last where it ended
   * @returns {boolean} whether that was the second click in one place
   */
  end(first, last) {
    const before = this.#before;
    this.#before = null;
    if (distance(first, last) > TAP_PX) return false;
    const is_again =
      before !== null &&
      last.time - before.time < DOUBLE_MS &&
      distance(before, last) < TAP_PX;
    if (!is_again) this.#before = last;
    return is_again;
  }
}

/**
 * @param {Press} a
 * @param {Press} b
 * @returns {number} CSS pixels
 */
export function distance(a, b) {
  return Math.hypot(b.screenX - a.screenX, b.screenY - a.screenY);
}
