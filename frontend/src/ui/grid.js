/**
 * The grid: calm dots below everything, coarser as one goes away. Display only.
 */

/** @import { Box } from "../draw/geometry.js" */

import { GRID_UNITS } from "../tools/snap.js";

const COARSER = 5; // a step of the grid when its dots come too close
const LEAST_GAP_PX = 14; // device pixels between dots
const DOT_PX = 1.6;

/**
 * @param {CanvasRenderingContext2D} context set to board units
 * @param {Box} box board units
 * @param {number} scale device pixels of a board unit
 * @param {string} color
 * @returns {void}
 */
export function paintGrid(context, box, scale, color) {
  let gap = GRID_UNITS;
  while (gap * scale < LEAST_GAP_PX) gap *= COARSER;
  const size = DOT_PX / scale;
  context.fillStyle = color;
  const first = Math.floor(box.left / gap) * gap;
  for (let y = Math.floor(box.top / gap) * gap; y <= box.bottom; y += gap) {
    for (let x = first; x <= box.right; x += gap) {
      context.fillRect(x - size / 2, y - size / 2, size, size);
    }
  }
}
