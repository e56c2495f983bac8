/**
 * Display lists to an SVG document. Pure.
 *
 * The twin of `canvas.js`: what that paints, this writes. All text is escaped; nothing in
 * an element can become markup.
 */

/** @import { FontName } from "./fonts.js" */
/** @import { Box } from "./geometry.js" */
/** @import { Display, ImageItem, Item, PathItem, TextItem } from "./shapes.js" */
/** @import { ColorMap } from "./theme.js" */

import { FONTS } from "./fonts.js";

/**
 * @typedef {object} Sheet
 * @property {Box} box what is to be seen, board units
 * @property {string} background a shown colour; `none` for no background
 * @property {ColorMap} color
 * @property {string} title for people who cannot see the picture
 * @property {string} [style] CSS, such as the fonts
 * @property {(asset: string) => string | undefined} [href] where a picture is: a data URL
 */

/** A display, and the corners on the board outside of which it is not seen. */
/** @typedef {Display & {clip?: readonly number[]}} Cut */

/**
 * @param {readonly Cut[]} displays in paint order
 * @param {Sheet} sheet
 * @returns {string} a whole document, sized in CSS pixels at zoom 1
 */
export function svgOf(displays, sheet) {
  const { box, background, title, style = "" } = sheet;
  const [width, height] = [short(box.right - box.left), short(box.bottom - box.top)];
  const [left, top] = [short(box.left), short(box.top)];
  const parts = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" ` +
      `viewBox="${left} ${top} ${width} ${height}">`,
    title === "" ? "" : `<title>${escaped(title)}</title>`,
    style === "" ? "" : `<style>${escaped(style)}</style>`,
    background === "none"
      ? ""
      : `<rect x="${left}" y="${top}" width="${width}" height="${height}" ` +
        `fill="${escaped(background)}"/>`,
    ...displays.map((one, i) => cutOff(groupOf(one, sheet), one.clip, `clip-${i}`)),
    "</svg>",
  ];
  return `${parts.filter((part) => part !== "").join("\n")}\n`;
}

/**
 * @param {readonly Display[]} displays
 * @returns {Set<FontName>} the fonts that their words are set in
 */
export function fontsOf(displays) {
  const items = displays.flatMap((one) => one.items);
  return new Set(items.flatMap((item) => (item.type === "text" ? [item.font] : [])));
}

/**
 * @param {string} group
 * @param {readonly number[] | undefined} clip
 * @param {string} id
 * @returns {string}
 */
function cutOff(group, clip, id) {
  if (!clip || group === "") return group;
  const points = clip.map(short).join(" ");
  return (
    `<clipPath id="${id}"><polygon points="${points}"/></clipPath>` +
    `<g clip-path="url(#${id})">${group}</g>`
  );
}

/**
 * @param {Display} display
 * @param {Sheet} sheet
 * @returns {string}
 */
function groupOf({ x, y, angle, cx, cy, opacity, items }, sheet) {
  const turn =
    angle === 0
      ? ""
      : ` rotate(${short((angle * 180) / Math.PI)} ${short(cx)} ${short(cy)})`;
  const place = `transform="translate(${short(x)} ${short(y)})${turn}"`;
  const drawn = items.map((item) => itemOf(item, opacity, sheet)).join("");
  return drawn === "" ? "" : `<g ${place}>${drawn}</g>`;
}

/**
 * @param {Item} item
 * @param {number} opacity of the whole element
 * @param {Sheet} sheet
 * @returns {string}
 */
function itemOf(item, opacity, { color, href }) {
  if (item.type === "image") return imageOf(item, opacity, href?.(item.asset));
  return item.type === "text"
    ? textOf(item, opacity * (item.opacity ?? 1), color)
    : pathOf(item, opacity * (item.opacity ?? 1), color);
}

/**
 * The whole picture has one unit a side; the inner document shows the part of it.
 * @param {ImageItem} item
 * @param {number} opacity
 * @param {string | undefined} href
 * @returns {string}
 */
function imageOf({ w, h, crop, alt, radius }, opacity, href) {
  const title = alt === "" ? "" : `<title>${escaped(alt)}</title>`;
  const size = `width="${short(w)}" height="${short(h)}"`;
  if (href === undefined) {
    return `<rect ${size} fill="#868e96"${faded(opacity * 0.16)}>${title}</rect>`;
  }
  const [left, top, right, bottom] = crop;
  const part = [left, top, right - left, bottom - top].map((n) => Number(n.toFixed(6)));
  const round =
    radius > 0 ? ` style="clip-path:inset(0 round ${short(radius)}px)"` : "";
  return (
    `<svg ${size} viewBox="${part.join(" ")}" preserveAspectRatio="none"` +
    `${faded(opacity)}${round}>${title}<image width="1" height="1" ` +
    `preserveAspectRatio="none" href="${escaped(href)}"/></svg>`
  );
}

/**
 * @param {PathItem} item
 * @param {number} opacity
 * @param {ColorMap} color
 * @returns {string}
 */
function pathOf(item, opacity, color) {
  const stroke =
    item.stroke === undefined
      ? ""
      : ` stroke="${color(item.stroke)}" stroke-width="${short(item.width ?? 1)}"` +
        ' stroke-linecap="round" stroke-linejoin="round"';
  const dash = item.dash ? ` stroke-dasharray="${item.dash.map(short).join(" ")}"` : "";
  const blend = item.blend ? ` style="mix-blend-mode:${item.blend}"` : "";
  const fill =
    item.fill === undefined || item.pattern !== undefined ? "none" : color(item.fill);
  return `<path d="${item.d}" fill="${fill}"${stroke}${dash}${faded(opacity)}${blend}/>`;
}

/**
 * @param {TextItem} item
 * @param {number} opacity
 * @param {ColorMap} color
 * @returns {string}
 */
function textOf(item, opacity, color) {
  return (
    `<text x="${short(item.x)}" y="${short(item.y)}" xml:space="preserve" ` +
    'text-rendering="geometricPrecision" ' + // as on the canvas
    `font-family="${escaped(FONTS[item.font].family)}" font-size="${item.size}" ` +
    (item.is_rtl ? 'direction="rtl" text-anchor="end" ' : "") + // x is its left end
    `fill="${color(item.fill)}"${faded(opacity)}>${escaped(item.text)}</text>`
  );
}

/**
 * @param {number} opacity
 * @returns {string}
 */
function faded(opacity) {
  return opacity === 1 ? "" : ` opacity="${short(opacity)}"`;
}

/** Control characters and halves of characters: no XML document may hold them. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff\p{Surrogate}]/gu;

/** @type {Readonly<Record<string, string>>} */
const ESCAPES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/**
 * @param {string} text
 * @returns {string} as text or as the value of an attribute
 */
function escaped(text) {
  return text.replace(FORBIDDEN, "").replace(/[&<>"]/g, (char) => ESCAPES[char] ?? "");
}

/**
 * Hundredths of a board unit, as everywhere in `draw`.
 * @param {number} value
 * @returns {number}
 */
function short(value) {
  return Math.round(value * 100) / 100;
}
