/**
 * My draft: the ops of the gesture that is going on.
 *
 * It is shown here at once and to others as live frames; `commit` turns it into a
 * lasting change. Ops on an element that a peer removed meanwhile show nothing.
 */

/** @import { Element, Op } from "../protocol.js" */
/** @import { Board, Live } from "./bench.js" */

import { MAX_DRAFT_OPS } from "../protocol.js";

// What a draft may repeat in every live frame; a longer stroke goes out by `extend`.
const MAX_REPEATED_VALUES = 4_000;

/**
 * @callback DraftListener
 * @param {ReadonlySet<string>} ids of elements that look different now
 * @returns {void}
 */

/** The ops of my gesture over what the board shows. */
export class Draft {
  /**
   * @param {Board} board
   * @param {Live} live
   */
  constructor(board, live) {
    this.board = board;
    this.live = live;
    /** @type {Map<string, Op>} by element; one op each is all a gesture needs */
    this.ops = new Map();
    /** @type {string | null} the stroke whose pen is still down */
    this.growing = null;
    /** @type {Set<DraftListener>} */
    this.listeners = new Set();
  }

  /**
   * @param {DraftListener} listener
   * @returns {() => void} ends it
   */
  subscribe(listener) {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** @returns {boolean} */
  get is_empty() {
    return this.ops.size === 0;
  }

  /** @returns {Iterable<string>} ids the draft speaks of */
  ids() {
    return this.ops.keys();
  }

  /**
   * What the draft makes of an element.
   * @param {string} id
   * @returns {Element | undefined} undefined: nothing is to be seen
   */
  get(id) {
    const op = this.ops.get(id);
    if (op?.op === "put") return op.element;
    const below = this.board.get(id);
    if (op?.op !== "set" || !below) return op?.op === "del" ? undefined : below;
    return /** @type {Element} */ ({ ...below, ...op.props });
  }

  /**
   * Replace the draft.
   * @param {Op[]} changed one for an element
   * @returns {void}
   */
  show(changed) {
    const before = this.ops;
    const ops = this.board.along?.(changed) ?? changed;
    this.ops = new Map(ops.map((op) => [op.op === "put" ? op.element.id : op.id, op]));
    this.growing = null;
    this.notify(new Set([...before.keys(), ...this.ops.keys()]));
    this.live.draft(isLight(ops) ? ops : null);
  }

  /**
   * Begin a stroke that `grow` continues. The draft keeps the element itself: whoever
   * draws appends to its arrays, and peers get copies.
   * @param {Element} element
   * @returns {void}
   */
  begin(element) {
    this.show([]);
    this.ops = new Map([[element.id, { op: "put", element }]]);
    this.growing = element.id;
    this.notify(new Set([element.id]));
    this.live.draft([{ op: "put", element: structuredClone(element) }]);
  }

  /**
   * Say that the growing stroke got these points, which its element has already.
   * @param {number[]} points
   * @param {number[]} pressure
   * @param {number[]} time
   * @returns {void}
   */
  grow(points, pressure, time) {
    if (this.growing === null || points.length === 0) return;
    this.notify(new Set([this.growing]));
    this.live.extend(this.growing, points, pressure, time);
  }

  /** Forget the draft. @returns {void} */
  clear() {
    if (this.is_empty) return;
    const ids = new Set(this.ops.keys());
    this.ops = new Map();
    this.growing = null;
    this.notify(ids);
    this.live.draft(null);
  }

  /**
   * Make a lasting change and forget the draft, with nothing shown in between.
   * @param {readonly Op[]} ops
   * @returns {void}
   */
  commit(ops) {
    if (ops.length > 0) this.board.submit([...ops]);
    this.clear();
  }

  /** @param {ReadonlySet<string>} ids */
  notify(ids) {
    for (const listener of this.listeners) listener(ids);
  }
}

/**
 * Whether a draft is small enough to be shown to others many times a second.
 * @param {readonly Op[]} ops
 * @returns {boolean}
 */
function isLight(ops) {
  if (ops.length > MAX_DRAFT_OPS) return false;
  let values = 0;
  for (const op of ops) {
    const shape = op.op === "put" ? op.element : op.op === "set" ? op.props : {};
    if ("points" in shape && shape.points) values += shape.points.length;
  }
  return values <= MAX_REPEATED_VALUES;
}
