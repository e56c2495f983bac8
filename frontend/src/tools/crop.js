/**
 * Cropping: which part of a picture its box shows, and where the box then lies. Pure.
 *
 * The picture itself stays where it is on the board, also when it is turned; its edges
 * come in or go out.
 */

/** @import { Box, Point } from "../draw/geometry.js" */
/** @import { Crop } from "../draw/picture.js" */
/** @import { Image, Props } from "../protocol.js" */
/** @import { Handle } from "./resize.js" */

import { rotate, round } from "../draw/geometry.js";
import { cropOf, WHOLE } from "../draw/picture.js";

const DECIMALS = 6; // of a share: a thousandth of a pixel of the largest picture

/**
 * The whole picture, unturned, relative to the middle of what is shown of it.
 * @param {Image} image
 * @returns {Box} board units
 */
export function wholeBox(image) {
  const [left, top, right, bottom] = cropOf(image);
  const [w, h] = [image.w / (right - left), image.h / (bottom - top)];
  const [x, y] = [-image.w / 2 - left * w, -image.h / 2 - top * h];
  return { left: x, top: y, right: x + w, bottom: y + h };
}

/**
 * What a crop makes of an image whose picture stays in its place.
 * @param {Image} image
 * @param {Crop} crop
 * @param {number} decimals to round the box to
 * @returns {Props}
 */
export function cropped(image, crop, decimals) {
  const whole = wholeBox(image);
  const [w, h] = [whole.right - whole.left, whole.bottom - whole.top];
  const [left, top, right, bottom] = crop.map((share) => round(share, DECIMALS));
  const [l = 0, t = 0, r = 1, b = 1] = [left, top, right, bottom];
  const dx = whole.left + ((l + r) / 2) * w;
  const dy = whole.top + ((t + b) / 2) * h;
  const [turnedX, turnedY] = rotate(dx, dy, 0, 0, image.angle ?? 0);
  const [newW, newH] = [(r - l) * w, (b - t) * h];
  const is_whole = [l, t, r, b].every((share, i) => share === WHOLE[i]);
  return {
    x: round(image.x + image.w / 2 + turnedX - newW / 2, decimals),
    y: round(image.y + image.h / 2 + turnedY - newH / 2, decimals),
    w: round(newW, decimals),
    h: round(newH, decimals),
    crop: is_whole ? null : [l, t, r, b],
  };
}

/**
 * A crop after one of its handles was pulled.
 * @param {Crop} crop
 * @param {Handle} handle
 * @param {Point} by shares of the picture
 * @param {Point} least how much stays, as shares
 * @returns {Crop}
 */
export function pulled([left, top, right, bottom], handle, [dx, dy], [leastX, leastY]) {
  const { across, down } = handle;
  return [
    across < 0 ? clamp(left + dx, 0, right - leastX) : left,
    down < 0 ? clamp(top + dy, 0, bottom - leastY) : top,
    across > 0 ? clamp(right + dx, left + leastX, 1) : right,
    down > 0 ? clamp(bottom + dy, top + leastY, 1) : bottom,
  ];
}

/**
 * A crop after it was moved over the picture.
 * @param {Crop} crop
 * @param {Point} by shares of the picture
 * @returns {Crop}
 */
export function slid([left, top, right, bottom], [dx, dy]) {
  const x = clamp(dx, -left, 1 - right);
  const y = clamp(dy, -top, 1 - bottom);
  return [left + x, top + y, right + x, bottom + y];
}

/**
 * @param {number} value
 * @param {number} low
 * @param {number} high
 */
function clamp(value, low, high) {
  return Math.max(low, Math.min(high, value));
}
