/**
 * Eyedropper: takes the colour of what lies under it, as it is stored and not as a theme
 * shows it. A click takes it as ink, with Alt or Shift as fill, for the selection and for
 * what comes next, and gives the tool before back.
 */

/** @import { Bench, Press, Tool } from "./bench.js" */

import { hits, isNearEdge } from "../draw/hit.js";
import { fillOf, NOTE_PAPER, strokeOf } from "../draw/look.js";
import { REACH_PX } from "./bench.js";
import { restyle } from "./restyle.js";

/**
 * @param {Bench} bench
 * @param {Press} press
 * @param {boolean} isTaken whether pictures are read, too: too slow for every move
 * @returns {string | null} null where there is only paper
 */
export function colorAt(bench, press, isTaken = false) {
  const { x, y } = press;
  const { measure } = bench;
  const reach = REACH_PX[press.device] / bench.view.zoom;
  const box = { left: x - reach, top: y - reach, right: x + reach, bottom: y + reach };
  const element = bench.near(box).findLast((one) => hits(one, x, y, reach, measure));
  if (!element) return null;
  if (element.kind === "image") return isTaken ? bench.pixelAt(press) : null;
  const fill =
    element.kind === "note" ? fillOr(fillOf(element), NOTE_PAPER) : fillOf(element);
  const is_ink = fill === "none" || isNearEdge(element, x, y, reach, measure);
  const color = is_ink && element.kind !== "note" ? strokeOf(element) : fill;
  return color === "none" ? null : color;
}

/**
 * @param {string} fill
 * @param {string} otherwise
 * @returns {string}
 */
function fillOr(fill, otherwise) {
  return fill === "none" ? otherwise : fill;
}

/**
 * @param {string | null} color
 * @returns {string} a cursor with a drop of the colour
 */
function cursorWith(color) {
  if (color === null) return "crosshair";
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" width="32" height="32">` +
    `<path d="M8 1v5M8 10v5M1 8h5M10 8h5" stroke="#1e1e1e" stroke-width="1.5"/>` +
    `<circle cx="22" cy="22" r="8.5" fill="${color}" stroke="#fff" stroke-width="2"/></svg>`;
  return `url("data:image/svg+xml,${encodeURIComponent(svg)}") 8 8, crosshair`;
}

/**
 * @param {Bench} bench
 * @returns {Tool}
 */
export function createDropper(bench) {
  let before = "select";
  const nothing = () => {};
  return {
    name: "eyedropper",
    cursor: "crosshair",
    edits: true,
    down: nothing,
    move: nothing,
    cancel: nothing,
    taken(name) {
      before = name;
      bench.drops.value = "stroke";
    },
    hover: (press) => cursorWith(colorAt(bench, press)),
    up(press) {
      const color = colorAt(bench, press, true);
      if (color === null) return;
      const is_fill = press.alt || press.shift || bench.drops.peek() === "fill";
      bench.pick(before); // its style, then, is the one that changes
      restyle(bench, is_fill ? { fill: color } : { stroke: color });
    },
  };
}
