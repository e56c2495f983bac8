/**
 * Getting a snapshot by HTTP: the browser's cache and the page's preload serve it too.
 *
 * @import { Snapshot } from "../model/document.js"
 * @import { Copies } from "./copies.js"
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

/** A network that says nothing for so long is as good as none. */
const LATE_MS = 2_500;

/**
 * The board to begin with: the server's, or this browser's copy when the server is not to
 * be had or late.
 * @param {Promise<Snapshot>} fetched
 * @param {Pick<Copies, "read">} copies
 * @param {Pick<System["clock"], "setTimer" | "clearTimer">} clock
 * @returns {Promise<Snapshot>}
 * @throws {Error} the server's, when there is no copy either
 */
export async function snapshotOrCopy(fetched, copies, clock) {
  /** @type {unknown} */
  let timer;
  const late = new Promise((resolve) => {
    timer = clock.setTimer(() => resolve(null), LATE_MS);
  });
  const first = await Promise.race([fetched.catch(() => null), late]);
  clock.clearTimer(timer);
  return first ?? (await copies.read()) ?? fetched;
}
