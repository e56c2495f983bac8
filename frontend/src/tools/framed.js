/**
 * The board as tools see it, with what frames do: what lies in a frame moves along with
 * it, and what is put or moved belongs to the frame that its middle lies in.
 *
 * Every change of a tool goes through `submit`, so that no tool needs to know frames.
 * Something that is locked moves along with its frame too: it keeps its place in it.
 */

/** @import { Element, Frame, Op, Props } from "../protocol.js" */
/** @import { Measure } from "../draw/text.js" */
/** @import { Board } from "./bench.js" */

import { boundsOf } from "../draw/bounds.js";
import { frameOf } from "../draw/frames.js";
import { boxHolds, contains, overlaps, round } from "../draw/geometry.js";
import { byPaintOrder } from "../draw/spatial.js";

const DECIMALS = 4; // adding keeps what was exact exact, and no more
/** Properties whose change moves an element. */
const PLACING = ["x", "y", "w", "h", "points", "angle", "size"];

/** @implements {Board} */
export class FramedBoard {
  /**
   * @param {Board} board
   * @param {Measure} measure
   */
  constructor(board, measure) {
    this.board = board;
    this.measure = measure;
  }

  /** @param {string} id */
  get(id) {
    return this.board.get(id);
  }

  list() {
    return this.board.list();
  }

  undo() {
    return this.board.undo();
  }

  redo() {
    return this.board.redo();
  }

  nextZ() {
    return this.board.nextZ();
  }

  /**
   * Make a change with everything that frames make of it.
   * @param {Op[]} ops
   * @returns {unknown}
   */
  submit(ops) {
    if (!this.#concernsFrames(ops)) return this.board.submit(ops);
    const all = this.along(ops);
    const after = new After(this.board, all);
    const placed = all.map((op, i) => (i < ops.length ? this.#placed(op, after) : op));
    const arrows = this.#arrows(placed, after);
    const rest = [...this.#adopted(ops), ...this.#lost(ops)];
    return this.board.submit([...placed, ...arrows, ...rest]);
  }

  /**
   * Ops with what moves along: the elements in frames that are moved.
   * @param {Op[]} ops
   * @returns {Op[]}
   */
  along(ops) {
    const moved = ops.flatMap((op) => this.#shiftOf(op));
    if (moved.length === 0) return ops;
    const named = new Set(ops.map((op) => (op.op === "put" ? op.element.id : op.id)));
    const more = this.list().flatMap((element) => {
      const by = moved.find(({ id }) => id === element.frame);
      if (!by || named.has(element.id) || element.kind === "frame") return [];
      const [x, y] = [element.x + by.dx, element.y + by.dy];
      const props = { x: round(x, DECIMALS), y: round(y, DECIMALS) };
      return [{ op: /** @type {const} */ ("set"), id: element.id, props }];
    });
    return [...ops, ...more];
  }

  /**
   * The frame that what is moved would come into, if it was let go now.
   * @param {Op[]} ops
   * @returns {Frame | null} null: none, or the one it is in already
   */
  entered(ops) {
    const [op] = ops;
    if (op?.op !== "set" || !isPlacing(op)) return null;
    const after = new After(this.board, ops);
    const element = after.get(op.id);
    if (!element || element.kind === "frame") return null;
    const home = this.#home(element, after);
    const frame = home !== null && home !== element.frame ? after.get(home) : null;
    return frame?.kind === "frame" ? frame : null;
  }

  // --- inside -------------------------------------------------------------------------

  /** @param {readonly Op[]} ops */
  #concernsFrames(ops) {
    const puts_frame = ops.some((op) => op.op === "put" && op.element.kind === "frame");
    return puts_frame || this.list().some(({ kind }) => kind === "frame");
  }

  /**
   * How far an op moves a frame.
   * @param {Op} op
   * @returns {{id: string, dx: number, dy: number}[]} none when it moves no frame
   */
  #shiftOf(op) {
    if (op.op !== "set" || op.props.w !== undefined || op.props.h !== undefined) {
      return [];
    }
    const frame = this.get(op.id);
    if (frame?.kind !== "frame") return [];
    const dx = (op.props.x ?? frame.x) - frame.x;
    const dy = (op.props.y ?? frame.y) - frame.y;
    return dx === 0 && dy === 0 ? [] : [{ id: op.id, dx, dy }];
  }

  /**
   * The op, and the frame that its element belongs to afterwards.
   * @param {Op} op
   * @param {After} after
   * @returns {Op}
   */
  #placed(op, after) {
    if (op.op === "del") return op;
    const element = after.get(op.op === "put" ? op.element.id : op.id);
    if (!element || element.kind === "frame" || !isPlacing(op)) return op;
    const frame = this.#home(element, after);
    if (frame === (element.frame ?? null)) return op;
    if (op.op === "set") return { ...op, props: { ...op.props, frame } };
    return { op: "put", element: { ...op.element, frame } };
  }

  /**
   * The frame that an element lies in.
   * @param {Element} element
   * @param {After} after
   * @returns {string | null}
   */
  #home(element, after) {
    const box = boundsOf(element, this.measure);
    const [x, y] = [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
    /** @param {Frame} frame */
    const holds = (frame) => {
      const inside = boundsOf(frame, this.measure);
      return boxHolds(inside, x, y) && !contains(box, inside);
    };
    const own = frameOf(element, (id) => after.get(id));
    const frames = own && holds(own) ? [own] : after.frames().filter(holds);
    const found = frames.at(-1)?.id ?? null;
    const homes = this.#held(element, after).map((other) => this.#home(other, after));
    if (homes.length === 0) return found;
    // An arrow to something outside is not cut off; between two it lies where they do.
    const expected = homes.length > 1 ? (homes[0] ?? null) : found;
    return homes.every((home) => home === expected) ? expected : null;
  }

  /**
   * @param {Element} element
   * @param {After} after
   * @returns {Element[]} what an arrow holds on to
   */
  #held(element, after) {
    if (element.kind !== "arrow") return [];
    return [element.start, element.end].flatMap((end) => {
      const held = after.get(end?.id);
      return held && held.kind !== "arrow" ? [held] : [];
    });
  }

  /**
   * Arrows that hold on to what came into a frame or left it.
   * @param {readonly Op[]} placed
   * @param {After} after
   * @returns {Op[]}
   */
  #arrows(placed, after) {
    const named = new Set(
      placed.map((op) => (op.op === "put" ? op.element.id : op.id)),
    );
    const changed = new Set(
      placed.flatMap((op) => (op.op === "set" && "frame" in op.props ? [op.id] : [])),
    );
    if (changed.size === 0) return [];
    return this.list().flatMap((element) => {
      if (element.kind !== "arrow" || named.has(element.id)) return [];
      const { start, end, id } = element;
      if (![start, end].some((held) => held && changed.has(held.id))) return [];
      const frame = this.#home(element, after);
      if (frame === (element.frame ?? null)) return [];
      return [{ op: /** @type {const} */ ("set"), id, props: { frame } }];
    });
  }

  /**
   * A frame that is drawn around things takes them in.
   * @param {readonly Op[]} ops
   * @returns {Op[]}
   */
  #adopted(ops) {
    const [op] = ops;
    if (ops.length !== 1 || op?.op !== "put" || op.element.kind !== "frame") return [];
    const { id } = op.element;
    if (this.get(id)) return [];
    const inside = boundsOf(op.element, this.measure);
    return this.list()
      .filter(
        (element) =>
          element.kind !== "frame" &&
          !frameOf(element, (other) => this.get(other)) &&
          contains(inside, boundsOf(element, this.measure)),
      )
      .map((element) => ({ op: "set", id: element.id, props: { frame: id } }));
  }

  /**
   * What a frame that was made smaller does not show any more leaves it.
   * @param {readonly Op[]} ops
   * @returns {Op[]}
   */
  #lost(ops) {
    const named = new Set(ops.map((op) => (op.op === "put" ? op.element.id : op.id)));
    return ops.flatMap((op) => {
      if (op.op !== "set" || op.props.w === undefined) return [];
      const frame = this.get(op.id);
      if (frame?.kind !== "frame") return [];
      const inside = boundsOf(
        /** @type {Frame} */ ({ ...frame, ...op.props }),
        this.measure,
      );
      return this.list()
        .filter(
          (element) =>
            element.frame === op.id &&
            !named.has(element.id) &&
            !overlaps(boundsOf(element, this.measure), inside),
        )
        .map(({ id }) => ({
          op: /** @type {const} */ ("set"),
          id,
          props: { frame: null },
        }));
    });
  }
}

/** The board as it will be with some ops. */
class After {
  /** @type {Map<string, Element | undefined>} */
  #changed = new Map();

  /**
   * @param {Board} board
   * @param {readonly Op[]} ops
   */
  constructor(board, ops) {
    this.board = board;
    for (const op of ops) {
      if (op.op === "put") this.#changed.set(op.element.id, op.element);
      else if (op.op === "del") this.#changed.set(op.id, undefined);
      else this.#changed.set(op.id, merged(this.get(op.id), op.props));
    }
  }

  /**
   * @param {string | undefined} id
   * @returns {Element | undefined}
   */
  get(id) {
    if (id === undefined) return undefined;
    return this.#changed.has(id) ? this.#changed.get(id) : this.board.get(id);
  }

  /** @returns {Frame[]} in paint order */
  frames() {
    const known = this.board.list().map(({ id }) => this.get(id));
    const added = [...this.#changed.values()].filter(
      (element) => element && !this.board.get(element.id),
    );
    const frames = [...known, ...added].flatMap((element) =>
      element?.kind === "frame" ? [element] : [],
    );
    return frames.sort(byPaintOrder);
  }
}

/**
 * @param {Element | undefined} element
 * @param {Props} props
 * @returns {Element | undefined}
 */
function merged(element, props) {
  return element && /** @type {Element} */ ({ ...element, ...props });
}

/**
 * @param {Op & {op: "put" | "set"}} op
 * @returns {boolean} whether it says where its element lies
 */
function isPlacing(op) {
  return op.op === "put" || PLACING.some((name) => name in op.props);
}
