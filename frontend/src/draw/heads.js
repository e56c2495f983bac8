/**
 * The heads of arrows, at either end. Pure.
 */

/** @import { Arrow } from "../protocol.js" */
/** @import { PathItem } from "./shapes.js" */

import { arrowHeadLength } from "./bounds.js";
import { widthOf } from "./look.js";
import { KAPPA, short } from "./outlines.js";
import { pathOf } from "./route.js";

/** @typedef {NonNullable<Arrow["head"]>} HeadKind */

const SPREAD = Math.PI / 7; // between shaft and each stroke of the head

/**
 * What an arrow has at one end.
 * @param {Arrow} arrow
 * @param {HeadKind} head
 * @param {"start" | "end"} end
 * @param {string} color
 * @returns {PathItem[]} none for an arrow without a direction
 */
export function headItems(arrow, head, end, color) {
  const width = widthOf(arrow);
  const is_curve = arrow.route === "curve";
  const place = endOf(pathOf(arrow), end, is_curve ? arrowHeadLength(width) : 0);
  if (head === "none" || !place) return [];
  const length = Math.min(arrowHeadLength(width), place.run * (is_curve ? 1 : 0.6));
  const d = headPath(head, place, length);
  const is_open = head === "arrow" || head === "bar";
  return [
    { type: "path", d, ...(is_open ? {} : { fill: color }), stroke: color, width },
  ];
}

/**
 * @typedef {{x: number, y: number, angle: number, run: number}} End the tip, where it
 *   points to, and how long the last straight piece before it is
 */

/**
 * @param {readonly number[]} points
 * @param {"start" | "end"} end
 * @param {number} back how far from the tip a head looks for its direction, on a curve
 * @returns {End | null}
 */
function endOf(points, end, back) {
  const n = points.length;
  const [tip, step] = end === "end" ? [n - 2, -2] : [0, 2];
  let last = /** @type {End | null} */ (null);
  const [x, y] = [points[tip] ?? 0, points[tip + 1] ?? 0];
  for (let i = tip + step; i >= 0 && i < n; i += step) {
    const [dx, dy] = [x - (points[i] ?? 0), y - (points[i + 1] ?? 0)];
    const run = Math.hypot(dx, dy);
    if (run > 0) last = { x, y, angle: Math.atan2(dy, dx), run };
    if (run > back) break;
  }
  return last;
}

/**
 * @param {HeadKind} head
 * @param {End} end
 * @param {number} length
 * @returns {string}
 */
function headPath(head, end, length) {
  /**
   * A place behind the tip: so far back along a direction that leans to one side.
   * @param {number} back
   * @param {number} lean
   */
  const at = (back, lean) =>
    `${short(end.x - back * Math.cos(end.angle + lean))} ` +
    `${short(end.y - back * Math.sin(end.angle + lean))}`;
  switch (head) {
    case "arrow":
      return `M${at(length, SPREAD)}L${at(0, 0)}L${at(length, -SPREAD)}`;
    case "triangle":
      return `M${at(length, SPREAD)}L${at(0, 0)}L${at(length, -SPREAD)}Z`;
    case "diamond":
      return `M${at(0, 0)}L${at(length * 0.6, 0.6)}L${at(length, 0)}L${at(length * 0.6, -0.6)}Z`;
    case "bar":
      return `M${at(length * 0.5, Math.PI / 2)}L${at(length * 0.5, -Math.PI / 2)}`;
    default:
      return dotPath(end, length * 0.35);
  }
}

/**
 * @param {End} end
 * @param {number} r
 * @returns {string} a circle that ends at the tip
 */
function dotPath({ x, y, angle }, r) {
  const [cx, cy] = [x - r * Math.cos(angle), y - r * Math.sin(angle)];
  const k = r * KAPPA;
  /** @param {number[]} numbers */
  const curve = (...numbers) =>
    `C${numbers.map((value, i) => short(value + (i % 2 ? cy : cx))).join(" ")}`;
  return (
    `M${short(cx - r)} ${short(cy)}` +
    curve(-r, -k, -k, -r, 0, -r) +
    curve(k, -r, r, -k, r, 0) +
    curve(r, k, k, r, 0, r) +
    `${curve(-k, r, -r, k, -r, 0)}Z`
  );
}
