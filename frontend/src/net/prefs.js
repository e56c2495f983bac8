/**
 * What this browser remembers of a person: name, colour, tool. Lost without regret, so
 * any failure of the storage means the fallback. Nothing secret belongs here.
 */

const PREFIX = "chalkline.pref.";

export class Prefs {
  #storage;
  /** What the storage did not take. @type {Map<string, unknown>} */
  #unkept = new Map();

  /** @param {Pick<Storage, "getItem" | "setItem"> | null} storage */
  constructor(storage) {
    this.#storage = storage;
  }

  /**
   * @template T
   * @param {string} name
   * @param {T} fallback also tells the type: a value of another type is ignored
   * @returns {T}
   */
  get(name, fallback) {
    const value = this.#unkept.get(name) ?? this.#read(name);
    const isAlike = value !== null && typeof value === typeof fallback;
    return isAlike ? /** @type {T} */ (value) : fallback;
  }

  /**
   * @param {string} name
   * @param {unknown} value anything that JSON can hold
   */
  set(name, value) {
    this.#unkept.set(name, value);
    try {
      if (!this.#storage) return;
      this.#storage.setItem(PREFIX + name, JSON.stringify(value));
      this.#unkept.delete(name);
    } catch {
      // It stays unkept: remembered until the page ends.
    }
  }

  /** @param {string} name */
  #read(name) {
    try {
      return JSON.parse(this.#storage?.getItem(PREFIX + name) ?? "null");
    } catch {
      return null;
    }
  }
}
