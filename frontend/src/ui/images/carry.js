/**
 * Pictures that come with elements of another board: the server puts them on this one's
 * shelf too, or is sent those that a file brings along. Loaded when such elements are
 * pasted.
 */

/** @import { Element } from "../../protocol.js" */
/** @import { Source } from "../../tools/clip.js" */

import { csrfToken } from "../rest.js";
import { send } from "./send.js";

/**
 * @param {readonly Element[]} elements
 * @param {Source} source where they were copied
 * @param {string} url where the pictures of this board are
 * @returns {Promise<{elements: Element[], n_lost: number}>} without the images whose
 *   pictures this board cannot have
 */
export async function carried(elements, source, url) {
  const assets = elements.flatMap((one) => (one.kind === "image" ? [one.asset] : []));
  /** What each is called here. @type {Map<string, string>} */
  const had = new Map();
  for (const asset of new Set(assets)) {
    const here = await carriedOne(asset, source, url);
    if (here !== null) had.set(asset, here);
  }
  /** @type {Element[]} */
  const left = [];
  for (const one of elements) {
    const asset = one.kind === "image" ? had.get(one.asset) : "";
    if (asset === undefined) continue;
    left.push(one.kind === "image" ? { ...one, asset } : one);
  }
  return { elements: left, n_lost: elements.length - left.length };
}

/**
 * @param {string} asset
 * @param {Source} source
 * @param {string} url
 * @returns {Promise<string | null>} the asset here, null where it cannot be had
 */
async function carriedOne(asset, source, url) {
  if (await isHad(`${url}${asset}`, source)) return asset;
  const file = fileOf(asset, source.pictures);
  if (!file) return null;
  const outcome = await send(url, file, () => {}).done;
  return outcome.ok ? outcome.asset.hash : null;
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

/**
 * @param {string} asset
 * @param {unknown} pictures a stranger's
 * @returns {Blob | null} null where that is no file
 */
function fileOf(asset, pictures) {
  if (typeof pictures !== "object" || pictures === null) return null;
  const url = /** @type {Record<string, unknown>} */ (pictures)[asset];
  const base64 = /^data:[^,]*;base64,(.+)$/.exec(
    typeof url === "string" ? url : "",
  )?.[1];
  try {
    const bytes = atob(base64 ?? "");
    return base64
      ? new Blob([Uint8Array.from(bytes, (char) => char.charCodeAt(0))])
      : null;
  } catch {
    return null; // no base 64
  }
}
