/**
 * Scripts that are loaded when they are first used, and used at once from then on: what
 * a person does next must not overtake what was done before.
 */

/**
 * @template Loaded
 * @param {() => Promise<Loaded>} load
 * @returns {(use: (loaded: Loaded) => void) => void} loads with the first use
 */
export function lately(load) {
  /** @type {Loaded | null} */
  let loaded = null;
  return (use) => {
    if (loaded) return use(loaded);
    load().then(
      (now) => {
        loaded = now;
        use(now);
      },
      () => {}, // without a network nothing happens; the next use asks again
    );
  };
}
