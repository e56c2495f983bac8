/**
 * Laser: points at things for a second. It touches nothing, so viewers have it as well.
 */

/** @import { Bench, Press, Tool } from "./bench.js" */

const MAX_TRAILS = 1_000_000; // of the wire

/**
 * @param {Bench} bench
 * @returns {Tool}
 */
export function createLaser(bench) {
  let trail = 0;

  /** @param {readonly Press[]} presses */
  const shine = (presses) => {
    bench.shine({ trail, points: presses.flatMap(({ x, y }) => [x, y]) });
  };

  return {
    name: "laser",
    cursor: "crosshair",
    edits: false,
    down(press) {
      trail = (trail + 1) % MAX_TRAILS;
      shine([press]);
    },
    move: shine,
    up() {},
    cancel() {},
  };
}
