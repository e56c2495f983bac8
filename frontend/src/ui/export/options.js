/**
 * What a person chooses in the export dialog.
 */

/** @import { Theme } from "../../draw/theme.js" */
/** @import { Scope } from "./picture.js" */

/** @typedef {"png" | "svg" | "json"} Format */

/**
 * @typedef {object} Options
 * @property {Scope} scope
 * @property {Format} format
 * @property {number} scale pixels of a board unit, for PNG
 * @property {boolean} hasPaper
 * @property {Theme} theme
 */

export {};
