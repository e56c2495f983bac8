/**
 * What somebody is called who has told no name: an animal, drawn once a browser, so that
 * two strangers on a board can be told apart. Loaded where there is no name. Pure.
 */

/** @import { Words } from "./words.js" */

import texts from "../../messages/en/guest.json";

/**
 * @param {Words} t
 * @param {number} chance 0…1, without 1
 * @returns {string}
 */
export function guestName(t, chance) {
  const animals = t(texts.animals).split("|");
  return animals[Math.floor(chance * animals.length)] ?? "";
}
