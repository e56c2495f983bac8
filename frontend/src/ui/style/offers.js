/**
 * What the style panel offers, each value with its name and a small drawing.
 */

/** @import { HeadKind } from "../../draw/heads.js" */
/** @import { Route } from "../../draw/route.js" */
/** @import { Style } from "../../tools/style.js" */

/** @type {readonly {name: string, value: Style["corner"], d: string}[]} */
export const CORNERS = [
  { name: "Sharp", value: "sharp", d: "M5 20V5H20" },
  { name: "Round", value: "round", d: "M5 20V13Q5 5 13 5H20" },
];
/** @type {readonly {name: string, value: Route, d: string}[]} */
export const ROUTES = [
  { name: "Straight", value: "straight", d: "M4 19L20 5" },
  { name: "Curved", value: "curve", d: "M4 19C12 19 12 5 20 5" },
  { name: "Right angles", value: "elbow", d: "M4 19H12V5H20" },
];
/** @type {readonly {name: string, value: HeadKind, d: string, isFilled?: boolean}[]} */
export const HEADS = [
  { name: "None", value: "none", d: "M3 12H21" },
  { name: "Arrow", value: "arrow", d: "M3 12H21M15 6L21 12L15 18" },
  {
    name: "Triangle",
    value: "triangle",
    d: "M3 12H13V7L21 12L13 17V12",
    isFilled: true,
  },
  {
    name: "Dot",
    value: "dot",
    d: "M3 12H14A3 3 0 1 1 20 12A3 3 0 1 1 14 12",
    isFilled: true,
  },
  {
    name: "Diamond",
    value: "diamond",
    d: "M3 12H12L16.5 8L21 12L16.5 16L12 12",
    isFilled: true,
  },
  { name: "Bar", value: "bar", d: "M3 12H20M20 6V18" },
];
/** @type {readonly {name: string, value: Style["pattern"], d: string}[]} */
export const PATTERNS = [
  { name: "Solid", value: "solid", d: "M5 5H19V19H5ZM5 9H19M5 12H19M5 15H19" },
  { name: "Hatch", value: "hatch", d: "M5 5H19V19H5ZM5 12L12 5M5 19L19 5M12 19L19 12" },
  {
    name: "Cross-hatch",
    value: "cross",
    d: "M5 5H19V19H5ZM5 12L12 5M5 19L19 5M12 19L19 12M5 12L12 19M5 5L19 19M12 5L19 12",
  },
];
/** @type {readonly {name: string, value: Style["rough"], d: string}[]} */
export const LOOKS = [
  { name: "Ruled", value: 0, d: "M4 14H20" },
  { name: "Hand-drawn", value: 1, d: "M4 14C8 10 10 16 13 13S18 12 20 13" },
  {
    name: "Sketchy",
    value: 2,
    d: "M3 15C7 9 9 17 12 13S18 10 21 13M4 12C8 13 13 17 20 15",
  },
];
/** @type {readonly {name: string, value: Style["font"]}[]} */
export const FONTS = [
  { name: "Sans", value: "sans" },
  { name: "Hand-written", value: "hand" },
  { name: "Serif", value: "serif" },
  { name: "Mono", value: "mono" },
];
/** @type {readonly {name: string, value: Style["align"], d: string}[]} */
export const ALIGNS = [
  { name: "As usual", value: "auto", d: "M4 12H20M8 9L4 12L8 15M16 9L20 12L16 15" },
  { name: "Left", value: "left", d: "M4 6H20M4 12H13M4 18H17" },
  { name: "Centre", value: "center", d: "M4 6H20M8 12H16M6 18H18" },
  { name: "Right", value: "right", d: "M4 6H20M11 12H20M7 18H20" },
];

/** @type {readonly {name: Style["dash"], value: Style["dash"], d: string, dash: string}[]} */
export const LINES = [
  { name: "solid", value: "solid", d: "M3 12h18", dash: "none" },
  { name: "dashed", value: "dashed", d: "M3 12h18", dash: "5 4" },
  { name: "dotted", value: "dotted", d: "M3 12h18", dash: "0.1 4" },
];
