/**
 * Labels on lines: in the middle of the way, with the line interrupted behind them. Pure.
 */

/** @import { Box } from "./geometry.js" */
/** @import { Lined } from "./route.js" */
/** @import { Measure } from "./text.js" */

import { layoutOf, letteringOf, widthOf } from "./look.js";
import { pathOf, placeAlong } from "./route.js";

const WRAP_EM = 14; // a longer label takes several lines
const MARGIN_EM = 0.3; // between the words and the line, at either side

/**
 * Where a line's label is laid out, relative to the line's x and y.
 * @param {Lined} line
 * @param {Measure} measure
 * @returns {{x: number, y: number, width: number, height: number, wrap: number}} `wrap`:
 *   where its lines are broken; 0: nowhere
 */
export function labelPlace(line, measure) {
  const [x, y] = placeAlong(pathOf(line), 0.5);
  const most = letteringOf(line).size * WRAP_EM;
  const natural = layoutOf(line, 0, measure);
  const wrap = natural.width > most ? most : 0;
  const { width, height } = wrap ? layoutOf(line, wrap, measure) : natural;
  return { x: x - width / 2, y: y - height / 2, width, height, wrap };
}

/**
 * What is left of a line's way beside its label.
 * @param {Lined} line
 * @param {Measure} measure
 * @returns {number[][]} paths
 */
export function besideLabel(line, measure) {
  const { x, y, width, height } = labelPlace(line, measure);
  const margin = letteringOf(line).size * MARGIN_EM + widthOf(line) / 2;
  const right = x + width + margin;
  const box = { left: x - margin, top: y, right, bottom: y + height };
  return without(pathOf(line), box);
}

/**
 * The parts of a path that lie outside a box.
 * @param {readonly number[]} path
 * @param {Box} box
 * @returns {number[][]}
 */
export function without(path, box) {
  /** @type {number[][]} */
  const parts = [];
  let part = [path[0] ?? 0, path[1] ?? 0];
  for (let i = 0; i + 3 < path.length; i += 2) {
    const [ax, ay] = [path[i] ?? 0, path[i + 1] ?? 0];
    const [bx, by] = [path[i + 2] ?? 0, path[i + 3] ?? 0];
    const hidden = within(ax, ay, bx, by, box);
    if (hidden) {
      const [from, to] = hidden;
      if (from > 0) part.push(ax + (bx - ax) * from, ay + (by - ay) * from);
      if (part.length > 2) parts.push(part);
      part = [ax + (bx - ax) * to, ay + (by - ay) * to];
      if (to === 1) continue;
    }
    part.push(bx, by);
  }
  if (part.length > 2) parts.push(part);
  return parts;
}

/**
 * The share of a straight piece that lies in a box.
 * @param {number} ax
 * @param {number} ay
 * @param {number} bx
 * @param {number} by
 * @param {Box} box
 * @returns {[number, number] | null} from where to where, of the piece
 */
function within(ax, ay, bx, by, { left, top, right, bottom }) {
  let [from, to] = [0, 1];
  for (const [at, by_, low, high] of [
    [ax, bx - ax, left, right],
    [ay, by - ay, top, bottom],
  ]) {
    const [start, step] = [at ?? 0, by_ ?? 0];
    const [lowest, highest] = [low ?? 0, high ?? 0];
    if (step === 0) {
      if (start < lowest || start > highest) return null;
      continue;
    }
    const [one, other] = [(lowest - start) / step, (highest - start) / step];
    from = Math.max(from, Math.min(one, other));
    to = Math.min(to, Math.max(one, other));
  }
  return from < to ? [from, to] : null;
}
