/**
 * One canvas in the size of its box, in device pixels, with the board's transform.
 *
 * The transform is rounded to whole device pixels, so that panning can copy what is
 * painted already and lines never shimmer.
 */

/** @import { Camera, Size } from "../draw/camera.js" */

/** How the board lies on the canvas, in device pixels. */
/** @typedef {{scale: number, x: number, y: number}} Placing */

export class Surface {
  /**
   * @param {HTMLCanvasElement} canvas
   * @param {{opaque: boolean}} kind
   */
  constructor(canvas, { opaque }) {
    this.canvas = canvas;
    const context = canvas.getContext("2d", { alpha: !opaque });
    if (!context) throw new Error("This browser has no 2D canvas.");
    this.context = context;
    this.ratio = 1;
  }

  /**
   * @param {Size} size CSS pixels
   * @param {number} ratio device pixels in one
   * @returns {boolean} whether it changed, which wipes the canvas
   */
  resize(size, ratio) {
    const width = Math.max(1, Math.round(size.width * ratio));
    const height = Math.max(1, Math.round(size.height * ratio));
    if (this.canvas.width === width && this.canvas.height === height) return false;
    this.ratio = ratio;
    this.canvas.width = width;
    this.canvas.height = height;
    return true;
  }

  /**
   * @param {Camera} camera
   * @returns {Placing}
   */
  placing(camera) {
    const scale = camera.zoom * this.ratio;
    return {
      scale,
      x: Math.round(-camera.x * scale),
      y: Math.round(-camera.y * scale),
    };
  }

  /**
   * Paint in board units from now on.
   * @param {Placing} placing
   * @returns {void}
   */
  enter({ scale, x, y }) {
    this.context.setTransform(scale, 0, 0, scale, x, y);
  }
}
