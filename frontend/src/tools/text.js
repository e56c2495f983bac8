/**
 * Text: where to type, and what a finished typing changes.
 *
 * The textarea itself belongs to the page; it drives a `TextSession`.
 */

/** @import { Shape } from "../draw/outlines.js" */
/** @import { Lined } from "../draw/route.js" */
/** @import { Element, Frame, Note, Op, Text } from "../protocol.js" */
/** @import { Bench, Press, Tool } from "./bench.js" */
/** @import { Style } from "./style.js" */

import { LINE_HEIGHT } from "../draw/fonts.js";
import { decimalsAt, grow, round } from "../draw/geometry.js";
import { hits, surrounds } from "../draw/hit.js";
import { isLabelled, letteringOf } from "../draw/look.js";
import { larger } from "../draw/room.js";
import { isLined } from "../draw/route.js";
import { MAX_TEXT_CHARS } from "../protocol.js";
import { isDrag, REACH_PX } from "./bench.js";
import { deleteOps, settled } from "./bind.js";
import { putDown } from "./options.js";
import { boxInView } from "./room.js";
import { propsOf } from "./style.js";

/** What words can be typed into: text, note, label of a shape or line, title of a frame. */
/** @typedef {Text | Note | Shape | Lined | Frame} Worded */

const MAX_TITLE_CHARS = 200; // longer than anybody reads

/** The words of one element while they are typed. */
export class TextSession {
  /**
   * @param {Bench} bench
   * @param {Worded} element as it is before
   * @param {boolean} is_new not on the board yet
   */
  constructor(bench, element, is_new) {
    this.bench = bench;
    this.element = element;
    this.is_new = is_new;
    this.value = letteringOf(element).text;
  }

  /**
   * What was typed so far; peers see it grow.
   * @param {string} value
   * @param {Partial<Style>} style another one for what is new
   * @returns {void}
   */
  input(value, style = {}) {
    Object.assign(this.element, style);
    this.value = clean(value, this.element);
    this.bench.draft.show(this.ops());
  }

  /** Keep what was typed; a text left empty vanishes. @returns {void} */
  finish() {
    if (this.bench.editing.peek() !== this) return;
    this.bench.editing.value = null;
    const ops = this.lasting();
    this.bench.draft.commit(ops);
    if (ops.length > 0) select(this.bench, this.element);
  }

  /** Throw away what was typed. @returns {void} */
  cancel() {
    if (this.bench.editing.peek() !== this) return;
    this.bench.editing.value = null;
    this.bench.draft.clear();
  }

  /** @returns {Worded} as it is now */
  current() {
    const known = this.is_new ? undefined : this.bench.board.get(this.element.id);
    const element = withWords(
      /** @type {Worded} */ (known ?? this.element),
      this.value,
    );
    return settled(this.bench, { ...element, ...larger(element, this.bench.measure) });
  }

  /** @returns {Op[]} */
  ops() {
    if (this.is_new) {
      return [{ op: "put", element: withWords(this.element, this.value) }];
    }
    const { id } = this.element;
    const words = { [wordsName(this.element)]: this.value };
    const grown = larger(withWords(this.element, this.value), this.bench.measure);
    return [{ op: "set", id, props: { ...words, ...grown } }];
  }

  /** @returns {Op[]} */
  lasting() {
    const { id, kind } = this.element;
    const { text } = letteringOf(this.element);
    if (this.value.trim() === "" && kind === "text") {
      return this.is_new || !this.bench.board.get(id)
        ? []
        : deleteOps(this.bench, [id]);
    }
    if (!this.is_new && (this.value === text || !this.bench.board.get(id))) return [];
    return this.ops();
  }
}

/**
 * An element with other words.
 * @template {Worded} T
 * @param {T} element
 * @param {string} words
 * @returns {T}
 */
export function withWords(element, words) {
  return { ...element, [wordsName(element)]: words };
}

/**
 * @param {Worded} element
 * @returns {"label" | "title" | "text"} the property that has its words
 */
function wordsName(element) {
  if (isLabelled(element)) return "label";
  return element.kind === "frame" ? "title" : "text";
}

/**
 * @param {Element["kind"]} kind
 * @returns {number} how many characters the words of such an element may have
 */
export function mostChars(kind) {
  return kind === "frame" ? MAX_TITLE_CHARS : MAX_TEXT_CHARS;
}

/**
 * What may be stored: no control characters but line breaks, and not too long. A title is
 * one line.
 * @param {string} value
 * @param {Worded} element
 * @returns {string}
 */
function clean(value, { kind }) {
  const most = mostChars(kind);
  if (kind === "frame") return value.replace(/\s+/gu, " ").slice(0, most);
  return value.replaceAll("\r\n", "\n").replaceAll("\t", "    ").slice(0, most);
}

/**
 * Begin to type into an element that is on the board.
 * @param {Bench} bench
 * @param {Worded} element
 * @returns {void}
 */
export function openText(bench, element) {
  bench.editing.peek()?.finish();
  select(bench, element);
  bench.editing.value = new TextSession(bench, element, false);
}

/**
 * What is written can be styled meanwhile and afterwards, unless the tool goes on.
 * @param {Bench} bench
 * @param {Worded} element
 */
function select({ options, selection }, { id }) {
  if (selection.peek().size > 0 || options.peek().keeps_tool) return;
  selection.value = new Set([id]);
}

/**
 * The topmost element at a place that words can be typed into. A shape takes them
 * anywhere inside, filled or not.
 * @param {Bench} bench
 * @param {Press} press
 * @returns {Worded | undefined}
 */
export function textAt(bench, press) {
  const reach = REACH_PX[press.device] / bench.view.zoom;
  const box = { left: press.x, top: press.y, right: press.x, bottom: press.y };
  return /** @type {Worded | undefined} */ (
    bench
      .near(grow(box, reach))
      .findLast(
        (element) =>
          hasWords(element) &&
          !element.locked &&
          (hits(
            element,
            press.x,
            press.y,
            isLined(element) ? reach : 0,
            bench.measure,
          ) ||
            surrounds(element, press.x, press.y, bench.measure)),
      )
  );
}

/**
 * @param {Element} element
 * @returns {element is Worded}
 */
export function hasWords(element) {
  return ["text", "note", "frame"].includes(element.kind) || isLabelled(element);
}

/**
 * A new, empty text whose first line is centred on a point.
 * @param {Bench} bench
 * @param {{x: number, y: number}} at
 * @param {number} width 0: as wide as what is typed
 * @returns {void}
 */
export function openNewText(bench, at, width = 0) {
  bench.editing.peek()?.finish();
  const style = bench.style.peek();
  const decimals = decimalsAt(bench.view.zoom);
  /** @type {Text} */
  const element = {
    kind: "text",
    id: bench.newId(),
    z: bench.board.nextZ(),
    x: round(at.x, decimals),
    y: round(at.y - (style.size * LINE_HEIGHT) / 2, decimals),
    ...(width > 0 ? { w: round(width, decimals) } : {}),
    ...propsOf("text", style),
    text: "",
  };
  bench.editing.value = new TextSession(bench, element, true);
}

/**
 * @param {Bench} bench
 * @returns {Tool}
 */
export function createText(bench) {
  /** @type {Press | null} */
  let from = null;
  return {
    name: "text",
    cursor: "text",
    edits: true,
    down(press) {
      from = press;
    },
    move() {},
    up(press) {
      if (!from) return;
      const found = textAt(bench, from);
      putDown(bench, null); // before typing begins: picking a tool ends typing
      if (isDrag(from, press)) {
        const left = Math.min(from.x, press.x);
        openNewText(bench, { x: left, y: from.y }, Math.abs(press.x - from.x));
      } else if (found) openText(bench, found);
      else openNewText(bench, from);
      from = null;
    },
    cancel() {
      from = null;
    },
    place() {
      const { left, top, bottom } = boxInView(bench, 160, 100);
      bench.pick("select");
      openNewText(bench, { x: left, y: (top + bottom) / 2 });
    },
  };
}
