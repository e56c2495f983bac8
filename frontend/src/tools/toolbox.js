/**
 * All tools by name, and the keys that pick them.
 */

/** @import { Bench, Tool } from "./bench.js" */

import { createDropper } from "./dropper.js";
import { createEraser } from "./eraser.js";
import { createHand } from "./hand.js";
import { createLaser } from "./laser.js";
import { createLine } from "./line.js";
import { createPen } from "./pen.js";
import { createSelect } from "./select.js";
import { createShape } from "./shape.js";
import { createText } from "./text.js";

/**
 * @typedef {"select" | "lasso" | "hand" | "laser" | "eyedropper" | "pen" | "highlight" | "eraser" | "rect" | "ellipse"
 *   | "diamond" | "triangle" | "hexagon" | "star" | "cloud" | "cylinder" | "callout"
 *   | "arrow" | "line" | "text" | "note" | "frame"} ToolName
 */

/**
 * Keys of each tool, the one to show first.
 * @type {Readonly<Record<ToolName, readonly string[]>>}
 */
export const TOOL_KEYS = {
  select: ["V", "1"],
  lasso: ["Shift+L"],
  hand: ["H"],
  laser: ["K"],
  eyedropper: ["I"],
  pen: ["P", "D", "7"],
  highlight: ["Shift+P", "Shift+D"],
  eraser: ["E", "0"],
  rect: ["R", "2"],
  diamond: ["3"],
  ellipse: ["O", "4"],
  triangle: ["Shift+3"],
  hexagon: ["Shift+4"],
  star: ["Shift+5"],
  cloud: ["Shift+6"],
  cylinder: ["Shift+7"],
  callout: ["Shift+8"],
  arrow: ["A", "5"],
  line: ["L", "6"],
  text: ["T", "8"],
  note: ["N", "S"],
  frame: ["F"],
};

/**
 * @param {Bench} bench
 * @returns {Map<string, Tool>}
 */
export function createTools(bench) {
  const tools = [
    createSelect(bench, "select"),
    createSelect(bench, "lasso"),
    createHand(),
    createLaser(bench),
    createDropper(bench),
    createPen(bench, "pen"),
    createPen(bench, "highlight"),
    createEraser(bench),
    createShape(bench, "rect"),
    createShape(bench, "ellipse"),
    createShape(bench, "diamond"),
    createShape(bench, "triangle"),
    createShape(bench, "hexagon"),
    createShape(bench, "star"),
    createShape(bench, "cloud"),
    createShape(bench, "cylinder"),
    createShape(bench, "callout"),
    createLine(bench, "arrow"),
    createLine(bench, "line"),
    createText(bench),
    createShape(bench, "note"),
    createShape(bench, "frame"),
  ];
  return new Map(tools.map((tool) => [tool.name, tool]));
}
