/**
 * Paints display lists on a 2D canvas context that it is given.
 *
 * The only file in `draw` that knows a canvas; it still makes none. The caller has set
 * the transform from board units to device pixels.
 */

/** @import { Pen } from "../protocol.js" */
/** @import { Pictures } from "./picture.js" */
/** @import { Display, PathItem, TextItem } from "./shapes.js" */
/** @import { ColorMap } from "./theme.js" */

import { FONTS } from "./fonts.js";
import { eachCurve } from "./ink.js";
import { strokeOf, widthOf } from "./look.js";
import { noPictures, paintPicture } from "./picture.js";
import { darkMarker } from "./theme.js";

/**
 * A display whose paths are ready for the canvas, kept between frames.
 * @typedef {object} Prepared
 * @property {Display} display
 * @property {(Path2D | null)[]} paths one for each item, null for text and pictures
 */

/**
 * @param {Display} display
 * @returns {Prepared}
 */
export function prepare(display) {
  return {
    display,
    paths: display.items.map((item) =>
      item.type === "path" ? new Path2D(item.d) : null,
    ),
  };
}

/**
 * Growing ink, ready for the canvas without the way over words of a path.
 * @param {Pen} pen not turned
 * @param {readonly number[]} outline flat, around the ink
 * @returns {Prepared}
 */
export function prepareInk(pen, outline) {
  const { x, y, opacity = 1 } = pen;
  const path = new Path2D();
  let isBegun = false;
  eachCurve(outline, (cx, cy, toX, toY) => {
    if (isBegun) path.quadraticCurveTo(cx, cy, toX, toY);
    else path.moveTo(toX, toY);
    isBegun = true;
  });
  path.closePath();
  const fill = strokeOf(pen);
  /** @type {PathItem[]} */
  const items = fill === "none" ? [] : [{ type: "path", d: "", fill }];
  const display = { x, y, angle: 0, cx: 0, cy: 0, opacity, items };
  return { display, paths: [path] };
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Prepared} prepared
 * @param {ColorMap} color
 * @param {Pictures} pictures
 * @param {{scale: number, x: number, y: number}} [placing] of the board on the canvas,
 *   where it may be far from the board's middle: canvases hold 24 bits of a number, so
 *   there a translation by theirs is off by half a unit, and the sum is made here
 * @returns {void}
 */
export function paint(context, prepared, color, pictures = noPictures, placing) {
  const { display, paths } = prepared;
  const { x, y, angle, cx, cy } = display;
  if (placing) enter(context, placing, x, y);
  else context.translate(x, y);
  if (angle !== 0) turn(context, cx, cy, angle);
  display.items.forEach((item, i) => {
    if (item.type === "image") {
      paintPicture(context, item, display.opacity, { color, pictures });
    } else paintItem(context, item, paths[i] ?? null, display.opacity, color);
  });
  if (angle !== 0) turn(context, cx, cy, -angle);
  if (placing) enter(context, placing, 0, 0);
  else context.translate(-x, -y);
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {{scale: number, x: number, y: number}} placing
 * @param {number} x board units, the new origin
 * @param {number} y
 */
function enter(context, placing, x, y) {
  const { scale } = placing;
  context.setTransform(
    scale,
    0,
    0,
    scale,
    placing.x + x * scale,
    placing.y + y * scale,
  );
}

/**
 * Paint a freehand stroke as a plain line: what its outline would look like from so far
 * away that swelling and thinning are less than a pixel, at a hundredth of the cost.
 * @param {CanvasRenderingContext2D} context
 * @param {Pen} pen not turned
 * @param {{step: number, least: number}} far board units: points nearer than `step` to
 *   the last are passed over, and no line is thinner than `least`, or it would fade
 * @param {ColorMap} color
 * @returns {void}
 */
export function paintFar(context, pen, { step, least }, color) {
  const { points, x, y } = pen;
  const last = points.length - 2;
  let [px, py] = [points[0] ?? 0, points[1] ?? 0];
  let is_dot = true;
  context.beginPath();
  context.moveTo(x + px, y + py);
  for (let i = 2; i <= last; i += 2) {
    const nx = points[i] ?? 0;
    const ny = points[i + 1] ?? 0;
    if (i < last && Math.abs(nx - px) + Math.abs(ny - py) < step) continue;
    context.lineTo(x + nx, y + ny);
    is_dot &&= nx === px && ny === py;
    px = nx;
    py = ny;
  }
  if (is_dot) context.lineTo(x + px + step / 4, y + py); // of no length nothing is seen
  context.globalAlpha = pen.opacity ?? 1;
  context.strokeStyle = color(strokeOf(pen));
  context.lineWidth = Math.max(least, widthOf(pen));
  context.lineCap = "round";
  context.lineJoin = "round";
  context.setLineDash([]);
  context.stroke();
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {number} cx
 * @param {number} cy
 * @param {number} angle
 */
function turn(context, cx, cy, angle) {
  context.translate(cx, cy);
  context.rotate(angle);
  context.translate(-cx, -cy);
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {PathItem | TextItem} item
 * @param {Path2D | null} path
 * @param {number} opacity
 * @param {ColorMap} color
 */
function paintItem(context, item, path, opacity, color) {
  if (item.type === "text") {
    context.globalAlpha = opacity * (item.opacity ?? 1);
    paintText(context, item, color);
  } else if (path) {
    context.globalAlpha = opacity * (item.opacity ?? 1);
    paintPath(context, item, path, color);
  }
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {PathItem} item
 * @param {Path2D} path
 * @param {ColorMap} color
 */
function paintPath(context, item, path, color) {
  const isDarkMarker = item.blend !== undefined && color("#ffffff") !== "#ffffff";
  if (item.blend)
    context.globalCompositeOperation = isDarkMarker ? "screen" : item.blend;
  if (item.fill !== undefined && item.pattern === undefined) {
    context.fillStyle = color(item.fill);
    context.fill(path);
  }
  if (item.stroke !== undefined) {
    context.strokeStyle = isDarkMarker ? darkMarker(item.stroke) : color(item.stroke);
    context.lineWidth = item.width ?? 1;
    context.lineCap = "round";
    context.lineJoin = "round";
    context.setLineDash(item.dash ?? []);
    context.stroke(path);
  }
  if (item.blend === "multiply") context.globalCompositeOperation = "source-over";
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {TextItem} item
 * @param {ColorMap} color
 */
function paintText(context, item, color) {
  context.font = `${item.size}px ${FONTS[item.font].family}`;
  context.textBaseline = "alphabetic";
  context.textRendering = "geometricPrecision"; // as wide at every zoom as measured
  context.fillStyle = color(item.fill);
  context.direction = item.is_rtl ? "rtl" : "ltr";
  context.textAlign = "left"; // its place, whichever way it is read
  context.fillText(item.text, item.x, item.y);
}
