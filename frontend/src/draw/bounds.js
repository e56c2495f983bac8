/**
 * The outline and the box of an element, in board units.
 *
 * An outline is the element's geometry as one flat list of points; hit tests, erasing,
 * selection boxes and culling all come from it. Pure.
 */

/** @import { Element } from "../protocol.js" */
/** @import { Box, Point } from "./geometry.js" */
/** @import { Shape } from "./outlines.js" */
/** @import { Lined } from "./route.js" */
/** @import { Measure } from "./text.js" */

import { LINE_HEIGHT } from "./fonts.js";
import {
  boxBetween,
  boxOfPoints,
  emptyBox,
  grow,
  rotate,
  rotatedBox,
  shifted,
  union,
} from "./geometry.js";
import { labelPlace } from "./label.js";
import {
  angleOf,
  FRAME_TITLE_SIZE,
  isFilledLoop,
  isLabelled,
  layoutOf,
  widthOf,
} from "./look.js";
import { isShape, labelRoom, outlinePoints } from "./outlines.js";
import { isLined, pathOf } from "./route.js";

export const NOTE_MARGIN = 16; // between a note's edge and its words
export const FRAME_TITLE_UNITS = FRAME_TITLE_SIZE * LINE_HEIGHT + 4; // above the frame

/**
 * How far ink reaches beyond its line: half the width, or more where a freehand stroke
 * swells or an arrow has its head.
 * @param {Element} element
 * @returns {number}
 */
function inkReach(element) {
  const width = widthOf(element);
  switch (element.kind) {
    case "pen":
      return width * 1.5 + 1;
    case "highlight":
      return width / 2 + 1;
    case "arrow":
      return arrowHeadLength(width) + width;
    case "image":
      return 0;
    case "note":
      return 12; // its shadow
    default:
      return width; // corners of thick lines stand out by more than half
  }
}

/**
 * How far a hand-drawn line strays: some units, and more where it is long and sags.
 * @param {Element} element
 * @param {Box} box
 * @returns {number}
 */
function strayReach({ rough = 0 }, { left, top, right, bottom }) {
  if (rough === 0) return 0;
  return rough * (4 + Math.min(8, 0.01 * Math.max(right - left, bottom - top)));
}

/**
 * @param {number} width of the shaft
 * @returns {number} how long the two strokes of an arrow's head are
 */
export function arrowHeadLength(width) {
  return 8 + width * 3;
}

/**
 * The box of the unturned geometry, without the reach of the ink.
 * @param {Element} element
 * @param {Measure} measure
 * @returns {Box}
 */
export function plainBox(element, measure) {
  const { x, y } = element;
  switch (element.kind) {
    case "pen":
    case "highlight":
    case "line":
    case "arrow": {
      const path = isLined(element) ? pathOf(element) : element.points;
      return shifted(boxOfPoints(path), x, y);
    }
    case "text": {
      const size = layoutOf(element, element.w ?? 0, measure);
      return boxBetween(x, y, x + size.width, y + size.height);
    }
    default: // also a kind that a newer server knows: a page stays open over a deploy
      return boxBetween(x, y, x + (element.w ?? 0), y + (element.h ?? 0));
  }
}

/**
 * The centre an element turns about.
 * @param {Element} element
 * @param {Measure} measure
 * @returns {Point}
 */
export function centerOf(element, measure) {
  const box = plainBox(element, measure);
  return [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
}

/**
 * The box of the geometry, turned if the element is; what a selection shows.
 * @param {Element} element
 * @param {Measure} measure
 * @returns {Box}
 */
export function boundsOf(element, measure) {
  return rotatedBox(plainBox(element, measure), angleOf(element));
}

/**
 * Everything the element's paint can touch; what culling and repainting use.
 * @param {Element} element
 * @param {Measure} measure
 * @returns {Box}
 */
export function paintBounds(element, measure) {
  const bare = plainBox(element, measure);
  const ink = grow(bare, inkReach(element) + strayReach(element, bare));
  const plain = isLabelled(element) ? union(ink, labelBox(element, measure)) : ink;
  if (element.kind !== "frame") return rotatedBox(plain, angleOf(element));
  const width = measure(element.title ?? "", "sans", FRAME_TITLE_SIZE);
  const title = {
    ...plain,
    top: plain.top - FRAME_TITLE_UNITS,
    right: Math.max(plain.right, element.x + width),
  };
  return rotatedBox(union(plain, title), angleOf(element));
}

/**
 * What the label of a shape or a line covers; a long one reaches beyond the shape.
 * @param {Shape | Lined} shape
 * @param {Measure} measure
 * @returns {Box} empty without a label
 */
export function labelBox(shape, measure) {
  if (!shape.label) return emptyBox();
  if (isLined(shape)) {
    const place = labelPlace(shape, measure);
    const [x, y] = [shape.x + place.x, shape.y + place.y];
    return boxBetween(x, y, x + place.width, y + place.height);
  }
  const { x, y, width, height } = labelRoom(shape);
  const layout = layoutOf(shape, width, measure);
  const top = shape.y + y + (height - layout.height) / 2;
  const left = shape.x + x + Math.min(...layout.lines.map((line) => line.x));
  return { left, top, right: left + layout.widest, bottom: top + layout.height };
}

/**
 * @typedef {object} Outline
 * @property {number[]} points flat, board units, turned
 * @property {boolean} is_closed whether the last point joins the first
 */

/**
 * The geometry as points on the board.
 * @param {Element} element
 * @param {Measure} measure
 * @returns {Outline}
 */
export function outlineOf(element, measure) {
  const { points, is_closed } = plainOutline(element, measure);
  const angle = angleOf(element);
  if (angle === 0) return { points, is_closed };
  const [cx, cy] = centerOf(element, measure);
  const turned = [];
  for (let i = 0; i + 1 < points.length; i += 2) {
    turned.push(...rotate(at(points, i), at(points, i + 1), cx, cy, angle));
  }
  return { points: turned, is_closed };
}

/**
 * @param {readonly number[]} points
 * @param {number} i
 * @returns {number}
 */
function at(points, i) {
  return /** @type {number} */ (points[i]);
}

/**
 * @param {Element} element
 * @param {Measure} measure
 * @returns {Outline}
 */
function plainOutline(element, measure) {
  if (isShape(element)) {
    const { x, y } = element;
    const points = outlinePoints(element).map((value, i) => value + (i % 2 ? y : x));
    return { points, is_closed: true };
  }
  switch (element.kind) {
    case "pen":
    case "highlight":
    case "line":
    case "arrow": {
      const { x, y } = element;
      const path = isLined(element) ? pathOf(element) : element.points;
      const points = path.map((value, i) => value + (i % 2 ? y : x));
      return { points, is_closed: isFilledLoop(element) };
    }
    default: {
      const { left, top, right, bottom } = plainBox(element, measure);
      const points = [left, top, right, top, right, bottom, left, bottom];
      return { points, is_closed: true };
    }
  }
}
