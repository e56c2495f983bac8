/**
 * Getting a snapshot by HTTP: the browser's cache and the page's preload serve it too.
 *
 * @import { Snapshot } from "../model/document.js"
 * @import { System } from "./system.js"
 */

/**
 * Fetch a snapshot.
 * @param {System["fetch"]} fetch
 * @param {string} url
 * @returns {Promise<Snapshot>}
 * @throws {Error} when there is no network, the server refuses, or it is no snapshot
 */
export async function fetchSnapshot(fetch, url) {
  const response = await fetch(url);
  if (!response.ok)
    throw new Error(`The board could not be read (${response.status}).`);
  const body = /** @type {Partial<Snapshot>} */ (await response.json());
  if (typeof body.seq !== "number" || !Array.isArray(body.elements)) {
    throw new Error("What was read is not a board.");
  }
  return { seq: body.seq, elements: body.elements };
}
