/**
 * Where the overlay marks what was found by its words.
 */

/** @import { Box } from "../draw/geometry.js" */
/** @import { Spatial } from "../draw/spatial.js" */
/** @import { Found } from "../tools/bench.js" */

const MOST_MARKED = 200; // before and after the one in sight

/**
 * @param {Found | null} found
 * @param {Spatial} spatial
 * @returns {{boxes: readonly Box[], current: Box | undefined}}
 */
export function marksOf(found, spatial) {
  const { ids, at } = found ?? { ids: [], at: 0 };
  const near = ids.slice(Math.max(0, at - MOST_MARKED), at + MOST_MARKED);
  return {
    boxes: near.flatMap((id) => spatial.boxOf(id) ?? []),
    current: spatial.boxOf(ids[at] ?? ""),
  };
}
