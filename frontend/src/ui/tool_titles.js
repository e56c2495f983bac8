/**
 * What the tools are called.
 */

/** @import { ToolName } from "../tools/toolbox.js" */

/** @type {Readonly<Record<ToolName, string>>} */
export const TOOL_TITLES = {
  triangle: "Triangle",
  hexagon: "Hexagon",
  star: "Star",
  cloud: "Cloud",
  cylinder: "Cylinder",
  callout: "Callout",
  select: "Select",
  hand: "Move the view",
  laser: "Laser pointer",
  pen: "Pen",
  highlight: "Highlighter",
  eraser: "Eraser",
  rect: "Rectangle",
  ellipse: "Ellipse",
  diamond: "Diamond",
  arrow: "Arrow",
  line: "Line",
  text: "Text",
  note: "Sticky note",
  frame: "Frame",
};
