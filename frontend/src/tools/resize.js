/**
 * Handles of a selection's box, and what pulling one makes of each element. Pure.
 */

/** @import { Element, Props } from "../protocol.js" */
/** @import { Box, Point } from "../draw/geometry.js" */
/** @import { Measure } from "../draw/text.js" */

import { centerOf, plainBox } from "../draw/bounds.js";
import { round } from "../draw/geometry.js";
import { angleOf } from "../draw/look.js";
import { higher } from "../draw/room.js";

/**
 * Which edges a handle moves: -1 left or top, 1 right or bottom, 0 neither.
 * @typedef {{readonly across: -1 | 0 | 1, readonly down: -1 | 0 | 1}} Handle
 */

/** Corners come first, so that they win on a small box. @type {readonly Handle[]} */
export const HANDLES = [
  { across: -1, down: -1 },
  { across: 1, down: -1 },
  { across: 1, down: 1 },
  { across: -1, down: 1 },
  { across: 0, down: -1 },
  { across: 1, down: 0 },
  { across: 0, down: 1 },
  { across: -1, down: 0 },
];

const MIN_FONT = 1;
const MAX_FONT = 2000; // as the wire has it

/**
 * Where a handle lies on a box.
 * @param {Handle} handle
 * @param {Box} box
 * @returns {Point}
 */
export function handlePoint(handle, box) {
  return [
    pick(handle.across, box.left, box.right),
    pick(handle.down, box.top, box.bottom),
  ];
}

/**
 * @param {-1 | 0 | 1} side
 * @param {number} low
 * @param {number} high
 * @returns {number}
 */
function pick(side, low, high) {
  if (side === 0) return (low + high) / 2;
  return side < 0 ? low : high;
}

const CURSORS = ["ew-resize", "nwse-resize", "ns-resize", "nesw-resize"];

/**
 * @param {Handle} handle
 * @param {number} angle radians that its box is turned
 * @returns {string} CSS cursor
 */
export function handleCursor({ across, down }, angle) {
  const eighths = (Math.atan2(down, across) + angle) / (Math.PI / 4);
  return CURSORS[((Math.round(eighths) % 4) + 4) % 4] ?? "default";
}

/**
 * How a box is stretched: from a fixed point, by a factor each way; below 0 it flips.
 * @typedef {{fixedX: number, fixedY: number, scaleX: number, scaleY: number}} Stretch
 */

/**
 * What pulling a handle to a place does to a box.
 * @param {Box} box
 * @param {Handle} handle
 * @param {Point} to
 * @param {{keeps_ratio: boolean, from_center: boolean}} how
 * @returns {Stretch}
 */
export function stretch(box, handle, [x, y], how) {
  const [cx, cy] = [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
  const fixedX = how.from_center ? cx : pick(flip(handle.across), box.left, box.right);
  const fixedY = how.from_center ? cy : pick(flip(handle.down), box.top, box.bottom);
  const [hx, hy] = handlePoint(handle, box);
  let scaleX = handle.across === 0 || hx === fixedX ? 1 : (x - fixedX) / (hx - fixedX);
  let scaleY = handle.down === 0 || hy === fixedY ? 1 : (y - fixedY) / (hy - fixedY);
  if (how.keeps_ratio) {
    const size =
      handle.across === 0
        ? Math.abs(scaleY)
        : handle.down === 0
          ? Math.abs(scaleX)
          : Math.max(Math.abs(scaleX), Math.abs(scaleY));
    scaleX = scaleX < 0 ? -size : size;
    scaleY = scaleY < 0 ? -size : size;
  }
  return { fixedX, fixedY, scaleX, scaleY };
}

/**
 * @param {-1 | 0 | 1} side
 * @returns {-1 | 0 | 1}
 */
function flip(side) {
  if (side === 0) return 0;
  return side < 0 ? 1 : -1;
}

/**
 * The properties of an element after a stretch.
 * @param {Element} element
 * @param {Stretch} by
 * @param {{measure: Measure, decimals: number}} how
 * @returns {Props}
 */
export function stretched(element, by, { measure, decimals }) {
  /** @param {number} value */
  const tidy = (value) => round(value, decimals);
  switch (element.kind) {
    case "pen":
    case "highlight":
    case "line":
    case "arrow":
      return {
        x: tidy(by.fixedX + (element.x - by.fixedX) * by.scaleX),
        y: tidy(by.fixedY + (element.y - by.fixedY) * by.scaleY),
        points: element.points.map((value, i) =>
          round(value * (i % 2 ? by.scaleY : by.scaleX), decimals + 1),
        ),
      };
    case "text":
      return stretchedText(element, by, { measure, decimals });
    default: {
      const box = stretchedBox(plainBox(element, measure), by);
      const [x, y] = [tidy(box.left), tidy(box.top)];
      const sides = { w: tidy(box.right - x), h: tidy(box.bottom - y) };
      const { h } = higher({ ...element, ...sides }, measure);
      if (h === undefined) return { x, y, ...sides };
      const is_upward = by.fixedY >= box.bottom; // what was pulled gives way
      return { x, y: is_upward ? tidy(box.bottom - h) : y, w: sides.w, h };
    }
  }
}

/**
 * The properties of an element after a stretch of several. One that is turned keeps its
 * right angles: its sides grow as their directions do, its centre goes along.
 * @param {Element} element
 * @param {Stretch} by in the axes of the board
 * @param {{measure: Measure, decimals: number}} how
 * @returns {Props}
 */
export function stretchedAmong(element, by, how) {
  const angle = angleOf(element);
  if (angle === 0) return stretched(element, by, how);
  const { scaleX, scaleY } = by;
  const [sin, cos] = [Math.sin(angle), Math.cos(angle)];
  const [fixedX, fixedY] = centerOf(element, how.measure);
  const props = stretched(
    element,
    {
      ...{ fixedX, fixedY },
      scaleX: (scaleX < 0 ? -1 : 1) * Math.hypot(scaleX * cos, scaleY * sin),
      scaleY: (scaleY < 0 ? -1 : 1) * Math.hypot(scaleX * sin, scaleY * cos),
    },
    how,
  );
  const after = /** @type {Element} */ ({ ...element, ...props });
  const [cx, cy] = centerOf(after, how.measure);
  return {
    ...props,
    x: round(after.x + by.fixedX + (fixedX - by.fixedX) * scaleX - cx, how.decimals),
    y: round(after.y + by.fixedY + (fixedY - by.fixedY) * scaleY - cy, how.decimals),
    ...(scaleX * scaleY < 0 ? { angle: -angle } : {}),
  };
}

/**
 * Pulled at a side, text wraps anew; pulled at a corner, its letters grow.
 * @param {Element & {kind: "text"}} text
 * @param {Stretch} by
 * @param {{measure: Measure, decimals: number}} how
 * @returns {Props}
 */
function stretchedText(text, by, { measure, decimals }) {
  const box = stretchedBox(plainBox(text, measure), by);
  const [x, y] = [round(box.left, decimals), round(box.top, decimals)];
  const width = round(Math.max(1, box.right - box.left), decimals);
  if (by.scaleY === 1) return { x, w: width };
  const scale = by.scaleX === 1 ? Math.abs(by.scaleY) : Math.abs(by.scaleX);
  const size = (text.size ?? 20) * scale;
  return {
    x,
    y,
    size: round(Math.min(MAX_FONT, Math.max(MIN_FONT, size)), 2),
    ...(text.w ? { w: width } : {}),
  };
}

/**
 * @param {Box} box
 * @param {Stretch} by
 * @returns {Box}
 */
export function stretchedBox(box, by) {
  const x0 = by.fixedX + (box.left - by.fixedX) * by.scaleX;
  const x1 = by.fixedX + (box.right - by.fixedX) * by.scaleX;
  const y0 = by.fixedY + (box.top - by.fixedY) * by.scaleY;
  const y1 = by.fixedY + (box.bottom - by.fixedY) * by.scaleY;
  return {
    left: Math.min(x0, x1),
    top: Math.min(y0, y1),
    right: Math.max(x0, x1),
    bottom: Math.max(y0, y1),
  };
}
