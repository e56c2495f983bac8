/**
 * The document: a pure fold of entries to elements by id.
 *
 * It depends on nothing but the entries (D1) and is total: an op on something absent, and
 * an op that nobody knows, has no effect (D2); the last writer wins, property by property
 * (D3). It is the twin of `boards/sync/document.py`; both read `tests/vectors/fold` (D4).
 * Elements are values: they are replaced, never changed in place, so whoever holds one
 * may compare by identity. It never touches DOM, socket or clock. `replica` and `peers`
 * call it.
 *
 * @import { Element, Entry, Op } from "../protocol.js"
 */

/**
 * What is on a board, by element id. A Map, because `__proto__` is a good id.
 * @typedef {Map<string, Element>} Document
 */

/**
 * A saved fold, as `…/snapshot/` serves it.
 * @typedef {object} Snapshot
 * @property {number} seq the last entry that is in it
 * @property {Element[]} elements
 */

/**
 * The one element that an op touches.
 * @param {Op} op
 * @returns {string | undefined} its id; undefined when the op is malformed or unknown
 */
export function targetOf(op) {
  const { op: verb, element, id } = /** @type {Record<string, unknown>} */ (op ?? {});
  if (verb === "put") {
    const put = /** @type {{ id?: unknown } | null | undefined} */ (element);
    return typeof put?.id === "string" ? put.id : undefined;
  }
  if (verb !== "set" && verb !== "del") return undefined;
  return typeof id === "string" ? id : undefined;
}

/**
 * What becomes of one element by an op that targets it.
 * @param {Element | undefined} element undefined while it is absent
 * @param {Op} op
 * @returns {Element | undefined} undefined when it is absent afterwards
 */
export function step(element, op) {
  if (op.op === "put") return op.element;
  if (op.op === "del") return undefined;
  return element && changed(element, op.props);
}

/**
 * @param {Element} element
 * @param {unknown} props
 * @returns {Element} the same one when nothing was set
 */
function changed(element, props) {
  if (typeof props !== "object" || props === null || Array.isArray(props)) {
    return element;
  }
  const { id, ...given } = /** @type {Record<string, unknown>} */ (props);
  const names = Object.keys(given);
  if (names.length === 0) return element;
  const next = /** @type {Record<string, unknown>} */ ({ ...element, ...given });
  for (const name of names) {
    if (given[name] === null) delete next[name];
  }
  return /** @type {Element} */ (/** @type {unknown} */ (next));
}

/**
 * Apply ops in order, in place.
 * @param {Document} document
 * @param {Iterable<Op>} ops
 */
export function apply(document, ops) {
  for (const op of ops) {
    const id = targetOf(op);
    if (id === undefined) continue;
    const element = step(document.get(id), op);
    if (element) document.set(id, element);
    else document.delete(id);
  }
}

/**
 * Fold entries over a snapshot; entries that it already holds are skipped (D5).
 * @param {Iterable<Entry>} entries in order of seq
 * @param {Snapshot} [snapshot] the empty board when left out
 * @returns {Snapshot} with the elements in paint order
 */
export function fold(entries, snapshot = { seq: 0, elements: [] }) {
  const document = fromElements(snapshot.elements);
  let seq = snapshot.seq;
  for (const entry of entries) {
    if (entry.seq <= seq) continue;
    apply(document, entry.ops);
    seq = entry.seq;
  }
  return { seq, elements: inPaintOrder(document.values()) };
}

/**
 * @param {Iterable<Element>} elements
 * @returns {Document}
 */
export function fromElements(elements) {
  /** @type {Document} */
  const document = new Map();
  for (const element of elements) document.set(element.id, element);
  return document;
}

/**
 * The order in which elements are painted and listed: by `z`, ties by id, both by code
 * unit; without `z` below all.
 * @param {Element} a
 * @param {Element} b
 * @returns {number}
 */
export function comparePaintOrder(a, b) {
  const az = orderOf(a);
  const bz = orderOf(b);
  if (az !== bz) return az < bz ? -1 : 1;
  if (a.id === b.id) return 0;
  return a.id < b.id ? -1 : 1;
}

/**
 * The order key; an old journal may hold one that is no string.
 * @param {Element} element
 * @returns {string} empty when there is none
 */
export function orderOf({ z }) {
  return typeof z === "string" ? z : "";
}

/**
 * @param {Iterable<Element>} elements
 * @returns {Element[]}
 */
export function inPaintOrder(elements) {
  return [...elements].sort(comparePaintOrder);
}
