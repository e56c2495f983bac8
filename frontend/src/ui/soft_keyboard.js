/**
 * Keeps the words that are typed on the board where they are seen: above the keyboard of
 * the screen, which covers the page without making it smaller, and inside its edges. The
 * view goes down again when the words are done, unless it was moved meanwhile.
 */

/** @import { Camera } from "../draw/camera.js" */
/** @import { Bench } from "../tools/bench.js" */

import { effect } from "@preact/signals-core";

const MARGIN_PX = 24; // between the words and the keyboard
const TOP_PX = 70; // the corners at the top end above it

/**
 * @param {Bench} bench
 * @returns {void}
 */
export function keepWordsSeen({ view, editing }) {
  const screen = window.visualViewport;
  if (!screen) return;
  /** @type {{from: Camera, to: Camera} | null} */
  let moved = null;
  const keep = () => {
    const area = document.querySelector(".writing");
    if (!area || !editing.peek()) return;
    window.scrollTo(0, 0); // iOS moves the page, too
    const box = area.getBoundingClientRect();
    const right = box.right + MARGIN_PX - screen.width;
    const below = box.bottom + MARGIN_PX - bottomOf(screen);
    const dx = isAtEnd(area) ? Math.max(0, right) : 0;
    const dy = Math.max(0, Math.min(below, box.top - TOP_PX));
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
