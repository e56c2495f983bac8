/**
 * A journal for tests of the model: numbers changes, answers repeated ids with the first
 * entry, and folds. What it gives out went through JSON, like everything on the wire.
 *
 * @import { Change, Element, Entry, Op, Rect } from "../../../frontend/src/protocol.js"
 */

import { fold } from "../../../frontend/src/model/document.js";
import { Replica } from "../../../frontend/src/model/replica.js";

export class Journal {
  /** @type {Entry[]} */
  entries = [];

  /**
   * @param {string} client
   * @param {Change | null} change
   * @returns {Entry}
   */
  commit(client, change) {
    if (!change) throw new Error("there is no change to commit");
    const known = this.entries.find((entry) => entry.id === change.id);
    if (known) return copy(known);
    const seq = this.entries.length + 1;
    const by = { session: `session-of-${client}`, client };
    const entry = copy({ seq, id: change.id, at: seq, by, ops: change.ops });
    this.entries.push(entry);
    return copy(entry);
  }

  snapshot() {
    return copy(fold(this.entries));
  }
}

/**
 * @template T
 * @param {T} value
 * @returns {T}
 */
export function copy(value) {
  return JSON.parse(JSON.stringify(value));
}

/** @param {string} client */
export function newReplica(client) {
  let made = 0;
  return new Replica({ client, newId: () => `${client}-${++made}` });
}

/**
 * @param {string} id
 * @param {Partial<Rect>} [props]
 * @returns {Rect}
 */
export function rect(id, props = {}) {
  return { kind: "rect", id, x: 0, y: 0, w: 10, h: 10, ...props };
}

/**
 * @param {string} id
 * @param {Partial<Rect>} [props]
 * @returns {Op}
 */
export function put(id, props) {
  return { op: "put", element: rect(id, props) };
}

/**
 * @param {string} id
 * @param {import("../../../frontend/src/protocol.js").Props} props
 * @returns {Op}
 */
export function set(id, props) {
  return { op: "set", id, props };
}

/**
 * @param {string} id
 * @returns {Op}
 */
export function del(id) {
  return { op: "del", id };
}

/**
 * What is shown, by id, without what the replica leaves out.
 * @param {Replica} replica
 * @returns {Record<string, Element>}
 */
export function shown(replica) {
  return Object.fromEntries(replica.list().map((element) => [element.id, element]));
}
