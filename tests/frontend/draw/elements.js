/**
 * Elements for the tests of drawing and tools, and text metrics that need no font.
 */

/** @import { Element, Pen, Rect, Text } from "../../../frontend/src/protocol.js" */

/**
 * Every character is half an em wide.
 * @type {import("../../../frontend/src/draw/text.js").Measure}
 */
export const measure = (text, _font, size) => text.length * size * 0.5;

/** @type {Rect} */
export const rect = { kind: "rect", id: "r", x: 0, y: 0, w: 100, h: 50 };

/** @type {Pen} */
export const pen = {
  kind: "pen",
  id: "p",
  x: 10,
  y: 10,
  points: [0, 0, 5, 1, 10, 0, 20, 5, 40, 30],
};

/** @type {Text} */
export const text = { kind: "text", id: "t", x: 0, y: 0, text: "ab\nabcd", size: 20 };

/** One of each kind. @type {Element[]} */
export const oneOfEach = [
  pen,
  { kind: "highlight", id: "h", x: 0, y: 0, points: [0, 0, 50, 0, 100, 0], width: 16 },
  { kind: "line", id: "l", x: 0, y: 0, points: [0, 0, 100, 100] },
  { kind: "arrow", id: "a", x: 0, y: 0, points: [0, 0, 100, 0] },
  rect,
  { kind: "ellipse", id: "e", x: 0, y: 0, w: 100, h: 50 },
  { kind: "diamond", id: "d", x: 0, y: 0, w: 100, h: 50 },
  { kind: "triangle", id: "tr", x: 0, y: 0, w: 100, h: 50, corner: "round" },
  { kind: "hexagon", id: "hx", x: 0, y: 0, w: 100, h: 50 },
  { kind: "star", id: "st", x: 0, y: 0, w: 100, h: 50 },
  { kind: "cloud", id: "cl", x: 0, y: 0, w: 100, h: 50 },
  { kind: "cylinder", id: "cy", x: 0, y: 0, w: 100, h: 50 },
  { kind: "callout", id: "ca", x: 0, y: 0, w: 100, h: 50, label: "What a label!" },
  text,
  { kind: "note", id: "n", x: 0, y: 0, w: 200, h: 200, text: "remember" },
  { kind: "image", id: "i", x: 0, y: 0, w: 100, h: 50, asset: "0f".repeat(32) },
  { kind: "frame", id: "f", x: 0, y: 0, w: 400, h: 300, title: "Plan" },
];
