/**
 * Drafts: the ops of a gesture that is still going on, as they come in pieces.
 *
 * Live frames may be lost, doubled or late: an extend names the place it belongs to, so a
 * repeat is trimmed and nothing is appended after a hole. Twin of the merging in
 * `boards/sync/presence.py`; both read `tests/vectors/draft`. Pure.
 *
 * @import { Doing, Extend, Highlight, Op, Pen } from "../protocol.js"
 */

import { MAX_POINTS } from "../protocol.js";

/**
 * @param {Op[] | null} draft
 * @param {Pick<Doing, "draft" | "extend">} doing what came in one live frame
 * @returns {Op[] | null} the draft afterwards; the same object when nothing changed
 */
export function redraft(draft, { draft: whole, extend }) {
  const next = whole === undefined ? draft : whole?.length ? whole : null;
  return next && extend ? extendDraft(next, extend) : next;
}

/**
 * Where a stroke of a draft ends: whoever draws it has the pointer there.
 * @param {Op[]} draft
 * @param {string} id
 * @returns {[number, number] | undefined} board units
 */
export function endOf(draft, id) {
  const op = draft.find((one) => one.op === "put" && one.element.id === id);
  if (op?.op !== "put" || !("points" in op.element)) return undefined;
  const { x, y, points } = op.element;
  return [x + (points.at(-2) ?? 0), y + (points.at(-1) ?? 0)];
}

/**
 * @param {Op[]} draft
 * @param {Extend} extend
 * @returns {Op[]}
 */
function extendDraft(draft, extend) {
  const index = draft.findIndex((op) => op.op === "put" && op.element.id === extend.id);
  const op = draft[index];
  if (op?.op !== "put") return draft;
  const { element } = op;
  if (element.kind !== "pen" && element.kind !== "highlight") return draft;
  const longer = extendStroke(element, extend);
  return longer === element ? draft : draft.with(index, { op: "put", element: longer });
}

/**
 * @template {Pen | Highlight} T
 * @param {T} stroke
 * @param {Extend} extend
 * @returns {T} the same one after a hole, for a repeat, and when it would be too long
 */
function extendStroke(stroke, { offset, points, pressure = [], time = [] }) {
  const nHere = stroke.points.length / 2;
  const nKnown = nHere - offset;
  const nNew = points.length / 2 - nKnown;
  if (nKnown < 0 || nNew <= 0 || nHere + nNew > MAX_POINTS) return stroke;
  const { pressure: pressed = [], time: timed = [], ...rest } = stroke;
  return /** @type {T} */ ({
    ...rest,
    points: stroke.points.concat(points.slice(2 * nKnown)),
    ...beside("pressure", pressed, pressure.slice(nKnown), nHere, nNew),
    ...beside("time", timed, time.slice(nKnown), nHere, nNew),
  });
}

/**
 * The longer list beside the points, if it has one value for each of them.
 * @param {string} name
 * @param {number[]} values
 * @param {number[]} more
 * @param {number} nHere
 * @param {number} nNew
 * @returns {Record<string, number[]>}
 */
function beside(name, values, more, nHere, nNew) {
  const isPaired = values.length === nHere && more.length === nNew;
  return isPaired ? { [name]: values.concat(more) } : {};
}
