/**
 * A wipe: what the partial eraser has taken away of the strokes so far.
 *
 * Strokes stay whole on the board until the pointer is lifted; what was wiped is kept as
 * stretches of them, so a peer may move a stroke meanwhile. Other kinds are left alone.
 */

/** @import { Ink, Stretch } from "../draw/cut.js" */
/** @import { Box } from "../draw/geometry.js" */
/** @import { Element, Op } from "../protocol.js" */
/** @import { Bench } from "./bench.js" */

import { covered, joined, pieces } from "../draw/cut.js";
import { boxBetween, grow } from "../draw/geometry.js";
import { deleteOps } from "./bind.js";

/** @typedef {{without: Stretch[], ids: string[]}} Wiped ids are those of the pieces */

export class Wipe {
  /** @type {Map<string, Wiped>} */
  #wiped = new Map();

  /** @param {Bench} bench */
  constructor(bench) {
    this.bench = bench;
  }

  /**
   * Move the eraser.
   * @param {readonly [number, number, number, number]} way board units
   * @param {number} radius
   * @returns {boolean} whether ink went
   */
  rub(way, radius) {
    let has_changed = false;
    for (const element of this.#near(grow(boxBetween(...way), radius))) {
      if (!isInk(element) || element.locked) continue;
      const stretches = covered(element, way, radius);
      if (stretches.length === 0) continue;
      const wiped = this.#wiped.get(element.id) ?? { without: [], ids: [] };
      const without = joined([...wiped.without, ...stretches]);
      has_changed ||= String(without) !== String(wiped.without);
      this.#wiped.set(element.id, { ...wiped, without });
    }
    return has_changed;
  }

  /**
   * Who looks for what is shown does not find strokes of which only pieces are shown.
   * @param {Box} box
   * @returns {Set<Element>}
   */
  #near(box) {
    const { bench } = this;
    const rubbed = [...this.#wiped.keys()].map((id) => bench.board.get(id));
    return new Set([...bench.near(box), ...rubbed.filter((ink) => ink !== undefined)]);
  }

  /**
   * What becomes of the strokes. The pieces come first: where this is too much for one
   * change, ink is doubled for an instant, and not missing.
   * @returns {Op[]}
   */
  ops() {
    const { bench } = this;
    /** @type {Op[]} */
    const puts = [];
    const gone = [];
    for (const [id, { without, ids }] of this.#wiped) {
      const ink = bench.board.get(id);
      if (!ink || !isInk(ink)) continue; // a peer removed it meanwhile
      gone.push(id);
      const idOf = (/** @type {number} */ n) => {
        ids[n] ??= bench.newId();
        return ids[n] ?? "";
      };
      for (const element of pieces(ink, without, idOf))
        puts.push({ op: "put", element });
    }
    return gone.length === 0 ? [] : [...puts, ...deleteOps(bench, gone)];
  }
}

/**
 * @param {Element} element
 * @returns {element is Ink}
 */
function isInk(element) {
  return element.kind === "pen" || element.kind === "highlight";
}
