/**
 * Splitting: ops that are too many or too long for one change, as several lists.
 *
 * A split change no longer takes effect as a whole: others may see the first part for an
 * instant, and may draw between the parts. That is the price of a bounded frame; each
 * part is within what the server accepts. Pure.
 *
 * @import { Op } from "../protocol.js"
 */

import { MAX_FRAME_BYTES, MAX_OPS } from "../protocol.js";

const ENVELOPE_BYTES = 256; // type, change id and brackets around the ops of a submit

const encoder = new TextEncoder();

/**
 * @param {Op[]} ops
 * @param {{ maxOps?: number, maxBytes?: number }} [limits]
 * @returns {Op[][]} in order, each within the limits; a single op is never split
 */
export function splitOps(
  ops,
  { maxOps = MAX_OPS, maxBytes = MAX_FRAME_BYTES - ENVELOPE_BYTES } = {},
) {
  if (ops.length <= 1) return ops.length === 0 ? [] : [ops];
  /** @type {Op[][]} */
  const lists = [];
  /** @type {Op[]} */
  let list = [];
  let bytes = 0;
  for (const op of ops) {
    const size = sizeOf(op);
    if (list.length > 0 && (list.length >= maxOps || bytes + size > maxBytes)) {
      lists.push(list);
      list = [];
      bytes = 0;
    }
    list.push(op);
    bytes += size;
  }
  lists.push(list);
  return lists;
}

/**
 * @param {Op} op
 * @returns {number} its bytes on the wire, with the comma
 */
function sizeOf(op) {
  return encoder.encode(JSON.stringify(op)).length + 1;
}
