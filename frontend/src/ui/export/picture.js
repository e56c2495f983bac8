/**
 * Pictures and files of a board, a frame or a selection. Loaded with the export dialog.
 *
 * The same painter and display lists as on the screen, at another scale; the screen's
 * own canvases are never read.
 */

/** @import { Box } from "../../draw/geometry.js" */
/** @import { Measure } from "../../draw/text.js" */
/** @import { Theme } from "../../draw/theme.js" */
/** @import { Element } from "../../protocol.js" */
/** @import { Pictures } from "../images/pictures.js" */

import texts from "../../../messages/en/export.json";
import { allResolved } from "../../draw/binding.js";
import { boundsOf } from "../../draw/bounds.js";
import { frameOf, insideOf } from "../../draw/frames.js";
import { grow, isEmpty } from "../../draw/geometry.js";
import { isSketched } from "../../draw/look.js";
import { cropOf } from "../../draw/picture.js";
import { display, plainly } from "../../draw/shapes.js";
import { Spatial } from "../../draw/spatial.js";
import { svgOf } from "../../draw/svg.js";
import { colorMap, PAPER } from "../../draw/theme.js";
import { Painter } from "../painter.js";
import { loadSketch } from "../sketching.js";
import { dataUrl } from "./data_url.js";
import { fetchFonts, fontStyleOf } from "./lettering.js";
import { sizeOf } from "./size.js";

/** Why there is no picture, for the person. */
export class Refusal extends Error {
  /** @param {string} text a message */
  constructor(text) {
    super("No picture.");
    this.text = text;
  }
}

/**
 * What an export is made from.
 * @typedef {object} Source
 * @property {() => Element[]} list what is shown, in paint order
 * @property {() => ReadonlySet<string>} selection
 * @property {Measure} measure
 * @property {Pictures} pictures
 * @property {import("../../draw/shapes.js").Sketch} [sketch] kept here once it was needed
 */

/** `board`, `selection`, or the id of a frame after `frame:`. @typedef {string} Scope */

/**
 * @typedef {object} Picture
 * @property {Element[]} elements in paint order
 * @property {Box} box board units
 */

/**
 * @typedef {object} Look
 * @property {Theme} theme
 * @property {boolean} hasPaper whether the background is painted
 */

const MARGIN_UNITS = 16; // air around what is drawn; a frame brings its own

/**
 * @param {Source} source
 * @param {Scope} scope
 * @returns {Picture | null} null where there is nothing to show
 */
export function pictureOf({ list, selection, measure }, scope) {
  const all = allResolved(list(), measure);
  const frame_id = /^frame:(.*)$/.exec(scope)?.[1];
  if (frame_id !== undefined) {
    const frame = all.find(({ id }) => id === frame_id);
    if (!frame) return null;
    const spatial = spatialOf(all, measure);
    const box = boundsOf(frame, measure);
    const inside = spatial.search(box).filter(({ id }) => id !== frame_id);
    return { elements: inside, box };
  }
  const chosen = selection();
  const elements = scope === "board" ? all : all.filter(({ id }) => chosen.has(id));
  const box = spatialOf(elements, measure).all();
  return isEmpty(box) ? null : { elements, box: grow(box, MARGIN_UNITS) };
}

/**
 * The picture as it is once the fonts are there, which may be later than the board.
 * @param {Source} source
 * @param {Scope} scope
 * @returns {Promise<Picture | null>}
 */
export async function letteredPictureOf(source, scope) {
  await fetchFonts(source.list());
  return pictureOf(source, scope);
}

/**
 * @param {readonly Element[]} elements
 * @param {Measure} measure
 * @returns {Spatial}
 */
function spatialOf(elements, measure) {
  const spatial = new Spatial(measure);
  spatial.load(elements);
  return spatial;
}

/**
 * Paint a picture on a canvas, which takes its size.
 * @param {HTMLCanvasElement} canvas
 * @param {Picture} picture
 * @param {Source} source
 * @param {Look & {scale: number}} look
 * @returns {void}
 */
export function paintPicture(canvas, { elements, box }, source, look) {
  const { measure, pictures } = source;
  const { width, height, scale } = sizeOf(box, look.scale);
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext("2d");
  if (!context) throw new Error("This browser has no 2D canvas.");
  const painter = new Painter(spatialOf(elements, measure), measure);
  painter.color = colorMap(look.theme);
  painter.pictures = pictures.get;
  painter.sketch = source.sketch ?? plainly;
  painter.paper = look.hasPaper ? PAPER[look.theme] : "transparent";
  painter.part(context, { scale, x: -box.left * scale, y: -box.top * scale }, box);
}

/**
 * @param {Picture} picture
 * @param {Source} source
 * @param {Look & {scale: number}} look
 * @returns {Promise<Blob>}
 * @throws {Error} when the browser has no memory for it
 */
export async function pngOf(picture, source, look) {
  const { scale } = sizeOf(picture.box, look.scale);
  await fetchPictures(picture.elements, source, scale);
  const canvas = document.createElement("canvas");
  paintPicture(canvas, picture, source, look);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => {
      if (blob) resolve(blob);
      else reject(new Refusal(texts.no_picture));
    }, "image/png");
  });
}

/**
 * Have the hand-drawn look ready where something needs it.
 * @param {readonly Element[]} elements
 * @param {Source} source
 * @returns {Promise<void>} also when it cannot be had: outlines are plain then
 */
async function fetchSketch(elements, source) {
  if (source.sketch || !elements.some(isSketched)) return;
  source.sketch = await loadSketch().catch(() => undefined);
}

/**
 * Have the pictures ready as large as they will be painted.
 * @param {readonly Element[]} elements
 * @param {Source} source
 * @param {number} scale pixels of a board unit
 * @returns {Promise<void>} also when some cannot be had: a sign stands for those
 */
export async function fetchPictures(elements, source, scale) {
  const { pictures } = source;
  await fetchSketch(elements, source);
  const images = elements.filter((element) => element.kind === "image");
  await Promise.all(
    images.map((image) => {
      const [left, , right] = cropOf(image);
      return pictures.load(image.asset, (image.w * scale) / (right - left));
    }),
  );
}

/**
 * The pictures as data URLs, so that the file needs nothing else.
 * @param {readonly Element[]} elements
 * @param {Source} source
 * @returns {Promise<Map<string, string>>} by asset; without those that cannot be had
 */
async function dataUrls(elements, { pictures }) {
  const assets = elements.flatMap((one) => (one.kind === "image" ? [one.asset] : []));
  const urls = new Map();
  await Promise.all(
    [...new Set(assets)].map(async (asset) => {
      const answer = await fetch(pictures.urlOf(asset)).catch(() => null);
      if (answer?.ok) urls.set(asset, await dataUrl(await answer.blob()));
    }),
  );
  return urls;
}

/**
 * @param {Picture} picture
 * @param {Source} source
 * @param {Look & {title: string}} look
 * @returns {Promise<string>}
 */
export async function svgTextOf(picture, source, { theme, hasPaper, title }) {
  const { elements, box } = picture;
  const { measure } = source;
  const urls = await dataUrls(elements, source);
  await fetchSketch(elements, source);
  const { sketch = plainly } = source;
  const href = (/** @type {string} */ asset) => urls.get(asset);
  const byId = new Map(elements.map((element) => [element.id, element]));
  const displays = elements.map((element) => {
    const frame = frameOf(element, (id) => byId.get(id));
    const clip = frame ? { clip: insideOf(frame, measure) } : {};
    return { ...sketch(display(element, measure), element), ...clip };
  });
  const background = hasPaper ? PAPER[theme] : "none";
  const [color, style] = [colorMap(theme), await fontStyleOf(displays)];
  return svgOf(displays, { box, background, color, title, href, style });
}

/**
 * The elements as JSON that can be pasted into a board or imported, with their pictures.
 * @param {Picture} picture
 * @param {Source} source
 * @param {string} title
 * @returns {Promise<string>}
 */
export async function jsonOf({ elements }, source, title) {
  const urls = await dataUrls(elements, source);
  const pictures = urls.size > 0 ? { pictures: Object.fromEntries(urls) } : {};
  const file = { type: "chalkline", version: 1, title, elements, ...pictures };
  return `${JSON.stringify(file, null, 1)}\n`;
}

/**
 * @param {string} title of the board
 * @param {"png" | "svg" | "json"} format
 * @returns {string} a file name that every system takes
 */
export function fileNameOf(title, format) {
  const name = title.replace(/[\p{C}\\/:*?"<>|]+/gu, " ").trim();
  const stem = [...name].slice(0, 80).join("").replace(/\.+$/, "") || "Board";
  return `${stem}.${format === "json" ? "chalkline.json" : format}`;
}
