/**
 * Line and arrow: from press to release, or from click to click through many points.
 *
 * An arrow holds on to what its ends are put on, and says so while it is drawn.
 */

/** @import { Point } from "../draw/geometry.js" */
/** @import { Element } from "../protocol.js" */
/** @import { Bench, Press, Tool } from "./bench.js" */
/** @import { Target } from "./bind.js" */

import { decimalsAt, round, snapAngle } from "../draw/geometry.js";
import { DRAG_PX, isDrag } from "./bench.js";
import { endsOf, restProps, settled, targetAt } from "./bind.js";
import { putDown } from "./options.js";
import { boxInView } from "./room.js";
import { propsOf, seedProps } from "./style.js";

const PLACED_UNITS = /** @type {const} */ ([160, 100]); // the room of a shape
export const SNAP_RAD = Math.PI / 12; // 15°, as everywhere else

/** A line that is being drawn. */
class Growing {
  /**
   * @param {Bench} bench
   * @param {"line" | "arrow"} kind
   * @param {Press} from
   */
  constructor(bench, kind, from) {
    this.bench = bench;
    this.kind = kind;
    this.id = bench.newId();
    this.z = bench.board.nextZ();
    const props = propsOf(kind, bench.style.peek());
    this.style = { ...props, ...seedProps(this.id, props) };
    this.from = from;
    /** Points that were put down. @type {Point[]} */
    this.points = [[from.x, from.y]];
    /** The one that follows the pointer. @type {Point | null} */
    this.next = null;
    this.start = kind === "arrow" ? targetAt(bench, from) : null;
    /** @type {Target | null} */
    this.end = null;
    this.is_clicked = false; // from click to click
  }

  /**
   * Let the next point follow the pointer.
   * @param {Press} press
   * @returns {void}
   */
  follow(press) {
    const [x, y] = this.points.at(-1) ?? [0, 0];
    this.next = press.shift
      ? snapAngle(x, y, press.x, press.y, SNAP_RAD)
      : [press.x, press.y];
    this.end = this.kind === "arrow" ? targetAt(this.bench, press) : null;
    if (press.alt && !this.is_clicked) {
      const { x: fromX, y: fromY } = this.from;
      this.points = [[2 * fromX - this.next[0], 2 * fromY - this.next[1]]];
      this.start = null;
    }
    this.show();
  }

  /** @returns {void} */
  show() {
    const element = this.element(this.next ? [...this.points, this.next] : this.points);
    this.bench.draft.show([{ op: "put", element }]);
  }

  /**
   * Put the next point down.
   * @param {Press} press
   * @returns {boolean} whether the line ends here
   */
  put(press) {
    this.follow(press);
    const [last, first] = [this.points.at(-1), this.points[0]];
    const point = this.next ?? [press.x, press.y];
    this.next = null;
    const near = DRAG_PX[press.device] / this.bench.view.zoom;
    if (last && distance(last, point) < near) return true;
    if (first && this.points.length > 2 && distance(first, point) < near) {
      this.points.push(first); // closed
      return true;
    }
    this.points.push(point);
    const { end } = endsOf(this.start, this.end, this.bench.measure);
    return end !== null;
  }

  /** @returns {Element | null} what an end would hold on to here */
  target() {
    const { end } = endsOf(this.start, this.end, this.bench.measure);
    return this.next && end && this.end ? this.end.element : null;
  }

  /**
   * @param {Point[]} points
   * @returns {Element}
   */
  element(points) {
    const decimals = decimalsAt(this.bench.view.zoom);
    const [first = [0, 0]] = points;
    const [x, y] = [round(first[0], decimals), round(first[1], decimals)];
    const common = {
      id: this.id,
      z: this.z,
      ...this.style,
      x,
      y,
      points: points.flatMap(([px, py]) => [
        round(px - x, decimals),
        round(py - y, decimals),
      ]),
    };
    if (this.kind === "line") return { kind: "line", ...common };
    const { start, end } = endsOf(this.start, this.end, this.bench.measure);
    return {
      kind: "arrow",
      ...common,
      ...(start ? { start } : {}),
      ...(end ? { end } : {}),
    };
  }

  /** @returns {Element | null} as it is to be kept; null: it is no line yet */
  lasting() {
    if (this.points.length < 2) return null;
    const element = settled(this.bench, this.element(this.points));
    if (element.kind !== "arrow") return element;
    return /** @type {Element} */ ({ ...element, ...restProps(this.bench, element) });
  }
}

/**
 * @param {Point} a
 * @param {Point} b
 * @returns {number}
 */
function distance([ax, ay], [bx, by]) {
  return Math.hypot(bx - ax, by - ay);
}

/**
 * @param {Bench} bench
 * @param {"line" | "arrow"} kind
 * @returns {Tool}
 */
export function createLine(bench, kind) {
  /** @type {Growing | null} */
  let growing = null;
  /** @type {Press | null} where the pointer hovers, before anything is drawn */
  let hovering = null;

  const finish = () => {
    const element = growing?.lasting();
    growing = null;
    if (!element) return bench.draft.clear();
    bench.draft.commit([{ op: "put", element }]);
    putDown(bench, element.id);
  };

  return {
    name: kind,
    cursor: "crosshair",
    edits: true,
    down(press) {
      hovering = null;
      if (growing) growing.follow(press);
      else growing = new Growing(bench, kind, press);
    },
    move(presses) {
      const press = presses.at(-1);
      if (!growing || !press) return;
      if (growing.is_clicked || growing.next || isDrag(growing.from, press)) {
        growing.follow(press);
      }
    },
    up(press) {
      if (!growing) return;
      const is_click = !growing.is_clicked && !growing.next;
      if (is_click) {
        growing.is_clicked = true;
        growing.show();
      } else if (growing.put(press) || !growing.is_clicked) finish();
      else growing.show();
    },
    hover(press) {
      if (growing) growing.follow(press);
      else hovering = press;
      return "crosshair";
    },
    leave() {
      hovering = null;
    },
    remove() {
      if (!growing) return false;
      if (growing.points.length > 1) growing.points.pop();
      growing.show();
      return true;
    },
    stop() {
      hovering = null;
      if (!growing) return false;
      growing.next = null;
      growing.end = null;
      finish();
      return true;
    },
    cancel() {
      if (growing?.is_clicked) {
        growing.next = null; // a second finger came: the points stay
        growing.show();
      } else {
        growing = null;
        bench.draft.clear();
      }
    },
    guide() {
      if (growing) return { target: growing.target() };
      const target = hovering && kind === "arrow" ? targetAt(bench, hovering) : null;
      return { target: target?.element ?? null };
    },
    place() {
      const { left, top, right, bottom } = boxInView(bench, ...PLACED_UNITS);
      const y = (top + bottom) / 2;
      // As with Ctrl: it lies free. What connects elements has a key of its own.
      const from = /** @type {Press} */ ({ x: left, y, ctrl: true });
      growing = new Growing(bench, kind, from);
      growing.points.push([right, y]);
      finish();
    },
  };
}
