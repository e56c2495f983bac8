/**
 * Elements to display lists: what to fill, stroke and letter, in stored colours.
 *
 * This is the one drawing code: the browser paints its lists on a canvas, the server
 * writes them as SVG, PNG or PDF. Pure; text metrics come from outside; a theme is
 * applied by whoever paints, never here.
 */

/** @import { Arrow, Element, Frame, Image, Line, Note, Text } from "../protocol.js" */
/** @import { FontName } from "./fonts.js" */
/** @import { Shape } from "./outlines.js" */
/** @import { Crop } from "./picture.js" */
/** @import { Measure } from "./text.js" */

import { DEFAULTS } from "../protocol.js";
import { centerOf, labelBox, NOTE_MARGIN } from "./bounds.js";
import { baseline, LINE_HEIGHT } from "./fonts.js";
import { headItems } from "./heads.js";
import { centerPath, inkPath } from "./ink.js";
import { besideLabel, labelPlace } from "./label.js";
import {
  angleOf,
  FRAME_TITLE_SIZE,
  fillOf,
  isFilledLoop,
  layoutOf,
  letteringOf,
  NOTE_PAPER,
  strokeOf,
  widthOf,
} from "./look.js";
import { authorItems } from "./note.js";
import {
  innerPath,
  isShape,
  labelRoom,
  outlinePath,
  ROUND_UNITS,
  short,
} from "./outlines.js";
import { cropOf } from "./picture.js";
import { lengthOf } from "./reveal.js";
import { isLined, partPath, pathOf, routePath } from "./route.js";
import { isRtl } from "./text.js";

/**
 * A path in SVG's path language, relative to the display's x and y.
 * @typedef {object} PathItem
 * @property {"path"} type
 * @property {string} d
 * @property {string} [fill] a stored colour; absent: not filled
 * @property {string} [stroke] a stored colour; absent: not stroked
 * @property {number} [width] of the stroke; ends and corners are round
 * @property {number[]} [dash] lengths of ink and gap
 * @property {"hatch" | "cross"} [pattern] the fill is lines, which `sketch` makes
 * @property {"multiply"} [blend] how it mixes with what is below
 * @property {number} [opacity] 0…1, on top of the display's own
 */

/**
 * One line of text.
 * @typedef {object} TextItem
 * @property {"text"} type
 * @property {string} text
 * @property {number} x left end
 * @property {number} y baseline
 * @property {FontName} font
 * @property {number} size
 * @property {string} fill a stored colour
 * @property {boolean} is_rtl whether its paragraph is read from right to left
 * @property {number} [opacity]
 */

/**
 * A picture in a box from (0, 0) to (w, h).
 * @typedef {object} ImageItem
 * @property {"image"} type
 * @property {string} asset
 * @property {number} w
 * @property {number} h
 * @property {Crop} crop the part of the picture that fills the box
 * @property {number} radius of its corners
 * @property {string} alt what to say where the picture cannot be shown
 */

/** @typedef {PathItem | TextItem | ImageItem} Item */

/**
 * What one element looks like. Items are relative to (x, y); the whole is turned by
 * `angle` about (cx, cy), which is relative to (x, y) too.
 * @typedef {object} Display
 * @property {number} x
 * @property {number} y
 * @property {number} angle
 * @property {number} cx
 * @property {number} cy
 * @property {number} opacity
 * @property {Item[]} items
 */

/**
 * Redraws a display by hand, where its element says so.
 * @typedef {(look: Display, element: Element) => Display} Sketch
 */

/** @type {Sketch} */
export const plainly = (look) => look;

const MOST_DASHES = 5_000; // along an element; on longer ones they are larger
const HIGHLIGHT_OPACITY = 0.45; // words below a highlighted line stay readable

/**
 * @param {Element} element
 * @param {Measure} measure
 * @param {boolean} is_growing whether it is a stroke whose pen is still down
 * @returns {Display}
 */
export function display(element, measure, is_growing = false) {
  const angle = angleOf(element);
  const [cx, cy] = angle === 0 ? [0, 0] : centerOf(element, measure);
  return {
    x: element.x,
    y: element.y,
    angle,
    cx: angle === 0 ? 0 : cx - element.x,
    cy: angle === 0 ? 0 : cy - element.y,
    opacity: element.opacity ?? 1,
    items: itemsOf(element, measure, is_growing),
  };
}

/**
 * @param {Element} element
 * @param {Measure} measure
 * @param {boolean} is_growing
 * @returns {Item[]}
 */
function itemsOf(element, measure, is_growing) {
  if (isShape(element)) return shapeItems(element, measure);
  switch (element.kind) {
    case "pen":
      return penItems(element, is_growing);
    case "highlight":
      return [
        {
          type: "path",
          d: centerPath(element.points),
          stroke: strokeOf(element),
          width: widthOf(element),
          blend: "multiply",
          opacity: HIGHLIGHT_OPACITY,
        },
      ];
    case "line":
      return lineItems(element, measure);
    case "arrow":
      return arrowItems(element, measure);
    case "text":
      return textItems(element, measure);
    case "note":
      return noteItems(element, measure);
    case "image":
      return [imageItem(element)];
    case "frame":
      return frameItems(element);
    default:
      return []; // a kind that a newer server knows: a page stays open over a deploy
  }
}

/**
 * @param {Element & {kind: "pen"}} pen
 * @param {boolean} is_growing
 * @returns {Item[]}
 */
function penItems(pen, is_growing) {
  const color = strokeOf(pen);
  if (color === "none") return [];
  return [{ type: "path", d: inkPath(pen, widthOf(pen), is_growing), fill: color }];
}

/**
 * The stroke of an element as a path item has it.
 * @param {Element} element
 * @returns {{stroke?: string, width?: number, dash?: number[]}}
 */
function pencil(element) {
  const [stroke, width] = [strokeOf(element), widthOf(element)];
  if (stroke === "none" || width === 0) return {};
  const dash = dashOf(element, width);
  return dash ? { stroke, width, dash } : { stroke, width };
}

/**
 * @param {Element} element
 * @param {number} width
 * @returns {number[] | undefined}
 */
function dashOf(element, width) {
  const { dash } = element;
  if (dash !== "dashed" && dash !== "dotted") return undefined;
  const gap = dash === "dashed" ? 4 + width * 2 : 2 + width * 1.5;
  const ink = dash === "dashed" ? gap : 0.01; // round ends make the dots
  const length = isLined(element)
    ? lengthOf(pathOf(element))
    : 2 * ((element.w ?? 0) + (element.h ?? 0));
  const larger = Math.max(1, length / (ink + gap) / MOST_DASHES);
  return [ink * larger, gap * larger];
}

/**
 * The inside of an element as a path item has it.
 * @param {Element} element
 * @returns {{fill?: string, pattern?: "hatch" | "cross"}}
 */
function filling(element) {
  const fill = fillOf(element);
  const pattern = "pattern" in element ? element.pattern : undefined;
  if (fill === "none") return {};
  return !pattern || pattern === "solid" ? { fill } : { fill, pattern };
}

/**
 * @param {Shape} shape
 * @param {Measure} measure
 * @returns {Item[]}
 */
function shapeItems(shape, measure) {
  const inner = innerPath(shape);
  const room = labelRoom(shape);
  const y = labelBox(shape, measure).top - shape.y;
  return [
    { type: "path", d: outlinePath(shape), ...filling(shape), ...pencil(shape) },
    ...(inner
      ? [{ type: /** @type {const} */ ("path"), d: inner, ...pencil(shape) }]
      : []),
    ...(shape.label
      ? letterItems(shape, { x: room.x, y, width: room.width }, measure)
      : []),
  ];
}

/**
 * @param {Line | Arrow} line
 * @param {Measure} measure
 * @returns {Item[]}
 */
function lineItems(line, measure) {
  const ink = pencil(line);
  /** @type {Item[]} */
  const inside = isFilledLoop(line)
    ? [{ type: "path", d: routePath(line), ...filling(line) }]
    : [];
  if (!line.label) return [...inside, { type: "path", d: routePath(line), ...ink }];
  const { x, y, width } = labelPlace(line, measure);
  return [
    ...inside,
    {
      type: "path",
      d: besideLabel(line, measure)
        .map((part) => partPath(line, part))
        .join(""),
      ...ink,
    },
    ...letterItems(line, { x, y, width }, measure),
  ];
}

/**
 * @param {Arrow} arrow
 * @param {Measure} measure
 * @returns {Item[]}
 */
function arrowItems(arrow, measure) {
  const items = lineItems(arrow, measure);
  const { stroke } = pencil(arrow);
  if (stroke === undefined) return items;
  return [
    ...items,
    ...headItems(arrow, arrow.head ?? DEFAULTS.head, "end", stroke),
    ...headItems(arrow, arrow.tail ?? DEFAULTS.tail, "start", stroke),
  ];
}

/**
 * @param {Text} text
 * @param {Measure} measure
 * @returns {Item[]}
 */
function textItems(text, measure) {
  return letterItems(text, { x: 0, y: 0, width: text.w ?? 0 }, measure);
}

/**
 * @param {Text | Note | Shape | Line | Arrow} element
 * @param {{x: number, y: number, width: number}} place
 * @param {Measure} measure
 * @returns {TextItem[]}
 */
function letterItems(element, place, measure) {
  const lettering = letteringOf(element);
  const { lines } = layoutOf(element, place.width, measure);
  return lines
    .filter((line) => line.text !== "")
    .map((line) => ({
      type: "text",
      text: line.text,
      is_rtl: line.is_rtl,
      x: place.x + line.x,
      y: place.y + line.y,
      font: lettering.font,
      size: lettering.size,
      fill: strokeOf(element),
    }));
}

/**
 * @param {Note} note
 * @param {Measure} measure
 * @returns {Item[]}
 */
function noteItems(note, measure) {
  const fill = fillOf(note) === "none" ? NOTE_PAPER : fillOf(note);
  const paper = rectPath(note.w, note.h);
  const width = Math.max(1, note.w - 2 * NOTE_MARGIN);
  return [
    { type: "path", d: noteShadow(note.w, note.h), fill: "#000000", opacity: 0.12 },
    { type: "path", d: paper, fill },
    ...letterItems(note, { x: NOTE_MARGIN, y: NOTE_MARGIN, width }, measure),
    ...authorItems(note, measure),
  ];
}

/**
 * A sheet that lifts a little at its lower corners.
 * @param {number} w
 * @param {number} h
 * @returns {string}
 */
function noteShadow(w, h) {
  return `M2 4L${short(w - 2)} 4L${short(w + 1)} ${short(h + 5)}Q${short(w / 2)} ${short(
    h + 1,
  )} -1 ${short(h + 5)}Z`;
}

/**
 * @param {Image} image
 * @returns {ImageItem}
 */
function imageItem(image) {
  const { asset, w, h, alt = DEFAULTS.alt, corner } = image;
  const radius = corner === "round" ? Math.min(ROUND_UNITS, w / 3, h / 3) : 0;
  return { type: "image", asset: asset ?? "", w, h, crop: cropOf(image), radius, alt };
}

/**
 * @param {Frame} frame
 * @returns {Item[]}
 */
function frameItems(frame) {
  /** @type {Item[]} */
  const items = [
    {
      type: "path",
      d: rectPath(frame.w, frame.h),
      ...filling(frame),
      ...pencil(frame),
    },
  ];
  if (!frame.title) return items;
  const y = baseline("sans", FRAME_TITLE_SIZE) - FRAME_TITLE_SIZE * LINE_HEIGHT - 4;
  items.push({
    type: "text",
    text: frame.title,
    is_rtl: isRtl(frame.title),
    x: 0,
    y,
    font: "sans",
    size: FRAME_TITLE_SIZE,
    fill: strokeOf(frame),
  });
  return items;
}

/**
 * @param {number} w
 * @param {number} h
 * @returns {string}
 */
function rectPath(w, h) {
  return `M0 0H${short(w)}V${short(h)}H0Z`;
}
