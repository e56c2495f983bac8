/**
 * Where the person looks: the board point at the top left of the screen, and the zoom.
 *
 * Pure values; every function gives a new camera. Screen points are CSS pixels from
 * the canvas' corner, board points are board units.
 */

/** @import { Box, Point } from "./geometry.js" */

/** @typedef {{readonly x: number, readonly y: number, readonly zoom: number}} Camera */
/** @typedef {{width: number, height: number}} Size */

export const MIN_ZOOM = 0.05; // a 20,000 unit board fits on a laptop
export const MAX_ZOOM = 30; // one board unit is as wide as a finger
const MAX_FIT_ZOOM = 2; // "fit" on a single dot must not fill the screen with it
const MARGIN_PX = 72; // keeps clear of the toolbar
const MARGIN_SHARE = 0.08; // but not beside it on a phone, where every pixel counts
const BARS_SHARE = 0.2; // nor with bars above and below in a window hardly there
const MAX_REACH_UNITS = 9_950_000; // a window at 5 % sees from there what the wire accepts
const STEPS = [0.05, 0.1, 0.25, 0.5, 0.75, 1, 1.5, 2, 3, 5, 10, 20, 30];

/** @type {Camera} */
export const HOME = { x: 0, y: 0, zoom: 1 };

/**
 * @param {number} zoom
 * @returns {number}
 */
export function clampZoom(zoom) {
  return Math.min(MAX_ZOOM, Math.max(MIN_ZOOM, zoom));
}

/**
 * @param {number} value board units
 * @param {number} [most] by default as far as a camera goes
 * @returns {number}
 */
export function clampReach(value, most = MAX_REACH_UNITS) {
  return Math.min(most, Math.max(-most, value));
}

/**
 * @param {Camera} camera
 * @param {number} x screen
 * @param {number} y screen
 * @returns {Point} board
 */
export function toBoard(camera, x, y) {
  return [camera.x + x / camera.zoom, camera.y + y / camera.zoom];
}

/**
 * @param {Camera} camera
 * @param {number} x board
 * @param {number} y board
 * @returns {Point} screen
 */
export function toScreen(camera, x, y) {
  return [(x - camera.x) * camera.zoom, (y - camera.y) * camera.zoom];
}

/**
 * Move what is seen by screen pixels.
 * @param {Camera} camera
 * @param {number} dx
 * @param {number} dy
 * @returns {Camera}
 */
export function panBy(camera, dx, dy) {
  return {
    x: clampReach(camera.x - dx / camera.zoom),
    y: clampReach(camera.y - dy / camera.zoom),
    zoom: camera.zoom,
  };
}

/**
 * Zoom so that the board point under a screen point stays there.
 * @param {Camera} camera
 * @param {number} x screen
 * @param {number} y screen
 * @param {number} zoom wanted, is clamped
 * @returns {Camera}
 */
export function zoomAt(camera, x, y, zoom) {
  const next = clampZoom(zoom);
  const [bx, by] = toBoard(camera, x, y);
  return { x: clampReach(bx - x / next), y: clampReach(by - y / next), zoom: next };
}

/**
 * The next of the round zoom steps in a direction.
 * @param {number} zoom
 * @param {1 | -1} direction
 * @returns {number}
 */
export function nextStep(zoom, direction) {
  const steps = direction > 0 ? STEPS : STEPS.toReversed();
  const next = steps.find((step) => (step - zoom) * direction > zoom * 0.001);
  return next ?? zoom;
}

/**
 * What shows a box whole, in the middle of the screen.
 * @param {Box} box
 * @param {Size} size of the screen
 * @param {number} [most] zoom
 * @returns {Camera}
 */
export function fit(box, size, most = MAX_FIT_ZOOM) {
  const beside = Math.min(MARGIN_PX, Math.min(size.width, size.height) * MARGIN_SHARE);
  const above = Math.min(MARGIN_PX, size.height * BARS_SHARE);
  const w = Math.max(1, box.right - box.left);
  const h = Math.max(1, box.bottom - box.top);
  const zoom = clampZoom(
    Math.min(
      most,
      Math.max(1, size.width - 2 * beside) / w,
      Math.max(1, size.height - 2 * above) / h,
    ),
  );
  return {
    x: (box.left + box.right) / 2 - size.width / zoom / 2,
    y: (box.top + box.bottom) / 2 - size.height / zoom / 2,
    zoom,
  };
}

/**
 * @param {Camera} camera
 * @param {Size} size
 * @returns {Box} what is seen, in board units
 */
export function seen(camera, size) {
  return {
    left: camera.x,
    top: camera.y,
    right: camera.x + size.width / camera.zoom,
    bottom: camera.y + size.height / camera.zoom,
  };
}
