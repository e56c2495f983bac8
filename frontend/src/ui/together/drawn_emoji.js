/**
 * The reactions as drawings of ours, for devices without coloured emoji.
 */

/** @import { IconNode } from "../icon.jsx" */

const SVG = "http://www.w3.org/2000/svg";
const YELLOW = "#ffcc4d";
const AMBER = "#f4900c";
const BROWN = "#7a4a08";
const RED = "#dd2e44";
const BLUE = "#55acee";
const WHITE = "#ffffff";

/** @type {IconNode} */
const FACE = [["circle", { cx: 12, cy: 12, r: 10, fill: YELLOW, stroke: AMBER }]];
/** @param {string} d @param {string} [fill] @returns {IconNode[number]} */
const brown = (d, fill = "none") => ["path", { d, fill, stroke: BROWN }];
/** @param {number} cx @returns {IconNode} */
const tear = (cx) => [
  ["ellipse", { cx, cy: 14, rx: 2, ry: 2.6, fill: BLUE, stroke: "none" }],
];
/** @param {number} cx @returns {IconNode} */
const eye = (cx) => [
  ["ellipse", { cx, cy: 12, rx: 4.2, ry: 6.5, fill: WHITE, stroke: BROWN }],
  ["ellipse", { cx: cx - 1.4, cy: 13, rx: 1.6, ry: 2.5, fill: BROWN, stroke: "none" }],
];
/** @param {string} d @param {string} fill @param {string} [stroke] @returns {IconNode[number]} */
const filled = (d, fill, stroke = "none") => ["path", { d, fill, stroke }];
/** @param {string} d @param {string} stroke @returns {IconNode[number]} */
const line = (d, stroke) => ["path", { d, stroke, "stroke-width": 2 }];

/** Four fingers, a thumb, and the palm over where they begin. */
const HAND = /** @type {const} */ ([
  [6.4, 5, 10],
  [9.1, 3, 10],
  [11.8, 3.6, 10],
  [14.5, 6, 8],
]);

/** @param {string} fill @param {string} transform @returns {IconNode} */
const hand = (fill, transform) => [
  ...HAND.map(
    ([x, y, height]) =>
      /** @type {IconNode[number]} */ ([
        "rect",
        { x, y, width: 2.7, height, rx: 1.35, fill, stroke: BROWN, transform },
      ]),
  ),
  [
    "path",
    {
      d: "M6.4 11.5 4.6 9.8c-1.7-1.3-3.3.7-2.1 2.1l5.5 7.3a5.3 5.3 0 0 0 9.2-3.4v-4.3",
      ...{ fill, stroke: BROWN, transform },
    },
  ],
];

/** @type {Readonly<Record<string, IconNode>>} by the emoji; those of `EMOJI` */
const DRAWN = {
  "👍": [
    filled(
      "M7.5 11 11 2.8c2 0 3.1 1.5 2.7 3.2L12.8 10h6.4c1.5 0 2.5 1.4 2.1 2.8l-1.9 6.5c-.3 1-1.3 1.7-2.3 1.7H7.5Z",
      ...[YELLOW, BROWN],
    ),
    filled("M2.5 11h5v10h-5Z", BLUE, BROWN),
  ],
  "❤️": [
    filled(
      "M12 21C5 16 2 12.5 2 8.8A5.3 5.3 0 0 1 12 6.2a5.3 5.3 0 0 1 10 2.6C22 12.5 19 16 12 21Z",
      RED,
    ),
  ],
  "😂": [
    ...FACE,
    brown("M6 10c.8-1.6 2.6-1.6 3.4 0M14.6 10c.8-1.6 2.6-1.6 3.4 0"),
    brown("M7 13.5h10a5 5 0 0 1-10 0Z", WHITE),
    ...tear(3.8),
    ...tear(20.2),
  ],
  "🎉": [
    line("M12.5 9.5C12.5 6.5 14.5 6.5 13.5 3", RED),
    line("M14.5 11.5c1.5-3 4-1.5 6.5-4", BLUE),
    line("M15 14.5c2-1 3.5-.5 5.5 1", AMBER),
    line("M8 3.5h.01M18.5 3h.01", BLUE),
    line("M21.5 12h.01M18 20h.01", RED),
    filled("M2 22 7 8.5c3.5 1 7.5 5 8.5 8.5Z", YELLOW, BROWN),
  ],
  "👏": [
    ...hand(AMBER, "rotate(24 12 12) translate(6 1.5) scale(.78)"),
    ...hand(YELLOW, "rotate(-8 12 12) translate(1 5.5) scale(.78)"),
    brown("M3.5 4.5 5 6.5M8 2l.4 2.3M1 9.5l2.2.6"),
  ],
  "🤔": [
    ...FACE,
    ["circle", { cx: 8.4, cy: 10.6, r: 0.7, fill: BROWN, stroke: BROWN }],
    ["circle", { cx: 15.6, cy: 10.6, r: 0.7, fill: BROWN, stroke: BROWN }],
    brown(
      "M6.4 7.8c1-.7 2.4-.7 3.4 0M13.8 6.9c1-1.4 3-1.6 4.2-.4M9 15.4c2-.9 4-.7 5.6.3",
    ),
    filled(
      "M5.2 21.5c-.8-1.4-.7-3 .3-4.1l2.2-.2 3.9-1.1c1-.2 1.3 1 .4 1.4l-2.6 1.2 3.4.2c1 .2.9 1.5 0 1.6l-3.3.5c-1.4 1.3-3 1.6-4.3.5Z",
      ...[AMBER, BROWN],
    ),
  ],
  "👀": [...eye(6.6), ...eye(17.4)],
  "🔥": [
    filled(
      "M12 1.5c1 4.5 7 7 7 13.5a7 7 0 0 1-14 .5c0-3 1.4-5 2.4-6 .5 1.4 1.3 2.2 2.1 2.4C9 7.5 10 4 12 1.5Z",
      AMBER,
    ),
    filled(
      "M12 12c.8 2.2 3.2 3.5 3.2 6.2a3.2 3.2 0 0 1-6.4 0c0-2.2 2-3.5 3.2-6.2Z",
      YELLOW,
    ),
  ],
};

/**
 * @param {string} emoji
 * @returns {SVGElement | null} null: one that is none of the reactions
 */
export function drawnEmoji(emoji) {
  const nodes = DRAWN[emoji];
  if (!nodes) return null;
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", "emoji");
  svg.setAttribute("viewBox", "-1 -1 26 26");
  svg.setAttribute("role", "img");
  const title = document.createElementNS(SVG, "title"); // its name, and it stays text
  title.textContent = emoji;
  svg.append(title);
  for (const [tag, attributes] of nodes) {
    const node = document.createElementNS(SVG, tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (value !== undefined) node.setAttribute(name, String(value));
    }
    svg.append(node);
  }
  return svg;
}
