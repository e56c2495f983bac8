/**
 * Parts of the browser that a page may be forbidden, by settings or without TLS.
 */

/**
 * @template T
 * @param {() => T} get
 * @returns {T | null} null where it is forbidden or missing
 */
export function ifAllowed(get) {
  try {
    return get() ?? null;
  } catch {
    return null;
  }
}
