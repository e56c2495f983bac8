/**
 * Pending: my changes that the server has not answered, and what they make of elements.
 *
 * Ops are indexed by the element they touch, so that an entry of somebody else costs only
 * the pending ops on the same elements, however many are waiting. Pure; only `replica`
 * uses it.
 *
 * @import { Change, Element, Op } from "../protocol.js"
 */

import { step, targetOf } from "./document.js";

/**
 * @typedef {object} PendingOp
 * @property {Change} change
 * @property {Op} op
 */

export class Pending {
  /** In the order they were made. @type {Map<string, Change>} */
  #changes = new Map();
  /** The pending ops on each element, in order. @type {Map<string, PendingOp[]>} */
  #ops = new Map();

  get size() {
    return this.#changes.size;
  }

  /** @param {string} id a change */
  get(id) {
    return this.#changes.get(id);
  }

  /** @returns {Change[]} in the order they were made */
  list() {
    return [...this.#changes.values()];
  }

  /** @returns {Iterable<string>} the ids of the elements that pending changes touch */
  elements() {
    return this.#ops.keys();
  }

  /** @param {string} id an element */
  touches(id) {
    return this.#ops.has(id);
  }

  /** @param {Change} change */
  add(change) {
    this.#changes.set(change.id, change);
    for (const op of change.ops) {
      const id = targetOf(op);
      if (id === undefined) continue;
      const ops = this.#ops.get(id);
      if (ops) ops.push({ change, op });
      else this.#ops.set(id, [{ change, op }]);
    }
  }

  /** @param {Change} change */
  remove(change) {
    this.#changes.delete(change.id);
    for (const id of touched(change)) {
      const ops = this.#ops.get(id)?.filter((pending) => pending.change !== change);
      if (ops && ops.length > 0) this.#ops.set(id, ops);
      else this.#ops.delete(id);
    }
  }

  /**
   * One element with all pending ops on top.
   * @param {string} id
   * @param {Element | undefined} confirmed
   * @returns {Element | undefined}
   */
  fold(id, confirmed) {
    let element = confirmed;
    for (const { op } of this.#ops.get(id) ?? []) element = step(element, op);
    return element;
  }

  /**
   * One element right before and right after a pending change.
   * @param {string} id
   * @param {Element | undefined} confirmed
   * @param {Change} change
   * @returns {[before: Element | undefined, after: Element | undefined]}
   */
  around(id, confirmed, change) {
    const ops = this.#ops.get(id) ?? [];
    const first = ops.findIndex((pending) => pending.change === change);
    let before = confirmed;
    for (const { op } of ops.slice(0, first)) before = step(before, op);
    let after = before;
    for (const pending of ops.slice(first)) {
      if (pending.change !== change) break;
      after = step(after, pending.op);
    }
    return [before, after];
  }
}

/**
 * The ids of the elements that a change touches.
 * @param {{ ops: Op[] }} change
 * @returns {Set<string>}
 */
export function touched({ ops }) {
  const ids = new Set();
  for (const op of ops) {
    const id = targetOf(op);
    if (id !== undefined) ids.add(id);
  }
  return ids;
}

/**
 * The elements that a change touches, as they are.
 * @param {{ ops: Op[] }} change
 * @param {(id: string) => Element | undefined} get
 * @returns {Map<string, Element | undefined>}
 */
export function statesOf(change, get) {
  const states = new Map();
  for (const id of touched(change)) states.set(id, get(id));
  return states;
}
