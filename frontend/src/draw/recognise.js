/**
 * Recognising: what a stroke was meant to be, when it was meant to be a shape.
 *
 * Each candidate is laid over the stroke, and the nearest one is taken if it is near
 * enough and nothing else is nearly as near. Whoever is unsure says null: ink that stays
 * ink annoys less than a shape that was not meant. Pure.
 */

/** @import { Box, Point } from "./geometry.js" */

import { boxOfPoints, distanceSquared } from "./geometry.js";

/** @typedef {"rect" | "ellipse" | "diamond" | "triangle"} BoxKind */

/**
 * What a stroke means, in the stroke's own coordinates.
 * @typedef {{kind: BoxKind, box: Box, angle: number}
 *   | {kind: "line" | "arrow", from: Point, to: Point}} Meant
 */

const N_SAMPLES = 64;
const LINE_BEND = 0.05; // of its length, what a line may stray from straight
const LINE_DETOUR = 1.08; // how much longer than straight its way may be
const CLOSED_GAP = 0.16; // of the way: ends that are nearer than this were to meet
const END_SHARE = 0.12; // of the way, at either end, that may overshoot or fall short
const MEAN_STRAY = 0.045; // of a box's diagonal, between ink and outline on average
const MOST_STRAY = 0.16; // and anywhere
const CLEARLY = 1.12; // how much nearer than the next best the best has to be
const FULL_TURN = 2 * Math.PI;
const TURN_SLACK = 0.3; // of a full turn, that an outline may turn more or less
const MAX_SLIMNESS = 6; // a longer box is more likely a line drawn to and fro
const SQUARE_SLACK = 0.12; // of the longer side: nearly a circle or square is one

/**
 * What a stroke was meant to be.
 * @param {readonly number[]} points flat
 * @param {number} least diagonal of what is large enough to be a shape
 * @returns {Meant | null}
 */
export function recognise(points, least) {
  const box = boxOfPoints(points);
  const diagonal = Math.hypot(box.right - box.left, box.bottom - box.top);
  if (points.length < 6 || diagonal === 0 || diagonal < least) return null;
  const way = resample(points, N_SAMPLES);
  return lineOf(way) ?? arrowOf(way, diagonal) ?? closedOf(way);
}

// --- open ---------------------------------------------------------------------------

/**
 * @param {readonly Point[]} way
 * @returns {Meant | null}
 */
function lineOf(way) {
  const [from, to] = [first(way), last(way)];
  const length = distance(from, to);
  if (lengthOf(way) > length * LINE_DETOUR) return null;
  const stray = Math.max(...way.map((point) => fromSegment(point, from, to)));
  return stray <= length * LINE_BEND ? { kind: "line", from, to } : null;
}

/**
 * A shaft, and at its end a head: to one side, and to the other.
 * @param {readonly Point[]} way
 * @param {number} diagonal
 * @returns {Meant | null}
 */
function arrowOf(way, diagonal) {
  const [tail, tip, ...head] = simplified(way, diagonal * 0.05);
  if (!tail || !tip || head.length < 2 || head.length > 4) return null;
  const shaft = distance(tail, tip);
  const wings = head.map(([x, y]) => {
    const [dx, dy] = [x - tip[0], y - tip[1]];
    const back = -(dx * (tip[0] - tail[0]) + dy * (tip[1] - tail[1])) / shaft;
    const side = (dx * (tip[1] - tail[1]) - dy * (tip[0] - tail[0])) / shaft;
    return { back, side, length: Math.hypot(dx, dy) };
  });
  const isSmall = wings.every(({ length }) => length < shaft * 0.55);
  const isAhead = wings.some(
    ({ back, length }) => back < -0.3 * length && length > shaft * 0.12,
  );
  if (!isSmall || isAhead) return null;
  const wide = wings.filter(({ length }) => length > shaft * 0.1);
  const isWing = (/** @type {number} */ sign) =>
    wide.some(({ side, back, length }) => {
      const slope = (sign * side) / length;
      return back > 0 && slope > 0.25 && slope < 0.96;
    });
  return isWing(1) && isWing(-1) ? { kind: "arrow", from: tail, to: tip } : null;
}

// --- closed -------------------------------------------------------------------------

/**
 * @param {readonly Point[]} open
 * @returns {Meant | null}
 */
function closedOf(open) {
  const way = closedWay(open);
  if (!way) return null;
  const box = boxOfPoints(way.flat());
  const [w, h] = [box.right - box.left, box.bottom - box.top];
  if (Math.max(w, h) > MAX_SLIMNESS * Math.min(w, h)) return null;
  const turns = Math.abs(turning(way)) / FULL_TURN;
  if (Math.abs(turns - 1) > TURN_SLACK) return null;
  const [best, next] = CANDIDATES.map(({ kind, angle, outline }) => {
    const line = outline(box);
    return { kind, angle, ...strays(way, line, Math.hypot(w, h)) };
  }).sort((a, b) => a.mean - b.mean);
  if (!best || best.mean > MEAN_STRAY || best.most > MOST_STRAY) return null;
  if (next && next.mean < best.mean * CLEARLY) return null;
  return { kind: best.kind, angle: best.angle, box: evened(box, best.kind) };
}

/** @type {readonly {kind: BoxKind, angle: number, outline: (box: Box) => Point[]}[]} */
const CANDIDATES = [
  { kind: "rect", angle: 0, outline: corners },
  {
    kind: "diamond",
    angle: 0,
    outline: ({ left, top, right, bottom }) => [
      [(left + right) / 2, top],
      [right, (top + bottom) / 2],
      [(left + right) / 2, bottom],
      [left, (top + bottom) / 2],
    ],
  },
  {
    kind: "triangle",
    angle: 0,
    outline: ({ left, top, right, bottom }) => [
      [(left + right) / 2, top],
      [right, bottom],
      [left, bottom],
    ],
  },
  {
    kind: "triangle",
    angle: Math.PI,
    outline: ({ left, top, right, bottom }) => [
      [(left + right) / 2, bottom],
      [left, top],
      [right, top],
    ],
  },
  {
    kind: "ellipse",
    angle: 0,
    outline: ({ left, top, right, bottom }) =>
      Array.from({ length: 48 }, (_, i) => {
        const at = (i / 48) * FULL_TURN;
        return /** @type {Point} */ ([
          (left + right + (right - left) * Math.cos(at)) / 2,
          (top + bottom + (bottom - top) * Math.sin(at)) / 2,
        ]);
      }),
  },
];

/**
 * @param {Box} box
 * @returns {Point[]}
 */
function corners({ left, top, right, bottom }) {
  return [
    [left, top],
    [right, top],
    [right, bottom],
    [left, bottom],
  ];
}

/**
 * How far ink and outline are from each other, as shares of the diagonal: the ink from
 * the outline on the whole, and the outline's corners from the ink.
 * @param {readonly Point[]} way
 * @param {readonly Point[]} outline
 * @param {number} diagonal
 * @returns {{mean: number, most: number}}
 */
function strays(way, outline, diagonal) {
  const fromInk = way.map((point) => fromOutline(point, outline));
  const fromCorners = outline.map((point) => fromOutline(point, way));
  const sum = fromInk.reduce((total, each) => total + each, 0) / fromInk.length;
  const missed = fromCorners.reduce((total, each) => total + each, 0);
  return {
    mean: (sum + missed / fromCorners.length) / 2 / diagonal,
    most: Math.max(...fromInk, ...fromCorners) / diagonal,
  };
}

/**
 * A way whose ends meet, without what was drawn beyond the meeting point.
 * @param {readonly Point[]} way
 * @returns {Point[] | null} null: the ends were not to meet
 */
function closedWay(way) {
  const n = Math.ceil(way.length * END_SHARE);
  let best = { gap: distance(first(way), last(way)), from: 0, to: way.length - 1 };
  for (let i = 0; i < n; i++) {
    for (let j = way.length - n; j < way.length; j++) {
      const gap = distance(way[i] ?? [0, 0], way[j] ?? [0, 0]);
      if (gap < best.gap * 0.8) best = { gap, from: i, to: j };
    }
  }
  if (best.gap > lengthOf(way) * CLOSED_GAP) return null;
  return resample(way.slice(best.from, best.to + 1).flat(), N_SAMPLES);
}

/**
 * How far a closed way turns, radians. The gap where it closes has no direction of its
 * own: the last side is followed by the first.
 * @param {readonly Point[]} way
 * @returns {number}
 */
function turning(way) {
  const coarse = way.filter((_, i) => i % 3 === 0); // a hand that trembles turns a lot
  const directions = coarse.slice(1).map(([x, y], i) => {
    const [beforeX, beforeY] = coarse[i] ?? [x, y];
    return Math.atan2(y - beforeY, x - beforeX);
  });
  return directions.reduce((sum, direction, i) => {
    const turn = direction - (directions.at(i - 1) ?? direction);
    return sum + Math.atan2(Math.sin(turn), Math.cos(turn));
  }, 0);
}

/**
 * @param {Box} box
 * @param {BoxKind} kind
 * @returns {Box} nearly as wide as high: just as wide as high
 */
function evened(box, kind) {
  const [w, h] = [box.right - box.left, box.bottom - box.top];
  const longer = Math.max(w, h);
  if (kind === "triangle" || Math.abs(w - h) > longer * SQUARE_SLACK) return box;
  const [x, y] = [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
  const half = (w + h) / 4;
  return { left: x - half, top: y - half, right: x + half, bottom: y + half };
}

// --- ways ---------------------------------------------------------------------------

/**
 * @param {readonly number[]} points flat
 * @param {number} n
 * @returns {Point[]} so many points, evenly along the way
 */
function resample(points, n) {
  /** @type {Point[]} */
  const all = [];
  for (let i = 0; i + 1 < points.length; i += 2) {
    all.push([points[i] ?? 0, points[i + 1] ?? 0]);
  }
  const step = lengthOf(all) / (n - 1);
  const found = [first(all)];
  let [before, passed] = [first(all), 0];
  for (const point of all.slice(1)) {
    let side = distance(before, point);
    while (side > 0 && passed + side >= step && found.length < n) {
      const share = (step - passed) / side;
      before = [
        before[0] + (point[0] - before[0]) * share,
        before[1] + (point[1] - before[1]) * share,
      ];
      found.push(before);
      side = distance(before, point);
      passed = 0;
    }
    passed += side;
    before = point;
  }
  while (found.length < n) found.push(last(all));
  return found;
}

/**
 * The corners of a way (Ramer, Douglas and Peucker).
 * @param {readonly Point[]} way
 * @param {number} tolerance
 * @returns {Point[]}
 */
function simplified(way, tolerance) {
  const [from, to] = [first(way), last(way)];
  let [farthest, most] = [0, 0];
  way.forEach((point, i) => {
    const away = fromSegment(point, from, to);
    if (away > most) [farthest, most] = [i, away];
  });
  if (most <= tolerance) return [from, to];
  return [
    ...simplified(way.slice(0, farthest + 1), tolerance),
    ...simplified(way.slice(farthest), tolerance).slice(1),
  ];
}

/** @param {readonly Point[]} way */
function lengthOf(way) {
  return way.reduce(
    (sum, point, i) => sum + (i === 0 ? 0 : distance(way[i - 1] ?? point, point)),
    0,
  );
}

/**
 * @param {Point} point
 * @param {readonly Point[]} outline closed
 * @returns {number}
 */
function fromOutline(point, outline) {
  let least = Infinity;
  for (let i = 0; i < outline.length; i++) {
    const [a, b] = [outline[i], outline[(i + 1) % outline.length]];
    if (a && b) least = Math.min(least, distanceSquared(...point, ...a, ...b));
  }
  return Math.sqrt(least);
}

/**
 * @param {Point} point
 * @param {Point} from
 * @param {Point} to
 * @returns {number}
 */
function fromSegment(point, from, to) {
  return Math.sqrt(distanceSquared(...point, ...from, ...to));
}

/**
 * @param {Point} a
 * @param {Point} b
 * @returns {number}
 */
function distance(a, b) {
  return Math.hypot(b[0] - a[0], b[1] - a[1]);
}

/** @param {readonly Point[]} way @returns {Point} */
function first(way) {
  return way[0] ?? [0, 0];
}

/** @param {readonly Point[]} way @returns {Point} */
function last(way) {
  return way.at(-1) ?? [0, 0];
}
