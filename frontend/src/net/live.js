/**
 * The live sender: what I do right now, for the others to see.
 *
 * Whatever tools tell it is merged, and goes out as at most one frame each `live_ms`, only
 * when something changed. A growing stroke goes out as its new points; on a new link
 * everything is told again in full. When a gesture ends, its draft stays with the others
 * until its change is answered, so that the finished stroke never vanishes in between.
 * Everything here may be lost; nothing waits for it.
 *
 * @import { Extend, Highlight, Laser, LiveFrame, Op, Pen } from "../protocol.js"
 * @import { Clock } from "./system.js"
 */

import { targetOf } from "../model/document.js";
import {
  MAX_COORD_UNITS,
  MAX_DRAFT_OPS,
  MAX_LASER_POINTS,
  MAX_SELECTION,
} from "../protocol.js";

/** What I do, as it goes into one frame. @typedef {Omit<LiveFrame, "type">} Doing */

/** What somebody who may only look has to tell. @type {ReadonlySet<string>} */
const VIEWER_FIELDS = new Set([
  ...["cursor", "view", "laser", "follow", "chat", "idle", "react"],
]);

/** What goes on until it is told otherwise.
 * @typedef {Pick<LiveFrame, "follow" | "editing" | "chat" | "idle">} State */
/** What is told once. @typedef {Pick<LiveFrame, "react" | "call">} Moment */

export class Live {
  #clock;
  #isPending;
  /** @type {((frame: LiveFrame) => void) | null} */
  #send = null;
  #mayDraw = false;
  #paceMs = 0;
  #sentAt = Number.NEGATIVE_INFINITY;
  /** @type {unknown} */
  #timer = null;
  /** What I do, but for the draft. @type {Doing} */
  #doing = {};
  /** Where my laser went since the last frame. @type {Laser | null} */
  #laser = null;
  /** What happened since the last frame. @type {Moment} */
  #moment = {};
  /** Names of what the others do not know yet. @type {Set<string>} */
  #fresh = new Set();
  /** @type {Op[]} */
  #draft = [];
  /** Ops of finished gestures whose changes are not answered. @type {Map<string, Op>} */
  #held = new Map();
  /** The stroke of the draft that grows, a copy of my own. @type {Pen | Highlight | null} */
  #stroke = null;
  /** How many of its points the others have. */
  #nSent = 0;

  /**
   * @param {object} parts
   * @param {Clock} parts.clock
   * @param {(elementId: string) => boolean} parts.isPending whether a change of mine that
   *   touches the element is not answered yet
   */
  constructor({ clock, isPending }) {
    this.#clock = clock;
    this.#isPending = isPending;
  }

  // --- what tools tell --------------------------------------------------------------

  /**
   * @param {number | null} x null: the pointer is not on the board
   * @param {number} [y]
   */
  cursor(x, y = 0) {
    this.#tell({ cursor: x === null ? null : [coord(x), coord(y)] });
  }

  /**
   * The part of the board that I see, in board units.
   * @param {number} x
   * @param {number} y
   * @param {number} w
   * @param {number} h
   */
  view(x, y, w, h) {
    this.#tell({ view: [coord(x), coord(y), Math.abs(coord(w)), Math.abs(coord(h))] });
  }

  /** @param {Iterable<string>} ids */
  selection(ids) {
    this.#tell({ selection: [...ids].slice(0, MAX_SELECTION) });
  }

  /** @param {string} name */
  tool(name) {
    this.#tell({ tool: name });
  }

  /**
   * The ops of my gesture, instead of those before.
   * @param {Op[] | null} ops null or none: the gesture is over
   */
  draft(ops) {
    const next = ops ?? [];
    if (next.length === 0 && this.#draft.length === 0) return;
    this.#hold(this.#draft);
    this.#draft = next;
    this.#stroke = null;
    this.#mark("draft");
  }

  /**
   * More points of a stroke that my draft puts.
   * @param {string} id
   * @param {number[]} points
   * @param {number[]} [pressure]
   * @param {number[]} [time]
   */
  extend(id, points, pressure = [], time = []) {
    const stroke = this.#stroke?.id === id ? this.#stroke : this.#beginStroke(id);
    if (!stroke) return;
    for (const value of points) stroke.points.push(value);
    for (const value of pressure) stroke.pressure?.push(value);
    for (const value of time) stroke.time?.push(value);
    this.#mark("extend");
  }

  /**
   * My laser went on. It fades within a second, so what nobody heard is not told later.
   * @param {Laser} laser
   */
  laser({ trail, points }) {
    if (!this.#send) return;
    const before = this.#laser?.trail === trail ? this.#laser.points : [];
    const all = [...before, ...points.map(coord)];
    this.#laser = { trail, points: all.slice(-2 * MAX_LASER_POINTS) };
    this.#mark("laser");
  }

  /**
   * Whom I follow, what I write, whether I am away.
   * @param {State} state
   */
  state(state) {
    this.#tell(state);
  }

  /**
   * A reaction, a call: the newest of a pace, and lost when nobody listens.
   * @param {Moment} moment
   */
  moment({ react, call }) {
    if (!this.#send) return;
    if (react) {
      this.#moment.react = { ...react, x: coord(react.x), y: coord(react.y) };
      this.#mark("react");
    }
    if (call && this.#mayDraw) {
      const [x, y, w, h] = call;
      this.#moment.call = [coord(x), coord(y), coord(w), coord(h)];
      this.#mark("call");
    }
  }

  // --- what the connection tells ----------------------------------------------------

  /**
   * A link is there: tell everything anew.
   * @param {object} terms
   * @param {number} terms.paceMs the shortest time between two frames
   * @param {boolean} terms.mayDraw
   * @param {(frame: LiveFrame) => void} send
   */
  start({ paceMs, mayDraw }, send) {
    this.stop();
    this.#send = send;
    this.#paceMs = paceMs;
    this.#mayDraw = mayDraw;
    this.#fresh = new Set(Object.keys(this.#doing));
    if (this.#draft.length > 0) this.#fresh.add("draft");
    this.#schedule();
  }

  /**
   * Others do much: tell more rarely, or as often as before again.
   * @param {number} ms the shortest time between two frames
   */
  pace(ms) {
    this.#paceMs = ms;
  }

  /** The link is gone; what I do is kept for the next one. */
  stop() {
    this.#send = null;
    this.#laser = null;
    this.#moment = {};
    this.#held.clear();
    this.#clock.clearTimer(this.#timer);
    this.#timer = null;
  }

  /** Changes of mine were answered: let go of what was held for them. */
  settle() {
    for (const id of this.#held.keys()) {
      if (this.#isPending(id)) continue;
      this.#held.delete(id);
      this.#mark("draft");
    }
  }

  // --- inside -----------------------------------------------------------------------

  /** @param {Doing} doing */
  #tell(doing) {
    Object.assign(this.#doing, doing);
    for (const name of Object.keys(doing)) this.#mark(name);
  }

  /** @param {string} name */
  #mark(name) {
    this.#fresh.add(name);
    this.#schedule();
  }

  /** @param {Op[]} ops of a gesture that is over */
  #hold(ops) {
    if (!this.#send) return;
    for (const op of ops) {
      const id = targetOf(op);
      if (id !== undefined && this.#isPending(id)) this.#held.set(id, op);
    }
  }

  /**
   * @param {string} id
   * @returns {Pen | Highlight | null}
   */
  #beginStroke(id) {
    const index = this.#draft.findIndex(
      (op) => op.op === "put" && op.element.id === id,
    );
    const op = this.#draft[index];
    if (op?.op !== "put") return null;
    if (op.element.kind !== "pen" && op.element.kind !== "highlight") return null;
    const { points, pressure = [], time = [] } = op.element;
    this.#stroke = {
      ...op.element,
      points: [...points],
      pressure: [...pressure],
      time: [...time],
    };
    this.#nSent = points.length / 2;
    this.#draft = this.#draft.with(index, { op: "put", element: this.#stroke });
    return this.#stroke;
  }

  #schedule() {
    if (!this.#send || this.#timer !== null || this.#fresh.size === 0) return;
    const waitMs = Math.max(0, this.#sentAt + this.#paceMs - this.#clock.now());
    this.#timer = this.#clock.setTimer(() => {
      this.#timer = null;
      this.#flush();
    }, waitMs);
  }

  #flush() {
    const frame = this.#frame();
    this.#fresh.clear();
    if (!this.#send || Object.keys(frame).length === 0) return;
    this.#sentAt = this.#clock.now();
    this.#send({ type: "live", ...frame });
  }

  /** @returns {Doing} what is fresh, and mine to tell */
  #frame() {
    const fresh = [...this.#fresh].filter(
      (name) => this.#mayDraw || VIEWER_FIELDS.has(name),
    );
    const plain = fresh.filter((name) => name in this.#doing);
    const doing = /** @type {Record<string, unknown>} */ (this.#doing);
    const frame = /** @type {Doing} */ (
      Object.fromEntries(plain.map((name) => [name, doing[name]]))
    );
    if (fresh.includes("draft")) frame.draft = this.#wholeDraft();
    else if (fresh.includes("extend")) {
      const extend = this.#newPoints();
      if (extend) {
        frame.extend = extend;
        delete frame.cursor; // it is where the stroke ends
      }
    }
    if (this.#laser) frame.laser = this.#laser;
    this.#laser = null;
    Object.assign(frame, this.#moment);
    this.#moment = {};
    return frame;
  }

  /** @returns {Op[] | null} */
  #wholeDraft() {
    if (this.#stroke) this.#nSent = this.#stroke.points.length / 2;
    const mine = this.#draft.map((op) => whole(op));
    const ids = new Set(mine.map(targetOf));
    const held = [...this.#held]
      .filter(([id]) => !ids.has(id))
      .map(([, op]) => whole(op));
    const ops = [...held, ...mine];
    if (ops.length <= MAX_DRAFT_OPS) return ops.length > 0 ? ops : null;
    return mine.length <= MAX_DRAFT_OPS ? mine : null;
  }

  /** @returns {Extend | null} */
  #newPoints() {
    const stroke = this.#stroke;
    if (!stroke || stroke.points.length / 2 <= this.#nSent) return null;
    const offset = this.#nSent;
    const { id, points, pressure = [], time = [] } = stroke;
    this.#nSent = points.length / 2;
    return {
      id,
      offset,
      points: points.slice(2 * offset),
      ...beside("pressure", pressure, points, offset),
      ...beside("time", time, points, offset),
    };
  }
}

/**
 * A coordinate within what the wire takes: whoever pans away further is shown there.
 * @param {number} value board units
 */
function coord(value) {
  const rounded = Math.round(value * 100) / 100;
  return Math.min(MAX_COORD_UNITS, Math.max(-MAX_COORD_UNITS, rounded)) || 0;
}

/**
 * A stroke in the middle of its growth, as the wire wants it.
 * @param {Op} op
 * @returns {Op}
 */
function whole(op) {
  if (op.op !== "put") return op;
  const { element } = op;
  if (element.kind !== "pen" && element.kind !== "highlight") return op;
  const { pressure = [], time = [], ...rest } = element;
  const lists = {
    ...beside("pressure", pressure, rest.points, 0),
    ...beside("time", time, rest.points, 0),
  };
  return { op: "put", element: { ...rest, ...lists } };
}

/**
 * @param {string} name
 * @param {number[]} values
 * @param {number[]} points
 * @param {number} offset
 * @returns {Record<string, number[]>} nothing when the device did not give them
 */
function beside(name, values, points, offset) {
  return values.length === points.length / 2 ? { [name]: values.slice(offset) } : {};
}
