/**
 * The painter: a part of the board onto a canvas, whole elements in paint order, nothing
 * outside the part. It keeps how elements were prepared and nothing of what is seen.
 *
 * The scene calls it, for its own canvas and for the overview.
 */

/** @import { Prepared } from "../draw/canvas.js" */
/** @import { Box } from "../draw/geometry.js" */
/** @import { Lined } from "../draw/route.js" */
/** @import { Spatial } from "../draw/spatial.js" */
/** @import { Pictures } from "../draw/picture.js" */
/** @import { Sketch } from "../draw/shapes.js" */
/** @import { Measure } from "../draw/text.js" */
/** @import { ColorMap } from "../draw/theme.js" */
/** @import { Element } from "../protocol.js" */
/** @import { Placing } from "./surface.js" */

import { paint, paintFar, prepare } from "../draw/canvas.js";
import { clipTo, frameOf } from "../draw/frames.js";
import { boxBetween } from "../draw/geometry.js";
import { strokeOf, widthOf } from "../draw/look.js";
import { noPictures } from "../draw/picture.js";
import { isLined, leadOf } from "../draw/route.js";
import { display, plainly } from "../draw/shapes.js";
import { paintGrid } from "./grid.js";

const SPECK_PX = 1.5; // smaller than this on the screen, a dot does
const FAR_PX = 1.2; // ink thinner than this shows no swelling
const FAR_STEP_PX = 0.75;
const LEAST_PX = 0.9; // a thinner line fades; a thicker one costs
const MAX_PREPARED = 6_000; // some 50 MB of outlines; what is far needs none

export class Painter {
  /** @type {Map<string, {element: Element, prepared: Prepared}>} */
  #prepared = new Map();

  /**
   * @param {Spatial} spatial
   * @param {Measure} measure
   */
  constructor(spatial, measure) {
    this.spatial = spatial;
    this.measure = measure;
    /** @type {ColorMap} */
    this.color = (stored) => stored;
    this.paper = "#ffffff";
    /** The colour of the grid's dots; empty: no grid. */
    this.grid = "";
    /** @type {Pictures} */
    this.pictures = noPictures;
    /** @type {Sketch} */
    this.sketch = plainly;
    /**
     * Whether the page says the titles of frames by itself at a scale, larger.
     * @type {(scale: number) => boolean}
     */
    this.hidesTitles = () => false;
  }

  /** Forget how everything was prepared. @returns {void} */
  forget() {
    this.#prepared.clear();
  }

  /** Forget what is no longer on the board. @returns {void} */
  prune() {
    for (const id of this.#prepared.keys()) {
      if (!this.spatial.boxOf(id)) this.#prepared.delete(id);
    }
  }

  /** @param {string} id @returns {void} */
  drop(id) {
    this.#prepared.delete(id);
  }

  /**
   * Paint a part of the board anew.
   * @param {CanvasRenderingContext2D} context
   * @param {Placing} placing
   * @param {Box} part board units
   * @returns {void}
   */
  part(context, placing, part) {
    const { scale, x, y } = placing;
    const { width, height } = context.canvas;
    const left = Math.max(0, Math.floor(part.left * scale + x));
    const top = Math.max(0, Math.floor(part.top * scale + y));
    const right = Math.min(width, Math.ceil(part.right * scale + x));
    const bottom = Math.min(height, Math.ceil(part.bottom * scale + y));
    if (right <= left || bottom <= top) return;
    context.save();
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.beginPath();
    context.rect(left, top, right - left, bottom - top);
    context.clip();
    context.globalAlpha = 1;
    context.fillStyle = this.paper;
    context.fillRect(left, top, right - left, bottom - top);
    context.setTransform(scale, 0, 0, scale, x, y);
    const box = onBoard(placing, left, top, right, bottom);
    if (this.grid !== "") paintGrid(context, box, scale, this.grid);
    for (const element of this.spatial.search(box)) {
      const frame = frameOf(element, (id) => this.spatial.leaves.get(id)?.element);
      if (frame) {
        context.save();
        clipTo(context, frame, this.measure);
        this.#element(context, element, placing);
        context.restore();
      } else this.#element(context, element, placing);
    }
    context.restore();
  }

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {Element} element
   * @param {Placing} placing
   */
  #element(context, element, placing) {
    const { scale } = placing;
    const speck = SPECK_PX / scale;
    const box = this.spatial.boxOf(element.id);
    if (box && box.right - box.left < speck && box.bottom - box.top < speck) {
      context.globalAlpha = element.opacity ?? 1;
      context.fillStyle = this.color(strokeOf(element));
      context.fillRect(box.left, box.top, box.right - box.left, box.bottom - box.top);
      return;
    }
    const is_far = widthOf(element) * scale < FAR_PX;
    if (is_far && element.kind === "pen" && !element.angle) {
      if (strokeOf(element) === "none") return;
      const far = { step: FAR_STEP_PX / scale, least: LEAST_PX / scale };
      paintFar(context, element, far, this.color);
    } else {
      const is_bare = element.kind === "frame" && this.hidesTitles(scale);
      const look = this.#prepare(element);
      const shown = is_bare ? withoutWords(look) : look;
      paint(context, shown, this.color, this.pictures, placing);
    }
  }

  /**
   * @param {Element} element
   * @returns {Prepared}
   */
  #prepare(element) {
    const known = this.#prepared.get(element.id);
    if (known?.element === element) return known.prepared;
    const look = display(element, this.measure);
    const prepared =
      known && isSameInk(known.element, element)
        ? {
            display: { ...known.prepared.display, ...placeOf(look) },
            paths: known.prepared.paths,
          }
        : prepare(this.sketch(look, element));
    if (!known && this.#prepared.size >= MAX_PREPARED) this.#dropOldest();
    this.#prepared.set(element.id, { element, prepared });
    return prepared;
  }

  #dropOldest() {
    let n_left = MAX_PREPARED / 4;
    for (const id of this.#prepared.keys()) {
      if (n_left-- <= 0) return;
      this.#prepared.delete(id);
    }
  }
}

/**
 * @param {Prepared} prepared whose words come last
 * @returns {Prepared}
 */
export function withoutWords({ display: look, paths }) {
  const items = look.items.filter(({ type }) => type !== "text");
  return { display: { ...look, items }, paths };
}

/**
 * @param {Placing} placing
 * @param {number} x0 device pixels
 * @param {number} y0
 * @param {number} x1
 * @param {number} y1
 * @returns {Box} the same in board units
 */
export function onBoard({ scale, x, y }, x0, y0, x1, y1) {
  return boxBetween(
    (x0 - x) / scale,
    (y0 - y) / scale,
    (x1 - x) / scale,
    (y1 - y) / scale,
  );
}

/** Properties that move or fade what is prepared, and leave its paths as they are. */
const PLACE = new Set(["x", "y", "z", "opacity", "locked", "groups", "frame", "link"]);

/**
 * Whether two states of an element have the same paths.
 * @param {Element} a
 * @param {Element} b
 * @returns {boolean}
 */
function isSameInk(a, b) {
  const [before, after] = /** @type {Record<string, unknown>[]} */ (
    /** @type {unknown} */ ([a, b])
  );
  const names = new Set([...Object.keys(a), ...Object.keys(b)]);
  for (const name of names) {
    if (!PLACE.has(name) && before?.[name] !== after?.[name]) return false;
  }
  // A bound arrow's way also depends on the shapes that it goes around.
  return !isLined(a) || leadOf(a) === leadOf(/** @type {Lined} */ (b));
}

/**
 * @param {import("../draw/shapes.js").Display} look
 */
function placeOf({ x, y, opacity }) {
  return { x, y, opacity };
}
