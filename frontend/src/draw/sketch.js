/**
 * The hand-drawn look: outlines that waver, and fills made of lines.
 *
 * It takes a display as `shapes` makes it and redraws its paths by roughjs, from the
 * element's seed alone, so that every browser and every export shows the same. Loaded when
 * the first element needs it (see `isSketched`); nobody else imports it, and it imports
 * nothing that is loaded before, or the build would cut that into pieces. Pure.
 */

/** @import { OpSet, Options } from "roughjs/bin/core.js" */
/** @import { Element } from "../protocol.js" */
/** @import { Display, Item, PathItem } from "./shapes.js" */

import rough from "roughjs";

const SMALL_UNITS = 20; // what is smaller wavers less, or nobody could tell what it is
const SHORT_UNITS = 50;
const STRAIGHT_UNITS = 500; // longer sides do not sag any further
const GAP_UNITS = 6; // between the lines of a hatch, besides the stroke's width
const MOST_LINES = 400; // across a shape; what is larger gets wider gaps
const MOST_CROSSINGS = 10_000; // of a hatch and a line that goes to and fro through it
const MOST_PIECES = 500; // of an outline; more would take longer than a frame
const HATCHED_UNITS = 2_000; // a hatch is worked out unit by unit; larger ones enlarged
const SLANT_DEGREES = -41; // like roughjs: no edge that people draw runs along it

const generator = rough.generator(); // the parts of roughjs that know a page are not used

/**
 * By its kind: a hostile hand gives points to what is not drawn along them.
 * @param {Element} element
 * @returns {element is import("../protocol.js").Line | import("../protocol.js").Arrow}
 */
function isLined(element) {
  return element.kind === "line" || element.kind === "arrow";
}

/**
 * The display as a hand would draw it.
 * @param {Display} look of `element`
 * @param {Element} element
 * @param {{seed: number, width: number}} pencil the element's, defaults filled in
 * @returns {Display}
 */
export function sketched(look, element, { seed, width }) {
  const box = sizeOf(element);
  const options = {
    seed,
    strokeWidth: width,
    roughness: roughnessOf(element, box),
    bowing: Math.min(1, STRAIGHT_UNITS / Math.max(1, box.longest)),
    curveFitting: 1,
    stroke: "#000000", // roughjs draws no outline without; the item has the colour
    disableMultiStroke: element.rough === undefined || element.rough === 0,
  };
  const items = look.items.flatMap((item) =>
    item.type === "path" ? drawn(item, element, options, box) : [item],
  );
  return { ...look, items };
}

/** @typedef {{longest: number, shortest: number}} Sides */

/**
 * @param {Element} element
 * @returns {Sides} board units
 */
function sizeOf(element) {
  if (!isLined(element)) {
    const { w = 0, h = 0 } = element;
    return { longest: Math.max(w, h), shortest: Math.min(w, h) };
  }
  let longest = 0;
  for (const value of element.points) longest = Math.max(longest, Math.abs(value));
  return { longest, shortest: longest };
}

/**
 * @param {Element} element
 * @param {Sides} sides
 * @returns {number}
 */
function roughnessOf({ rough = 0 }, { longest, shortest }) {
  if (shortest >= SMALL_UNITS && longest >= SHORT_UNITS) return rough;
  return rough / (longest < SMALL_UNITS / 2 ? 3 : 2);
}

/**
 * @param {PathItem} item
 * @param {Element} element
 * @param {Options} options
 * @param {Sides} sides
 * @returns {Item[]}
 */
function drawn(item, element, options, sides) {
  const { fill, pattern, stroke, width, dash, ...rest } = item;
  const is_long = piecesOf(item) > MOST_PIECES;
  const is_hatched =
    pattern !== undefined &&
    !is_long &&
    crossingsOf(element, options, sides) <= MOST_CROSSINGS;
  /** @type {Item[]} */
  const items = [];
  if (fill !== undefined && !is_hatched) items.push({ ...rest, fill });
  if (fill !== undefined && is_hatched) {
    items.push({
      ...rest,
      d: hatchPath(item, element, options, sides),
      stroke: fill,
      width: 1 + (options.strokeWidth ?? 0) / 4,
    });
  }
  if (stroke === undefined) return items;
  const pen = { stroke, width, ...(dash ? { dash } : {}) };
  if (!element.rough || is_long) return [...items, { ...rest, ...pen }];
  const multi = dash ? { ...options, disableMultiStroke: true } : options;
  return [...items, { ...rest, ...pen, d: outlineOf(item, element, multi) }];
}

/**
 * @param {PathItem} item
 * @returns {number} how many lines and curves its path has
 */
function piecesOf({ d }) {
  return d.match(/[A-Z]/g)?.length ?? 0;
}

/**
 * @param {Element} element
 * @param {Options} options
 * @param {Sides} sides
 * @returns {number} how often its line meets those of a hatch, at most
 */
function crossingsOf(element, options, sides) {
  if (!isLined(element)) return 0; // a shape is met a few times by each
  const { points } = element;
  let length = 0;
  for (let i = 2; i + 1 < points.length; i += 2) {
    const [x = 0, y = 0, toX = 0, toY = 0] = points.slice(i - 2, i + 2);
    length += Math.hypot(toX - x, toY - y);
  }
  const { scale, gap } = spacing(options, sides);
  return length / (scale * gap);
}

/**
 * @param {Options} options
 * @param {Sides} sides
 * @returns {{scale: number, gap: number}} how much smaller a hatch is worked out, and how
 *   far apart its lines are there
 */
function spacing({ strokeWidth = 0 }, { longest }) {
  const scale = Math.max(1, longest / HATCHED_UNITS);
  const gap = (GAP_UNITS + strokeWidth * 1.5) / scale;
  return { scale, gap: Math.max(gap, HATCHED_UNITS / MOST_LINES) };
}

/**
 * @param {PathItem} item
 * @param {Element} element
 * @param {Options} options
 * @returns {string}
 */
function outlineOf(item, element, options) {
  return pathOf(drawableOf(item, element, 1, options).sets, "path", 1);
}

/**
 * @param {PathItem} item
 * @param {Element} element
 * @param {Options} options
 * @param {Sides} sides
 * @returns {string}
 */
function hatchPath(item, element, options, sides) {
  const { roughness = 0 } = options;
  const { scale, gap } = spacing(options, sides);
  const { sets } = drawableOf(item, element, scale, {
    ...options,
    roughness: roughness / scale,
    fill: "#000000",
    fillStyle: item.pattern === "cross" ? "cross-hatch" : "hachure",
    fillWeight: 1,
    hachureAngle: SLANT_DEGREES,
    hachureGap: gap,
    disableMultiStrokeFill: true,
  });
  return pathOf(sets, "fillSketch", scale);
}

/**
 * @param {PathItem} item
 * @param {Element} element
 * @param {number} scale how much smaller to draw it
 * @param {Options} options
 */
function drawableOf({ d }, element, scale, options) {
  if (element.kind !== "ellipse") {
    return generator.path(scale === 1 ? d : shrunk(d, scale), options);
  }
  const [w, h] = [element.w / scale, element.h / scale];
  return generator.ellipse(w / 2, h / 2, w, h, options); // a path would waver at joints
}

/**
 * @param {string} d a path of absolute points only
 * @param {number} scale
 * @returns {string}
 */
function shrunk(d, scale) {
  return d.replace(/-?\d+(\.\d+)?(e[-+]\d+)?/g, (number) =>
    String(short(Number(number) / scale)),
  );
}

/**
 * @param {readonly OpSet[]} sets
 * @param {OpSet["type"]} type
 * @param {number} scale
 * @returns {string}
 */
function pathOf(sets, type, scale) {
  const letters = { move: "M", lineTo: "L", bcurveTo: "C" };
  return sets
    .filter((set) => set.type === type)
    .flatMap((set) => set.ops)
    .map(({ op, data }) => {
      const numbers = data.map((value) => short(value * scale));
      return letters[op] + numbers.join(" ");
    })
    .join("");
}

/**
 * @param {number} value
 * @returns {number} to the hundredth of a unit, as everywhere in `draw`
 */
function short(value) {
  return Math.round(value * 100) / 100;
}
