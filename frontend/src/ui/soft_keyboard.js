/**
 * Keeps the words that are typed on the board where they are seen: above the keyboard of
 * the screen, which covers the page without making it smaller, and the caret at their end
 * inside its edges. The view goes down again when the words are done, unless it was moved
 * meanwhile.
 */

/** @import { Camera } from "../draw/camera.js" */
/** @import { Bench } from "../tools/bench.js" */

import { effect } from "@preact/signals-core";
import { layoutOf, letteringOf } from "../draw/look.js";
import { roomOf } from "./writing.js";

const MARGIN_PX = 24; // between the words and the keyboard
const TOP_PX = 70; // the corners at the top end above it

/**
 * @param {Bench} bench
 * @returns {void}
 */
export function keepWordsSeen(bench) {
  const { view, editing } = bench;
  const screen = window.visualViewport;
  if (!screen) return;
  /** @type {{from: Camera, to: Camera} | null} */
  let moved = null;
  const keep = () => {
    const area = document.querySelector(".writing");
    if (!area || !editing.peek()) return;
    window.scrollTo(0, 0); // iOS moves the page, too
    const { top, bottom } = area.getBoundingClientRect();
    const below = bottom + MARGIN_PX - bottomOf(screen);
    const line = isAtEnd(area) ? lastLine(bench) : null;
    const dx = line ? panFor(line, MARGIN_PX, screen.width - MARGIN_PX) : 0;
    // Who goes on at the end of a long text sees that; its beginning makes way.
    const dy = Math.max(0, line ? below : Math.min(below, top - TOP_PX));
    if (dx === 0 && dy === 0) return;
    const from = moved?.from ?? view.camera.peek();
    view.panBy(-dx, -dy);
    moved = { from, to: view.camera.peek() };
  };
  screen.addEventListener("resize", keep);
  document.addEventListener("input", keep);
  effect(() => {
    if (editing.value) return keep();
    const { from, to } = moved ?? {};
    if (from && view.camera.peek() === to) view.travel({ ...to, y: from.y });
    moved = null;
  });
}

/**
 * @param {Bench} bench
 * @returns {{start: number, caret: number} | null} CSS pixels from the left: where the
 *   line that is typed begins and ends
 */
function lastLine({ editing, measure, view }) {
  const element = editing.peek()?.current();
  if (!element) return null;
  const { x, width } = roomOf(element, measure);
  const { font, size } = letteringOf(element);
  const last = layoutOf(element, width, measure).lines.at(-1);
  if (!last) return null;
  const [left] = view.toScreen(element.x + x + last.x, element.y);
  const length = measure(last.text, font, size) * view.zoom;
  return last.is_rtl
    ? { start: left + length, caret: left }
    : { start: left, caret: left + length };
}

/**
 * How far the view moves so that the caret is in sight, and of its line what has room.
 * @param {{start: number, caret: number}} line
 * @param {number} least
 * @param {number} most
 */
function panFor({ start, caret }, least, most) {
  const by = outside(caret, least, most);
  const more = outside(start - by, least, most);
  return by + Math.min(caret - by - least, Math.max(caret - by - most, more));
}

/**
 * How far a value lies below the least or above the most that it may be.
 * @param {number} value
 * @param {number} least
 * @param {number} most
 */
function outside(value, least, most) {
  return Math.min(0, value - least) + Math.max(0, value - most);
}

/**
 * @param {VisualViewport} screen
 * @returns {number} CSS pixels; where the keyboard begins, or the toolbar above it
 */
function bottomOf({ offsetTop, height }) {
  const bottom = offsetTop + height;
  const bar = document.querySelector(".toolbar")?.getBoundingClientRect();
  return bar && bar.top > bottom / 2 ? Math.min(bottom, bar.top) : bottom;
}

/**
 * @param {Element} area
 * @returns {boolean} whether what is typed next makes it longer at its end
 */
function isAtEnd(area) {
  return area instanceof HTMLTextAreaElement && area.selectionEnd === area.value.length;
}
