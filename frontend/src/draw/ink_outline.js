/**
 * The outline of freehand ink: a line that follows the hand a little late, and two sides
 * as far from it as the pen was pressed. Pure.
 *
 * The way of `perfect-freehand` (MIT, Copyright 2021 Stephen Ruiz Ltd), with the same
 * numbers but for corners; a test holds one against the other. What that library cannot do
 * is go on: here the part of a growing stroke that more points cannot change is kept, so
 * that a frame costs what came in it.
 */

const STREAMLINE = 0.66; // how far a point goes from the last towards where the pen is
export const THINNING = 0.55; // how much pressure changes the width
const PRESSURE_RATE = 0.275; // how fast made-up pressure follows the speed
const MEAN_POINTS = 10; // whose mean made-up pressure begins with
const SKIPPED_UNITS = 3; // before the end, where the line still wavers
const TURN = Math.PI + 1e-4;
const CORNER_STEPS = 13;
const END_STEPS = 29;

/**
 * A point of the line.
 * @typedef {object} Knot
 * @property {number} x
 * @property {number} y
 * @property {number} pressure
 * @property {number} vx direction back to the knot before, of length 1
 * @property {number} vy
 * @property {number} distance from the knot before
 * @property {number} length of the line up to here
 */

/** Where reading and drawing are; small, so that it can be put aside. */
const BEGUN = {
  n_read: 0,
  length: 0,
  hasLeft: false, // the first point's surroundings
  n_drawn: 0,
  pressure: 0,
  radius: 0,
  vx: 0,
  vy: 0,
  leftX: 0, // the last points of both sides
  leftY: 0,
  rightX: 0,
  rightY: 0,
  isCorner: false,
};

export class InkOutline {
  /** @type {Knot[]} */
  #knots = [];
  /** Flat, as all lists of points here. @type {number[]} */
  #left = [];
  /** @type {number[]} */
  #right = [];
  #at = { ...BEGUN };

  /**
   * @param {number} size of ink at full pressure, board units
   * @param {boolean} isSimulated whether pressure is made up from the speed
   */
  constructor(size, isSimulated) {
    this.size = size;
    this.isSimulated = isSimulated;
  }

  /**
   * @param {readonly number[]} points flat; those before `n_kept` as in the calls before
   * @param {readonly number[]} pressure
   * @param {number} n_kept how many points are followed by others in every later call
   * @param {boolean} isDone whether the last point is the end of the stroke
   * @returns {number[]} closed, flat; empty where the line never leaves its first point
   */
  of(points, pressure, n_kept, isDone) {
    const n = points.length / 2;
    if (n === 2) return this.#ofTwo(points, pressure, isDone);
    while (this.#at.n_read < n_kept) this.#read(points, pressure, false, false);
    this.#settle();
    const [at, n_knots] = [{ ...this.#at }, this.#knots.length];
    const [n_left, n_right] = [this.#left.length, this.#right.length];
    while (this.#at.n_read < n) {
      this.#read(points, pressure, this.#at.n_read === n - 1, isDone);
    }
    const outline = this.#closed();
    this.#at = at;
    this.#knots.length = n_knots;
    this.#left.length = n_left;
    this.#right.length = n_right;
    return outline;
  }

  /**
   * Two points are a line that is pressed evenly from its second quarter on.
   * @param {readonly number[]} points
   * @param {readonly number[]} pressure
   * @param {boolean} isDone
   */
  #ofTwo([x0 = 0, y0 = 0, x1 = 0, y1 = 0], pressure, isDone) {
    const more = [0, 1, 2, 3, 4].flatMap((i) => [
      x0 + (x1 - x0) * (i / 4),
      y0 + (y1 - y0) * (i / 4),
    ]);
    const outline = new InkOutline(this.size, this.isSimulated);
    return outline.of(more, [pressure[0] ?? 0.5], 0, isDone);
  }

  /**
   * Take the next point into the line.
   * @param {readonly number[]} points
   * @param {readonly number[]} pressures
   * @param {boolean} isLast
   * @param {boolean} isDone
   */
  #read(points, pressures, isLast, isDone) {
    const at = this.#at;
    const knots = this.#knots;
    const i = at.n_read++;
    let [x, y] = [points[2 * i] ?? 0, points[2 * i + 1] ?? 0];
    const pressure = pressures[i] ?? 0.5;
    const before = knots.at(-1);
    if (!before) {
      knots.push({ x, y, pressure, vx: 1, vy: 1, distance: 0, length: 0 });
      return;
    }
    if (!isLast || !isDone) {
      x = before.x + (x - before.x) * STREAMLINE;
      y = before.y + (y - before.y) * STREAMLINE;
    }
    if (x === before.x && y === before.y) return;
    const distance = Math.hypot(y - before.y, x - before.x);
    at.length += distance;
    if (!isLast && !at.hasLeft) {
      if (at.length < this.size) return;
      at.hasLeft = true;
    }
    const vx = (before.x - x) / distance;
    const vy = (before.y - y) / distance;
    if (knots.length === 1) Object.assign(before, { vx, vy });
    knots.push({ x, y, pressure, vx, vy, distance, length: at.length });
  }

  /** Draw what stays as it is, whatever comes. */
  #settle() {
    const knots = this.#knots;
    if (knots.length <= MEAN_POINTS) return;
    const settled = (knots.at(-1)?.length ?? 0) - SKIPPED_UNITS;
    if (this.#at.n_drawn === 0) this.#begin();
    while (this.#at.n_drawn < knots.length - 1) {
      if ((knots[this.#at.n_drawn]?.length ?? 0) > settled) return;
      this.#draw(this.#at.n_drawn++);
    }
  }

  /** @returns {number[]} with both ends rounded */
  #closed() {
    const knots = this.#knots;
    const [first, last] = [knots[0], knots.at(-1)];
    if (!first || !last || first === last) return [];
    if (this.#at.n_drawn === 0) this.#begin();
    for (let i = this.#at.n_drawn; i < knots.length; i++) {
      const isNear = last.length - (knots[i]?.length ?? 0) < SKIPPED_UNITS;
      if (!isNear || i === knots.length - 1) this.#draw(i);
    }
    const outline = this.#left.slice();
    const { radius } = this.#at;
    const [endX, endY] = [last.x - last.vy * radius, last.y + last.vx * radius];
    for (let share = 1 / END_STEPS; share < 1; share += 1 / END_STEPS) {
      pushTurned(outline, endX, endY, last, TURN * 3 * share);
    }
    const right = this.#right;
    for (let i = right.length - 2; i >= 0; i -= 2) {
      outline.push(right[i] ?? 0, right[i + 1] ?? 0);
    }
    for (let share = 1 / CORNER_STEPS; share <= 1; share += 1 / CORNER_STEPS) {
      pushTurned(outline, right[0] ?? 0, right[1] ?? 0, first, TURN * share);
    }
    return outline;
  }

  /** Both sides beside a knot. @param {number} i */
  #draw(i) {
    const at = this.#at;
    const knot = /** @type {Knot} */ (this.#knots[i]);
    const next = this.#knots[i + 1];
    const { x, y, vx, vy } = knot;
    const pressure = this.isSimulated
      ? followed(at.pressure, knot.distance, this.size)
      : knot.pressure;
    const radius = this.size * eased(0.5 - THINNING * (0.5 - pressure));
    at.radius = Math.max(0.01, radius);
    const along = next ? vx * next.vx + vy * next.vy : 1;
    const turnsBack = along < 0;
    if ((vx * at.vx + vy * at.vy < 0 && !at.isCorner) || turnsBack) {
      this.#corner(knot, turnsBack ? next : undefined);
      return;
    }
    at.isCorner = false;
    if (!next) {
      this.#left.push(x - vy * at.radius, y + vx * at.radius);
      this.#right.push(x + vy * at.radius, y - vx * at.radius);
      return;
    }
    const sideX = (next.vy + (vy - next.vy) * along) * at.radius;
    const sideY = -(next.vx + (vx - next.vx) * along) * at.radius;
    this.#beside(x - sideX, y - sideY, x + sideX, y + sideY, i <= 1);
    Object.assign(at, { pressure, vx, vy });
  }

  /** At the first knot, when the first ten are there or all there are. */
  #begin() {
    const { x, y, vx, vy, pressure } = /** @type {Knot} */ (this.#knots[0]);
    let mean = pressure;
    for (const knot of this.#knots.slice(0, MEAN_POINTS)) {
      const now = this.isSimulated
        ? followed(mean, knot.distance, this.size)
        : knot.pressure;
      mean = (mean + now) / 2;
    }
    const sides = { leftX: x, leftY: y, rightX: x, rightY: y };
    Object.assign(this.#at, { pressure: mean, vx, vy, ...sides });
  }

  /**
   * Points of both sides; those near the last add nothing but noise.
   * @param {number} leftX
   * @param {number} leftY
   * @param {number} rightX
   * @param {number} rightY
   * @param {boolean} isFirst
   */
  #beside(leftX, leftY, rightX, rightY, isFirst) {
    const at = this.#at;
    const least = (this.size / 2) ** 2;
    if (isFirst || (leftX - at.leftX) ** 2 + (leftY - at.leftY) ** 2 > least) {
      this.#left.push(leftX, leftY);
      [at.leftX, at.leftY] = [leftX, leftY];
    }
    if (isFirst || (rightX - at.rightX) ** 2 + (rightY - at.rightY) ** 2 > least) {
      this.#right.push(rightX, rightY);
      [at.rightX, at.rightY] = [rightX, rightY];
    }
  }

  /**
   * Round a sharp turn, and go on beside the way back; without that, what is round ends
   * in a notch.
   * @param {Knot} knot
   * @param {Knot | undefined} back the knot after, if the line turns back here
   */
  #corner(knot, back) {
    const at = this.#at;
    const [sideX, sideY] = [at.vy * at.radius, -at.vx * at.radius];
    for (let share = 0; share <= 1; share += 1 / CORNER_STEPS) {
      const { x, y } = knot;
      pushTurned(this.#left, x - sideX, y - sideY, knot, TURN * share);
      pushTurned(this.#right, x + sideX, y + sideY, knot, TURN * -share);
    }
    if (back) {
      const { x, y } = knot;
      const [backX, backY] = [back.vy * at.radius, -back.vx * at.radius];
      this.#left.push(x - backX, y - backY);
      this.#right.push(x + backX, y + backY);
      at.isCorner = true;
    }
    [at.leftX = 0, at.leftY = 0] = this.#left.slice(-2);
    [at.rightX = 0, at.rightY = 0] = this.#right.slice(-2);
  }
}

/**
 * @param {number[]} points gets the place turned about a centre
 * @param {number} x
 * @param {number} y
 * @param {{x: number, y: number}} center
 * @param {number} angle
 */
function pushTurned(points, x, y, center, angle) {
  const [sin, cos] = [Math.sin(angle), Math.cos(angle)];
  const [dx, dy] = [x - center.x, y - center.y];
  points.push(dx * cos - dy * sin + center.x, dx * sin + dy * cos + center.y);
}

/**
 * @param {number} before
 * @param {number} distance that the pen went
 * @param {number} size
 * @returns {number} the pressure that a hand of this speed would have: faster is lighter
 */
function followed(before, distance, size) {
  const speed = Math.min(1, distance / size);
  return Math.min(1, before + (1 - speed - before) * (speed * PRESSURE_RATE));
}

/** @param {number} t 0…1 */
function eased(t) {
  return Math.sin((t * Math.PI) / 2);
}
