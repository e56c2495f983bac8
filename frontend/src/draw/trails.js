/**
 * Trails of laser pointers: mine and the peers', each point for about a second.
 *
 * They come in pieces and may lack some; nothing of them is on the board. Pure: times
 * are given.
 */

/** @typedef {{x: number, y: number, at: number}} Spark a point, and when it was lit, ms */

/**
 * A trail as it is drawn: how bright each point still is, 1 to 0.
 * @typedef {{color: string, points: {x: number, y: number, share: number}[]}} ShownTrail
 */

export const FADE_MS = 1_000;
const MAX_SPREAD_MS = 60; // the points of one piece were not all lit when it came
const MAX_SPARKS = 512; // of one pointer in all lines; no hand makes more in a second
const MAX_ALL = 1_024; // of all pointers, which have equal shares

export class Trails {
  /** By pointer. @type {Map<string, {color: string, trail: number, lines: Spark[][]}>} */
  #pointers = new Map();

  get is_empty() {
    return this.#pointers.size === 0;
  }

  /**
   * A pointer went on.
   * @param {string} who
   * @param {string} color
   * @param {{trail: number, points: readonly number[]}} laser another trail begins anew
   * @param {number} now ms
   * @returns {void}
   */
  add(who, color, { trail, points }, now) {
    const known = this.#pointers.get(who);
    const pointer = known ?? { color, trail, lines: [[]] };
    this.#pointers.set(who, pointer);
    pointer.color = color;
    if (pointer.trail !== trail) pointer.lines.push([]);
    pointer.trail = trail;
    const line = pointer.lines.at(-1) ?? [];
    const before = line.at(-1)?.at ?? now;
    const spread = Math.min(MAX_SPREAD_MS, now - before);
    const n = points.length / 2;
    for (let i = 0; i < n; i++) {
      const at = now - spread * (1 - (i + 1) / n);
      line.push({ x: points[2 * i] ?? 0, y: points[2 * i + 1] ?? 0, at });
    }
    const most = Math.min(MAX_SPARKS, MAX_ALL / this.#pointers.size);
    let n_over = Math.ceil(
      pointer.lines.reduce((all, { length }) => all + length, -most),
    );
    for (const oldest of pointer.lines) {
      if (n_over > 0) n_over -= oldest.splice(0, n_over).length;
    }
    pointer.lines = pointer.lines.filter((one) => one.length > 0 || one === line);
  }

  /**
   * What is still to be seen; what has faded is forgotten.
   * @param {number} now ms
   * @returns {ShownTrail[]}
   */
  shown(now) {
    /** @type {ShownTrail[]} */
    const found = [];
    for (const [who, pointer] of this.#pointers) {
      const lines = pointer.lines.map((line) =>
        line.filter(({ at }) => now - at < FADE_MS),
      );
      pointer.lines = lines.filter((line) => line.length > 0);
      if (pointer.lines.length === 0) this.#pointers.delete(who);
      for (const line of pointer.lines) {
        const points = line.map(({ x, y, at }) => ({
          ...{ x, y },
          share: Math.min(1, 1 - (now - at) / FADE_MS),
        }));
        found.push({ color: pointer.color, points });
      }
    }
    return found;
  }
}
