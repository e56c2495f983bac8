/**
 * How large an exported picture is. Pure.
 */

/** @import { Box } from "../../draw/geometry.js" */

const MOST_SIDE_PX = 16_384; // what browsers bear in a canvas
const MOST_AREA_PX = 100_000_000; // 400 MB while it is painted

/**
 * How large a picture becomes: as wished, or as large as a browser can paint.
 * @param {Box} box board units
 * @param {number} wished pixels of a board unit
 * @returns {{width: number, height: number, scale: number, is_capped: boolean}} whole
 *   pixels, and how many of them a board unit has
 */
export function sizeOf(box, wished) {
  const width = Math.max(1 / wished, box.right - box.left);
  const height = Math.max(1 / wished, box.bottom - box.top);
  const most = Math.min(
    MOST_SIDE_PX / Math.max(width, height),
    Math.sqrt(MOST_AREA_PX / (width * height)),
  );
  const is_capped = most < wished;
  const scale = is_capped ? most : wished;
  const whole = is_capped ? Math.floor : Math.ceil;
  return {
    width: Math.max(1, whole(width * scale)),
    height: Math.max(1, whole(height * scale)),
    scale,
    is_capped,
  };
}
