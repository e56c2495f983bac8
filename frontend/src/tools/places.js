/**
 * Places on a board as the end of its address: `#x,y,zoom` is what lies in the middle of
 * the view, `#el=ID` an element. Pure but for the view it moves.
 */

/** @import { Bench } from "./bench.js" */

import { boundsOf } from "../draw/bounds.js";
import { clampZoom, MAX_REACH_UNITS } from "../draw/camera.js";
import { round } from "../draw/geometry.js";
import { settled } from "./bind.js";

/**
 * @typedef {{x: number, y: number, zoom: number} | {element: string}} Place
 */

const ZOOM_DECIMALS = 3;
const MIN_LEGIBLE_ZOOM = 0.5; // of words in the smallest size
const MAX_SHARE = 0.8; // of the screen, for what is looked at
const ID = /^[A-Za-z0-9_-]{1,64}$/;

/**
 * @param {string} hash the end of an address, with its `#`
 * @returns {Place | null} null: it names no place
 */
export function placeIn(hash) {
  const named = /^#el=(.+)$/.exec(hash)?.[1];
  if (named !== undefined) return ID.test(named) ? { element: named } : null;
  const parts = hash.slice(1).split(",");
  const [x, y, zoom] = parts.map((part) => (part === "" ? Number.NaN : Number(part)));
  if (parts.length !== 3 || x === undefined || y === undefined || zoom === undefined) {
    return null;
  }
  if (![x, y, zoom].every(Number.isFinite) || zoom <= 0) return null;
  return { x: reached(x), y: reached(y), zoom: clampZoom(zoom) };
}

/**
 * @param {Bench} bench
 * @returns {string} what is in the middle of the view, as the end of an address
 */
export function hashHere({ view }) {
  const { left, top, right, bottom } = view.seen();
  const [x, y] = [round((left + right) / 2, 1), round((top + bottom) / 2, 1)];
  return `#${x},${y},${round(view.zoom, ZOOM_DECIMALS)}`;
}

/**
 * Show a place.
 * @param {Bench} bench
 * @param {Place} place
 * @returns {boolean} whether it is there
 */
export function goTo(bench, place) {
  if ("element" in place) {
    const element = bench.board.get(place.element);
    if (!element) return false;
    bench.view.visit(boundsOf(settled(bench, element), bench.measure));
    bench.pick("select");
    bench.selection.value = new Set([element.id]);
    return true;
  }
  const { width, height } = bench.view.size.peek();
  const { x, y, zoom } = place;
  bench.view.travel({ x: x - width / 2 / zoom, y: y - height / 2 / zoom, zoom });
  return true;
}

/**
 * Bring an element to the middle, at the zoom there is if it can be read at that.
 * @param {Bench} bench
 * @param {string} id
 * @returns {void}
 */
export function lookAt(bench, id) {
  const element = bench.board.get(id);
  if (!element) return;
  const { view } = bench;
  const box = boundsOf(settled(bench, element), bench.measure);
  const { width, height } = view.size.peek();
  const { zoom } = view;
  const [w, h] = [(box.right - box.left) * zoom, (box.bottom - box.top) * zoom];
  const is_legible = zoom >= MIN_LEGIBLE_ZOOM;
  if (!is_legible || w > width * MAX_SHARE || h > height * MAX_SHARE) view.visit(box);
  else {
    view.travel({
      x: (box.left + box.right - width / zoom) / 2,
      y: (box.top + box.bottom - height / zoom) / 2,
      zoom,
    });
  }
}

/** @param {number} value board units */
function reached(value) {
  return Math.min(MAX_REACH_UNITS, Math.max(-MAX_REACH_UNITS, value));
}
