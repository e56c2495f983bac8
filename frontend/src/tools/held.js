/**
 * A held pen: ink that ends with a rest, and what it was meant to be.
 *
 * While the pen is still down the shape stands for the ink, and grows and shrinks with
 * the pen. It is kept as two changes: the ink, then the shape in its place. So the first
 * undo gives the ink back. Loaded while a pen draws.
 */

/** @import { Meant } from "../draw/recognise.js" */
/** @import { Arrow, Element, Line, Pen } from "../protocol.js" */
/** @import { Bench, Press } from "./bench.js" */

import { decimalsAt, round } from "../draw/geometry.js";
import { recognise } from "../draw/recognise.js";
import { propsOf } from "./style.js";

const LEAST_PX = 24; // a smaller stroke is a letter, or a slip
const LEAST_SCALE = 0.05;

/** The shape that a pen holds. */
export class Held {
  /**
   * @param {Bench} bench
   * @param {Meant} meant in the ink's coordinates
   * @param {Pen} ink
   * @param {Press} press where the pen rests
   */
  constructor(bench, meant, ink, press) {
    this.bench = bench;
    this.meant = meant;
    this.ink = ink;
    this.press = press;
    this.id = bench.newId();
    this.element = this.#build(1, press);
  }

  /**
   * The pen moves on: a line follows its tip, other shapes grow about their middle.
   * @param {Press} press
   * @returns {void}
   */
  pull(press) {
    this.element = this.#build(this.#scale(press), press);
    this.show();
  }

  /** @returns {void} */
  show() {
    this.bench.draft.show([{ op: "put", element: this.element }]);
  }

  /** @returns {void} */
  keep() {
    const { bench, ink, element } = this;
    bench.board.submit([{ op: "put", element: ink }]);
    bench.draft.commit([
      { op: "put", element },
      { op: "del", id: ink.id },
    ]);
  }

  /** @param {Press} press */
  #scale(press) {
    if (!("box" in this.meant)) return 1;
    const { left, top, right, bottom } = this.meant.box;
    const x = this.ink.x + (left + right) / 2;
    const y = this.ink.y + (top + bottom) / 2;
    const before = Math.hypot(this.press.x - x, this.press.y - y);
    const now = Math.hypot(press.x - x, press.y - y);
    return before === 0 ? 1 : Math.max(LEAST_SCALE, now / before);
  }

  /**
   * @param {number} scale
   * @param {Press} press
   * @returns {Element}
   */
  #build(scale, press) {
    const { bench, meant, ink, id } = this;
    const decimals = decimalsAt(bench.view.zoom);
    const common = { id, z: ink.z, ...propsOf(meant.kind, bench.style.peek()) };
    if (!("box" in meant)) {
      const [x, y] = [ink.x + meant.from[0], ink.y + meant.from[1]];
      const [toX, toY] =
        press === this.press ? [ink.x + meant.to[0], ink.y + meant.to[1]] : at(press);
      return /** @type {Line | Arrow} */ ({
        ...common,
        kind: meant.kind,
        x: round(x, decimals),
        y: round(y, decimals),
        points: [0, 0, round(toX - x, decimals), round(toY - y, decimals)],
      });
    }
    const { left, top, right, bottom } = meant.box;
    const [w, h] = [(right - left) * scale, (bottom - top) * scale];
    return /** @type {Element} */ ({
      ...common,
      kind: meant.kind,
      x: round(ink.x + (left + right - w) / 2, decimals),
      y: round(ink.y + (top + bottom - h) / 2, decimals),
      w: round(w, decimals),
      h: round(h, decimals),
      ...(meant.angle === 0 ? {} : { angle: round(meant.angle, 4) }),
    });
  }
}

/**
 * @param {Press} press
 * @returns {[number, number]}
 */
function at({ x, y }) {
  return [x, y];
}

/**
 * What the ink was meant to be.
 * @param {Bench} bench
 * @param {Pen} ink
 * @param {Press} press where the pen rests
 * @returns {Held | null}
 */
export function holdOf(bench, ink, press) {
  const meant = recognise(ink.points, LEAST_PX / bench.view.zoom);
  return meant && new Held(bench, meant, ink, press);
}
