/**
 * What a point, a moving eraser or a marquee touches. Pure.
 */

/** @import { Element } from "../protocol.js" */
/** @import { Box } from "./geometry.js" */
/** @import { Measure } from "./text.js" */

import {
  centerOf,
  FRAME_TITLE_UNITS,
  labelBox,
  outlineOf,
  paintBounds,
  plainBox,
} from "./bounds.js";
import {
  boxBetween,
  boxHolds,
  contains,
  distanceSquared,
  grow,
  overlaps,
  polygonHolds,
  rotate,
  segmentDistance,
  segmentsCross,
} from "./geometry.js";
import { angleOf, FRAME_TITLE_SIZE, fillOf, isLabelled, widthOf } from "./look.js";

/**
 * Whether a click at a board point means this element.
 * @param {Element} element
 * @param {number} x
 * @param {number} y
 * @param {number} tolerance board units around the ink
 * @param {Measure} measure
 * @returns {boolean}
 */
export function hits(element, x, y, tolerance, measure) {
  if (!boxHolds(grow(paintBounds(element, measure), tolerance), x, y)) return false;
  const press = { x, y, tolerance };
  if (titleHolds(element, press, measure)) return true;
  if (labelHolds(element, press, measure)) return true;
  const { points, is_closed } = outlineOf(element, measure);
  if (is_closed && isSolid(element) && polygonHolds(points, x, y)) return true;
  return isNearEdge(element, x, y, tolerance, measure);
}

/**
 * Whether a board point lies at an element's edge, whatever is inside.
 * @param {Element} element
 * @param {number} x
 * @param {number} y
 * @param {number} tolerance board units around the ink
 * @param {Measure} measure
 * @returns {boolean}
 */
export function isNearEdge(element, x, y, tolerance, measure) {
  const { points, is_closed } = outlineOf(element, measure);
  const reach = tolerance + inkHalf(element);
  return someEdge(
    points,
    is_closed,
    (ax, ay, bx, by) => distanceSquared(x, y, ax, ay, bx, by) <= reach * reach,
  );
}

/**
 * Whether a board point lies inside a shape, filled or not.
 * @param {Element} element
 * @param {number} x
 * @param {number} y
 * @param {Measure} measure
 * @returns {boolean}
 */
export function surrounds(element, x, y, measure) {
  if (element.kind === "frame") return false;
  const { points, is_closed } = outlineOf(element, measure);
  return is_closed && polygonHolds(points, x, y);
}

/**
 * Whether an eraser that moved from one board point to another touched it.
 * @param {Element} element
 * @param {[number, number, number, number]} path
 * @param {number} radius board units
 * @param {Measure} measure
 * @returns {boolean}
 */
export function swept(element, path, radius, measure) {
  const [x0, y0, x1, y1] = path;
  const reached = grow(boxBetween(x0, y0, x1, y1), radius);
  if (!overlaps(paintBounds(element, measure), reached)) return false;
  if (hits(element, x1, y1, radius, measure)) return true;
  const { points, is_closed } = outlineOf(element, measure);
  const reach = radius + inkHalf(element);
  return someEdge(
    points,
    is_closed,
    (ax, ay, bx, by) => segmentDistance(x0, y0, x1, y1, ax, ay, bx, by) <= reach,
  );
}

/**
 * Whether a marquee takes the element: it touches its ink, or, for what surrounds
 * other things (frames, unfilled shapes), its edge.
 * @param {Element} element
 * @param {Box} box
 * @param {Measure} measure
 * @returns {boolean}
 */
export function marked(element, box, measure) {
  const bounds = paintBounds(element, measure);
  if (!overlaps(bounds, box)) return false;
  if (contains(box, bounds)) return true;
  if (element.kind === "frame") return false; // or no marquee could start inside one
  const { points, is_closed } = outlineOf(element, measure);
  if (is_closed && isSolid(element) && polygonHolds(points, box.left, box.top)) {
    return true;
  }
  return someEdge(points, is_closed, (ax, ay, bx, by) =>
    edgeMeetsBox([ax, ay, bx, by], box),
  );
}

/**
 * Whether a lasso takes the element: it goes around it or over its ink.
 * @param {Element} element
 * @param {readonly number[]} line the lasso, flat; its last corner joins the first
 * @param {Measure} measure
 * @returns {boolean}
 */
export function lassoed(element, line, measure) {
  const bounds = paintBounds(element, measure);
  const isOver = someEdge(line, true, (...edge) => edgeMeetsBox(edge, bounds));
  if (!isOver) return polygonHolds(line, bounds.left, bounds.top); // all of it or none
  if (element.kind === "frame") return false;
  const { points, is_closed } = outlineOf(element, measure);
  const [x = 0, y = 0] = line;
  if (is_closed && isSolid(element) && polygonHolds(points, x, y)) return true;
  return someEdge(
    points,
    is_closed,
    (ax, ay, bx, by) =>
      polygonHolds(line, ax, ay) ||
      someEdge(line, true, (cx, cy, dx, dy) =>
        segmentsCross(ax, ay, bx, by, cx, cy, dx, dy),
      ),
  );
}

/**
 * @param {Element} element
 * @returns {boolean} whether its inside counts as the element
 */
function isSolid(element) {
  if (!hasEdge(element)) return true;
  return element.kind !== "frame" && fillOf(element) !== "none";
}

/**
 * @param {Element} element
 * @returns {number}
 */
function inkHalf(element) {
  return hasEdge(element) ? widthOf(element) / 2 : 0;
}

/**
 * @param {Element} element
 * @returns {boolean} whether a line is drawn around or along it
 */
function hasEdge({ kind }) {
  return kind !== "text" && kind !== "note" && kind !== "image";
}

/** @typedef {{x: number, y: number, tolerance: number}} Reach board units */

/**
 * @param {Element} element
 * @param {Reach} reach
 * @param {Measure} measure
 * @returns {boolean}
 */
function titleHolds(element, { x, y, tolerance }, measure) {
  if (element.kind !== "frame") return false;
  const box = plainBox(element, measure);
  const [cx, cy] = [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
  const [px, py] = rotate(x, y, cx, cy, -angleOf(element));
  const width = measure(element.title ?? "", "sans", FRAME_TITLE_SIZE);
  // From far away it is shown larger than it is painted, along the frame.
  const larger = Math.max(1, (2 * tolerance) / FRAME_TITLE_SIZE);
  const title = boxBetween(
    box.left,
    box.top - FRAME_TITLE_UNITS,
    Math.max(box.left + width, Math.min(box.right, box.left + width * larger)),
    box.top,
  );
  return boxHolds(grow(title, tolerance), px, py);
}

/**
 * @param {Element} element
 * @param {Reach} reach
 * @param {Measure} measure
 * @returns {boolean} whether its label is there, however empty a shape is around it
 */
function labelHolds(element, { x, y, tolerance }, measure) {
  if (!isLabelled(element) || !element.label) return false;
  const [cx, cy] = centerOf(element, measure);
  return boxHolds(
    grow(labelBox(element, measure), tolerance),
    ...rotate(x, y, cx, cy, -angleOf(element)),
  );
}

/** @typedef {[number, number, number, number]} Edge */

/**
 * Whether any edge of an outline passes a test; one point is an edge of length 0.
 * @param {readonly number[]} points
 * @param {boolean} is_closed
 * @param {(ax: number, ay: number, bx: number, by: number) => boolean} test
 * @returns {boolean}
 */
function someEdge(points, is_closed, test) {
  const n = points.length;
  const open = n === 2 ? 2 : n - 2; // starts of edges before the closing one
  for (let i = 0; i < (is_closed ? n : open); i += 2) {
    const j = i + 2 < n ? i + 2 : 0;
    const [ax, ay, bx, by] = [points[i], points[i + 1], points[j], points[j + 1]];
    if (test(ax ?? 0, ay ?? 0, bx ?? 0, by ?? 0)) return true;
  }
  return false;
}

/**
 * @param {Edge} edge
 * @param {Box} box
 * @returns {boolean}
 */
function edgeMeetsBox([ax, ay, bx, by], box) {
  if (boxHolds(box, ax, ay) || boxHolds(box, bx, by)) return true;
  const { left, top, right, bottom } = box;
  return (
    segmentsCross(ax, ay, bx, by, left, top, right, bottom) ||
    segmentsCross(ax, ay, bx, by, left, bottom, right, top)
  );
}
