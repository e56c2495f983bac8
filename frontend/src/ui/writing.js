/**
 * The textarea in which text on the board is typed: at the right place, size and font,
 * so that nothing jumps when it becomes ink.
 */

/** @import { FontName } from "../draw/fonts.js" */
/** @import { ColorMap } from "../draw/theme.js" */
/** @import { Measure } from "../draw/text.js" */
/** @import { Bench } from "../tools/bench.js" */
/** @import { TextSession, Worded } from "../tools/text.js" */

import { effect } from "@preact/signals-core";
import { FRAME_TITLE_UNITS, NOTE_MARGIN } from "../draw/bounds.js";
import { baseline, FONTS, LINE_HEIGHT } from "../draw/fonts.js";
import { labelPlace } from "../draw/label.js";
import { angleOf, layoutOf, letteringOf, strokeOf } from "../draw/look.js";
import { isShape, labelRoom } from "../draw/outlines.js";
import { isLined } from "../draw/route.js";
import { commandOf } from "../tools/keys.js";
import { openNextNote } from "../tools/shape.js";
import { mostChars } from "../tools/text.js";
import { keyOf, toBoard } from "./keyboard.js";

const COMPOSING = 229; // the key code of keys that an input method takes
const CARET_EM = 0.15; // room for the caret behind the last letter
const TITLE_PX = 13; // of the title of a frame, on the screen
const LEAST_PX = 16; // phones zoom the page to smaller letters that are being typed

/**
 * How text is shown on this page.
 * @typedef {object} Page
 * @property {() => ColorMap} color
 * @property {(command: string) => void} run
 * @property {(kind: Worded["kind"]) => string} title of what is written in
 * @property {(font: FontName) => number} baseline em, see `createPageBaseline`
 */

/**
 * @param {HTMLElement} layer
 * @param {Bench} bench
 * @param {Page} page
 * @returns {void}
 */
export function listenToWriting(layer, bench, page) {
  /** @type {HTMLTextAreaElement | null} */
  let area = null;
  effect(() => {
    const session = bench.editing.value;
    area?.remove();
    area = session ? open(layer, bench, session, page) : null;
  });
  effect(() => {
    bench.view.camera.value; // follow the board when it moves
    bench.style.value; // and the style panel
    const session = bench.editing.peek();
    if (area && session) place(area, bench, session, page);
  });
}

/**
 * @param {HTMLElement} layer
 * @param {Bench} bench
 * @param {TextSession} session
 * @param {Page} page
 * @returns {HTMLTextAreaElement}
 */
function open(layer, bench, session, page) {
  const area = document.createElement("textarea");
  area.className = "writing";
  area.value = session.value;
  area.maxLength = mostChars(session.element.kind);
  area.dir = "auto";
  area.setAttribute("aria-label", page.title(session.element.kind));
  area.addEventListener("input", () => {
    session.input(area.value);
    place(area, bench, session, page);
  });
  area.addEventListener("keydown", (event) => {
    event.stopPropagation();
    // Safari ends a composition before it tells of the Enter that did.
    if (event.isComposing || event.keyCode === COMPOSING) return;
    const { element } = session;
    if (event.key === "Tab" && !event.shiftKey) {
      event.preventDefault();
      if (element.kind === "note" && area.value !== "") openNextNote(bench, element);
      else leave(session); // a row of notes ends with an empty one
      return;
    }
    const command = commandOf(keyOf(event));
    const is_empty = area.value === ""; // no caret to move: go on with the chart
    if (command === "find" || (is_empty && command?.startsWith("next "))) {
      event.preventDefault();
      leave(session);
      page.run(command);
      return;
    }
    const is_line = session.element.kind === "frame";
    const is_done =
      event.key === "Enter" && (is_line || event.ctrlKey || event.metaKey);
    if (event.key === "Escape" || is_done) {
      event.preventDefault();
      leave(session);
    }
  });
  area.addEventListener("blur", () => session.finish());
  layer.append(area);
  place(area, bench, session, page);
  area.focus({ preventScroll: true });
  // Under a thumb nobody sees that all words are chosen, and the next letter would take
  // their place: there it goes on behind the last one.
  if (!matchMedia("(pointer: coarse)").matches) area.select();
  return area;
}

/**
 * The next key is for the board.
 * @param {TextSession} session
 */
function leave(session) {
  session.finish();
  toBoard();
}

/**
 * @param {HTMLTextAreaElement} area
 * @param {Bench} bench
 * @param {TextSession} session
 * @param {Page} page
 */
function place(area, bench, session, page) {
  const element = session.current();
  const lettering = letteringOf(element);
  const room = roomOf(element, bench.measure);
  const layout = layoutOf(element, room.width, bench.measure);
  const { font, size } = lettering;
  const shift = baseline(font, size) - page.baseline(font) * size;
  const down = room.height === null ? 0 : (room.height - layout.height) / 2;
  const [x, y] = bench.view.toScreen(
    element.x + room.x,
    element.y + room.y + down + shift,
  );
  const { zoom } = bench.view;
  // A title is read from far away as well, and is no smaller while it is written.
  const scale = element.kind === "frame" ? Math.max(zoom, TITLE_PX / size) : zoom;
  const above = layout.height * (scale - zoom);
  const { style } = area;
  const grow = Math.max(1, LEAST_PX / size);
  style.font = `${size * grow}px/${LINE_HEIGHT} ${FONTS[font].family}`;
  style.color = page.color()(strokeOf(element));
  style.textAlign = lettering.align;
  style.whiteSpace = room.width > 0 ? "pre-wrap" : "pre";
  // Centred words would move with more room; the others keep their first letter in sight.
  const spare = size * (lettering.align === "left" ? 1 : CARET_EM);
  style.width = `${(room.width || layout.width + spare) * grow}px`;
  style.height = `${layout.height * grow}px`;
  area.classList.toggle("writing-on-line", isLined(element));
  style.opacity = String(element.opacity ?? 1);
  style.transform = `translate(${x}px, ${y - above}px) scale(${scale / grow}) rotate(${angleOf(element)}rad)`;
}

/**
 * Where an element's words are laid out, relative to its corner.
 * @param {Worded} element
 * @param {Measure} measure
 * @returns {{x: number, y: number, width: number, height: number | null}} width 0: as wide
 *   as they are; height null: from the top, else in the middle of it
 */
export function roomOf(element, measure) {
  if (isLined(element)) {
    const { x, y, height, wrap } = labelPlace(element, measure);
    return { x, y, width: wrap, height };
  }
  if (isShape(element)) return labelRoom(element);
  if (element.kind === "frame") {
    return { x: 0, y: -FRAME_TITLE_UNITS, width: 0, height: null };
  }
  if (element.kind === "text") {
    return { x: 0, y: 0, width: element.w ?? 0, height: null };
  }
  const width = Math.max(0, element.w - 2 * NOTE_MARGIN);
  return { x: NOTE_MARGIN, y: NOTE_MARGIN, width, height: null };
}
