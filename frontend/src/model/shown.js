/**
 * Shown: the elements that a person sees, by id and in paint order.
 *
 * The order is kept up to date one element at a time, because sorting a large board for
 * each stroke of a peer would cost frames. Pure; only `replica` writes to it.
 *
 * @import { Element } from "../protocol.js"
 */

import { comparePaintOrder, inPaintOrder } from "./document.js";
import { whole } from "./whole.js";

/** Above so many moves between two looks, sorting anew is the cheaper way. */
const MAX_MOVES = 64;

export class Shown {
  /** @type {Map<string, Element>} */
  #elements;
  /** In paint order; null when it has to be sorted anew. @type {Element[] | null} */
  #order = null;
  /** What `list` gave out; null when it is stale. @type {readonly Element[] | null} */
  #listed = null;
  #moves = 0;
  /** What was shown when `shifted` was asked last, of what has changed since.
   * @type {Map<string, Element | undefined>} */
  #before = new Map();

  /** @param {Iterable<[string, Element]>} [elements] */
  constructor(elements = []) {
    this.#elements = new Map();
    for (const [id, element] of elements) this.#elements.set(id, whole(element));
  }

  /** @param {string} id */
  get(id) {
    return this.#elements.get(id);
  }

  /**
   * @param {string} id
   * @param {Element | undefined} put undefined: it is absent
   */
  set(id, put) {
    const element = put && whole(put);
    const before = this.#elements.get(id);
    if (before === element) return;
    if (!this.#before.has(id)) this.#before.set(id, before);
    this.#listed = null;
    if (element) this.#elements.set(id, element);
    else this.#elements.delete(id);
    if (this.#order) this.#reorder(this.#order, before, element);
  }

  /**
   * What is shown differently since the last call.
   * @returns {Set<string>} ids
   */
  shifted() {
    const ids = [...this.#before].flatMap(([id, before]) =>
      this.get(id) === before ? [] : [id],
    );
    this.#before.clear();
    return new Set(ids);
  }

  /**
   * In paint order; the same array until something changes.
   * @returns {readonly Element[]}
   */
  list() {
    this.#listed ??= this.#sorted().slice();
    return this.#listed;
  }

  /** @returns {Element | undefined} the uppermost element */
  top() {
    return this.#sorted().at(-1);
  }

  #sorted() {
    this.#moves = 0;
    this.#order ??= inPaintOrder(this.#elements.values());
    return this.#order;
  }

  /**
   * @param {Element[]} order
   * @param {Element | undefined} before
   * @param {Element | undefined} after
   */
  #reorder(order, before, after) {
    if (before && after && comparePaintOrder(before, after) === 0) {
      order[placeOf(order, before)] = after;
      return;
    }
    this.#moves++;
    if (this.#moves > MAX_MOVES) {
      this.#order = null;
      return;
    }
    if (before) order.splice(placeOf(order, before), 1);
    if (after) order.splice(placeOf(order, after), 0, after);
  }
}

/**
 * @param {Element[]} order
 * @param {Element} element
 * @returns {number} where it is, or belongs
 */
function placeOf(order, element) {
  let low = 0;
  let high = order.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const there = /** @type {Element} */ (order[middle]);
    if (comparePaintOrder(there, element) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
