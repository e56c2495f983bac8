/**
 * Shapes, frame and note: a box pulled up between two corners.
 */

/** @import { Element, Note } from "../protocol.js" */
/** @import { Box, Point } from "../draw/geometry.js" */
/** @import { ShapeKind } from "../draw/outlines.js" */
/** @import { Bench, Press, Tool } from "./bench.js" */
/** @import { GuideLine } from "./snap.js" */

import { boxBetween, decimalsAt, round } from "../draw/geometry.js";
import { NOTE_PAPER } from "../draw/look.js";
import { isDrag } from "./bench.js";
import { nextTitle } from "./frames.js";
import { putDown } from "./options.js";
import { boxInView, freeBox } from "./room.js";
import { selectedBox } from "./selected.js";
import { Snapper } from "./snap.js";
import { propsOf, seedProps } from "./style.js";
import { hasWords, openText } from "./text.js";

/** @typedef {ShapeKind | "frame" | "note"} BoxKind */

/** What the next note does not take over. */
const NOT_NEXT = new Set(["author", "angle", "groups", "locked", "link", "alt"]);
const NOTE_GAP = 20; // between a note and the next
const NOTE_UNITS = 200; // a square that holds two dozen words

/** How large a shape is that is made by keyboard. @type {Record<string, Point>} */
const PLACED_UNITS = { note: [NOTE_UNITS, NOTE_UNITS], frame: [640, 400] };

/**
 * @param {Bench} bench
 * @param {BoxKind} kind
 * @returns {Tool}
 */
export function createShape(bench, kind) {
  /** @type {Press | null} */
  let from = null;
  /** @type {Element | null} */
  let element = null;
  /** @type {Snapper | null} */
  let snapper = null;
  /** @type {readonly GuideLine[]} */
  let lines = [];
  let at = { screenX: 0, screenY: 0 };

  /** @param {Press} press @returns {Press} in line with what is near */
  const snapped = (press) => {
    if (!snapper || press.shift || press.alt) return press;
    const { x, y } = press;
    const snap = snapper.snap({ left: x, top: y, right: x, bottom: y }, press);
    lines = snap.lines;
    return { ...press, x: x + snap.dx, y: y + snap.dy };
  };

  /** @param {Box} box */
  const build = (box) => {
    const decimals = decimalsAt(bench.view.zoom);
    const corner = { x: round(box.left, decimals), y: round(box.top, decimals) };
    const place = {
      ...corner,
      w: round(box.right - corner.x, decimals),
      h: round(box.bottom - corner.y, decimals),
    };
    element = element
      ? /** @type {Element} */ ({ ...element, ...place })
      : newShape(bench, kind, place);
    return element;
  };

  const finish = () => {
    if (!element) return;
    const made = element;
    bench.draft.commit([{ op: "put", element: made }]);
    putDown(bench, made.id);
    if (made.kind === "note") openText(bench, made);
  };

  const reset = () => {
    from = null;
    element = null;
    snapper = null;
    lines = [];
  };

  return {
    name: kind,
    cursor: "crosshair",
    edits: true,
    down(press) {
      reset();
      snapper = new Snapper(bench, new Set());
      from = snapped(press);
      lines = [];
    },
    move(presses) {
      const press = presses.at(-1);
      if (!from || !press || (!element && !isDrag(from, press))) return;
      at = press;
      const box = boxOf(from, snapped(press));
      bench.draft.show([{ op: "put", element: build(box) }]);
    },
    up(press) {
      if (!element && kind === "note") build(noteBox(press));
      finish();
      reset();
    },
    cancel() {
      reset();
      bench.draft.clear();
    },
    guide: () => (element ? { lines, label: sizeLabel(element, at) } : { lines }),
    place() {
      reset();
      const [w, h] = PLACED_UNITS[kind] ?? [160, 100];
      const made = build(boxInView(bench, w, h));
      finish();
      reset();
      if (hasWords(made)) openText(bench, made);
    },
  };
}

/**
 * How large something is, beside the pointer.
 * @param {{w?: number, h?: number}} element
 * @param {{screenX: number, screenY: number}} press
 */
function sizeLabel({ w = 0, h = 0 }, { screenX: x, screenY: y }) {
  return { text: `${Math.round(w)} × ${Math.round(h)}`, x, y };
}

/**
 * The box of a drag: Shift makes it square, Alt pulls it up from its centre.
 * @param {Press} from
 * @param {Press} to
 * @returns {Box}
 */
function boxOf(from, to) {
  let [dx, dy] = [to.x - from.x, to.y - from.y];
  if (to.shift) {
    const side = Math.max(Math.abs(dx), Math.abs(dy));
    dx = dx < 0 ? -side : side;
    dy = dy < 0 ? -side : side;
  }
  if (to.alt) return boxBetween(from.x - dx, from.y - dy, from.x + dx, from.y + dy);
  return boxBetween(from.x, from.y, from.x + dx, from.y + dy);
}

/**
 * @param {Press} press
 * @returns {Box}
 */
function noteBox({ x, y }) {
  const half = NOTE_UNITS / 2;
  return boxBetween(x - half, y - half, x + half, y + half);
}

/**
 * My name on a note, where I have one.
 * @param {Bench} bench
 * @returns {{author?: string}}
 */
function authored(bench) {
  const author = bench.author();
  return author === "" ? {} : { author };
}

/**
 * A note beside another, of the same kind: the next thought.
 * @param {Bench} bench
 * @param {Note} note
 * @returns {void}
 */
export function openNextNote(bench, note) {
  bench.editing.peek()?.finish();
  const like = Object.entries(note).filter(([name]) => !NOT_NEXT.has(name));
  const next = /** @type {Note} */ ({
    ...Object.fromEntries(like),
    id: bench.newId(),
    z: bench.board.nextZ(),
    ...besides(bench, note),
    h: Math.min(note.h, Math.max(note.w, NOTE_UNITS)), // not as high as its words made it
    text: "",
    ...authored(bench),
  });
  bench.board.submit([{ op: "put", element: next }]);
  bench.selection.value = new Set([next.id]);
  bench.view.reveal(selectedBox(bench));
  openText(bench, next);
}

/**
 * The first free place to the right of a note; below it where its frame ends before.
 * @param {Bench} bench
 * @param {Note} note
 * @returns {{x: number, y: number}}
 */
function besides(bench, { id, x, y, w, h }) {
  const around = bench.board.get(bench.board.get(id)?.frame ?? ""); // it came into one
  const end = around?.kind === "frame" ? around.x + around.w : Number.POSITIVE_INFINITY;
  const box = freeBox(bench, (n) => {
    const right = x + (n + 1) * (w + NOTE_GAP);
    const isBeside = n >= 0 && right + w <= end;
    const down = isBeside ? 0 : Math.max(1, Math.abs(n)) * (h + NOTE_GAP);
    const left = isBeside ? right : x;
    return boxBetween(left, y + down, left + w, y + down + h);
  });
  return { x: box.left, y: box.top };
}

/**
 * @param {Bench} bench
 * @param {BoxKind} kind
 * @param {{x: number, y: number, w: number, h: number}} place
 * @returns {Element}
 */
function newShape(bench, kind, place) {
  const style = bench.style.peek();
  const id = bench.newId();
  const props = propsOf(kind, style);
  const common = {
    id,
    z: bench.board.nextZ(),
    ...place,
    ...props,
    ...seedProps(id, props),
  };
  if (kind === "frame") return { ...common, kind, title: nextTitle(bench) };
  if (kind !== "note") return { ...common, kind };
  const fill = style.fill === "none" ? NOTE_PAPER : style.fill;
  return { ...common, kind, fill, text: "", ...authored(bench) };
}
