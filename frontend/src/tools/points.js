/**
 * The points of a selected line: to drag, to add in the middle of a leg, to take away.
 */

/** @import { Lined } from "../draw/route.js" */
/** @import { Arrow, Binding, Element, Op, Props } from "../protocol.js" */
/** @import { Bench, Press } from "./bench.js" */

import { boardPoints } from "../draw/binding.js";
import { labelBox } from "../draw/bounds.js";
import { boxHolds, decimalsAt, round, snapAngle } from "../draw/geometry.js";
import { surrounds } from "../draw/hit.js";
import { lengthOf } from "../draw/reveal.js";
import { isLined, legsOf, placeAlong } from "../draw/route.js";
import { targetAt } from "./bind.js";
import { SNAP_RAD } from "./line.js";
import { selectedElements } from "./selected.js";

/**
 * A point, or the middle of the leg after it. `fixed` is what a pull leaves as it is: a
 * piece of an elbow moves sideways only.
 * @typedef {{x: number, y: number, index: number, is_middle: boolean,
 *   fixed?: "x" | "y"}} PointHandle
 */

const POINT_PX = { mouse: 8, pen: 10, touch: 20 };
const MIN_LEG_PX = 48; // the middle of a shorter leg could not be told from its ends
const BESIDE_LABEL = 0.25; // of a leg, where its middle has a label
const MAX_HANDLES = 200; // of a longer line, only the points
const JOIN_PX = 8; // a point that is dropped so near its neighbour is taken away

/**
 * @param {Bench} bench
 * @returns {Lined | null} the only selected element, if it is a line that may be changed
 */
export function selectedLine(bench) {
  if (bench.selection.peek().size !== 1) return null;
  const [line] = selectedElements(bench);
  return line && isLined(line) && !line.locked ? line : null;
}

/**
 * What can be pulled of a line.
 * @param {Bench} bench
 * @param {Lined} line as it is shown
 * @returns {PointHandle[]} board units
 */
export function pointHandles(bench, line) {
  const points = boardPoints(line, bench.measure);
  /** @type {PointHandle[]} */
  const handles = [];
  for (let i = 0; i + 1 < points.length; i += 2) {
    const [x, y] = [points[i] ?? 0, points[i + 1] ?? 0];
    handles.push({ x, y, index: i / 2, is_middle: false });
  }
  if (line.angle || handles.length > MAX_HANDLES) return handles;
  const label = labelBox(line, bench.measure);
  legsOf(line).forEach((leg, index) => {
    if (lengthOf(leg) * bench.view.zoom < MIN_LEG_PX) return;
    let share = 0.5;
    let [x, y] = placeAlong(leg, share);
    if (boxHolds(label, line.x + x, line.y + y)) {
      share = BESIDE_LABEL;
      [x, y] = placeAlong(leg, share);
    }
    const handle = { x: line.x + x, y: line.y + y, index, is_middle: true };
    const fixed = line.route === "elbow" ? { fixed: lengthwise(leg, share) } : {};
    handles.push({ ...handle, ...fixed });
  });
  return handles;
}

/**
 * @param {readonly number[]} leg of right angles
 * @param {number} share of its length
 * @returns {"x" | "y"} the direction of the piece there
 */
function lengthwise(leg, share) {
  const [ax, ay] = placeAlong(leg, share - 0.01);
  const [bx, by] = placeAlong(leg, share + 0.01);
  return Math.abs(bx - ax) > Math.abs(by - ay) ? "x" : "y";
}

/**
 * @param {Bench} bench
 * @param {Press} press
 * @returns {PointHandle | null}
 */
export function pointAt(bench, press) {
  const line = selectedLine(bench);
  if (!line) return null;
  const reach = POINT_PX[press.device] / bench.view.zoom;
  const near = pointHandles(bench, line).find(
    ({ x, y }) => Math.hypot(press.x - x, press.y - y) <= reach,
  );
  return near ?? null;
}

/** A point of a line in the hand. */
export class PointDrag {
  /** @type {Op[]} */
  ops = [];
  /** @type {Element | null} what the end would hold on to */
  target = null;

  /**
   * @param {Bench} bench
   * @param {Lined} line as it is shown
   * @param {PointHandle} handle
   */
  constructor(bench, line, handle) {
    this.bench = bench;
    this.line = line;
    this.points = boardPoints(line, bench.measure);
    this.handle = handle;
    this.index = handle.is_middle ? handle.index + 1 : handle.index;
    if (handle.is_middle) this.points.splice(2 * this.index, 0, handle.x, handle.y);
    const { points } = this;
    /** Whether the line ends where it begins: both ends are one corner then. */
    this.isLoop =
      line.kind === "line" &&
      points.length > 6 &&
      points[0] === points.at(-2) &&
      points[1] === points.at(-1);
  }

  /**
   * @param {Press} press
   * @returns {void}
   */
  follow(press) {
    const { bench, points, index } = this;
    const beside = 2 * (index === 0 ? 1 : index - 1);
    const [bx, by] = [points[beside] ?? 0, points[beside + 1] ?? 0];
    const [x, y] = press.shift
      ? snapAngle(bx, by, press.x, press.y, SNAP_RAD)
      : [press.x, press.y];
    const { handle } = this;
    points[2 * index] = handle.fixed === "x" ? handle.x : x;
    points[2 * index + 1] = handle.fixed === "y" ? handle.y : y;
    const last = points.length - 2;
    if (this.isLoop && index === 0) points.splice(last, 2, ...points.slice(0, 2));
    if (this.isLoop && 2 * index === last) points.splice(0, 2, ...points.slice(last));
    this.ops = [this.#set(points, this.#ends(press))];
    bench.draft.show(this.ops);
  }

  /** @returns {Op[]} what is to be kept */
  lasting() {
    const { bench, points, index, line } = this;
    const is_on = [index - 1, index + 1].some(
      (other) =>
        2 * other >= 0 && 2 * other < points.length && this.#isNear(index, other),
    );
    if (this.ops.length === 0 || !bench.board.get(line.id)) return [];
    const is_new = points.length > boardPoints(line, bench.measure).length;
    if (!is_on || this.target) return this.ops;
    if (is_new) return []; // put back where it came from
    return points.length > 4 ? withoutPoint(bench, line, index) : this.ops;
  }

  /**
   * @param {number} a
   * @param {number} b
   */
  #isNear(a, b) {
    const { points, bench } = this;
    const [ax, ay] = [points[2 * a] ?? 0, points[2 * a + 1] ?? 0];
    const [bx, by] = [points[2 * b] ?? 0, points[2 * b + 1] ?? 0];
    return Math.hypot(bx - ax, by - ay) * bench.view.zoom < JOIN_PX;
  }

  /**
   * What the ends hold on to now.
   * @param {Press} press
   * @returns {Props}
   */
  #ends(press) {
    const { line, index, points, bench } = this;
    const name = index === 0 ? "start" : 2 * index === points.length - 2 ? "end" : null;
    this.target = null;
    if (line.kind !== "arrow" || name === null) return {};
    const other = name === "start" ? line.end : line.start;
    const found = targetAt(bench, press);
    const [x = 0, y = 0] = name === "start" ? points.slice(-2) : points;
    // As for one that is drawn: it holds on to nothing that it never leaves.
    const is_meant =
      found &&
      (found.is_edge ||
        (found.element.id !== other?.id &&
          !surrounds(found.element, x, y, bench.measure)));
    if (is_meant) this.target = found.element;
    /** @type {Binding | null} */
    const end = is_meant ? found.binding : null;
    return end || line[name] ? { [name]: end } : {};
  }

  /**
   * @param {number[]} points
   * @param {Props} ends
   * @returns {Op}
   */
  #set(points, ends) {
    const props = { ...placeProps(this.bench, this.line, points), ...ends };
    return { op: "set", id: this.line.id, props };
  }
}

/**
 * A line through points of the board.
 * @param {Bench} bench
 * @param {Lined} line
 * @param {readonly number[]} points
 * @returns {Props}
 */
function placeProps(bench, line, points) {
  const decimals = decimalsAt(bench.view.zoom);
  const [x, y] = [round(points[0] ?? 0, decimals), round(points[1] ?? 0, decimals)];
  return {
    x,
    y,
    points: points.map((value, i) => round(value - (i % 2 ? y : x), decimals)),
    ...(line.angle ? { angle: 0 } : {}),
  };
}

/**
 * Ops that take a point out of a line.
 * @param {Bench} bench
 * @param {Lined} line as it is shown
 * @param {number} index
 * @returns {Op[]} none for a line that would be none without it
 */
export function withoutPoint(bench, line, index) {
  const points = boardPoints(line, bench.measure);
  if (points.length <= 4 || 2 * index >= points.length) return [];
  const ends = line.kind === "arrow" ? endsWithout(line, index) : {};
  points.splice(2 * index, 2);
  const props = { ...placeProps(bench, line, points), ...ends };
  return [{ op: "set", id: line.id, props }];
}

/**
 * @param {Arrow} arrow
 * @param {number} index of a point that is taken away
 * @returns {Props}
 */
function endsWithout({ start, end, points }, index) {
  if (index === 0 && start) return { start: null };
  return 2 * index === points.length - 2 && end ? { end: null } : {};
}
