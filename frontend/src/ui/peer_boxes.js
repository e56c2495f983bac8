/**
 * What others have selected, as boxes: each element, or all of many together.
 *
 * Who may only look tells selections too, as long as they like and as often.
 *
 * @import { Box } from "../draw/geometry.js"
 */

import { emptyBox, isEmpty, union } from "../draw/geometry.js";

const MAX_OUTLINED = 100; // of a peer

/**
 * @param {readonly string[]} selection ids, perhaps of what is gone, perhaps repeated
 * @param {(id: string) => Box | undefined} exact
 * @param {(id: string) => Box | undefined} rough the one that is known without work
 * @returns {Box[]} board units
 */
export function boxesOf(selection, exact, rough) {
  const ids = [...new Set(selection)];
  if (ids.length <= MAX_OUTLINED) return ids.flatMap((id) => exact(id) ?? []);
  const all = ids.reduce((box, id) => union(box, rough(id) ?? box), emptyBox());
  return isEmpty(all) ? [] : [all];
}
