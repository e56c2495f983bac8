/**
 * Plane geometry on numbers, boxes and flat point lists `[x0, y0, x1, y1, …]`.
 *
 * Pure: no DOM, no clock, no elements. `bounds`, `hit`, `shapes` and the tools build
 * on it; the server runs the same code when it renders a board.
 */

/** @typedef {[number, number]} Point */

/**
 * An axis-parallel box by its edges; empty when `right < left`.
 * @typedef {{left: number, top: number, right: number, bottom: number}} Box
 */

/** @returns {Box} the box that holds nothing and grows with `include` */
export function emptyBox() {
  return { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity };
}

/**
 * @param {Box} box
 * @returns {boolean}
 */
export function isEmpty(box) {
  return box.right < box.left || box.bottom < box.top;
}

/**
 * The box between two opposite corners, in whatever order they come.
 * @param {number} x0
 * @param {number} y0
 * @param {number} x1
 * @param {number} y1
 * @returns {Box}
 */
export function boxBetween(x0, y0, x1, y1) {
  return {
    left: Math.min(x0, x1),
    top: Math.min(y0, y1),
    right: Math.max(x0, x1),
    bottom: Math.max(y0, y1),
  };
}

/**
 * @param {Box} box
 * @param {number} dx
 * @param {number} dy
 * @returns {Box}
 */
export function shifted({ left, top, right, bottom }, dx, dy) {
  return { left: left + dx, top: top + dy, right: right + dx, bottom: bottom + dy };
}

/**
 * @param {Box} a
 * @param {Box} b
 * @returns {Box} the smallest box around both
 */
export function union(a, b) {
  return {
    left: Math.min(a.left, b.left),
    top: Math.min(a.top, b.top),
    right: Math.max(a.right, b.right),
    bottom: Math.max(a.bottom, b.bottom),
  };
}

/**
 * @param {Box} a
 * @param {Box} b
 * @returns {boolean} whether they share a point
 */
export function overlaps(a, b) {
  return (
    a.left <= b.right && a.right >= b.left && a.top <= b.bottom && a.bottom >= b.top
  );
}

/**
 * @param {Box} outer
 * @param {Box} inner
 * @returns {boolean}
 */
export function contains(outer, inner) {
  return (
    outer.left <= inner.left &&
    outer.right >= inner.right &&
    outer.top <= inner.top &&
    outer.bottom >= inner.bottom
  );
}

/**
 * @param {Box} box
 * @param {number} x
 * @param {number} y
 * @returns {boolean}
 */
export function boxHolds(box, x, y) {
  return x >= box.left && x <= box.right && y >= box.top && y <= box.bottom;
}

/**
 * @param {Box} box
 * @param {number} by what to add on every side
 * @returns {Box}
 */
export function grow(box, by) {
  return {
    left: box.left - by,
    top: box.top - by,
    right: box.right + by,
    bottom: box.bottom + by,
  };
}

/**
 * @param {readonly number[]} points flat
 * @returns {Box}
 */
export function boxOfPoints(points) {
  const box = emptyBox();
  for (let i = 0; i + 1 < points.length; i += 2) {
    const x = /** @type {number} */ (points[i]);
    const y = /** @type {number} */ (points[i + 1]);
    if (x < box.left) box.left = x;
    if (x > box.right) box.right = x;
    if (y < box.top) box.top = y;
    if (y > box.bottom) box.bottom = y;
  }
  return box;
}

/**
 * @param {number} x
 * @param {number} y
 * @param {number} cx centre
 * @param {number} cy
 * @param {number} angle radians, clockwise as y grows downwards
 * @returns {Point}
 */
export function rotate(x, y, cx, cy, angle) {
  if (angle === 0) return [x, y];
  const sin = Math.sin(angle);
  const cos = Math.cos(angle);
  const dx = x - cx;
  const dy = y - cy;
  return [cx + dx * cos - dy * sin, cy + dx * sin + dy * cos];
}

/**
 * The box around a box that was turned about its centre.
 * @param {Box} box
 * @param {number} angle
 * @returns {Box}
 */
export function rotatedBox(box, angle) {
  if (angle === 0 || isEmpty(box)) return box;
  const sin = Math.abs(Math.sin(angle));
  const cos = Math.abs(Math.cos(angle));
  const cx = (box.left + box.right) / 2;
  const cy = (box.top + box.bottom) / 2;
  const w = (box.right - box.left) / 2;
  const h = (box.bottom - box.top) / 2;
  const across = w * cos + h * sin;
  const down = w * sin + h * cos;
  return { left: cx - across, top: cy - down, right: cx + across, bottom: cy + down };
}

/**
 * The squared distance from a point to a segment.
 * @param {number} px
 * @param {number} py
 * @param {number} ax
 * @param {number} ay
 * @param {number} bx
 * @param {number} by
 * @returns {number}
 */
export function distanceSquared(px, py, ax, ay, bx, by) {
  const dx = bx - ax;
  const dy = by - ay;
  const length = dx * dx + dy * dy;
  const along = length === 0 ? 0 : ((px - ax) * dx + (py - ay) * dy) / length;
  const t = Math.min(1, Math.max(0, along));
  const x = px - ax - t * dx;
  const y = py - ay - t * dy;
  return x * x + y * y;
}

/**
 * Whether the segments a–b and c–d touch.
 * @param {number} ax
 * @param {number} ay
 * @param {number} bx
 * @param {number} by
 * @param {number} cx
 * @param {number} cy
 * @param {number} dx
 * @param {number} dy
 * @returns {boolean}
 */
export function segmentsCross(ax, ay, bx, by, cx, cy, dx, dy) {
  const d1 = (dx - cx) * (ay - cy) - (dy - cy) * (ax - cx);
  const d2 = (dx - cx) * (by - cy) - (dy - cy) * (bx - cx);
  const d3 = (bx - ax) * (cy - ay) - (by - ay) * (cx - ax);
  const d4 = (bx - ax) * (dy - ay) - (by - ay) * (dx - ax);
  return d1 > 0 !== d2 > 0 && d3 > 0 !== d4 > 0;
}

/**
 * Where the segment a–b crosses c–d.
 * @param {number} ax
 * @param {number} ay
 * @param {number} bx
 * @param {number} by
 * @param {number} cx
 * @param {number} cy
 * @param {number} dx
 * @param {number} dy
 * @returns {number | null} as a share of a–b; null where they do not meet
 */
export function crossing(ax, ay, bx, by, cx, cy, dx, dy) {
  const [ux, uy, vx, vy] = [bx - ax, by - ay, dx - cx, dy - cy];
  const across = ux * vy - uy * vx;
  if (across === 0) return null;
  const along = ((cx - ax) * vy - (cy - ay) * vx) / across;
  const other = ((cx - ax) * uy - (cy - ay) * ux) / across;
  return along >= 0 && along <= 1 && other >= 0 && other <= 1 ? along : null;
}

/**
 * The smallest distance between the segments a–b and c–d.
 * @param {number} ax
 * @param {number} ay
 * @param {number} bx
 * @param {number} by
 * @param {number} cx
 * @param {number} cy
 * @param {number} dx
 * @param {number} dy
 * @returns {number}
 */
export function segmentDistance(ax, ay, bx, by, cx, cy, dx, dy) {
  if (segmentsCross(ax, ay, bx, by, cx, cy, dx, dy)) return 0;
  return Math.sqrt(
    Math.min(
      distanceSquared(ax, ay, cx, cy, dx, dy),
      distanceSquared(bx, by, cx, cy, dx, dy),
      distanceSquared(cx, cy, ax, ay, bx, by),
      distanceSquared(dx, dy, ax, ay, bx, by),
    ),
  );
}

/**
 * Whether a polygon holds a point (even–odd rule).
 * @param {readonly number[]} points flat; the last joins the first
 * @param {number} x
 * @param {number} y
 * @returns {boolean}
 */
export function polygonHolds(points, x, y) {
  let is_inside = false;
  const n = points.length;
  for (let i = 0, j = n - 2; i + 1 < n; j = i, i += 2) {
    const xi = /** @type {number} */ (points[i]);
    const yi = /** @type {number} */ (points[i + 1]);
    const xj = /** @type {number} */ (points[j]);
    const yj = /** @type {number} */ (points[j + 1]);
    if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) {
      is_inside = !is_inside;
    }
  }
  return is_inside;
}

/**
 * The nearest multiple of a step of the angle from a to b, at the same distance.
 * @param {number} ax
 * @param {number} ay
 * @param {number} bx
 * @param {number} by
 * @param {number} step radians
 * @returns {Point} where b goes
 */
export function snapAngle(ax, ay, bx, by, step) {
  const length = Math.hypot(bx - ax, by - ay);
  const angle = Math.round(Math.atan2(by - ay, bx - ax) / step) * step;
  return [ax + length * Math.cos(angle), ay + length * Math.sin(angle)];
}

/**
 * How many decimals a coordinate needs for a tenth of a screen pixel at this zoom.
 * @param {number} zoom
 * @returns {number}
 */
export function decimalsAt(zoom) {
  return Math.min(4, Math.max(0, Math.ceil(Math.log10(10 * zoom) - 1e-9)));
}

/**
 * Round to so many decimals, without the noise of binary fractions.
 * @param {number} value
 * @param {number} decimals
 * @returns {number}
 */
export function round(value, decimals) {
  const scale = 10 ** decimals;
  const rounded = Math.round(value * scale) / scale;
  return rounded === 0 ? 0 : rounded; // JSON would carry -0 as "-0"
}
