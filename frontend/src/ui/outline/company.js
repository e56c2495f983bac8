/**
 * Who came and who left since the last look. Pure.
 */

/** @import { Words } from "../../words/words.js" */

import texts from "../../../messages/en/outline.json";

const MOST_SAID = 4; // a crowd is not read out one by one

export class Company {
  /** Names by client, which a page keeps when it is loaded again. */
  #known = /** @type {Map<string, string> | null} */ (null);

  /** Whether there was a look already. @returns {boolean} */
  get is_known() {
    return this.#known !== null;
  }

  /**
   * @param {Words} t
   * @param {Map<string, string>} names of those who are here, by client
   * @returns {string} "" when nobody came or left, and the first time
   */
  tell(t, names) {
    const known = this.#known ?? names;
    this.#known = names;
    const came = [...names].filter(([client]) => !known.has(client));
    const left = [...known].filter(([client]) => !names.has(client));
    return [
      ...came.map(([, name]) => t(texts.came, { name })),
      ...left.map(([, name]) => t(texts.left, { name })),
    ]
      .slice(0, MOST_SAID)
      .join(" ");
  }
}
