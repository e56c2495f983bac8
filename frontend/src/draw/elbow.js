/**
 * Right-angled ways between two places, around boxes.
 *
 * A small grid is laid through all that matters (both places, the edges of the boxes, the
 * middle of the gap) and the cheapest way through it is taken: short, with few turns, and
 * turning in the middle of the gap. Pure.
 */

/** @import { Box, Point } from "./geometry.js" */

/** Right, down, left, up. @typedef {0 | 1 | 2 | 3} Way */

/**
 * @typedef {object} Stop
 * @property {number} x
 * @property {number} y
 * @property {Way} [way] the side it is left by, or come upon from; free if absent
 */

const STUB_UNITS = 20; // straight out of a shape before the first turn
const TURN_COST = 50; // board units of detour that are better than one more turn
const OFF_MIDDLE = 1.02; // what a way costs that does not run in the middle of the gap
const NEAR = 1e-6;

/** @type {readonly Point[]} */
const STEPS = [
  [1, 0],
  [0, 1],
  [-1, 0],
  [0, -1],
];

/**
 * @param {Stop} from
 * @param {Stop} to
 * @param {readonly Box[]} boxes that are not crossed, if that can be helped
 * @param {{first: boolean, last: boolean}} stubs which of the two may be a shape's side
 * @returns {{points: number[], way: Way}} the path, and the way it arrives
 */
export function elbow(from, to, boxes, stubs) {
  const stub = stubOf(
    boxes,
    Math.max(Math.abs(to.x - from.x), Math.abs(to.y - from.y)),
  );
  const start = stubs.first ? ahead(from, stub) : from;
  const goal = stubs.last ? ahead(to, stub) : to;
  const walls = boxes.map((box) => inflated(box, stub - 1));
  const is_free = walls.every((box) => !holds(box, start) && !holds(box, goal));
  const found =
    search(start, goal, is_free ? walls : [], boxes) ?? search(start, goal, [], boxes);
  const inner = found?.points ?? [start.x, start.y, goal.x, start.y, goal.x, goal.y];
  const points = tidied([from.x, from.y, ...inner, to.x, to.y]);
  return { points, way: wayOf(points) };
}

/**
 * What stands close leaves less room to turn in.
 * @param {readonly Box[]} boxes
 * @param {number} distance between the two places, along the longer side
 * @returns {number}
 */
function stubOf([a, b], distance) {
  if (!a || !b) return Math.min(STUB_UNITS, distance / 2);
  const [across, down] = gaps(a, b);
  const gap = Math.max(across, down);
  return gap > 0 ? Math.min(STUB_UNITS, gap / 2) : STUB_UNITS;
}

/**
 * @param {Box} a
 * @param {Box} b
 * @returns {Point} how far apart they are across and down; below 0 they overlap
 */
export function gaps(a, b) {
  return [
    Math.max(b.left - a.right, a.left - b.right),
    Math.max(b.top - a.bottom, a.top - b.bottom),
  ];
}

/**
 * @param {Stop} stop
 * @param {number} by
 * @returns {Stop}
 */
function ahead({ x, y, way }, by) {
  if (way === undefined) return { x, y };
  const [dx, dy] = /** @type {Point} */ (STEPS[way]);
  return { x: x + dx * by, y: y + dy * by, way };
}

/**
 * @param {Box} box
 * @param {number} by
 * @returns {Box}
 */
function inflated({ left, top, right, bottom }, by) {
  return { left: left - by, top: top - by, right: right + by, bottom: bottom + by };
}

/**
 * @param {Box} box
 * @param {{x: number, y: number}} place
 * @returns {boolean} whether it lies inside, not on the edge
 */
function holds(box, { x, y }) {
  return (
    x > box.left + NEAR &&
    x < box.right - NEAR &&
    y > box.top + NEAR &&
    y < box.bottom - NEAR
  );
}

/**
 * @param {number[]} values
 * @returns {number[]} in order, each once
 */
function ruled(values) {
  const sorted = values.sort((a, b) => a - b);
  return sorted.filter((value, i) => i === 0 || value - (sorted[i - 1] ?? 0) > NEAR);
}

/**
 * The middle of the gap between two spans, or of the two places where there is none.
 * @param {readonly [number, number]} a
 * @param {readonly [number, number]} b
 * @param {number} other
 * @returns {number}
 */
function middle(a, b, other) {
  if (a[1] < b[0]) return (a[1] + b[0]) / 2;
  if (b[1] < a[0]) return (b[1] + a[0]) / 2;
  return other;
}

/**
 * The cheapest way over the grid.
 * @param {Stop} start
 * @param {Stop} goal
 * @param {readonly Box[]} walls
 * @param {readonly Box[]} boxes what stands at the two ends
 * @returns {{points: number[]} | null}
 */
function search(start, goal, walls, boxes) {
  const [a, b] = [boxes[0] ?? dot(start), boxes[1] ?? dot(goal)];
  const midX = middle([a.left, a.right], [b.left, b.right], (start.x + goal.x) / 2);
  const midY = middle([a.top, a.bottom], [b.top, b.bottom], (start.y + goal.y) / 2);
  const edges = walls.map((wall) => inflated(wall, 1));
  const xs = ruled([
    start.x,
    goal.x,
    midX,
    ...edges.flatMap((box) => [box.left, box.right]),
  ]);
  const ys = ruled([
    start.y,
    goal.y,
    midY,
    ...edges.flatMap((box) => [box.top, box.bottom]),
  ]);
  return cheapest({ xs, ys, midX, midY, walls }, start, goal);
}

/**
 * @param {Stop} stop
 * @returns {Box}
 */
function dot({ x, y }) {
  return { left: x, top: y, right: x, bottom: y };
}

/**
 * @typedef {{xs: number[], ys: number[], midX: number, midY: number,
 *   walls: readonly Box[]}} Grid
 */

/**
 * A crossing of the grid, and the way it was come upon. `rank` is what a way through it
 * costs at least.
 * @typedef {{i: number, j: number, way: Way, cost: number, rank: number,
 *   from: Node | null}} Node
 */

/**
 * The search A*; the grid has at most 7 × 7 crossings.
 * @param {Grid} grid
 * @param {Stop} start
 * @param {Stop} goal
 * @returns {{points: number[]} | null}
 */
function cheapest(grid, start, goal) {
  const { xs, ys } = grid;
  const [i, j] = [indexOf(xs, start.x), indexOf(ys, start.y)];
  const ways = start.way === undefined ? ALL_WAYS : [start.way];
  /** @type {Node[]} */
  const open = ways.map((way) => ({ i, j, way, cost: 0, rank: 0, from: null }));
  const best = new Float64Array(xs.length * ys.length * 4).fill(Infinity);
  for (;;) {
    const node = takeCheapest(open);
    if (!node) return null;
    if (isAt(grid, node, goal)) return { points: pointsTo(grid, node) };
    for (const way of ALL_WAYS) {
      const next = step(grid, node, way);
      if (!next) continue;
      next.cost += arrival(grid, next, goal);
      const key = (next.i * ys.length + next.j) * 4 + way;
      if (next.cost >= (best[key] ?? 0)) continue;
      best[key] = next.cost;
      const [x, y] = [xs[next.i] ?? 0, ys[next.j] ?? 0];
      next.rank = next.cost + Math.abs(goal.x - x) + Math.abs(goal.y - y);
      open.push(next);
    }
  }
}

/** @type {readonly Way[]} */
const ALL_WAYS = [0, 1, 2, 3];

/**
 * @param {readonly number[]} values
 * @param {number} value
 * @returns {number}
 */
function indexOf(values, value) {
  return values.findIndex((one) => Math.abs(one - value) <= NEAR);
}

/**
 * @param {Node[]} open
 * @returns {Node | undefined}
 */
function takeCheapest(open) {
  let best = 0;
  for (let k = 1; k < open.length; k++) {
    if ((open[k]?.rank ?? 0) < (open[best]?.rank ?? 0)) best = k;
  }
  return open.splice(best, 1)[0];
}

/**
 * @param {Grid} grid
 * @param {{i: number, j: number}} node
 * @param {Stop} stop
 */
function isAt({ xs, ys }, { i, j }, { x, y }) {
  return Math.abs((xs[i] ?? 0) - x) <= NEAR && Math.abs((ys[j] ?? 0) - y) <= NEAR;
}

/**
 * One step over the grid.
 * @param {Grid} grid
 * @param {Node} node
 * @param {Way} way
 * @returns {Node | null} null where nothing is, a wall stands, or it would turn back
 */
function step(grid, node, way) {
  const [dx, dy] = /** @type {Point} */ (STEPS[way]);
  const [i, j] = [node.i + dx, node.j + dy];
  const [x, y] = [grid.xs[i], grid.ys[j]];
  if (x === undefined || y === undefined || way === (node.way + 2) % 4) return null;
  const [fromX, fromY] = [grid.xs[node.i] ?? 0, grid.ys[node.j] ?? 0];
  const between = { x: (x + fromX) / 2, y: (y + fromY) / 2 };
  if (grid.walls.some((wall) => holds(wall, between))) return null;
  const is_middle = dx === 0 ? x === grid.midX : y === grid.midY;
  const length = Math.abs(x - fromX) + Math.abs(y - fromY);
  const turn = way === node.way ? 0 : TURN_COST;
  const cost = node.cost + length * (is_middle ? 1 : OFF_MIDDLE) + turn;
  return { i, j, way, cost, rank: 0, from: node };
}

/**
 * What it costs to turn into the goal's own side.
 * @param {Grid} grid
 * @param {Node} node
 * @param {Stop} goal
 * @returns {number}
 */
function arrival(grid, node, goal) {
  if (goal.way === undefined || !isAt(grid, node, goal)) return 0;
  const into = (goal.way + 2) % 4;
  if (node.way === into) return 0;
  return node.way === goal.way ? 4 * TURN_COST : TURN_COST; // the first turns back on itself
}

/**
 * @param {Grid} grid
 * @param {Node} last
 * @returns {number[]}
 */
function pointsTo({ xs, ys }, last) {
  /** @type {number[]} */
  const points = [];
  for (let node = /** @type {Node | null} */ (last); node; node = node.from) {
    points.unshift(xs[node.i] ?? 0, ys[node.j] ?? 0);
  }
  return points;
}

/**
 * Without points that lie in the middle of a straight piece, or twice in one place.
 * @param {readonly number[]} points
 * @returns {number[]}
 */
function tidied(points) {
  /** @type {number[]} */
  const kept = [];
  for (let i = 0; i + 1 < points.length; i += 2) {
    const [x, y] = [points[i] ?? 0, points[i + 1] ?? 0];
    const [px, py] = [kept.at(-2), kept.at(-1)];
    if (px !== undefined && py !== undefined) {
      if (Math.abs(px - x) <= NEAR && Math.abs(py - y) <= NEAR) continue;
      if (isStraight(kept, x, y)) kept.splice(-2);
    }
    kept.push(x, y);
  }
  if (kept.length === 2) kept.push(kept[0] ?? 0, kept[1] ?? 0);
  return kept;
}

/**
 * @param {readonly number[]} points
 * @param {number} x
 * @param {number} y
 * @returns {boolean} whether the last piece goes straight on to a place
 */
function isStraight(points, x, y) {
  if (points.length < 4) return false;
  const [ax = 0, ay = 0, bx = 0, by = 0] = points.slice(-4);
  const [inX, inY, outX, outY] = [bx - ax, by - ay, x - bx, y - by];
  const is_parallel = Math.abs(inX * outY - inY * outX) <= NEAR;
  return is_parallel && inX * outX + inY * outY > 0;
}

/**
 * @param {readonly number[]} points
 * @returns {Way} of the last piece
 */
function wayOf(points) {
  const [ax = 0, ay = 0, bx = 0, by = 0] = points.slice(-4);
  if (Math.abs(bx - ax) >= Math.abs(by - ay)) return bx < ax ? 2 : 0;
  return by < ay ? 3 : 1;
}
