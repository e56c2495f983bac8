/**
 * The order in which a board is read: frame by frame, row by row, left to right. Pure.
 */

/** @import { Box } from "../../draw/geometry.js" */
/** @import { Element } from "../../protocol.js" */

/** @typedef {{element: Element, inside: Entry[]}} Entry */
/** @typedef {{element: Element, box: Box}} Placed */

/**
 * @param {readonly Element[]} elements
 * @param {(element: Element) => Box} boxOf board units
 * @returns {Entry[]} what lies in a frame is inside its entry
 */
export function outlineOf(elements, boxOf) {
  const ids = new Set(elements.map(({ id }) => id));
  /** @type {Map<string, Placed[]>} */
  const rooms = new Map();
  for (const element of elements) {
    const frame = element.frame && ids.has(element.frame) ? element.frame : "";
    const room = rooms.get(frame) ?? [];
    rooms.set(frame, room);
    room.push({ element, box: boxOf(element) });
  }
  /** @type {Set<string>} */
  const seen = new Set();
  /** @param {Element} element @returns {Entry[]} none where it was read before */
  const entry = (element) => {
    if (seen.has(element.id)) return [];
    seen.add(element.id);
    return [{ element, inside: element.kind === "frame" ? read(element.id) : [] }];
  };
  /** @param {string} frame @returns {Entry[]} */
  const read = (frame) => inRows(rooms.get(frame) ?? []).flatMap(entry);
  const outline = read("");
  // Frames that lie in each other, by a hostile hand, are in no room that was read.
  const frames = elements.filter(({ kind }) => kind === "frame");
  return [...outline, ...frames.flatMap(entry)];
}

/**
 * @param {readonly Element[]} elements
 * @param {(element: Element) => Box} boxOf
 * @returns {Element[]} the outline without its steps
 */
export function readingOrder(elements, boxOf) {
  /** @param {Entry} entry @returns {Element[]} */
  const flat = ({ element, inside }) => [element, ...inside.flatMap(flat)];
  return outlineOf(elements, boxOf).flatMap(flat);
}

/**
 * A row is what has its middle above the lower edge of the row's first element.
 * @param {Placed[]} placed
 * @returns {Element[]}
 */
function inRows(placed) {
  const down = [...placed].sort((a, b) => a.box.top - b.box.top);
  /** @type {Placed[][]} */
  const rows = [];
  let bottom = Number.NEGATIVE_INFINITY;
  for (const one of down) {
    const row = rows.at(-1);
    if (row && (one.box.top + one.box.bottom) / 2 < bottom) row.push(one);
    else {
      rows.push([one]);
      bottom = one.box.bottom;
    }
  }
  return rows.flatMap((row) =>
    row.sort((a, b) => a.box.left - b.box.left).map(({ element }) => element),
  );
}
