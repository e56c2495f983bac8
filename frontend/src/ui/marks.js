/**
 * The marks above the board: selections, handles, what was found, guides, lasers.
 *
 * Loaded when the page has come to rest: nothing of it is needed for a first stroke.
 */

/** @import { Box } from "../draw/geometry.js" */
/** @import { Lined } from "../draw/route.js" */
/** @import { ShownTrail } from "../draw/trails.js" */
/** @import { Element } from "../protocol.js" */
/** @import { Bench } from "../tools/bench.js" */
/** @import { Above, Tints } from "./overlay.js" */
/** @import { Placing, Surface } from "./surface.js" */

import { boundsOf, labelBox, outlineOf } from "../draw/bounds.js";
import { emptyBox, grow, union } from "../draw/geometry.js";
import { without } from "../draw/label.js";
import { widthOf } from "../draw/look.js";
import { isLined } from "../draw/route.js";
import { enteredGroup, membersOf } from "../tools/groups.js";
import { heldBy } from "../tools/handles.js";
import { pointHandles, selectedLine } from "../tools/points.js";
import { selectedBox, selectedElements } from "../tools/selected.js";
import { paintGuides, paintHandles } from "./handles.js";

const MAX_OUTLINED = 60; // a larger selection shows its box only
const POINT_RADIUS_PX = 5;
const MIDDLE_RADIUS_PX = 3;
const HALO_PX = 8; // around what an arrow would hold on to
const LASER_PX = 5; // a trail where it is brightest
const FOUND_PX = 5; // around what was found
const FOUND_COLOR = "#e8a317"; // a marker that shows on paper and on slate
const DASH_PX = 4; // around the group that was entered

/**
 * @param {{surface: Surface, bench: Bench, tints: Tints}} parts
 * @param {Above} above
 * @param {Placing} placing
 * @returns {void}
 */
export function paintMarks(parts, above, placing) {
  new Marks(parts).paint(above, placing);
}

class Marks {
  /** @param {{surface: Surface, bench: Bench, tints: Tints}} parts */
  constructor({ surface, bench, tints }) {
    this.surface = surface;
    this.bench = bench;
    this.tints = tints;
  }

  /**
   * @param {Above} above
   * @param {Placing} placing
   */
  paint(above, placing) {
    for (const { color, boxes } of above.peers) {
      for (const box of boxes) this.#box(grow(box, 3 / placing.scale), placing, color);
    }
    this.#found(above.found, placing);
    if (above.guide?.target) this.#target(above.guide.target, placing);
    this.#selection(placing, above);
    if (above.guide?.marquee) this.#marquee(above.guide.marquee, placing);
    if (above.guide) paintGuides(this.surface, above.guide, placing, this.tints);
    for (const trail of above.trails) this.#trail(trail, placing);
  }

  /**
   * What was found, as if marked with a highlighter, and the one that is looked at.
   * @param {Above["found"]} found
   * @param {Placing} placing
   */
  #found({ boxes, current }, placing) {
    const { context, ratio } = this.surface;
    const margin = FOUND_PX * ratio;
    context.fillStyle = FOUND_COLOR;
    context.globalAlpha = 0.25;
    for (const box of boxes) {
      const [x, y, w, h] = onScreen(box, placing);
      context.beginPath();
      context.roundRect(x - margin, y - margin, w + 2 * margin, h + 2 * margin, margin);
      context.fill();
    }
    context.globalAlpha = 1;
    if (current) this.#box(grow(current, margin / placing.scale), placing, FOUND_COLOR);
  }

  /**
   * The trail of a laser: thinner where it is older. Never translucent: its legs overlap.
   * @param {ShownTrail} trail
   * @param {Placing} placing
   */
  #trail({ color, points }, { scale, x, y }) {
    const { context, ratio } = this.surface;
    context.strokeStyle = color;
    context.lineCap = "round";
    let before = points[0];
    for (const point of points) {
      if (!before) break;
      context.lineWidth = Math.max(0.5, LASER_PX * Math.sqrt(point.share)) * ratio;
      context.beginPath();
      context.moveTo(before.x * scale + x, before.y * scale + y);
      context.lineTo(point.x * scale + x, point.y * scale + y);
      context.stroke();
      before = point;
    }
    context.globalAlpha = 1;
    context.lineCap = "butt";
  }

  /**
   * @param {Placing} placing
   * @param {Above} above
   */
  #selection(placing, { has_handles, guide }) {
    const { bench, tints } = this;
    const elements = selectedElements(bench);
    if (elements.length === 0) return;
    if (elements.length <= MAX_OUTLINED) {
      for (const element of elements) this.#outline(element, placing);
    }
    if (elements.length > 1) this.#box(selectedBox(bench), placing, tints.accent);
    const group = elements[0]?.groups?.length ? enteredGroup(bench) : null;
    if (group !== null) this.#group(group, placing);
    const held = has_handles ? heldBy(bench) : null;
    if (held) paintHandles(this.surface, held, placing, tints);
    const line =
      has_handles || guide?.target !== undefined ? selectedLine(bench) : null;
    if (line) this.#points(line, placing, guide?.point ?? null);
  }

  /**
   * The group that was entered.
   * @param {string} group
   * @param {Placing} placing
   */
  #group(group, placing) {
    const { bench, surface } = this;
    const { context, ratio } = surface;
    const box = membersOf(bench, group)
      .map((id) => bench.boxOf(id) ?? emptyBox())
      .reduce(union, emptyBox());
    context.setLineDash([DASH_PX * ratio, DASH_PX * ratio]);
    this.#box(grow(box, (DASH_PX * ratio) / placing.scale), placing, this.tints.accent);
    context.setLineDash([]);
  }

  /**
   * What an arrow's end would hold on to.
   * @param {Element} element
   * @param {Placing} placing
   */
  #target(element, placing) {
    const { context, ratio } = this.surface;
    this.#trace(element, placing);
    context.strokeStyle = this.tints.accent;
    context.lineJoin = "round";
    context.lineWidth = widthOf(element) * placing.scale + HALO_PX * ratio;
    context.globalAlpha = 0.3;
    context.stroke();
    context.globalAlpha = 1;
  }

  /**
   * The points of a line, and the fainter middles of its legs.
   * @param {Lined} line
   * @param {Placing} placing
   * @param {number | null} picked
   */
  #points(line, placing, picked) {
    const { context, ratio } = this.surface;
    const { accent, paper } = this.tints;
    context.lineWidth = 1.5 * ratio;
    context.strokeStyle = accent;
    for (const { x, y, index, is_middle } of pointHandles(this.bench, line)) {
      const radius = (is_middle ? MIDDLE_RADIUS_PX : POINT_RADIUS_PX) * ratio;
      context.beginPath();
      context.arc(
        x * placing.scale + placing.x,
        y * placing.scale + placing.y,
        radius,
        0,
        2 * Math.PI,
      );
      const is_picked = !is_middle && index === picked;
      context.fillStyle = is_picked ? accent : paper;
      context.globalAlpha = is_middle ? 0.75 : 1;
      context.fill();
      context.stroke();
    }
    context.globalAlpha = 1;
  }

  /**
   * A thin line along the element itself.
   * @param {Element} element
   * @param {Placing} placing
   */
  #outline(element, placing) {
    const { bench, tints } = this;
    const { context } = this.surface;
    if (element.kind === "pen" || element.kind === "highlight") {
      this.#box(boundsOf(element, bench.measure), placing, tints.accent);
      return;
    }
    this.#trace(element, placing);
    context.strokeStyle = tints.accent;
    context.lineWidth = this.surface.ratio;
    context.stroke();
  }

  /**
   * The outline of an element as the canvas' path.
   * @param {Element} element
   * @param {Placing} placing
   */
  #trace(element, placing) {
    const { context } = this.surface;
    const { points, is_closed } = outlineOf(element, this.bench.measure);
    const is_named = isLined(element) && Boolean(element.label);
    const label = is_named ? labelBox(element, this.bench.measure) : null;
    context.beginPath();
    for (const part of label ? without(points, label) : [points]) {
      for (let i = 0; i + 1 < part.length; i += 2) {
        const x = (part[i] ?? 0) * placing.scale + placing.x;
        const y = (part[i + 1] ?? 0) * placing.scale + placing.y;
        if (i === 0) context.moveTo(x, y);
        else context.lineTo(x, y);
      }
    }
    if (is_closed) context.closePath();
  }

  /**
   * @param {Box} box
   * @param {Placing} placing
   * @param {string} color
   */
  #box(box, placing, color) {
    const { context, ratio } = this.surface;
    const [x, y, w, h] = onScreen(box, placing);
    context.strokeStyle = color;
    context.lineWidth = 1.5 * ratio;
    context.beginPath();
    context.roundRect(x, y, w, h, 2 * ratio);
    context.stroke();
  }

  /**
   * @param {Box} box
   * @param {Placing} placing
   */
  #marquee(box, placing) {
    const { context, ratio } = this.surface;
    const [x, y, w, h] = onScreen(box, placing);
    context.fillStyle = this.tints.accent;
    context.globalAlpha = 0.08;
    context.fillRect(x, y, w, h);
    context.globalAlpha = 1;
    context.strokeStyle = this.tints.accent;
    context.lineWidth = ratio;
    context.strokeRect(x, y, w, h);
  }
}

/**
 * @param {Box} box
 * @param {Placing} placing
 * @returns {[number, number, number, number]} x, y, w, h in device pixels
 */
function onScreen(box, { scale, x, y }) {
  return [
    box.left * scale + x,
    box.top * scale + y,
    (box.right - box.left) * scale,
    (box.bottom - box.top) * scale,
  ];
}
