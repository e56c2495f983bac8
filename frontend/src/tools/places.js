/**
 * Places on a board as the end of its address: `#x,y,zoom` is what lies in the middle of
 * the view, `#el=ID` an element. Pure but for the view it moves.
 */

/** @import { Bench } from "./bench.js" */

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
  return { x, y, zoom };
}

/**
 * @param {Bench} bench
 * @returns {string} what is in the middle of the view, as the end of an address
 */
export function hashHere({ view }) {
  const { left, top, right, bottom } = view.seen();
  const [x, y] = [(left + right) / 2, (top + bottom) / 2];
  const zoom = Number(view.zoom.toFixed(ZOOM_DECIMALS));
  return `#${Number(x.toFixed(1))},${Number(y.toFixed(1))},${zoom}`;
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
    bench.pick("select");
    bench.selection.value = new Set([element.id]);
    const box = bench.boxOf(element.id);
    if (box) bench.view.visit(box); // beside the panel of what is selected
    return true;
  }
  bench.view.center(place.x, place.y, place.zoom);
  return true;
}

/**
 * Bring an element to the middle, at the zoom there is if it can be read at that.
 * @param {Bench} bench
 * @param {string} id
 * @returns {void}
 */
export function lookAt(bench, id) {
  const box = bench.boxOf(id);
  if (!box) return;
  const { view } = bench;
  const { width, height } = view.size.peek();
  const { zoom } = view;
  const [w, h] = [(box.right - box.left) * zoom, (box.bottom - box.top) * zoom];
  const is_legible = zoom >= MIN_LEGIBLE_ZOOM;
  if (!is_legible || w > width * MAX_SHARE || h > height * MAX_SHARE) view.visit(box);
  else view.center((box.left + box.right) / 2, (box.top + box.bottom) / 2, zoom);
}
