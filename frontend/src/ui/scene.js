/**
 * The scene: every element on the board, painted once and kept.
 *
 * What changes is repainted where it lies, found by the R-tree; panning copies what is
 * there; zooming a heavy board shows the old picture scaled until the hand rests. It
 * paints only when `paint` is called, from the animation frame.
 */

/** @import { Box } from "../draw/geometry.js" */
/** @import { ColorMap } from "../draw/theme.js" */
/** @import { Prepared } from "../draw/canvas.js" */
/** @import { Measure } from "../draw/text.js" */
/** @import { Element } from "../protocol.js" */
/** @import { View } from "../tools/view.js" */
/** @import { Placing, Surface } from "./surface.js" */

import { paint, paintFar, prepare } from "../draw/canvas.js";
import { boxBetween, grow, isEmpty, overlaps, union } from "../draw/geometry.js";
import { strokeOf, widthOf } from "../draw/look.js";
import { display } from "../draw/shapes.js";
import { Spatial } from "../draw/spatial.js";

const MAX_DIRTY_BOXES = 12; // more are painted as one
const SPECK_PX = 1.5; // smaller than this on the screen, a dot does
const FAR_PX = 1.2; // ink thinner than this shows no swelling
const FAR_STEP_PX = 0.75;
const HEAVY_PAINT_MS = 14; // a frame at 60 Hz, less what else is to do

/**
 * @typedef {object} SceneParts
 * @property {Surface} surface
 * @property {View} view
 * @property {Measure} measure
 * @property {() => readonly Element[]} list what the board shows, in paint order
 * @property {(id: string) => Element | undefined} shown an element with drafts over it
 * @property {() => number} now ms
 */

export class Scene {
  /** @type {Map<string, {element: Element, prepared: Prepared}>} */
  #prepared = new Map();
  /** @type {Box[]} */
  #dirty = [];
  #isAllDirty = true;
  /** How the board lies on what is painted. @type {Placing | null} */
  #painted = null;
  #costMs = 0;
  /** @type {HTMLCanvasElement | null} the last sharp picture while zooming */
  #still = null;
  /** @type {Placing | null} */
  #stillPlacing = null;

  /** @param {SceneParts} parts */
  constructor(parts) {
    this.parts = parts;
    this.spatial = new Spatial(parts.measure);
    /** @type {ColorMap} */
    this.color = (stored) => stored;
    this.paper = "#ffffff";
  }

  /**
   * @param {ColorMap} color
   * @param {string} paper
   * @returns {void}
   */
  dress(color, paper) {
    this.color = color;
    this.paper = paper;
    this.soil();
  }

  /** Everything has to be painted anew. @returns {void} */
  soil() {
    this.#isAllDirty = true;
  }

  /** Forget how things were prepared too: fonts have come. @returns {void} */
  forget() {
    this.#prepared.clear();
    this.reload();
  }

  /** Everything is different. @returns {void} */
  reload() {
    const elements = this.parts.list().map((element) => this.#shown(element.id));
    this.spatial.load(elements.filter((element) => element !== undefined));
    for (const id of this.#prepared.keys()) {
      if (!this.spatial.boxOf(id)) this.#prepared.delete(id);
    }
    this.soil();
  }

  /**
   * These elements look different.
   * @param {Iterable<string>} ids
   * @returns {void}
   */
  refresh(ids) {
    for (const id of ids) {
      const before = this.spatial.boxOf(id);
      const element = this.#shown(id);
      this.spatial.set(id, element);
      if (!element) this.#prepared.delete(id);
      const after = this.spatial.boxOf(id);
      if (before && before !== after) this.#dirty.push(before);
      if (after && before !== after) this.#dirty.push(after);
    }
  }

  /** @returns {boolean} whether `paint` has something to do */
  get is_dirty() {
    return this.#isAllDirty || this.#dirty.length > 0;
  }

  /**
   * Bring the canvas up to date.
   * @param {boolean} is_resting whether the camera has rested: time for a sharp picture
   * @returns {boolean} whether the picture is sharp
   */
  paint(is_resting) {
    const { surface, view, now } = this.parts;
    const placing = surface.placing(view.camera.peek());
    const before = this.#painted;
    const is_zoom = before !== null && before.scale !== placing.scale;
    if (is_zoom && !is_resting && this.#costMs > HEAVY_PAINT_MS) {
      this.#paintStill(placing);
      return false;
    }
    if (this.#isAllDirty || !before || is_zoom || this.#stillPlacing) {
      const began = now();
      this.#paintPart(placing, this.#whole(placing));
      this.#costMs = now() - began;
    } else {
      this.#pan(before, placing);
      for (const box of merged(this.#dirty)) this.#paintPart(placing, box);
    }
    this.#dirty = [];
    this.#isAllDirty = false;
    this.#painted = placing;
    this.#stillPlacing = null;
    return true;
  }

  /**
   * @param {string} id
   * @returns {Element | undefined} as it is shown, if it is on the board at all
   */
  #shown(id) {
    return this.parts.shown(id);
  }

  /**
   * @param {Placing} placing
   * @returns {Box} the whole canvas in board units
   */
  #whole(placing) {
    const { width, height } = this.parts.surface.canvas;
    return this.#toBoard(placing, 0, 0, width, height);
  }

  /**
   * @param {Placing} placing
   * @param {number} x0 device pixels
   * @param {number} y0
   * @param {number} x1
   * @param {number} y1
   * @returns {Box}
   */
  #toBoard({ scale, x, y }, x0, y0, x1, y1) {
    return boxBetween(
      (x0 - x) / scale,
      (y0 - y) / scale,
      (x1 - x) / scale,
      (y1 - y) / scale,
    );
  }

  /**
   * Copy what is painted to where it lies now, and paint the strips that came in.
   * @param {Placing} before
   * @param {Placing} placing
   */
  #pan(before, placing) {
    const [dx, dy] = [placing.x - before.x, placing.y - before.y];
    if (dx === 0 && dy === 0) return;
    const { canvas, context } = this.parts.surface;
    const { width, height } = canvas;
    if (Math.abs(dx) >= width || Math.abs(dy) >= height) {
      this.#paintPart(placing, this.#whole(placing));
      return;
    }
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.globalAlpha = 1;
    context.globalCompositeOperation = "copy";
    context.drawImage(canvas, dx, dy);
    context.globalCompositeOperation = "source-over";
    if (dx !== 0) {
      const from = dx > 0 ? 0 : width + dx;
      this.#paintPart(
        placing,
        this.#toBoard(placing, from, 0, from + Math.abs(dx), height),
      );
    }
    if (dy !== 0) {
      const from = dy > 0 ? 0 : height + dy;
      this.#paintPart(
        placing,
        this.#toBoard(placing, 0, from, width, from + Math.abs(dy)),
      );
    }
  }

  /**
   * Show the last sharp picture scaled.
   * @param {Placing} placing
   */
  #paintStill(placing) {
    const { canvas, context } = this.parts.surface;
    if (!this.#stillPlacing || !this.#still) {
      this.#still ??= document.createElement("canvas");
      this.#still.width = canvas.width;
      this.#still.height = canvas.height;
      this.#still.getContext("2d")?.drawImage(canvas, 0, 0);
      this.#stillPlacing = this.#painted;
    }
    const from = this.#stillPlacing;
    if (!from) return;
    const by = placing.scale / from.scale;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.globalAlpha = 1;
    context.fillStyle = this.paper;
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.setTransform(
      by,
      0,
      0,
      by,
      placing.x - from.x * by,
      placing.y - from.y * by,
    );
    context.drawImage(this.#still, 0, 0);
    this.#isAllDirty = true;
  }

  /**
   * Paint a part of the board anew, and nothing outside it.
   * @param {Placing} placing
   * @param {Box} part board units
   */
  #paintPart(placing, part) {
    const { surface } = this.parts;
    const { context, canvas } = surface;
    const left = Math.max(0, Math.floor(part.left * placing.scale + placing.x));
    const top = Math.max(0, Math.floor(part.top * placing.scale + placing.y));
    const right = Math.min(
      canvas.width,
      Math.ceil(part.right * placing.scale + placing.x),
    );
    const bottom = Math.min(
      canvas.height,
      Math.ceil(part.bottom * placing.scale + placing.y),
    );
    if (right <= left || bottom <= top) return;
    context.save();
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.beginPath();
    context.rect(left, top, right - left, bottom - top);
    context.clip();
    context.globalAlpha = 1;
    context.fillStyle = this.paper;
    context.fillRect(left, top, right - left, bottom - top);
    surface.enter(placing);
    for (const element of this.spatial.search(
      this.#toBoard(placing, left, top, right, bottom),
    )) {
      this.#paintElement(element, placing);
    }
    context.restore();
  }

  /**
   * @param {Element} element
   * @param {Placing} placing
   */
  #paintElement(element, placing) {
    const speck = SPECK_PX / placing.scale;
    const { context } = this.parts.surface;
    const box = this.spatial.boxOf(element.id);
    if (box && box.right - box.left < speck && box.bottom - box.top < speck) {
      context.globalAlpha = element.opacity ?? 1;
      context.fillStyle = this.color(strokeOf(element));
      context.fillRect(box.left, box.top, box.right - box.left, box.bottom - box.top);
      return;
    }
    const is_far = widthOf(element) * placing.scale < FAR_PX;
    if (is_far && element.kind === "pen" && !element.angle) {
      if (strokeOf(element) === "none") return;
      paintFar(context, element, FAR_STEP_PX / placing.scale, this.color);
    } else paint(context, this.#prepare(element), this.color);
  }

  /**
   * @param {Element} element
   * @returns {Prepared}
   */
  #prepare(element) {
    const known = this.#prepared.get(element.id);
    if (known?.element === element) return known.prepared;
    const look = display(element, this.parts.measure);
    const prepared =
      known && isSameInk(known.element, element)
        ? {
            display: { ...known.prepared.display, ...placeOf(look) },
            paths: known.prepared.paths,
          }
        : prepare(look);
    this.#prepared.set(element.id, { element, prepared });
    return prepared;
  }
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
  return true;
}

/**
 * @param {import("../draw/shapes.js").Display} look
 */
function placeOf({ x, y, opacity }) {
  return { x, y, opacity };
}

/**
 * Few boxes instead of many, none of them touching.
 * @param {readonly Box[]} boxes
 * @returns {Box[]}
 */
function merged(boxes) {
  /** @type {Box[]} */
  let few = [];
  for (const box of boxes) {
    if (isEmpty(box)) continue;
    let grown = grow(box, 1);
    const apart = few.filter((other) => !overlaps(other, grown));
    for (const other of few) if (overlaps(other, grown)) grown = union(grown, other);
    few = [...apart, grown];
  }
  if (few.length <= MAX_DIRTY_BOXES) return few;
  return [few.reduce(union)];
}
