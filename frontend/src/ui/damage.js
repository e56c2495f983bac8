/**
 * Damage: the parts of a canvas that have to be painted anew, told from what is to be
 * seen on it now and what was before. Pure.
 *
 * A frame then costs what changed in it, in painting and in putting canvases together;
 * a pen that draws changes a few hundred pixels of a million.
 */

/** @import { Box } from "../draw/geometry.js" */

import { merged } from "../draw/mosaic.js";

/**
 * Something that is to be seen.
 * @typedef {object} Seen
 * @property {string} key by which it is known again
 * @property {unknown} token not the same as before when it looks different
 * @property {Box} box all that it paints
 * @property {Box} [part] where alone it differs from what had its key before
 */

export class Damage {
  /** @type {Map<string, Seen>} */
  #before = new Map();

  /**
   * @param {readonly Seen[]} seen all that is to be seen now
   * @returns {Box[]} where it differs from the last time; none touches another
   */
  take(seen) {
    const before = this.#before;
    this.#before = new Map(seen.map((one) => [one.key, one]));
    const found = [];
    for (const now of seen) {
      const then = before.get(now.key);
      before.delete(now.key);
      if (then?.token === now.token) continue;
      if (then?.part && now.part) found.push(then.part, now.part);
      else if (then) found.push(then.box, now.box);
      else found.push(now.box);
    }
    for (const gone of before.values()) found.push(gone.box);
    return merged(found);
  }
}
