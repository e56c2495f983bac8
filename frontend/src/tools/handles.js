/**
 * How a selection is held: the box around it, turned as a single element is, its eight
 * handles and the one that turns it. Pure but for reading the bench.
 */

/** @import { Element, Props } from "../protocol.js" */
/** @import { Box, Point } from "../draw/geometry.js" */
/** @import { Measure } from "../draw/text.js" */
/** @import { Bench, Press } from "./bench.js" */
/** @import { Handle, Stretch } from "./resize.js" */

import { plainBox } from "../draw/bounds.js";
import { boxHolds, isEmpty, rotate, round } from "../draw/geometry.js";
import { angleOf } from "../draw/look.js";
import { isLined } from "../draw/route.js";
import { HANDLES, handleCursor, handlePoint, stretch, stretched } from "./resize.js";
import { selectedBox, selectedElements } from "./selected.js";

const HANDLE_PX = { mouse: 8, pen: 10, touch: 20 };
const CORNER_PX = 20; // outside a corner a mouse turns, too
const MIN_HANDLED_PX = 24; // in a smaller box the handles would hide the thing itself
const TURN_PX = 26; // how far from the box the handle that turns is
const BAR_PX = 66; // the toolbar and half of a handle
const FOOT_PX = 12;

/**
 * @typedef {object} Held
 * @property {Box} box board units, as if nothing were turned
 * @property {number} angle radians about the middle of the box
 * @property {boolean} turns whether anything of it turns; frames stay level
 * @property {boolean} [is_below] whether the handle that turns is below, since the
 *   toolbar lies above
 */

/**
 * @param {Bench} bench
 * @returns {Held | null} null where there is nothing to pull, or no room for handles
 */
export function heldBy(bench) {
  const elements = selectedElements(bench);
  const [first] = elements;
  if (!first || elements.every((element) => element.locked)) return null;
  const is_one = elements.length === 1;
  if (is_one && isLined(first)) return null; // it is pulled by its points
  const box = is_one ? plainBox(first, bench.measure) : selectedBox(bench);
  const side = Math.max(box.right - box.left, box.bottom - box.top) * bench.view.zoom;
  if (isEmpty(box) || side < MIN_HANDLED_PX) return null;
  const turns = elements.some(({ kind }) => kind !== "frame");
  const held = { box, angle: is_one ? angleOf(first) : 0, turns };
  return { ...held, is_below: isBetterBelow(bench, held) };
}

/**
 * @param {Bench} bench
 * @param {Held} held
 * @returns {boolean}
 */
function isBetterBelow({ view }, held) {
  const above = view.toScreen(...turnPlace(held, view.zoom))[1];
  const below = view.toScreen(...turnPlace({ ...held, is_below: true }, view.zoom))[1];
  const isSeen = (/** @type {number} */ y) =>
    y > BAR_PX && y < view.size.peek().height - FOOT_PX;
  return !isSeen(above) && isSeen(below);
}

/**
 * @param {Box} box
 * @returns {Point}
 */
export function middleOf(box) {
  return [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
}

/**
 * Where a handle lies on the board.
 * @param {Pick<Held, "box" | "angle">} held
 * @param {Handle} handle
 * @returns {Point}
 */
export function handlePlace({ box, angle }, handle) {
  const [x, y] = handlePoint(handle, box);
  return rotate(x, y, ...middleOf(box), angle);
}

/**
 * Where the handle that turns lies on the board.
 * @param {Held} held
 * @param {number} zoom
 * @returns {Point}
 */
export function turnPlace({ box, angle, is_below }, zoom) {
  const [cx, cy] = middleOf(box);
  const y = is_below ? box.bottom + TURN_PX / zoom : box.top - TURN_PX / zoom;
  return rotate(cx, y, cx, cy, angle);
}

/**
 * The handle at a place. A mouse also turns from just outside a corner, where nothing
 * else lies; a finger on a small thing takes the thing, which its handles would cover.
 * @param {Bench} bench
 * @param {Press} press
 * @param {() => Element | null} under finds what lies there, if it must be known
 * @returns {{held: Held, handle: Handle | "turn"} | null}
 */
export function handleAt(bench, press, under) {
  const held = heldBy(bench);
  if (!held) return null;
  const reach = HANDLE_PX[press.device] / bench.view.zoom;
  /** @param {Point} place */
  const isNear = ([x, y]) =>
    Math.abs(press.x - x) <= reach && Math.abs(press.y - y) <= reach;
  const { left, top, right, bottom } = held.box;
  const isCovered = Math.min(right - left, bottom - top) < 3 * reach;
  if (press.device === "touch" && isCovered && isInside(held, press)) return null;
  const handle = HANDLES.find((one) => isNear(handlePlace(held, one)));
  if (handle) return { held, handle };
  if (!held.turns) return null;
  const { zoom } = bench.view;
  const isCorner = press.device === "mouse" && isOutsideCorner(held, press, zoom);
  const turns = isNear(turnPlace(held, zoom)) || (isCorner && !under());
  return turns ? { held, handle: "turn" } : null;
}

/**
 * @param {Held} held
 * @param {{x: number, y: number}} place on the board
 * @returns {boolean}
 */
function isInside({ box, angle }, { x, y }) {
  return boxHolds(box, ...rotate(x, y, ...middleOf(box), -angle));
}

/**
 * @param {Held} held
 * @param {{x: number, y: number}} place on the board
 * @param {number} zoom
 * @returns {boolean}
 */
function isOutsideCorner(held, place, zoom) {
  if (isInside(held, place)) return false;
  const { x, y } = place;
  return HANDLES.filter(({ across, down }) => across !== 0 && down !== 0).some(
    (one) => {
      const [cx, cy] = handlePlace(held, one);
      return Math.hypot(x - cx, y - cy) <= CORNER_PX / zoom;
    },
  );
}

/**
 * The properties of a single element whose handle was pulled: in its own axes, so that
 * the opposite side stays where it is on the board.
 * @param {Element} element
 * @param {Held} held
 * @param {Handle} handle
 * @param {Point} to on the board
 * @param {{keeps_ratio: boolean, from_center: boolean, measure: Measure,
 *   decimals: number}} how
 * @returns {Props}
 */
export function pulled(element, held, handle, to, how) {
  const { box, angle } = held;
  const middle = middleOf(box);
  const by = stretch(box, handle, rotate(to[0], to[1], ...middle, -angle), how);
  const props = stretched(element, by, how);
  if (angle === 0) return props;
  const after = /** @type {Element} */ ({ ...element, ...props });
  const fixed = rotate(by.fixedX, by.fixedY, ...middle, angle);
  const now = plainBox(after, how.measure);
  const [cx, cy] = middleOf(now);
  const [fx, fy] = rotate(...fixedOf(now, handle, by, how.from_center), cx, cy, angle);
  return {
    ...props,
    x: round(after.x + fixed[0] - fx, how.decimals),
    y: round(after.y + fixed[1] - fy, how.decimals),
  };
}

/**
 * Which place of the stretched box is the one that stays.
 * @param {Box} box
 * @param {Handle} handle
 * @param {Stretch} by
 * @param {boolean} from_center
 * @returns {Point}
 */
function fixedOf(box, handle, by, from_center) {
  if (from_center) return middleOf(box);
  const across = by.scaleX < 0 ? handle.across : opposite(handle.across);
  const down = by.scaleY < 0 ? handle.down : opposite(handle.down);
  return handlePoint({ across, down }, box);
}

/**
 * @param {-1 | 0 | 1} side
 * @returns {-1 | 0 | 1}
 */
function opposite(side) {
  if (side === 0) return 0;
  return side < 0 ? 1 : -1;
}

/**
 * @param {string} color
 * @param {number} width
 */
function turnArrow(color, width) {
  const way = "M5 13a6.5 6.5 0 1 1 3 4M2.5 10.5 5 13.2l3-2.2";
  return `<path d="${way}" stroke="${color}" stroke-width="${width}"/>`;
}

/** A turning arrow, ringed in white so that it is seen on any board. */
const TURN_CURSOR = `url("data:image/svg+xml,${encodeURIComponent(
  '<svg xmlns="http://www.w3.org/2000/svg" width="22" height="22" fill="none" ' +
    `stroke-linecap="round">${turnArrow("#fff", 4)}${turnArrow("#1e1e1e", 1.75)}</svg>`,
)}") 11 11, grab`;

/**
 * @param {{held: Held, handle: Handle | "turn"}} what
 * @returns {string} as CSS has it
 */
export function cursorOf({ held, handle }) {
  if (handle === "turn") return TURN_CURSOR;
  return handleCursor(handle, held.angle);
}
