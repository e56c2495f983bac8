/**
 * Which arrows hold on to which elements: the index that says what else looks different
 * when an element moves. Pure; whoever shows the board keeps it.
 */

/** @import { Element } from "../protocol.js" */

const NONE = /** @type {ReadonlySet<string>} */ (new Set());

export class Bonds {
  /** Arrows by what they hold on to. @type {Map<string, Set<string>>} */
  #arrows = new Map();
  /** What each arrow holds on to. @type {Map<string, string[]>} */
  #held = new Map();

  /**
   * Start over with these elements.
   * @param {readonly Element[]} elements
   * @returns {void}
   */
  load(elements) {
    this.#arrows.clear();
    this.#held.clear();
    for (const element of elements) this.set(element.id, element);
  }

  /**
   * @param {string} id
   * @param {Element | undefined} element as it is now; undefined: it is gone
   * @returns {void}
   */
  set(id, element) {
    for (const other of this.#held.get(id) ?? []) {
      const arrows = this.#arrows.get(other);
      arrows?.delete(id);
      if (arrows?.size === 0) this.#arrows.delete(other);
    }
    const held = element?.kind === "arrow" ? [element.start?.id, element.end?.id] : [];
    const ids = held.filter((other) => other !== undefined);
    if (ids.length === 0) this.#held.delete(id);
    else this.#held.set(id, ids);
    for (const other of ids) {
      const arrows = this.#arrows.get(other) ?? new Set();
      this.#arrows.set(other, arrows.add(id));
    }
  }

  /**
   * @param {string} id of an element
   * @returns {ReadonlySet<string>} ids of the arrows that hold on to it, there or not
   */
  on(id) {
    return this.#arrows.get(id) ?? NONE;
  }
}
