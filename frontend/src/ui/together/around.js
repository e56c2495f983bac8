/**
 * The camera that shows what somebody else sees, on a screen of another size.
 */

/** @import { Camera } from "../../draw/camera.js" */
/** @import { View } from "../../tools/view.js" */

import { clampReach, clampZoom } from "../../draw/camera.js";

/**
 * What shows a view whole and nothing more than it must.
 * @param {readonly [number, number, number, number]} seen x, y, w, h in board units
 * @param {View} view mine
 * @returns {Camera}
 */
export function around([x, y, w, h], view) {
  const { width, height } = view.size.peek();
  const zoom = clampZoom(Math.min(width / Math.max(1, w), height / Math.max(1, h)));
  return {
    x: clampReach(x + w / 2 - width / zoom / 2),
    y: clampReach(y + h / 2 - height / zoom / 2),
    zoom,
  };
}
