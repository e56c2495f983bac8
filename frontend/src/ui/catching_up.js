/**
 * Catching up: one animation frame is left out, so that those after it are shown sooner.
 *
 * A browser that came late with one frame shows it at the next refresh of the screen, and
 * from then on each frame a refresh later than it could: it always has an older one to
 * show first. A frame that brings nothing new ends that. What it would have painted is
 * painted in the next frame, and is not seen later than it would have been.
 *
 * Pure: it is told of frames and answers; the stage asks it while a stroke grows.
 */

const REFRESH_MS = 1000 / 60;
const GAP_MS = 1.5 * REFRESH_MS; // a longer pause has ended it already
const LATE_MS = REFRESH_MS / 2; // of a refresh for scripts; the rest is the browser's
const QUICK_FRAMES = 2; // so that a page that is always slow is left alone
const LONGEST_RUN = 60; // frames; a browser may be late without a script's seeing it

export class CatchingUp {
  #last_ms = Number.NEGATIVE_INFINITY;
  #n_run = 0;
  #isLate = false;
  #n_quick = 0;

  /**
   * @param {number} now ms, of the animation frame
   * @returns {boolean} whether to leave this frame out, and ask for the next
   */
  skips(now) {
    if (now - this.#last_ms > GAP_MS) this.#restart();
    this.#last_ms = now;
    this.#n_run++;
    const is_due = this.#isLate && this.#n_quick >= QUICK_FRAMES;
    if (!is_due && this.#n_run <= LONGEST_RUN) return false;
    this.#restart();
    return true;
  }

  /**
   * A frame was painted.
   * @param {number} ms from the refresh of the screen to the end of its scripts
   * @returns {void}
   */
  took(ms) {
    if (ms > LATE_MS) {
      this.#isLate = true;
      this.#n_quick = 0;
    } else this.#n_quick++;
  }

  #restart() {
    this.#n_run = 0;
    this.#isLate = false;
    this.#n_quick = 0;
  }
}
