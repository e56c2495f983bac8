/**
 * The board with drafts over it: what each element looks like while I, or peers, are
 * changing it, and what is drawn that is not on the board yet.
 *
 * It paints nothing; the stage asks it in each frame.
 */

/** @import { Point } from "../draw/geometry.js" */
/** @import { Element } from "../protocol.js" */
/** @import { Bench } from "../tools/bench.js" */
/** @import { BoardParts } from "./app.js" */
/** @import { Flow } from "./flow.js" */

import { resolved } from "../draw/binding.js";
import { drawnOn } from "../draw/reveal.js";
import { byPaintOrder } from "../draw/spatial.js";
import { hasWords, withWords } from "../tools/text.js";

const FADED = 0.25; // what a peer is about to erase

export class Drafted {
  /** Peers' drafts by element. @type {Map<string, Element>} */
  #theirs = new Map();

  /**
   * @param {Pick<BoardParts, "replica" | "peers">} parts
   * @param {Bench} bench
   * @param {Flow} flow how peers' strokes grow
   */
  constructor(parts, bench, flow) {
    this.parts = parts;
    this.bench = bench;
    this.flow = flow;
  }

  /**
   * Take up what the peers draft now.
   * @returns {Set<string>} ids of what is shown differently
   */
  take() {
    const { replica, peers } = this.parts;
    const before = this.#theirs;
    /** @type {Map<string, Element>} */
    const now = new Map();
    for (const peer of peers.list()) {
      for (const element of peer.draft) now.set(element.id, element);
      for (const id of peer.gone) {
        const element = replica.get(id);
        if (element)
          now.set(id, { ...element, opacity: (element.opacity ?? 1) * FADED });
      }
    }
    this.#theirs = now;
    for (const element of now.values()) {
      if (!replica.get(element.id)) this.flow.grow(element, performance.now());
    }
    for (const id of this.flow.ids()) {
      if (!now.has(id) && !this.flow.isRunning(id)) this.flow.forget(id);
    }
    const changed = new Set([...before.keys(), ...now.keys()]);
    for (const id of changed) {
      if (before.get(id) === now.get(id)) changed.delete(id);
    }
    return changed;
  }

  /**
   * Strokes that were growing are on the board now, or gone: their ink flows to the end.
   * @param {ReadonlySet<string> | null} ids null: everything is different
   * @returns {void}
   */
  flowOn(ids) {
    for (const id of this.flow.ids()) {
      if (ids && !ids.has(id)) continue;
      const element = this.parts.replica.get(id);
      if (element) this.flow.grow(element, performance.now());
      else if (!this.#theirs.has(id)) this.flow.forget(id);
    }
  }

  /**
   * @param {string} id
   * @returns {Element | undefined} as its peer drafts it, or as it is on the board
   */
  theirs(id) {
    return this.#theirs.get(id) ?? this.parts.replica.get(id);
  }

  /**
   * An element of the board as the scene shows it.
   * @param {string} id
   * @returns {Element | undefined}
   */
  shown(id) {
    const { replica } = this.parts;
    const element = replica.get(id);
    if (!element) return undefined; // new ones are above the scene
    if (this.flow.isRunning(id)) return undefined; // and stay there until they are whole
    const drafted = this.#drafted(id);
    return drafted && this.settled(this.#withoutTyped(drafted));
  }

  /**
   * @param {string} id
   * @returns {Element | undefined} the element with drafts over it
   */
  #drafted(id) {
    const { draft } = this.bench;
    if (draft.ops.has(id)) return draft.get(id);
    return this.#theirs.get(id) ?? this.parts.replica.get(id);
  }

  /**
   * @param {Element} element
   * @returns {Element} where it lies because of what it holds on to
   */
  settled(element) {
    return resolved(element, (id) => this.#drafted(id), this.bench.measure);
  }

  /**
   * @param {Element} element
   * @returns {Element}
   */
  #withoutTyped(element) {
    const is_typed = this.bench.editing.peek()?.element.id === element.id;
    return is_typed && hasWords(element) ? withWords(element, "") : element;
  }

  /**
   * @param {readonly Point[] | null} tip where my pen is expected next
   * @returns {Element[]} drafts of what is not on the board yet, in paint order
   */
  newOnes(tip) {
    const { replica } = this.parts;
    const { draft } = this.bench;
    const found = [...this.#theirs.values()]
      .filter(({ id }) => !replica.get(id))
      .map((element) => this.flow.shown(this.settled(element)));
    for (const id of this.flow.ids()) {
      const element = this.flow.isRunning(id) ? replica.get(id) : undefined;
      if (element) found.push(this.flow.shown(element));
    }
    for (const id of draft.ids()) {
      const element = replica.get(id) ? undefined : draft.get(id);
      if (element) {
        found.push(this.#drawnOn(this.settled(this.#withoutTyped(element)), tip));
      }
    }
    return found.sort(byPaintOrder);
  }

  /**
   * @param {Element} element of my draft
   * @param {readonly Point[] | null} tip
   * @returns {Element} my growing stroke with the tip that is expected
   */
  #drawnOn(element, tip) {
    const { id, kind } = element;
    if (!tip || id !== this.bench.draft.growing) return element;
    if (kind !== "pen" && kind !== "highlight") return element;
    return drawnOn(element, tip);
  }
}
