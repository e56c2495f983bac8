/**
 * Paints pictures, and what stands in their place until they are there.
 *
 * A picture's pixels come from whoever paints (`Pictures`); nothing here loads any.
 */

/** @import { Image } from "../protocol.js" */
/** @import { ImageItem } from "./shapes.js" */
/** @import { ColorMap } from "./theme.js" */

import { FONTS } from "./fonts.js";

/** Pixels to paint, and how large the picture in them is. */
/** @typedef {{source: CanvasImageSource, w: number, h: number}} Pixels */

/**
 * What there is of an asset now; asking for it may make it come.
 * @callback Pictures
 * @param {string} asset
 * @param {number} width_px device pixels that the whole picture would cover
 * @returns {Pixels | "waiting" | "missing"}
 */

/** @typedef {readonly [number, number, number, number]} Crop left, top, right, bottom */

/** @type {Crop} */
export const WHOLE = [0, 0, 1, 1];
const QUIET = "#868e96"; // what stands for a picture: neither ink nor paper
const ICON_UNITS = 40;
const ALT_SIZE = 14;
const ALT_MARGIN = 8;

/**
 * @param {Image} image
 * @returns {Crop}
 */
export function cropOf({ crop }) {
  const [left = 0, top = 0, right = 1, bottom = 1] = crop ?? WHOLE;
  return left < right && top < bottom ? [left, top, right, bottom] : WHOLE;
}

/** @type {Pictures} */
export const noPictures = () => "waiting";

/**
 * Paint a picture into its box, which begins at (0, 0).
 * @param {CanvasRenderingContext2D} context
 * @param {ImageItem} item
 * @param {number} opacity 0…1
 * @param {{color: ColorMap, pictures: Pictures}} from
 * @returns {void}
 */
export function paintPicture(context, item, opacity, { color, pictures }) {
  const { w, h, crop, radius } = item;
  if (w <= 0 || h <= 0) return;
  const [left, top, right, bottom] = crop;
  const pixels = pictures(item.asset, (w * scaleOf(context)) / (right - left));
  context.save();
  if (radius > 0) {
    context.beginPath();
    context.roundRect(0, 0, w, h, radius);
    context.clip();
  }
  context.globalAlpha = opacity;
  if (typeof pixels === "string") {
    paintInstead(context, item, opacity, { color, is_missing: pixels === "missing" });
  } else {
    const [x, y] = [left * pixels.w, top * pixels.h];
    const [dx, dy] = [(right - left) * pixels.w, (bottom - top) * pixels.h];
    context.imageSmoothingQuality = "high";
    context.drawImage(pixels.source, x, y, dx, dy, 0, 0, w, h);
  }
  context.restore();
}

/**
 * @param {CanvasRenderingContext2D} context
 * @returns {number} device pixels of a board unit
 */
function scaleOf(context) {
  const { a, b } = context.getTransform();
  return Math.hypot(a, b);
}

/**
 * A quiet field with a sign for "picture", and its description where there is room.
 * @param {CanvasRenderingContext2D} context
 * @param {ImageItem} item
 * @param {number} opacity
 * @param {{color: ColorMap, is_missing: boolean}} how
 */
function paintInstead(context, { w, h, alt }, opacity, { color, is_missing }) {
  context.fillStyle = color(QUIET);
  context.strokeStyle = color(QUIET);
  context.globalAlpha = opacity * 0.16;
  context.fillRect(0, 0, w, h);
  context.globalAlpha = opacity * 0.8;
  const size = Math.min(ICON_UNITS, 0.5 * Math.min(w, h));
  const has_words = alt !== "" && h > ICON_UNITS + 3 * ALT_SIZE && w > 3 * ICON_UNITS;
  const y = (h - size) / 2 - (has_words ? ALT_SIZE : 0);
  context.translate((w - size) / 2, y);
  context.scale(size / 24, size / 24);
  strokeIcon(context, is_missing);
  context.scale(24 / size, 24 / size);
  if (!has_words) return;
  context.font = `${ALT_SIZE}px ${FONTS.sans.family}`;
  context.textAlign = "center";
  context.textBaseline = "top";
  context.fillText(alt, size / 2, size + ALT_MARGIN, w - 2 * ALT_MARGIN);
}

/**
 * Mountains and a sun in a frame of 24 units; crossed out when there is no picture.
 * @param {CanvasRenderingContext2D} context
 * @param {boolean} is_missing
 */
function strokeIcon(context, is_missing) {
  context.lineWidth = 1.5;
  context.lineCap = "round";
  context.lineJoin = "round";
  context.setLineDash([]);
  context.beginPath();
  context.roundRect(3, 3, 18, 18, 2);
  context.moveTo(11, 9);
  context.arc(9, 9, 2, 0, 2 * Math.PI);
  context.moveTo(21, 15);
  context.lineTo(16.5, 10.5);
  context.lineTo(6, 21);
  if (is_missing) {
    context.moveTo(1, 1);
    context.lineTo(23, 23);
  }
  context.stroke();
}
