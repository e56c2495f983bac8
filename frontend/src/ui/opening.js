/**
 * Where a link to the board leads: to the place or the element at the end of its address.
 * Loaded when there is one.
 */

/** @import { Bench } from "../tools/bench.js" */
/** @import { BoardParts } from "./app.js" */

import { goTo, placeIn } from "../tools/places.js";

const MISSING = "What this link shows is not on the board any more.";

/**
 * Go where the page's own address leads, as soon as that is there.
 * @param {BoardParts} parts
 * @param {Bench} bench
 * @param {(text: string, is_bad?: boolean) => void} say
 * @param {() => boolean} isAtWork whether something is being drawn or written
 * @returns {void}
 */
export function openAtPlace({ replica, data }, bench, say, isAtWork) {
  const place = placeIn(location.hash);
  if (!place) return;
  const arrive = () => {
    const is_there = !("element" in place) || replica.get(place.element);
    if (!is_there && replica.seq < data.head) return false; // it is on its way
    if (isAtWork()) return true; // who has begun to draw or to write stays there
    if (!goTo(bench, place)) say(MISSING, true);
    return true;
  };
  if (arrive()) return;
  const stop = replica.subscribe(() => {
    if (arrive()) stop();
  });
}

/**
 * Show what a link names.
 * @param {Bench} bench
 * @param {string} hash the end of an address
 * @param {(text: string, is_bad?: boolean) => void} say
 * @returns {void}
 */
export function openPlace(bench, hash, say) {
  const place = placeIn(hash);
  if (place && goTo(bench, place)) return;
  if (hash.length > 1) say(place ? MISSING : "This link names no place.", true);
}

export { hashHere, lookAt } from "../tools/places.js";
