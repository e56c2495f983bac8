/**
 * Elements to the small picture on a card. Loaded when the first card needs one: it
 * brings the drawing code of the boards with it.
 *
 * @import { Element } from "../protocol.js"
 * @import { Theme } from "../draw/theme.js"
 */

import { byPaintOrder } from "../draw/spatial.js";
import { whole } from "../model/whole.js";
import { letteredPictureOf, pngOf } from "../ui/export/picture.js";
import { Pictures } from "../ui/images/pictures.js";
import { createMeasure } from "../ui/measure.js";

/** Twice what a card shows, for fine screens. */
const SIZE_PX = { width: 640, height: 300 };
const MOST_SCALE = 1.5; // a single dot does not fill the card

/**
 * @param {readonly Element[]} elements
 * @param {Theme} theme
 * @param {string} assets where the pictures of the board are
 * @returns {Promise<Blob | null>} null when there is nothing to see
 */
export async function paintThumbnail(elements, theme, assets) {
  const context = document.createElement("canvas").getContext("2d");
  if (!context) return null;
  const measure = createMeasure(context);
  const list = () => elements.map(whole).sort(byPaintOrder);
  const pictures = new Pictures((asset) => `${assets}${asset}`);
  const source = { list, selection: () => new Set(), measure, pictures };
  const picture = await letteredPictureOf(source, "board");
  if (!picture) return null;
  const { left, top, right, bottom } = picture.box;
  const scale = Math.min(
    SIZE_PX.width / (right - left),
    SIZE_PX.height / (bottom - top),
    MOST_SCALE,
  );
  return pngOf(picture, source, { theme, hasPaper: false, scale });
}
