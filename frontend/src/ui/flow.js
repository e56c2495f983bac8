/**
 * Flow: the ink of peers' growing strokes, revealed evenly between two live frames.
 *
 * Points come in pieces, one a pace; shown as they come, a stroke would jump. Each piece
 * is given about as long to flow as pieces take to come, so that ink runs at the speed
 * of the hand, one pace late. A stroke whose entry comes meanwhile flows out to its end.
 * It knows times and lengths; it draws nothing and keeps no element that is not flowing.
 */

/** @import { Element, Highlight, Pen } from "../protocol.js" */
/** @import { Mark } from "../draw/reveal.js" */

import { advance, lengthOf, upTo } from "../draw/reveal.js";

const FIRST_GAP_MS = 34; // the usual pace, until it is known
const MAX_GAP_MS = 150; // a hand that pauses is not drawn slowly when it goes on
const LATENESS = 1.25; // of a gap: the next piece comes before this one has run out
const GAP_MEMORY = 0.7;

/**
 * @typedef {object} Running
 * @property {Pen | Highlight} stroke all that is known of it
 * @property {Mark} mark how far it is shown
 * @property {number} left board units from there to its end
 * @property {number} speed board units a ms
 * @property {number} gap_ms between pieces, smoothed
 * @property {number} grown_at ms
 */

export class Flow {
  /** @type {Map<string, Running>} */
  #running = new Map();
  #last_ms = 0;

  /** @param {() => boolean} isCalm whether the person wants no motion */
  constructor(isCalm) {
    this.isCalm = isCalm;
  }

  /**
   * Take what is known of a stroke now. One that is new here is shown as it came.
   * @param {Element} element others than strokes are passed over
   * @param {number} now ms
   * @returns {void}
   */
  grow(element, now) {
    if (element.kind !== "pen" && element.kind !== "highlight") return;
    const known = this.#running.get(element.id);
    if (!known || !goesOn(known.stroke, element) || this.isCalm()) {
      this.#running.set(element.id, whole(element, now));
      return;
    }
    if (known.stroke === element) return;
    const n_before = known.stroke.points.length / 2;
    const added = lengthOf(element.points, n_before - 1);
    known.stroke = element;
    if (added === 0) return;
    const gap = Math.min(MAX_GAP_MS, now - known.grown_at);
    known.gap_ms = known.gap_ms * GAP_MEMORY + gap * (1 - GAP_MEMORY);
    known.grown_at = now;
    known.left += added;
    known.speed = known.left / (known.gap_ms * LATENESS);
  }

  /** @param {string} id @returns {boolean} whether it was ever seen growing */
  has(id) {
    return this.#running.has(id);
  }

  /** @param {string} id @returns {boolean} whether some of its ink is still to come */
  isRunning(id) {
    return (this.#running.get(id)?.left ?? 0) > 0;
  }

  /**
   * @param {string} id
   * @returns {void}
   */
  forget(id) {
    this.#running.delete(id);
  }

  /** @returns {string[]} strokes that are followed */
  ids() {
    return [...this.#running.keys()];
  }

  /**
   * Let the ink run.
   * @param {number} now ms
   * @returns {{is_running: boolean, arrived: string[]}} whether some has to run on, and
   *   the strokes that came to their end just now
   */
  step(now) {
    const passed = Math.max(0, now - this.#last_ms);
    this.#last_ms = now;
    let is_running = false;
    const arrived = [];
    for (const [id, running] of this.#running) {
      if (running.left === 0) continue;
      const distance = Math.min(running.left, running.speed * passed);
      running.left -= distance;
      if (running.left < 1e-6) {
        running.left = 0;
        running.mark = endOf(running.stroke);
        arrived.push(id);
      } else {
        running.mark = advance(running.stroke.points, running.mark, distance);
        is_running = true;
      }
    }
    return { is_running, arrived };
  }

  /**
   * @param {Element} element
   * @returns {Element} as far as its ink has run
   */
  shown(element) {
    const running = this.#running.get(element.id);
    if (!running || running.left === 0) return element;
    return upTo(running.stroke, running.mark);
  }
}

/**
 * @param {Pen | Highlight} stroke
 * @param {number} now
 * @returns {Running}
 */
function whole(stroke, now) {
  return {
    stroke,
    mark: endOf(stroke),
    left: 0,
    speed: 0,
    gap_ms: FIRST_GAP_MS,
    grown_at: now,
  };
}

/**
 * @param {Pen | Highlight} stroke
 * @returns {Mark}
 */
function endOf({ points }) {
  return { point: points.length / 2 - 1, along: 0 };
}

/**
 * Whether a stroke is another one with points after its last.
 * @param {Pen | Highlight} before
 * @param {Pen | Highlight} after
 * @returns {boolean}
 */
function goesOn(before, after) {
  const n = before.points.length;
  return (
    after.x === before.x &&
    after.y === before.y &&
    after.points.length >= n &&
    after.points[n - 1] === before.points[n - 1] &&
    after.points[n - 2] === before.points[n - 2]
  );
}
