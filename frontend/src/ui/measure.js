/**
 * How wide words are, asked of a canvas once and remembered.
 */

/** @import { FontName } from "../draw/fonts.js" */
/** @import { Measure } from "../draw/text.js" */

import { FONTS, LINE_HEIGHT } from "../draw/fonts.js";
import { forgetLayouts } from "../draw/look.js";

const MAX_KNOWN = 5_000; // a page of text; then begin anew
const ASKED_PX = 100; // widths scale with the size; one question serves all sizes

/**
 * The first question brings the bundled fonts; whoever paints has to measure and paint
 * again when the page says that one was loaded.
 * @param {CanvasRenderingContext2D} context of a canvas nobody looks at
 * @returns {Measure}
 */
export function createMeasure(context) {
  /** @type {Map<string, number>} */
  const known = new Map();
  let is_asked = false;
  /** @type {Measure} */
  const measure = (text, font, size) => {
    if (!is_asked && text !== "") {
      is_asked = true;
      bringFonts();
    }
    const key = `${font}\n${text}`;
    let width = known.get(key);
    if (width === undefined) {
      context.font = `${ASKED_PX}px ${FONTS[font].family}`;
      width = context.measureText(text).width / ASKED_PX;
      if (known.size >= MAX_KNOWN) known.clear();
      known.set(key, width);
    }
    return width * size;
  };
  document.fonts.addEventListener("loadingdone", () => {
    known.clear();
    forgetLayouts(measure);
  });
  return measure;
}

/**
 * Where the page itself puts the baseline in a line box of 1 em, with the font that this
 * browser really has. Text on the canvas goes by `draw/fonts.js`; the difference is how
 * far a textarea has to move so that nothing jumps.
 * @param {CanvasRenderingContext2D} context of a canvas nobody looks at
 * @returns {(font: FontName) => number} em
 */
export function createPageBaseline(context) {
  return (font) => {
    context.font = `${ASKED_PX}px ${FONTS[font].family}`;
    const { fontBoundingBoxAscent: up, fontBoundingBoxDescent: down } =
      context.measureText("x");
    return ((LINE_HEIGHT * ASKED_PX - (up + down)) / 2 + up) / ASKED_PX;
  };
}

/** Without a network the fonts of the system do. */
function bringFonts() {
  import("./font_faces.js").then(
    ({ addFaces }) => {
      addFaces(document.fonts);
      document.fonts.dispatchEvent(new Event("loadingdone")); // measure and paint: it loads
    },
    () => undefined,
  );
}
