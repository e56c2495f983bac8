/**
 * The overlay: what moves, above the scene. Strokes and shapes that are not finished
 * yet, mine and the peers', the ring of a brush, and marks (`marks.js`).
 *
 * Cleared and painted only where it changed, from the animation frame only.
 */

/** @import { Prepared } from "../draw/canvas.js" */
/** @import { Box } from "../draw/geometry.js" */
/** @import { InkOutline } from "../draw/ink_outline.js" */
/** @import { Pictures } from "../draw/picture.js" */
/** @import { Sketch } from "../draw/shapes.js" */
/** @import { ColorMap } from "../draw/theme.js" */
/** @import { Element } from "../protocol.js" */
/** @import { ShownTrail } from "../draw/trails.js" */
/** @import { Bench, Guide } from "../tools/bench.js" */
/** @import { Seen } from "./damage.js" */
/** @import { Placing, Surface } from "./surface.js" */

import { paintBounds } from "../draw/bounds.js";
import { paint, prepare, prepareInk } from "../draw/canvas.js";
import { clipTo, frameOf } from "../draw/frames.js";
import { boxBetween, emptyBox, grow, overlaps, union } from "../draw/geometry.js";
import { inkOutline, isTap, tailBox } from "../draw/ink.js";
import { widthOf } from "../draw/look.js";
import { noPictures } from "../draw/picture.js";
import { display, plainly } from "../draw/shapes.js";
import { Damage } from "./damage.js";
import { withoutWords } from "./painter.js";

const MIN_RING_PX = 2; // a finer brush shows as a dot of this radius, or it is lost
const AGAIN_MS = 10_000; // after a failure, so that no frame asks the network
const HOLLOW_PX = 4; // a smaller ring is filled

/**
 * What is to be shown above the scene.
 * @typedef {object} Above
 * @property {readonly Element[]} drafts that are not on the board yet, mine and peers'
 * @property {string | null} growing the draft whose pen is still down
 * @property {readonly {color: string, boxes: Box[]}[]} peers' selections
 * @property {readonly ShownTrail[]} trails of laser pointers
 * @property {Guide | null} guide of the tool at work
 * @property {{boxes: readonly Box[], current: Box | undefined}} found by words
 * @property {boolean} has_handles whether the selection can be pulled right now
 * @property {{x: number, y: number, radius: number} | null} ring screen pixels
 */

/** @typedef {{accent: string, paper: string, ink: string}} Tints */

export class Overlay {
  #damage = new Damage();
  /** How much of the growing stroke is painted. */
  #grown = { id: "", n_points: 0 };
  /** Of the growing stroke. @type {{id: string, outline: InkOutline} | null} */
  #ink = null;
  #n_soiled = 0;
  /** @type {typeof import("./marks.js").paintMarks | null} */
  #paintMarks = null;
  #isAsked = false;

  /**
   * @param {Surface} surface
   * @param {Bench} bench
   * @param {() => void} arrived marks can be painted now
   */
  constructor(surface, bench, arrived) {
    this.surface = surface;
    this.bench = bench;
    this.arrived = arrived;
    /** @type {ColorMap} */
    this.color = (stored) => stored;
    /** @type {Pictures} */
    this.pictures = noPictures;
    /** @type {Sketch} */
    this.sketch = plainly;
    /** As in `Painter`. @type {(scale: number) => boolean} */
    this.hidesTitles = () => false;
    /** @type {Tints} */
    this.tints = { accent: "#265a9e", paper: "#ffffff", ink: "#1e1e1e" };
  }

  /** Get what paints marks. @returns {void} */
  load() {
    if (this.#isAsked) return;
    this.#isAsked = true;
    import("./marks.js").then(
      ({ paintMarks }) => {
        this.#paintMarks = paintMarks;
        this.soil();
        this.arrived();
      },
      () => setTimeout(() => (this.#isAsked = false), AGAIN_MS),
    );
  }

  /** Everything has to be painted anew. @returns {void} */
  soil() {
    this.#n_soiled++;
  }

  /**
   * @param {Above} above
   * @returns {void}
   */
  paint(above) {
    const { surface, bench } = this;
    const { context } = surface;
    const placing = surface.placing(bench.view.camera.peek());
    const drafts = above.drafts.map((element) => this.#draft(element, above, placing));
    const damaged = this.#damage.take(
      this.#grounded([...drafts, ...this.#others(above, placing)], above.ring, placing),
    );
    if (damaged.length === 0) return;
    context.save();
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.beginPath();
    for (const { left, top, right, bottom } of damaged) {
      context.rect(left, top, right - left, bottom - top);
    }
    context.clip();
    context.clearRect(0, 0, surface.canvas.width, surface.canvas.height);
    above.drafts.forEach((element, i) => {
      const box = drafts[i]?.box ?? emptyBox();
      if (damaged.some((part) => overlaps(part, box))) {
        this.#paintDraft(element, element.id === above.growing, placing);
      }
    });
    context.setTransform(1, 0, 0, 1, 0, 0);
    this.#paintMarks?.(this, above, placing);
    if (above.ring) this.#ring(above.ring);
    context.restore();
  }

  /**
   * @param {Element} element
   * @param {Above} above
   * @param {Placing} placing
   * @returns {Seen}
   */
  #draft(element, { growing }, placing) {
    const { bench } = this;
    const { id, kind } = element;
    const seen = {
      key: id,
      token: element,
      box: onPixels(paintBounds(element, bench.measure), placing),
    };
    if (id !== growing || (kind !== "pen" && kind !== "highlight")) return seen;
    const n_before = this.#grown.id === id ? this.#grown.n_points : 0;
    const kept = bench.draft.get(id); // without what is expected
    const n_points = kept && "points" in kept ? kept.points.length / 2 : 0;
    this.#grown = { id, n_points };
    const part = onPixels(tailBox(element, widthOf(element), n_before), placing);
    return { ...seen, token: {}, part };
  }

  /**
   * What lies on the board, which moves with it, and the ring, which does not. A canvas
   * with nothing on it is taken away, or each frame would be put together with it.
   * @param {Seen[]} seen
   * @param {Above["ring"]} ring
   * @param {Placing} placing
   * @returns {Seen[]}
   */
  #grounded(seen, ring, placing) {
    const { canvas, ratio } = this.surface;
    const { width, height } = canvas;
    if (seen.length > 0) {
      const token = [...Object.values(placing), width, height, this.#n_soiled].join();
      seen.push({ key: "", token, box: boxBetween(0, 0, width, height) });
    }
    if (ring) {
      const box = grow(boxBetween(ring.x, ring.y, ring.x, ring.y), ring.radius + 2);
      const on = onPixels(box, { scale: ratio, x: 0, y: 0 });
      const token = JSON.stringify([ring, width, height, this.#n_soiled]);
      seen.push({ key: "ring", token, box: on });
    }
    if (canvas.hidden !== (seen.length === 0)) canvas.hidden = !canvas.hidden;
    return seen;
  }

  /**
   * What else is to be seen: what moves alone by itself, the rest as one.
   * @param {Above} above
   * @param {Placing} placing
   * @returns {Seen[]}
   */
  #others({ peers, trails, guide, found }, placing) {
    const { canvas } = this.surface;
    const whole = boxBetween(0, 0, canvas.width, canvas.height);
    /** @type {Seen[]} */
    const seen = [];
    const boxes = peers.flatMap((peer) => peer.boxes);
    if (boxes.length > 0) {
      const box = onPixels(boxes.reduce(union), placing);
      seen.push({ key: "peers", token: JSON.stringify(peers), box: grow(box, 9) });
    }
    const n_selected = this.bench.selection.peek().size;
    const has_more =
      n_selected + trails.length + found.boxes.length + Number(guide !== null);
    if (has_more > 0) seen.push({ key: "more", token: {}, box: whole });
    if (boxes.length + has_more > 0) this.load();
    return seen;
  }

  /**
   * @param {Element} element
   * @returns {Prepared | null} of a stroke, made of what is kept of it
   */
  #growingInk(element) {
    if (element.kind !== "pen" || isTap(element.points)) return null;
    const { id, points, pressure = [] } = element;
    if (this.#ink?.id !== id) {
      this.#ink = { id, outline: inkOutline(element, widthOf(element)) };
    }
    const n_kept = this.#grown.n_points - 1; // the last is still to be followed
    const outline = this.#ink.outline.of(points, pressure, n_kept, false);
    return outline.length > 0 ? prepareInk(element, outline) : null;
  }

  /**
   * @param {Element} element
   * @param {boolean} is_growing
   * @param {Placing} placing
   */
  #paintDraft(element, is_growing, placing) {
    const { bench, surface } = this;
    const { context } = surface;
    const look =
      (is_growing && this.#growingInk(element)) ||
      prepare(this.sketch(display(element, bench.measure, is_growing), element));
    const frame = frameOf(element, (id) => bench.draft.get(id));
    context.save();
    surface.enter(placing);
    if (frame) clipTo(context, frame, bench.measure);
    const is_bare = element.kind === "frame" && this.hidesTitles(placing.scale);
    const shown = is_bare ? withoutWords(look) : look;
    paint(context, shown, this.color, this.pictures, placing);
    context.restore();
  }

  /** @param {{x: number, y: number, radius: number}} ring */
  #ring({ x, y, radius }) {
    const { context, ratio } = this.surface;
    const { ink, paper } = this.tints;
    context.beginPath();
    context.arc(x * ratio, y * ratio, radius * ratio, 0, 2 * Math.PI);
    context.lineWidth = 3 * ratio; // on dark ink the ring is seen by its halo
    context.strokeStyle = paper;
    context.globalAlpha = 0.7;
    context.stroke();
    context.lineWidth = 1.25 * ratio;
    context.strokeStyle = ink;
    context.fillStyle = ink;
    context.globalAlpha = 0.75;
    if (radius < HOLLOW_PX) context.fill();
    else context.stroke();
    context.globalAlpha = 1;
  }
}

/**
 * @param {Box} box board units
 * @param {Placing} placing
 * @returns {Box} whole device pixels around it
 */
function onPixels(box, { scale, x, y }) {
  return {
    left: Math.floor(box.left * scale + x),
    top: Math.floor(box.top * scale + y),
    right: Math.ceil(box.right * scale + x),
    bottom: Math.ceil(box.bottom * scale + y),
  };
}

/**
 * How large the ring of a tool is, in screen pixels.
 * @param {string} tool
 * @param {number} brush_px the brush as it shows
 * @param {number} eraser_px
 * @returns {number | null} null: the tool has none
 */
export function ringRadius(tool, brush_px, eraser_px) {
  if (tool === "eraser") return eraser_px / 2;
  const has_brush = tool === "pen" || tool === "highlight";
  return has_brush ? Math.max(MIN_RING_PX, brush_px / 2) : null;
}
