/**
 * The colours and sizes the panels offer; any other stored value is welcome too.
 *
 * Each ink reads on light paper as it is and on dark paper through `theme`. Pure.
 */

/** @typedef {{readonly name: string, readonly value: string}} Swatch */

/** @type {readonly Swatch[]} */
export const INKS = [
  { name: "Graphite", value: "#1e1e1e" },
  { name: "Slate", value: "#868e96" },
  { name: "Red", value: "#d6336c" },
  { name: "Vermilion", value: "#e03131" },
  { name: "Orange", value: "#f08c00" },
  { name: "Moss", value: "#2f9e44" },
  { name: "Teal", value: "#0c8599" },
  { name: "Blue", value: "#1971c2" },
  { name: "Indigo", value: "#4263eb" },
  { name: "Violet", value: "#9c36b5" },
];

/** What a highlighter begins with. */
export const MARKER = "#fcc419";

/** What a frame begins with. */
export const FRAME_INK = "#697077";

/** @type {readonly Swatch[]} */
export const FILLS = [
  { name: "No fill", value: "none" },
  { name: "Chalk", value: "#ffffff" },
  { name: "Mist", value: "#e9ecef" },
  { name: "Rose", value: "#ffc9c9" },
  { name: "Straw", value: "#ffec99" },
  { name: "Mint", value: "#b2f2bb" },
  { name: "Ice", value: "#99e9f2" },
  { name: "Sky", value: "#a5d8ff" },
  { name: "Lilac", value: "#eebefa" },
  { name: "Peach", value: "#ffd8a8" },
];

/** @type {readonly {name: string, value: number}[]} */
export const WIDTHS = [
  { name: "Fine", value: 2 },
  { name: "Medium", value: 4 },
  { name: "Bold", value: 8 },
  { name: "Broad", value: 16 },
];

/** @type {readonly {name: string, value: number}[]} */
export const TEXT_SIZES = [
  { name: "Small", value: 16 },
  { name: "Medium", value: 20 },
  { name: "Large", value: 28 },
  { name: "Huge", value: 44 },
];

/** @type {readonly ("solid" | "dashed" | "dotted")[]} */
export const DASHES = ["solid", "dashed", "dotted"];
