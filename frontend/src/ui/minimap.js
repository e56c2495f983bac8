/**
 * The map of the board in a corner: what lies where, what I see, what the peers see.
 *
 * The content is painted small and at rest only; in between the last picture of it is
 * stretched to where it belongs. Viewports are painted with every frame that moves one.
 */

/** @import { Leaf } from "../draw/spatial.js" */
/** @import { ColorMap } from "../draw/theme.js" */
/** @import { Peers } from "../model/peers.js" */
/** @import { Replica } from "../model/replica.js" */
/** @import { View } from "../tools/view.js" */
/** @import { Scene } from "./scene.js" */
/** @import { Placing } from "./surface.js" */

import { effect } from "@preact/signals-core";
import { grow, isEmpty, rotate, union } from "../draw/geometry.js";
import { NOTE_PAPER } from "../draw/look.js";

const REST_MS = 250; // after the last change
const ROOM = 0.06; // around everything
const MOST_SAMPLES = 12; // of a line: nobody sees more of it at this size
/** What has a colour of its own where it has no fill. @type {Record<string, string>} */
const PLAIN = { note: NOTE_PAPER, image: "#adb5bd" };
const MIN_SIDE_PX = 1.5; // a smaller thing is still something
const LEAST_VIEW_PX = 3; // of a viewport; and the map's round corners cut nothing off

/**
 * What a map is made of.
 * @typedef {object} Land
 * @property {View} view
 * @property {Pick<Scene, "spatial" | "color">} scene
 * @property {Pick<Replica, "subscribe">} replica
 * @property {Pick<Peers, "list" | "subscribe" | "myColor">} peers
 */

export class Minimap {
  /** @type {HTMLCanvasElement} */
  #content = document.createElement("canvas");
  /** Where the content was painted. @type {Placing | null} */
  #painted = null;
  /** @type {Placing} */
  #placing = { scale: 1, x: 0, y: 0 };
  #frame = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #rest;
  /** From the middle of the view to the pointer that drags it. @type {number[] | null} */
  #grip = null;

  /**
   * @param {HTMLCanvasElement} canvas
   * @param {Land} land
   */
  constructor(canvas, land) {
    this.canvas = canvas;
    this.land = land;
    const ratio = window.devicePixelRatio || 1;
    canvas.width = this.#content.width = Math.round(canvas.clientWidth * ratio);
    canvas.height = this.#content.height = Math.round(canvas.clientHeight * ratio);
    this.ratio = ratio;
    const stops = [
      land.replica.subscribe(() => this.#change(true)),
      land.peers.subscribe(() => this.#change(false)),
      effect(() => {
        land.view.camera.value;
        land.view.size.value;
        this.#change(true); // the map may reach further now
      }),
    ];
    /** @returns {void} */
    this.stop = () => {
      for (const end of stops) end();
      cancelAnimationFrame(this.#frame);
      clearTimeout(this.#rest);
    };
    this.#paintContent();
  }

  /**
   * A pointer went down on the map: what I see goes there, or is taken along.
   * @param {number} x CSS pixels from the map's corner
   * @param {number} y
   * @returns {void}
   */
  take(x, y) {
    const { left, top, right, bottom } = this.land.view.seen();
    const [bx, by] = this.#toBoard(x, y);
    const is_inside = bx > left && bx < right && by > top && by < bottom;
    this.#grip = is_inside
      ? [bx - (left + right) / 2, by - (top + bottom) / 2]
      : [0, 0];
    this.drag(x, y);
  }

  /**
   * @param {number} x
   * @param {number} y
   * @returns {void}
   */
  drag(x, y) {
    const [gx, gy] = this.#grip ?? [];
    if (gx === undefined || gy === undefined) return;
    const { view } = this.land;
    const [bx, by] = this.#toBoard(x, y);
    const [sx, sy] = view.toScreen(bx - gx, by - gy);
    const { width, height } = view.size.peek();
    view.panBy(width / 2 - sx, height / 2 - sy);
  }

  /** The pointer let go. @returns {void} */
  release() {
    this.#grip = null;
    this.#change(true);
  }

  /** @param {boolean} is_content */
  #change(is_content) {
    if (is_content) {
      clearTimeout(this.#rest);
      this.#rest = setTimeout(() => this.#paintContent(), REST_MS);
    }
    this.#frame ||= requestAnimationFrame(() => this.#paint());
  }

  /** Everything and my view fit; while I drag, the map stays as it is. */
  #place() {
    if (this.#grip) return;
    const { view, scene } = this.land;
    const all = scene.spatial.all();
    const box = isEmpty(all) ? view.seen() : union(all, view.seen());
    const side = Math.max(box.right - box.left, box.bottom - box.top, 1);
    const { left, top, right, bottom } = grow(box, side * ROOM);
    const { width, height } = this.canvas;
    const scale = Math.min(width / (right - left), height / (bottom - top));
    const x = width / 2 - ((left + right) / 2) * scale;
    const y = height / 2 - ((top + bottom) / 2) * scale;
    this.#placing = { scale, x, y };
  }

  #paintContent() {
    if (this.#grip) return;
    this.#place();
    const context = this.#content.getContext("2d");
    if (!context) return;
    const { width, height } = this.#content;
    context.clearRect(0, 0, width, height);
    const { spatial, color } = this.land.scene;
    for (const leaf of spatial.leaves.values()) {
      paintSmall(context, leaf, this.#placing, color, this.ratio);
    }
    this.#painted = this.#placing;
    this.#change(false);
  }

  #paint() {
    this.#frame = 0;
    this.#place();
    const context = this.canvas.getContext("2d");
    if (!context) return;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, this.canvas.width, this.canvas.height);
    if (this.#painted) {
      const { scale, x, y } = this.#painted;
      const to = this.#placing;
      const by = to.scale / scale;
      context.setTransform(by, 0, 0, by, to.x - x * by, to.y - y * by);
      context.drawImage(this.#content, 0, 0);
    }
    context.setTransform(1, 0, 0, 1, 0, 0);
    for (const { color, view } of this.land.peers.list()) {
      if (view) this.#viewport(context, view, color);
    }
    const { left, top, right, bottom } = this.land.view.seen();
    const accent = getComputedStyle(this.canvas).color;
    this.#viewport(context, [left, top, right - left, bottom - top], accent, true);
  }

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {readonly number[]} view x, y, w, h in board units
   * @param {string} color
   * @param {boolean} [is_mine] that of a peer may be all of the map: it tints nothing
   */
  #viewport(context, [x = 0, y = 0, w = 0, h = 0], color, is_mine = false) {
    const { scale, x: dx, y: dy } = this.#placing;
    const least = LEAST_VIEW_PX * this.ratio;
    const [left, width] = within(x * scale + dx, w * scale, this.canvas.width, least);
    const [top, height] = within(y * scale + dy, h * scale, this.canvas.height, least);
    if (width < 0 || height < 0) return;
    context.lineWidth = (is_mine ? 1.5 : 1) * this.ratio;
    context.strokeStyle = context.fillStyle = color;
    context.beginPath();
    context.roundRect(left, top, width, height, 2 * this.ratio);
    context.globalAlpha = 0.08;
    if (is_mine) context.fill();
    context.globalAlpha = 1;
    context.stroke();
  }

  /**
   * @param {number} x CSS pixels
   * @param {number} y
   * @returns {[number, number]}
   */
  #toBoard(x, y) {
    const { scale, x: dx, y: dy } = this.#placing;
    return [(x * this.ratio - dx) / scale, (y * this.ratio - dy) / scale];
  }
}

/**
 * One side of a viewport on the map: of one that reaches further the border runs along
 * the map's edge, for a single line of it would say nothing.
 * @param {number} from canvas pixels
 * @param {number} length
 * @param {number} room how long the map is
 * @param {number} least as long as it is shown, and as far as it stays from the edge
 * @returns {[number, number]} from where, how long; below 0: it is beside the map
 */
export function within(from, length, room, least) {
  const start = Math.max(least, from);
  const end = Math.min(room - least, from + Math.max(least, length));
  return [start, end - start];
}

/**
 * An element as the map shows it: a line, turned as it is, or a box.
 * @param {CanvasRenderingContext2D} context
 * @param {Leaf} leaf
 * @param {Placing} placing
 * @param {ColorMap} color
 * @param {number} ratio
 */
export function paintSmall(context, { element, box }, { scale, x, y }, color, ratio) {
  const { stroke = "#1e1e1e", fill = "none", opacity = 1 } = element;
  context.globalAlpha = opacity;
  if ("points" in element) {
    const { points, angle = 0 } = element;
    const [cx, cy] = [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
    const step = 2 * Math.max(1, Math.floor(points.length / 2 / MOST_SAMPLES));
    context.strokeStyle = color(stroke);
    context.lineWidth = ratio;
    context.beginPath();
    for (let i = 0; i < points.length; i += step) {
      const [px, py] = [element.x + (points[i] ?? 0), element.y + (points[i + 1] ?? 0)];
      const [bx, by] = rotate(px, py, cx, cy, angle);
      context.lineTo(bx * scale + x, by * scale + y);
    }
    context.stroke();
    return;
  }
  const is_area =
    fill !== "none" || element.kind === "note" || element.kind === "image";
  const [w, h] = [(box.right - box.left) * scale, (box.bottom - box.top) * scale];
  const [px, py] = [box.left * scale + x, box.top * scale + y];
  const least = MIN_SIDE_PX * ratio;
  if (is_area || element.kind === "text" || w < 3 * least) {
    const plain = PLAIN[element.kind] ?? stroke;
    context.fillStyle = color(fill === "none" ? plain : fill);
    if (!is_area) context.globalAlpha = opacity * 0.45;
    context.fillRect(px, py, Math.max(w, least), Math.max(h, least));
  } else {
    context.strokeStyle = color(stroke);
    context.lineWidth = ratio;
    context.globalAlpha = opacity * 0.6;
    context.strokeRect(px, py, w, h);
  }
}
