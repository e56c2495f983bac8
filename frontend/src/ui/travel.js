/**
 * The way of the camera to another place: a short glide, so that one sees where it went.
 * Anything else that moves the camera ends it.
 */

/** @import { Camera } from "../draw/camera.js" */
/** @import { View } from "../tools/view.js" */

const TRAVEL_MS = 220; // long enough to follow, too short to wait for

/**
 * @param {View} view
 * @returns {(to: Camera) => void}
 */
export function createTravel(view) {
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  let frame = 0;
  return (to) => {
    cancelAnimationFrame(frame);
    const from = view.camera.peek();
    if (calm.matches || document.hidden) {
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

/**
 * A camera on the way to another one. The point that is at the same place of the screen
 * in both stays there all the way.
 * @param {Camera} from
 * @param {Camera} to
 * @param {number} share 0…1 of the way
 * @returns {Camera}
 */
export function cameraBetween(from, to, share) {
  const zoom = from.zoom * (to.zoom / from.zoom) ** share;
  const span = 1 / to.zoom - 1 / from.zoom;
  const is_zoom = Math.abs(span) > 1e-9;
  const by = is_zoom ? (1 / zoom - 1 / from.zoom) / span : share;
  return {
    x: from.x + (to.x - from.x) * by,
    y: from.y + (to.y - from.y) * by,
    zoom,
  };
}
