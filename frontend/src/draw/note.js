/**
 * Sticky notes: how high their words make them, and who wrote them. Pure.
 */

/** @import { Note } from "../protocol.js" */
/** @import { TextItem } from "./shapes.js" */
/** @import { Measure } from "./text.js" */

import { NOTE_MARGIN } from "./bounds.js";
import { baseline, LINE_HEIGHT } from "./fonts.js";
import { layoutOf, strokeOf } from "./look.js";
import { isRtl, most } from "./text.js";

const AUTHOR_SIZE = 12;
const AUTHOR_OPACITY = 0.6;
const AUTHOR_UNITS = AUTHOR_SIZE * LINE_HEIGHT;
const AUTHOR_BOTTOM = 8; // below the name
const ELLIPSIS = "…";

/**
 * How high a note has to be for its words, and its author's name below them.
 * @param {Note} note
 * @param {Measure} measure
 * @returns {number}
 */
export function noteHeight(note, measure) {
  const width = Math.max(1, note.w - 2 * NOTE_MARGIN);
  const { height } = layoutOf(note, width, measure);
  const below = note.author ? AUTHOR_UNITS + AUTHOR_BOTTOM : NOTE_MARGIN;
  return Math.ceil(NOTE_MARGIN + height + below);
}

/**
 * The author's name, small at the bottom; none where there is no room for it.
 * @param {Note} note
 * @param {Measure} measure
 * @returns {TextItem[]}
 */
export function authorItems(note, measure) {
  const { author = "", w, h } = note;
  const width = w - 2 * NOTE_MARGIN;
  if (author === "" || h < AUTHOR_UNITS + 2 * AUTHOR_BOTTOM) return [];
  const text = fitted(author, width, (some) => measure(some, "sans", AUTHOR_SIZE));
  if (text === ELLIPSIS) return [];
  return [
    {
      ...{ type: "text", text, is_rtl: isRtl(author), x: NOTE_MARGIN },
      y: h - AUTHOR_UNITS - AUTHOR_BOTTOM + baseline("sans", AUTHOR_SIZE),
      ...{ font: "sans", size: AUTHOR_SIZE, fill: strokeOf(note) },
      opacity: AUTHOR_OPACITY,
    },
  ];
}

/**
 * @param {string} text
 * @param {number} width
 * @param {(text: string) => number} widthOf
 * @returns {string} as much of it as has room
 */
function fitted(text, width, widthOf) {
  if (widthOf(text) <= width) return text;
  const letters = [...text];
  /** @param {number} n */
  const first = (n) => letters.slice(0, n).join("") + ELLIPSIS;
  return first(most(letters.length, (n) => widthOf(first(n)) <= width));
}
