/**
 * The order in which a board is read: frame by frame, row by row, left to right. Pure.
 */

/** @import { Box } from "../../draw/geometry.js" */
/** @import { Element } from "../../protocol.js" */

/** @typedef {{element: Element, inside: Entry[]}} Entry */
/** @typedef {{element: Element, box: Box}} Placed */

const MAX_DEPTH = 32; // of frames in frames; what lies deeper is read at the end

/**
 * @param {readonly Element[]} elements
 * @param {(element: Element) => Box} boxOf board units
 * @returns {Entry[]} what lies in a frame is inside its entry; every element is in one
 */
export function outlineOf(elements, boxOf) {
  const rooms = roomsOf(elements, boxOf);
  /** @type {Set<string>} */
  const seen = new Set();
  /** @param {string} frame @param {number} depth @returns {Entry[]} */
  const read = (frame, depth) => {
    if (seen.has(frame) || depth > MAX_DEPTH) return [];
    seen.add(frame);
    return inRows(rooms.get(frame) ?? []).map((element) => ({
      element,
      inside: element.kind === "frame" ? read(element.id, depth + 1) : [],
    }));
  };
  const found = read("", 0);
  // Frames that lie in each other, by a hostile hand, are reached from nowhere.
  for (const frame of rooms.keys()) found.push(...read(frame, 0));
  return found;
}

/**
 * @param {readonly Element[]} elements
 * @param {(element: Element) => Box} boxOf
 * @returns {Map<string, Placed[]>} by frame; "" for what lies in none
 */
function roomsOf(elements, boxOf) {
  const frames = elements.filter(({ kind }) => kind === "frame");
  const ids = new Set(frames.map(({ id }) => id));
  /** @type {Map<string, Placed[]>} */
  const rooms = new Map();
  for (const element of elements) {
    const frame = element.frame && ids.has(element.frame) ? element.frame : "";
    const room = rooms.get(frame) ?? [];
    rooms.set(frame, room);
    room.push({ element, box: boxOf(element) });
  }
  return rooms;
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
