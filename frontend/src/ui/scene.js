/**
 * The scene: every element on the board, painted once and kept.
 *
 * What changes is repainted where it lies, found by the R-tree; panning copies what is
 * there. On a heavy board a zoom shows the old picture scaled, over the overview, until
 * the hand rests; then it is made sharp square by square, as many a frame as there is
 * time for. It paints only when `paint` is called, from the animation frame.
 */

/** @import { Box } from "../draw/geometry.js" */
/** @import { ColorMap } from "../draw/theme.js" */
/** @import { Measure } from "../draw/text.js" */
/** @import { Element } from "../protocol.js" */
/** @import { View } from "../tools/view.js" */
/** @import { Placing, Surface } from "./surface.js" */

import { Bonds } from "../draw/bonds.js";
import { merged, squares } from "../draw/mosaic.js";
import { Spatial } from "../draw/spatial.js";
import { around, clipped, Overview, stretched } from "./overview.js";
import { Pace } from "./pace.js";
import { onBoard, Painter } from "./painter.js";

const HEAVY_PAINT_MS = 12; // a frame at 60 Hz, less what else is to do
const HEAVY_ELEMENTS = 1_500; // in sight, so many are heavy before anything was measured
const COUNTED_ELEMENTS = 20; // fewer tell nothing of what one costs
const SLICE_MS = 7; // of a frame, for making the picture sharp
const FIRST_SQUARES = 3;
const SQUARE_PX = 160;
const COST_MEMORY = 0.8; // so that a board that was slow once is tried again

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
  /** @type {Box[]} */
  #dirty = [];
  #isAllDirty = true;
  /** Whether what is on the canvas shows this board at all. */
  #isStale = true;
  /** How the board lies on what is painted. @type {Placing | null} */
  #painted = null;
  /** What painting one element costs, learned from whole repaints. */
  #msEach = 0;
  /** Squares that are to be made sharp, in board units. @type {Box[]} */
  #blurred = [];
  /** @type {HTMLCanvasElement | null} the last picture while zooming */
  #still = null;
  /** @type {Placing | null} */
  #stillPlacing = null;
  #pace = new Pace(SLICE_MS, FIRST_SQUARES);
  /** What this frame did, for `tookMs`. @type {"whole" | number} */
  #did = 0;

  /** @param {SceneParts} parts */
  constructor(parts) {
    this.parts = parts;
    this.spatial = new Spatial(parts.measure);
    this.bonds = new Bonds();
    this.painter = new Painter(this.spatial, parts.measure);
    this.overview = new Overview(this.painter);
  }

  /** @returns {ColorMap} */
  get color() {
    return this.painter.color;
  }

  /**
   * @param {ColorMap} color
   * @param {string} paper
   * @param {string} grid the colour of its dots; empty: none
   * @returns {void}
   */
  dress(color, paper, grid) {
    this.painter.color = color;
    this.painter.paper = paper;
    this.painter.grid = grid;
    this.overview.forget();
    this.soil();
  }

  /** Everything has to be painted anew. @returns {void} */
  soil() {
    this.#isAllDirty = true;
  }

  /** Forget how things were prepared too: fonts have come. @returns {void} */
  forget() {
    this.painter.forget();
    this.reload();
  }

  /** Everything is different. @returns {void} */
  reload() {
    const elements = this.parts.list().map((element) => this.parts.shown(element.id));
    this.#isStale = this.spatial.leaves.size === 0;
    const shown = elements.filter((element) => element !== undefined);
    this.spatial.load(shown);
    this.bonds.load(shown);
    this.painter.prune();
    this.overview.forget();
    this.soil();
  }

  /**
   * These elements look different, and with them the arrows that hold on to them.
   * @param {Iterable<string>} ids
   * @returns {void}
   */
  refresh(ids) {
    const from = this.#dirty.length;
    const all = new Set(ids);
    for (const id of all) {
      for (const arrow of this.bonds.on(id)) all.add(arrow); // and is visited in turn
      const before = this.spatial.boxOf(id);
      const was_frame = this.spatial.leaves.get(id)?.element.kind === "frame";
      const element = this.parts.shown(id);
      if (was_frame !== (element?.kind === "frame")) this.#soilFramed(id);
      this.bonds.set(id, element);
      this.spatial.set(id, element);
      if (!element) this.painter.drop(id);
      const after = this.spatial.boxOf(id);
      if (before && before !== after) this.#dirty.push(before);
      if (after && before !== after) this.#dirty.push(after);
    }
    this.overview.soil(this.#dirty.slice(from));
  }

  /**
   * A frame came or went: what lies in it is cut off from now on, or no more.
   * @param {string} frame
   */
  #soilFramed(frame) {
    for (const { element, box } of this.spatial.leaves.values()) {
      if (element.frame === frame) this.#dirty.push(box);
    }
  }

  /**
   * A picture has come, or is sharper now.
   * @param {string} asset
   * @returns {void}
   */
  soilAsset(asset) {
    const from = this.#dirty.length;
    for (const { element, box } of this.spatial.leaves.values()) {
      if (element.kind === "image" && element.asset === asset) this.#dirty.push(box);
    }
    this.overview.soil(this.#dirty.slice(from));
  }

  /**
   * Bring the canvas up to date.
   * @param {boolean} is_resting whether the camera has rested: time for a sharp picture
   * @param {boolean} is_idle whether no gesture goes on: time for what may be wanted later
   * @returns {"done" | "rest" | "more"} whether to call again: not before something
   *   changes, when the camera or the hand has rested, or in the next frame
   */
  paint(is_resting, is_idle) {
    const { surface, view } = this.parts;
    const placing = surface.placing(view.camera.peek());
    const is_stretched = this.#update(placing, is_resting);
    this.#dirty = [];
    this.#isAllDirty = false;
    this.#painted = placing;
    if (is_stretched) return "rest";
    this.#stillPlacing = null;
    if (is_resting || this.#isStale) this.#slice(placing, is_idle);
    if (this.#blurred.length > 0) return is_resting || this.#isStale ? "more" : "rest";
    this.#isStale = false;
    if (!this.#wantsOverview() || this.overview.is_done) return "done";
    return is_resting && is_idle ? "more" : "rest";
  }

  /** @returns {boolean} whether `tookMs` wants to know what the last `paint` cost */
  get is_measured() {
    return this.#did !== 0;
  }

  /**
   * What the last `paint` cost, the canvas' own painting included.
   * @param {number} ms
   * @returns {void}
   */
  tookMs(ms) {
    if (this.#did !== "whole") this.#pace.learn(this.#did, ms);
    else if (this.#painted) this.#learn(this.#nInSight(this.#painted), ms);
  }

  // --- inside -------------------------------------------------------------------------

  /**
   * Whether painting all that is in sight would cost frames.
   * @param {Placing} placing
   */
  #isHeavy(placing) {
    const n = this.#nInSight(placing);
    return n > HEAVY_ELEMENTS || n * this.#msEach > HEAVY_PAINT_MS;
  }

  #wantsOverview() {
    return this.spatial.leaves.size > HEAVY_ELEMENTS;
  }

  /** @param {Placing} placing */
  #nInSight(placing) {
    return this.spatial.count(this.#whole(placing));
  }

  /**
   * @param {number} n_elements
   * @param {number} ms
   */
  #learn(n_elements, ms) {
    if (n_elements >= COUNTED_ELEMENTS) this.#msEach = ms / n_elements;
  }

  /**
   * Paint what changed since the last time.
   * @param {Placing} placing
   * @param {boolean} is_resting
   * @returns {boolean} whether it is only an old picture stretched
   */
  #update(placing, is_resting) {
    const before = this.#painted;
    this.#did = 0;
    const is_zoom = before !== null && before.scale !== placing.scale;
    const is_moved = is_zoom || this.#stillPlacing !== null;
    if (before && !is_moved && !this.#isAllDirty) {
      this.#pan(before, placing);
      for (const box of merged(this.#dirty)) this.#paintPart(placing, box);
    } else if (!this.#isHeavy(placing)) this.#paintWhole(placing);
    else if (!before || this.#isStale) this.#blur(placing);
    else if (this.#isAllDirty) this.#paintWhole(placing);
    else {
      this.#paintStill(placing);
      if (!is_resting) return true;
      this.#await(placing);
    }
    return false;
  }

  /** @param {Placing} placing */
  #paintWhole(placing) {
    this.#blurred = [];
    this.#isStale = false;
    this.#did = "whole";
    const began = this.parts.now();
    this.#paintPart(placing, this.#whole(placing));
    this.#learn(this.#nInSight(placing), this.parts.now() - began); // `tookMs` knows more
  }

  /**
   * Nothing is there yet: paper, and every square to be painted.
   * @param {Placing} placing
   */
  #blur(placing) {
    this.#paper();
    this.#await(placing);
  }

  /** @param {Placing} placing */
  #await(placing) {
    const { width, height } = this.parts.surface.canvas;
    this.#blurred = squares(width, height, SQUARE_PX).map((box) =>
      onBoard(placing, box.left, box.top, box.right, box.bottom),
    );
  }

  /**
   * Paint as many squares as this frame has time for; with none left, some of the
   * overview.
   * @param {Placing} placing
   * @param {boolean} is_idle
   */
  #slice(placing, is_idle) {
    const n_allowed = this.#pace.allowed;
    if (this.#blurred.length > 0) {
      const now = this.#blurred.splice(0, n_allowed);
      for (const box of now) this.#paintPart(placing, box);
      this.#did = now.length;
      if (this.#blurred.length === 0) this.#msEach *= COST_MEMORY;
    } else if (is_idle && this.#did === 0 && this.#wantsOverview()) {
      this.overview.prepare(this.spatial.all());
      this.#did = this.overview.work(n_allowed);
    }
  }

  /**
   * @param {Placing} placing
   * @returns {Box} the whole canvas in board units
   */
  #whole(placing) {
    const { width, height } = this.parts.surface.canvas;
    return onBoard(placing, 0, 0, width, height);
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
    if (Math.abs(dx) >= width || Math.abs(dy) >= height) return this.#jump(placing);
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.globalAlpha = 1;
    context.drawImage(canvas, dx, dy); // opaque, so nothing shines through
    if (dx !== 0) {
      const from = dx > 0 ? 0 : width + dx;
      this.#paintPart(placing, onBoard(placing, from, 0, from + Math.abs(dx), height));
    }
    if (dy !== 0) {
      const from = dy > 0 ? 0 : height + dy;
      this.#paintPart(placing, onBoard(placing, 0, from, width, from + Math.abs(dy)));
    }
  }

  /**
   * Nothing of what was painted is seen any more.
   * @param {Placing} placing
   */
  #jump(placing) {
    if (!this.#isHeavy(placing)) return this.#paintWhole(placing);
    this.#paper();
    this.overview.show(this.parts.surface.context, placing);
    this.#await(placing);
  }

  /**
   * Show the last picture scaled, over the overview.
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
    const still = this.#still.getContext("2d");
    if (!this.#stillPlacing || !still) return;
    for (const box of merged(this.#dirty)) {
      this.painter.part(still, this.#stillPlacing, box);
    }
    clipped(context, around(canvas, this.#stillPlacing, placing), () => {
      this.#paper();
      this.overview.show(context, placing);
    });
    stretched(context, this.#still, this.#stillPlacing, placing);
    this.#blurred = [];
  }

  #paper() {
    const { canvas, context } = this.parts.surface;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.globalAlpha = 1;
    context.fillStyle = this.painter.paper;
    context.fillRect(0, 0, canvas.width, canvas.height);
  }

  /**
   * @param {Placing} placing
   * @param {Box} part board units
   */
  #paintPart(placing, part) {
    this.painter.part(this.parts.surface.context, placing, part);
  }
}
