/**
 * Where a board opens: at the place its address names, else on all that is on it. Until
 * its content is there, the person may have moved already: then nothing is moved.
 */

/** @import { Bench } from "../tools/bench.js" */
/** @import { BoardParts } from "./app.js" */

import { isEmpty } from "../draw/geometry.js";
import { goTo, placeIn } from "../tools/places.js";

const FIRST_MAX_ZOOM = 1; // a board with a single dot on it does not open on the dot
const MISSING = "What this link shows is not on the board any more.";

/**
 * @param {BoardParts} parts
 * @param {Bench} bench
 * @param {(text: string, is_bad?: boolean) => void} say
 * @returns {void}
 */
export function openAtPlace({ replica, data }, bench, say) {
  const { view } = bench;
  view.fit(bench.everything());
  const place = placeIn(location.hash);
  window.addEventListener("hashchange", () => openPlace(bench, location.hash, say));
  if (place && !("element" in place)) {
    goTo(bench, place);
    return;
  }
  const untouched = view.camera.peek();
  const arrive = () => {
    const has_moved = view.camera.peek() !== untouched;
    const is_whole = replica.seq >= data.head; // else the tail is on its way
    const is_there = place && replica.get(place.element) !== undefined;
    if (!has_moved && !is_whole && !is_there) return;
    stop();
    if (has_moved) return;
    if (place) {
      if (goTo(bench, place)) return;
      say(MISSING, true);
    }
    const box = bench.everything();
    if (isEmpty(box)) return;
    view.fit(box);
    if (view.zoom > FIRST_MAX_ZOOM) view.zoomTo(FIRST_MAX_ZOOM);
  };
  const stop = replica.subscribe(arrive);
  if (place && data.head === 0) arrive(); // nothing will come
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
