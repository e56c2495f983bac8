/**
 * Pictures that come with elements of another board: the server puts them on this one's
 * shelf too. Loaded when such elements are pasted.
 */

/** @import { Element } from "../../protocol.js" */
/** @import { Source } from "../../tools/clip.js" */

import { csrfToken } from "../rest.js";

/**
 * @param {readonly Element[]} elements
 * @param {Source} source where they were copied
 * @param {string} url where the pictures of this board are
 * @returns {Promise<{elements: Element[], n_lost: number}>} without the images whose
 *   pictures this board cannot have
 */
export async function carried(elements, source, url) {
  const assets = elements.flatMap((one) => (one.kind === "image" ? [one.asset] : []));
  const had = new Set();
  for (const asset of new Set(assets)) {
    if (await isHad(`${url}${asset}`, source)) had.add(asset);
  }
  const left = elements.filter((one) => one.kind !== "image" || had.has(one.asset));
  return { elements: left, n_lost: elements.length - left.length };
}

/**
 * @param {string} address of the picture here
 * @param {Source} source
 * @returns {Promise<boolean>}
 */
async function isHad(address, { board }) {
  try {
    const answer =
      board === null
        ? await fetch(address, { method: "HEAD" })
        : await fetch(`${address}?from=${encodeURIComponent(board)}`, {
            method: "PUT",
            headers: { "X-CSRFToken": csrfToken() },
          });
    return answer.ok;
  } catch {
    return false;
  }
}
