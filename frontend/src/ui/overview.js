/**
 * The overview: the whole board on one small canvas, kept for as long as the board is
 * heavy. Where nothing sharper is there yet, a stretch of it stands in, so that zooming
 * out or jumping never shows an empty board.
 *
 * It is painted in pieces, when the scene has nothing else to do.
 */

/** @import { Box } from "../draw/geometry.js" */
/** @import { Painter } from "./painter.js" */
/** @import { Placing } from "./surface.js" */

import { boxBetween, boxHolds, isEmpty } from "../draw/geometry.js";
import { merged, squares } from "../draw/mosaic.js";
import { onBoard } from "./painter.js";

const SIDE_PX = 1024; // 4 MB, and enough to tell what is where
const SQUARE_PX = 128;
const ROOM = 0.15; // around the board, so that it may grow a little

export class Overview {
  /** @type {HTMLCanvasElement | null} */
  #canvas = null;
  /** @type {Placing} */
  #placing = { scale: 1, x: 0, y: 0 };
  /** Board boxes to be painted. @type {Box[]} */
  #due = [];
  #isWhole = false;

  /** @param {Painter} painter */
  constructor(painter) {
    this.painter = painter;
  }

  /** @returns {boolean} whether it is there and up to date */
  get is_done() {
    return this.#isWhole && this.#due.length === 0;
  }

  /** Drop it: everything is different. @returns {void} */
  forget() {
    this.#canvas = null;
    this.#isWhole = false;
    this.#due = [];
  }

  /**
   * Begin anew for a board that reaches so far, unless it is there.
   * @param {Box} board
   * @returns {void}
   */
  prepare(board) {
    if (this.#canvas) return;
    const { left, top, right, bottom } = isEmpty(board)
      ? boxBetween(0, 0, 1, 1)
      : board;
    const [w, h] = [Math.max(1, right - left), Math.max(1, bottom - top)];
    const scale = SIDE_PX / (Math.max(w, h) * (1 + 2 * ROOM));
    const canvas = document.createElement("canvas");
    canvas.width = Math.max(1, Math.ceil(w * (1 + 2 * ROOM) * scale));
    canvas.height = Math.max(1, Math.ceil(h * (1 + 2 * ROOM) * scale));
    this.#placing = {
      scale,
      x: (w * ROOM - left) * scale,
      y: (h * ROOM - top) * scale,
    };
    this.#canvas = canvas;
    this.#due = squares(canvas.width, canvas.height, SQUARE_PX).map((box) =>
      onBoard(this.#placing, box.left, box.top, box.right, box.bottom),
    );
  }

  /**
   * These places look different.
   * @param {readonly Box[]} boxes board units
   * @returns {void}
   */
  soil(boxes) {
    if (!this.#canvas) return;
    const { width, height } = this.#canvas;
    const reach = onBoard(this.#placing, 0, 0, width, height);
    for (const box of boxes) {
      const is_inside =
        boxHolds(reach, box.left, box.top) && boxHolds(reach, box.right, box.bottom);
      if (!is_inside) return this.forget();
    }
    this.#due = this.#isWhole ? merged([...this.#due, ...boxes]) : this.#due;
  }

  /**
   * Paint some of what is due.
   * @param {number} n_pieces
   * @returns {number} how many were painted
   */
  work(n_pieces) {
    const context = this.#canvas?.getContext("2d");
    if (!context) return 0;
    const now = this.#due.splice(0, n_pieces);
    for (const box of now) this.painter.part(context, this.#placing, box);
    if (this.#due.length === 0) this.#isWhole = true;
    return now.length;
  }

  /**
   * Put it where it lies.
   * @param {CanvasRenderingContext2D} context
   * @param {Placing} placing
   * @returns {void}
   */
  show(context, placing) {
    if (this.#canvas && this.#isWhole) {
      stretched(context, this.#canvas, this.#placing, placing);
    }
  }
}

/**
 * Paint a picture of the board that was made for another placing.
 * @param {CanvasRenderingContext2D} context
 * @param {HTMLCanvasElement} picture
 * @param {Placing} from
 * @param {Placing} to
 * @returns {void}
 */
export function stretched(context, picture, from, to) {
  const by = to.scale / from.scale;
  context.setTransform(by, 0, 0, by, to.x - from.x * by, to.y - from.y * by);
  context.drawImage(picture, 0, 0);
}

/**
 * What a stretched picture leaves free. Stretching one more below it costs three
 * milliseconds without a graphics card, and nobody would see that.
 * @param {{width: number, height: number}} canvas as large as the picture
 * @param {Placing} from
 * @param {Placing} to
 * @returns {Path2D | null} device pixels; null: nothing
 */
export function around({ width, height }, from, to) {
  const by = to.scale / from.scale;
  const left = Math.ceil(to.x - from.x * by);
  const top = Math.ceil(to.y - from.y * by);
  const right = Math.floor(to.x + (width - from.x) * by);
  const bottom = Math.floor(to.y + (height - from.y) * by);
  if (left <= 0 && top <= 0 && right >= width && bottom >= height) return null;
  const path = new Path2D();
  path.rect(0, 0, width, height);
  path.rect(left, top, right - left, bottom - top);
  return path;
}

/**
 * Paint inside an outline only, where there is one.
 * @param {CanvasRenderingContext2D} context
 * @param {Path2D | null} outline device pixels, even-odd
 * @param {() => void} paint
 * @returns {void}
 */
export function clipped(context, outline, paint) {
  if (!outline) return;
  context.save();
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.clip(outline, "evenodd");
  paint();
  context.restore();
}
