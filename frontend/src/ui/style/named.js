/**
 * What the values of the style panel are called.
 */

/** @import { Desk } from "../desk.js" */

import texts from "../../../messages/en/style.json";

/**
 * @param {Desk} desk
 * @param {string} name of a style, a colour or a size, which is its key
 * @returns {string}
 */
export function named(desk, name) {
  return desk.t(/** @type {Record<string, string>} */ (texts)[name] ?? name);
}
