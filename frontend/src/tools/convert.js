/**
 * Shapes into other shapes, lines into arrows and back: same place, same look, same
 * words; arrows hold on. What the new kind does not have is left out.
 */

/** @import { Element, Op } from "../protocol.js" */
/** @import { ShapeKind } from "../draw/outlines.js" */
/** @import { Bench } from "./bench.js" */

import { isShape } from "../draw/outlines.js";
import { looseElements } from "./arrange.js";

/** In the order in which they follow each other. @type {readonly ShapeKind[]} */
export const SHAPE_KINDS = [
  "rect",
  "ellipse",
  "diamond",
  "triangle",
  "hexagon",
  "star",
  "cloud",
  "cylinder",
  "callout",
];
/** @type {readonly Element["kind"][]} */
const LINE_KINDS = ["line", "arrow"];

/** What a line does not have. */
const ONLY_ARROWS = new Set(["head", "tail", "start", "end"]);

/** @typedef {ShapeKind | "line" | "arrow"} Converted */

/**
 * The kind after that of the first thing that can be converted.
 * @param {Bench} bench
 * @returns {Converted | null}
 */
export function nextKind(bench) {
  for (const { kind } of looseElements(bench)) {
    const kinds = kindsLike(kind);
    const next = kinds[(kinds.indexOf(kind) + 1) % kinds.length];
    if (next) return /** @type {Converted} */ (next);
  }
  return null;
}

/**
 * Give everything that is selected and can have it another kind.
 * @param {Bench} bench
 * @param {Converted | null} kind
 * @returns {Op[]}
 */
export function convertOps(bench, kind) {
  if (kind === null) return [];
  return looseElements(bench)
    .filter(
      (element) => element.kind !== kind && kindsLike(element.kind).includes(kind),
    )
    .map((element) => ({ op: "put", element: converted(element, kind) }));
}

/**
 * @param {string} kind
 * @returns {readonly Element["kind"][]} what it can become, itself among them
 */
function kindsLike(kind) {
  if (isShape(/** @type {Element} */ ({ kind }))) return SHAPE_KINDS;
  return kind === "line" || kind === "arrow" ? LINE_KINDS : [];
}

/**
 * @param {Element} element
 * @param {Converted} kind
 * @returns {Element}
 */
function converted(element, kind) {
  const props = Object.entries(element).filter(([name]) =>
    kind === "arrow"
      ? name !== "pattern" // a line's; an arrow has no inside
      : kind !== "line" || !ONLY_ARROWS.has(name),
  );
  return /** @type {Element} */ ({ ...Object.fromEntries(props), kind });
}
