/**
 * What the person sees of the board: a camera and the size of the canvas.
 */

import { signal } from "@preact/signals-core";
import {
  clampReach,
  fit,
  HOME,
  panBy,
  seen,
  toBoard,
  toScreen,
  zoomAt,
} from "../draw/camera.js";
import { isEmpty } from "../draw/geometry.js";
import { MAX_COORD_UNITS } from "../protocol.js";

/** @import { Camera, Size } from "../draw/camera.js" */
/** @import { Box, Point } from "../draw/geometry.js" */

/** The camera as it changes; whoever paints or shows the zoom listens to `camera`. */
export class View {
  constructor() {
    /** @type {import("@preact/signals-core").Signal<Camera>} */
    this.camera = signal(HOME);
    /** @type {import("@preact/signals-core").Signal<Size>} */
    this.size = signal({ width: 1, height: 1 });
    /** What panels cover at the left and the right, pixels. @type {() => Point} */
    this.covered = () => [0, 0];
    /** Go to another camera; the page lets it glide. @type {(to: Camera) => void} */
    this.travel = (to) => {
      this.camera.value = to;
    };
  }

  /** @returns {number} */
  get zoom() {
    return this.camera.peek().zoom;
  }

  /**
   * What is beyond all that the wire accepts is at its edge.
   * @param {number} x screen
   * @param {number} y
   * @returns {Point} board
   */
  toBoard(x, y) {
    const [bx, by] = toBoard(this.camera.peek(), x, y);
    return [clampReach(bx, MAX_COORD_UNITS), clampReach(by, MAX_COORD_UNITS)];
  }

  /**
   * @param {number} x board
   * @param {number} y
   * @returns {Point} screen
   */
  toScreen(x, y) {
    return toScreen(this.camera.peek(), x, y);
  }

  /**
   * @param {number} dx screen pixels
   * @param {number} dy
   * @returns {void}
   */
  panBy(dx, dy) {
    this.camera.value = panBy(this.camera.peek(), dx, dy);
  }

  /**
   * @param {number} x screen
   * @param {number} y
   * @param {number} zoom
   * @returns {void}
   */
  zoomAt(x, y, zoom) {
    this.camera.value = zoomAt(this.camera.peek(), x, y, zoom);
  }

  /**
   * Zoom about the middle of the screen.
   * @param {number} zoom
   * @returns {void}
   */
  zoomTo(zoom) {
    const { width, height } = this.size.peek();
    this.zoomAt(width / 2, height / 2, zoom);
  }

  /**
   * Move, without zooming, so that a box is seen beside the panels.
   * @param {Box} box
   * @returns {void}
   */
  reveal(box) {
    const seen = this.seen();
    const [left, right] = this.covered();
    seen.left += left / this.zoom;
    seen.right -= right / this.zoom;
    const is_seen =
      box.left >= seen.left &&
      box.right <= seen.right &&
      box.top >= seen.top &&
      box.bottom <= seen.bottom;
    if (is_seen) return;
    const dx = (seen.left + seen.right - box.left - box.right) / 2;
    const dy = (seen.top + seen.bottom - box.top - box.bottom) / 2;
    this.panBy(dx * this.zoom, dy * this.zoom);
  }

  /**
   * Show a box whole; an empty one shows the origin at 100 %.
   * @param {Box} box
   * @param {number} [most] zoom
   * @returns {void}
   */
  fit(box, most) {
    this.camera.value = this.#whole(box, most);
  }

  /**
   * Go to where a box is shown whole.
   * @param {Box} box
   * @returns {void}
   */
  visit(box) {
    this.travel(this.#whole(box));
  }

  /**
   * Go to where a point is in the middle; both it and the zoom are bounded.
   * @param {number} x board units
   * @param {number} y
   * @param {number} zoom
   * @returns {void}
   */
  center(x, y, zoom) {
    const { width, height } = this.size.peek();
    const there = zoomAt({ x, y, zoom }, 0, 0, zoom);
    this.travel(panBy(there, width / 2, height / 2));
  }

  /**
   * Go to a zoom about the middle of the screen.
   * @param {number} zoom
   * @returns {void}
   */
  travelTo(zoom) {
    const { width, height } = this.size.peek();
    this.travel(zoomAt(this.camera.peek(), width / 2, height / 2, zoom));
  }

  /** @param {Box} box @param {number} [most] zoom */
  #whole(box, most) {
    const { width, height } = this.size.peek();
    if (isEmpty(box)) return { x: -width / 2, y: -height / 2, zoom: 1 };
    const [left, right] = this.covered();
    const camera = fit(box, { width: width - left - right, height }, most);
    return { ...camera, x: camera.x - left / camera.zoom };
  }

  /** @returns {Box} what is seen, in board units */
  seen() {
    return seen(this.camera.peek(), this.size.peek());
  }
}
