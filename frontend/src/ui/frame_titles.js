/**
 * Titles of frames from far away: painted ones shrink with the board, so there one of a
 * readable size is put in the place of each. On the page only, never in an export. Loaded
 * once the page has come to rest.
 */

/** @import { Frame } from "../protocol.js" */
/** @import { Spatial } from "../draw/spatial.js" */
/** @import { Bench } from "../tools/bench.js" */
/** @import { Stage } from "./stage.js" */

import { FRAME_TITLE_SIZE, strokeOf } from "../draw/look.js";

const READABLE_PX = 12; // what is painted larger needs no help
const LEAST_PX = 24; // in a narrower frame there is no room for letters
const MOST = 120; // more at once would cost
const LETTER_PX = 6.6; // about as wide as one is
const TITLE_PX = 17; // as high as a title is, with the room below it
const INSIDE_PX = 4; // from the frame's corner, and from what else lies there

/**
 * @param {Bench} bench
 * @param {Stage} stage
 * @returns {void}
 */
export function showFrameTitles(bench, stage) {
  const { scene, overlay } = stage;
  const { replica } = stage.parts;
  const { surface } = scene.parts;
  const isFar = (/** @type {number} */ scale) =>
    (FRAME_TITLE_SIZE * scale) / surface.ratio < READABLE_PX;
  scene.painter.hidesTitles = isFar;
  overlay.hidesTitles = isFar;
  scene.soil();
  const layer = document.createElement("div");
  layer.className = "frame-titles";
  layer.ariaHidden = "true"; // the outline says them
  surface.canvas.after(layer); // below what is selected
  /** @type {Set<string>} */
  let frames = new Set();
  /** @param {ReadonlySet<string> | null} ids null: of all */
  const refresh = (ids) => {
    if (!ids) {
      const all = replica.list().filter(({ kind }) => kind === "frame");
      frames = new Set(all.map(({ id }) => id));
      return;
    }
    for (const id of ids) {
      if (replica.get(id)?.kind === "frame") frames.add(id);
      else frames.delete(id);
    }
  };
  replica.subscribe(({ ids }) => refresh(ids));
  refresh(null);
  /** @type {Map<string, HTMLElement>} */
  const shown = new Map();
  stage.afterPaint.add(() => {
    if (frames.size === 0 && shown.size === 0) return;
    const used = new Set();
    for (const frame of farFrames(bench, frames)) {
      const title = shown.get(frame.id) ?? document.createElement("span");
      if (!title.isConnected) layer.append(title);
      shown.set(frame.id, title);
      used.add(frame.id);
      place(title, frame, bench, stage);
    }
    for (const [id, title] of shown) {
      if (used.has(id)) continue;
      title.remove();
      shown.delete(id);
    }
  });
  stage.request();
}

/**
 * @param {Bench} bench
 * @param {ReadonlySet<string>} frames
 * @returns {Frame[]} those in sight whose titles are too small to be read
 */
function farFrames({ view, draft, editing }, frames) {
  if (FRAME_TITLE_SIZE * view.zoom >= READABLE_PX) return [];
  const seen = view.seen();
  const found = [];
  for (const id of frames) {
    const frame = draft.get(id);
    if (frame?.kind !== "frame" || !frame.title) continue;
    if (frame.w * view.zoom < LEAST_PX || editing.peek()?.element.id === id) continue;
    const { x, y, w, h } = frame;
    const is_seen =
      x < seen.right && x + w > seen.left && y < seen.bottom && y + h > seen.top;
    if (is_seen && found.push(frame) === MOST) break;
  }
  return found;
}

/**
 * @param {HTMLElement} title
 * @param {Frame} frame
 * @param {Bench} bench
 * @param {Stage} stage
 */
function place(title, frame, { view }, { scene }) {
  const text = frame.title ?? "";
  if (title.textContent !== text) title.textContent = text;
  const { style } = title;
  const spot = placeOf(frame, view.zoom, scene.spatial);
  const [x, y] = view.toScreen(spot.x, frame.y);
  const edge = spot.is_inside ? INSIDE_PX : 0;
  style.maxWidth = `${(frame.x + frame.w - spot.x) * view.zoom - 2 * edge}px`;
  style.color = scene.color(strokeOf(frame));
  const above = spot.is_inside ? "" : " translateY(calc(-100% - 2px))";
  style.transform = `translate(${(x + edge).toFixed(1)}px, ${(y + edge).toFixed(1)}px)${above}`;
}

/**
 * Where a title lies over nothing: above its frame, else within it, at its left or after
 * what lies there; above it where there is no such place. Frames hide no letters.
 * @param {Frame} frame
 * @param {number} zoom
 * @param {Pick<Spatial, "tree">} spatial
 * @returns {{x: number, is_inside: boolean}} x: board units
 */
export function placeOf({ x, y, w, title = "" }, zoom, { tree }) {
  const wide = Math.min(w, (title.length * LETTER_PX) / zoom);
  const high = TITLE_PX / zoom;
  const inTheWay = (/** @type {number} */ from, /** @type {number} */ minY) =>
    tree
      .search({ minX: from, minY, maxX: from + wide, maxY: minY + high })
      .filter(({ element }) => element.kind !== "frame");
  const rows = [y - high, y + 1];
  const lefts = rows.map((row) => inTheWay(x, row));
  const atLeft = lefts.findIndex((found) => found.length === 0);
  if (atLeft >= 0) return { x, is_inside: atLeft === 1 };
  for (const [i, found] of lefts.entries()) {
    const from = Math.max(...found.map(({ box }) => box.right)) + INSIDE_PX / zoom;
    const fits = from + wide <= x + w && inTheWay(from, rows[i] ?? 0).length === 0;
    if (fits) return { x: from, is_inside: i === 1 };
  }
  return { x, is_inside: false };
}
