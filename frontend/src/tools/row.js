/**
 * Where new pictures go: side by side, no larger than they are, within what is seen. Pure.
 */

/** @import { Box } from "../draw/geometry.js" */

const MOST_SHARE = 0.7; // of what is seen; the board stays visible around a picture
const GAP_PX = 24;

/** @typedef {{w: number, h: number}} Size */

/**
 * @param {readonly Size[]} sizes natural sizes, in pixels
 * @param {{x: number, y: number}} at the middle of the row, board units
 * @param {{seen: Box, zoom: number}} view
 * @returns {(Size & {x: number, y: number})[]} a box for each, board units
 */
export function rowOf(sizes, at, { seen, zoom }) {
  const roomW = (seen.right - seen.left) * MOST_SHARE;
  const roomH = (seen.bottom - seen.top) * MOST_SHARE;
  const fitted = sizes.map(({ w, h }) => {
    const by = Math.min(1, roomW / w, roomH / h);
    return { w: w * by, h: h * by };
  });
  const gap = GAP_PX / zoom;
  const gaps = gap * (sizes.length - 1);
  const length = fitted.reduce((sum, { w }) => sum + w, 0);
  const by = Math.min(1, Math.max(0.1, (roomW - gaps) / length));
  let x = at.x - (length * by + gaps) / 2;
  return fitted.map((size) => {
    const [w, h] = [size.w * by, size.h * by];
    const place = { x, y: at.y - h / 2, w, h };
    x += w + gap;
    return place;
  });
}

/**
 * The same box for a picture of another ratio: as high, around the same middle.
 * @param {Size & {x: number, y: number}} box
 * @param {Size} natural
 * @returns {Size & {x: number, y: number}}
 */
export function withRatio(box, natural) {
  const ratio = natural.w / natural.h;
  if (Math.abs(ratio / (box.w / box.h) - 1) < 0.01) return box;
  const w = box.h * ratio;
  return { ...box, w, x: box.x + (box.w - w) / 2 };
}
