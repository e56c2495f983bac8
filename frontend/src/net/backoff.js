/**
 * How long to wait before trying again: exponential, with full jitter, so that a
 * thousand pages which lost the same server do not come back in the same instant.
 *
 * @param {number} attempt 0 for the first
 * @param {() => number} random
 * @param {{ baseMs?: number, mostMs?: number }} [bounds]
 * @returns {number} milliseconds
 */
export function backoffMs(attempt, random, { baseMs = 1_000, mostMs = 30_000 } = {}) {
  return Math.round(random() * Math.min(mostMs, baseMs * 2 ** Math.min(attempt, 30)));
}
