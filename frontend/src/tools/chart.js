/**
 * Charts by keyboard: a next box in some direction, joined by an arrow.
 */

/** @import { Box } from "../draw/geometry.js" */
/** @import { Arrow, Binding, Element } from "../protocol.js" */
/** @import { Bench } from "./bench.js" */

import { canHold, resolved } from "../draw/binding.js";
import { boundsOf } from "../draw/bounds.js";
import { boxBetween, contains, decimalsAt, round } from "../draw/geometry.js";
import { isShape } from "../draw/outlines.js";
import { keyAbove } from "../model/order.js";
import { restProps } from "./bind.js";
import { freeBox } from "./room.js";
import { selectedElements } from "./selected.js";
import { propsOf } from "./style.js";
import { hasWords, openText } from "./text.js";

const GAP_UNITS = 100; // between a box and the next: room for an arrow with a label
const BESIDE_UNITS = 40; // between two that come after the same box
const WORDS_ROOM = { x: 32, y: 24 }; // what a box is larger than the text it comes after
const REVEAL_PX = 40; // from the edge of the window to a box that was out of sight

/** @typedef {{dx: -1 | 0 | 1, dy: -1 | 0 | 1}} Step */

/**
 * Put a box like the selected one beside it, joined by an arrow, and type its label.
 * @param {Bench} bench
 * @param {Step} step
 * @returns {void}
 */
export function addNext(bench, step) {
  const elements = selectedElements(bench);
  const [source] = elements;
  if (elements.length !== 1 || !source || !canHold(source)) return;
  const place = freePlace(bench, source, step);
  const box = boxAfter(bench, source, place);
  const side = (/** @type {1 | -1} */ way) => ({
    x: 0.5 + (way * step.dx) / 2,
    y: 0.5 + (way * step.dy) / 2,
  });
  const arrow = arrowBetween(
    bench,
    { element: source, ...side(1) },
    { element: box, ...side(-1) },
    keyAbove(box.z ?? bench.board.nextZ()),
  );
  bench.board.submit([
    { op: "put", element: box },
    { op: "put", element: arrow },
  ]);
  bench.selection.value = new Set([box.id]);
  reveal(bench, place);
  if (hasWords(box)) openText(bench, box);
}

/**
 * The nearest place in a direction that nothing else takes.
 * @param {Bench} bench
 * @param {Element} source
 * @param {Step} step
 * @returns {Box}
 */
function freePlace(bench, source, { dx, dy }) {
  const { left, top, right, bottom } = boundsOf(source, bench.measure);
  const more = source.kind === "text" ? WORDS_ROOM : { x: 0, y: 0 };
  const [w, h] = [right - left + more.x, bottom - top + more.y];
  const x = (left + right) / 2 + dx * ((right - left) / 2 + GAP_UNITS + w / 2);
  const y = (top + bottom) / 2 + dy * ((bottom - top) / 2 + GAP_UNITS + h / 2);
  const aside = {
    x: dy === 0 ? 0 : w + BESIDE_UNITS,
    y: dx === 0 ? 0 : h + BESIDE_UNITS,
  };
  /** @param {number} n steps to one side @returns {Box} */
  const at = (n) => {
    const [cx, cy] = [x + n * aside.x, y + n * aside.y];
    return boxBetween(cx - w / 2, cy - h / 2, cx + w / 2, cy + h / 2);
  };
  return freeBox(bench, at);
}

/**
 * @param {Bench} bench
 * @param {Element} source
 * @param {Box} box
 * @returns {Element} like it, without its words
 */
function boxAfter(bench, source, box) {
  const decimals = decimalsAt(bench.view.zoom);
  const { left, top, right, bottom } = box;
  const [x, y] = [round(left, decimals), round(top, decimals)];
  const place = {
    id: bench.newId(),
    z: bench.board.nextZ(),
    x,
    y,
    w: round(right - left, decimals),
    h: round(bottom - top, decimals),
  };
  if (source.kind !== "note" && !isShape(source)) {
    const frame = source.frame ? { frame: source.frame } : {};
    return { kind: "rect", ...propsOf("rect", bench.style.peek()), ...place, ...frame };
  }
  const like = Object.entries(source).filter(([name]) => !ITS_OWN.has(name));
  const words = source.kind === "note" ? { text: "", author: bench.author() } : {};
  return /** @type {Element} */ ({ ...Object.fromEntries(like), ...place, ...words });
}

/** What the next box does not take over. */
const ITS_OWN = new Set(["label", "angle", "locked", "groups", "link", "alt"]);

/** @typedef {{element: Element, x: number, y: number}} End */

/**
 * @param {Bench} bench
 * @param {End} from
 * @param {End} to
 * @param {string} z
 * @returns {Arrow} as it is to be kept
 */
export function arrowBetween(bench, from, to, z) {
  const ends = new Map([from, to].map(({ element }) => [element.id, element]));
  /** @param {End} end @returns {Binding} */
  const binding = ({ element, x, y }) => ({ id: element.id, x, y });
  /** @type {Arrow} */
  const arrow = {
    kind: "arrow",
    id: bench.newId(),
    z,
    ...propsOf("arrow", bench.style.peek()),
    x: from.element.x,
    y: from.element.y,
    points: [0, 0, to.element.x - from.element.x, to.element.y - from.element.y],
    start: binding(from),
    end: binding(to),
  };
  const shown = resolved(arrow, (id) => ends.get(id), bench.measure);
  return /** @type {Arrow} */ ({ ...arrow, ...restProps(bench, shown) });
}

/**
 * Bring a box into sight, with as little motion as that takes.
 * @param {Bench} bench
 * @param {Box} box
 * @returns {void}
 */
function reveal({ view }, box) {
  const seen = view.seen();
  if (contains(seen, box)) return;
  const margin = REVEAL_PX / view.zoom;
  /** @param {number} low @param {number} high @param {number} from @param {number} to */
  const by = (low, high, from, to) =>
    low < from ? from - low + margin : high > to ? to - high - margin : 0;
  view.panBy(
    by(box.left, box.right, seen.left, seen.right) * view.zoom,
    by(box.top, box.bottom, seen.top, seen.bottom) * view.zoom,
  );
}
