/**
 * The way of the camera to another place: a short glide, so that one sees where it went.
 * Anything else that moves the camera ends it.
 */

/** @import { Camera } from "../draw/camera.js" */
/** @import { View } from "../tools/view.js" */

import { cameraBetween } from "../draw/camera.js";

const TRAVEL_MS = 220; // long enough to follow, too short to wait for

/**
 * @param {View} view
 * @param {() => boolean} isCalm whether the person wants no motion
 * @returns {(to: Camera) => void}
 */
export function createTravel(view, isCalm) {
  let frame = 0;
  return (to) => {
    cancelAnimationFrame(frame);
    const from = view.camera.peek();
    if (isCalm() || document.hidden) {
      view.camera.value = to;
      return;
    }
    let last = from;
    /** @type {number | null} */
    let began = null;
    /** @param {number} now ms */
    const step = (now) => {
      if (view.camera.peek() !== last) return; // the person has moved it
      began ??= now;
      const share = Math.min(1, (now - began) / TRAVEL_MS);
      last = share === 1 ? to : cameraBetween(from, to, 1 - (1 - share) ** 3);
      view.camera.value = last;
      if (share < 1) frame = requestAnimationFrame(step);
    };
    frame = requestAnimationFrame(step);
  };
}
