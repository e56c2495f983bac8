/**
 * The selection in numbers: where it is, how large, how turned; and what typing another
 * number makes of it. A number may be told from the one before: `+10`, `-=10`, `*2`,
 * `/2`, `50%`, and two of them with a sign between, `120+8`.
 */

/** @import { Element, Op } from "../protocol.js" */
/** @import { Box } from "../draw/geometry.js" */
/** @import { Bench } from "./bench.js" */
/** @import { Handle } from "./resize.js" */

import { plainBox } from "../draw/bounds.js";
import { decimalsAt, isEmpty, rotate } from "../draw/geometry.js";
import { angleOf } from "../draw/look.js";
import { looseElements } from "./arrange.js";
import { middleOf, pulled } from "./handles.js";
import { handlePoint, stretch, stretchedAmong } from "./resize.js";
import { areImages, moveOps, selectedBox, selectedElements } from "./selected.js";
import { turnOps } from "./turn.js";

/** Places and sizes in board units, the angle in degrees. */
/** @typedef {"x" | "y" | "w" | "h" | "angle"} NumberName */

const FARTHEST_UNITS = 1e7; // as the wire has it
const MIN_SIDE_UNITS = 1;
const WRITTEN =
  /^(?<sign>[+*/]|[-+*/]=)?(?<first>-?[\d.]+)(?:(?<then>[-+*/])(?<second>-?[\d.]+))?(?<unit>%|°|px)?$/;

/**
 * @param {Bench} bench
 * @returns {{numbers: Record<NumberName, number>, isFixed: boolean} | null} `isFixed`:
 *   all of it is locked; null: nothing is selected
 */
export function numbersOf(bench) {
  const elements = selectedElements(bench);
  const { box, angle } = frameOf(bench, elements);
  if (isEmpty(box)) return null;
  const { left, top, right, bottom } = box;
  return {
    numbers: {
      ...{ x: left, y: top, w: right - left, h: bottom - top },
      angle: (angle * 180) / Math.PI,
    },
    isFixed: elements.every(({ locked }) => locked),
  };
}

/**
 * Ops that give the selection another number.
 * @param {Bench} bench
 * @param {NumberName} name
 * @param {number} value
 * @returns {Op[]}
 */
export function numberOps(bench, name, value) {
  const elements = looseElements(bench);
  const { box, angle } = frameOf(bench, elements);
  if (isEmpty(box) || !Number.isFinite(value)) return [];
  const to = Math.max(-FARTHEST_UNITS, Math.min(FARTHEST_UNITS, value));
  const how = { measure: bench.measure, decimals: decimalsAt(bench.view.zoom) };
  switch (name) {
    case "x":
      return to === box.left ? [] : moveOps(bench, elements, to - box.left, 0);
    case "y":
      return to === box.top ? [] : moveOps(bench, elements, 0, to - box.top);
    case "angle": {
      const by = (to * Math.PI) / 180 - angle;
      return by === 0 ? [] : turnOps(elements, middleOf(box), by, how);
    }
    default:
      return sideOps(bench, elements, name, Math.max(MIN_SIDE_UNITS, to));
  }
}

/**
 * Stretch the selection to the right or downwards.
 * @param {Bench} bench
 * @param {readonly Element[]} elements
 * @param {"w" | "h"} name
 * @param {number} side
 * @returns {Op[]}
 */
function sideOps(bench, elements, name, side) {
  const { box, angle } = frameOf(bench, elements);
  /** @type {Handle} */
  const handle = name === "w" ? { across: 1, down: 0 } : { across: 0, down: 1 };
  const [x, y] = handlePoint(handle, box);
  const [toX, toY] = name === "w" ? [box.left + side, y] : [x, box.top + side];
  if (toX === x && toY === y) return [];
  const held = { box, angle, turns: true };
  const to = rotate(toX, toY, ...middleOf(box), angle);
  const how = {
    ...{ keeps_ratio: areImages(elements), from_center: false },
    ...{ measure: bench.measure, decimals: decimalsAt(bench.view.zoom) },
  };
  const by = stretch(box, handle, to, how);
  return elements.map((element) => ({
    op: "set",
    id: element.id,
    props:
      elements.length === 1
        ? pulled(element, held, handle, to, how)
        : stretchedAmong(element, by, how),
  }));
}

/**
 * The box that the numbers are about: that of a single element as if it were not turned.
 * @param {Bench} bench
 * @param {readonly Element[]} elements
 * @returns {{box: Box, angle: number}} radians
 */
function frameOf(bench, elements) {
  const [first] = elements;
  return first && elements.length === 1
    ? { box: plainBox(first, bench.measure), angle: angleOf(first) }
    : { box: selectedBox(bench), angle: 0 };
}

/**
 * What was typed as a number.
 * @param {string} text
 * @param {number} before the number that it may be told from
 * @returns {number | null} null: it is none
 */
export function typedValue(text, before) {
  const plain = text.replaceAll(",", ".").replaceAll("−", "-").replace(/\s/g, "");
  const { sign, first, then, second, unit } = WRITTEN.exec(plain)?.groups ?? {};
  if (first === undefined) return null;
  let value = Number(first);
  if (then && second) value = reckon(value, then, Number(second));
  if (unit === "%") value *= before / 100;
  else if (sign) value = reckon(before, sign.slice(0, 1), value);
  return Number.isFinite(value) ? value : null;
}

/**
 * @param {number} a
 * @param {string} sign
 * @param {number} b
 */
function reckon(a, sign, b) {
  switch (sign) {
    case "+":
      return a + b;
    case "-":
      return a - b;
    case "*":
      return a * b;
    default:
      return a / b;
  }
}
