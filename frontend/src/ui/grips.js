/**
 * Where a selection is held on the screen: what lies over these places keeps hands off it.
 */

/** @import { Point } from "../draw/geometry.js" */
/** @import { Bench } from "../tools/bench.js" */

import { handlePlace, heldBy, turnPlace } from "../tools/handles.js";
import { pointHandles, selectedLine } from "../tools/points.js";
import { HANDLES } from "../tools/resize.js";

const HALF_PX = 12; // what a hand needs of a handle

/**
 * @param {Bench} bench
 * @returns {Point[]} screen pixels
 */
function grips(bench) {
  const { view } = bench;
  const held = heldBy(bench);
  const line = selectedLine(bench);
  const places = held ? HANDLES.map((handle) => handlePlace(held, handle)) : [];
  if (held?.turns) places.push(turnPlace(held, view.zoom));
  for (const { x, y } of line ? pointHandles(bench, line) : []) places.push([x, y]);
  return places.map(([x, y]) => view.toScreen(x, y));
}

/**
 * @param {Bench} bench
 * @param {{left: number, top: number, right: number, bottom: number}} box of a panel
 * @returns {boolean} whether it keeps a hand off a handle of the selection
 */
export function coversGrip(bench, { left, top, right, bottom }) {
  return grips(bench).some(
    ([x, y]) =>
      x > left - HALF_PX &&
      x < right + HALF_PX &&
      y > top - HALF_PX &&
      y < bottom + HALF_PX,
  );
}
