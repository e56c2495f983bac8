/**
 * Pen and highlighter: readings of the pointer to a stroke, as raw as they came.
 */

/** @import { Highlight, Pen } from "../protocol.js" */
/** @import { Bench, Press, Tool } from "./bench.js" */
/** @import { Held } from "./held.js" */

import { decimalsAt, round } from "../draw/geometry.js";
import { MAX_POINTS } from "../protocol.js";
import { Rest } from "./rest.js";
import { propsOf } from "./style.js";

const PRESSURE_DECIMALS = 3; // pens tell 4096 steps at most; more is noise
const MAX_TIME_MS = 86_400_000;

/**
 * @param {Bench} bench
 * @param {"pen" | "highlight"} kind
 * @returns {Tool}
 */
export function createPen(bench, kind) {
  /** @type {Stroke | null} */
  let stroke = null;
  /** What the ink became while the pen is still down. @type {Held | null} */
  let held = null;
  /** @type {Press | null} */
  let last = null;
  const rest = new Rest(bench, () => {
    const [ink, press] = [stroke?.finished(), last];
    if (ink?.kind !== "pen" || !press || !bench.options.peek().recognises) return;
    bench.late(({ holdOf }) => {
      if (last !== press) return; // it went on, or is up
      held = holdOf(bench, ink, press);
      held?.show();
    });
  });

  /** @param {Press} press */
  const start = (press) => {
    bench.late(() => {}); // ahead of the rest
    stroke = new Stroke(bench, kind, press);
    bench.draft.begin(stroke.element);
    follow(press);
  };

  /** @param {Press} press */
  const follow = (press) => {
    last = press;
    if (kind === "pen") rest.move(press);
  };

  const reset = () => {
    rest.end();
    last = null;
    stroke = null;
    held = null;
  };

  const finish = () => {
    const [ink, shape] = [stroke, held];
    reset();
    if (shape) shape.keep();
    else if (ink) bench.draft.commit([{ op: "put", element: ink.finished() }]);
  };

  return {
    name: kind,
    cursor: "none", // a ring as broad as the ink stands for it
    edits: true,
    down: start,
    move(presses) {
      const now = presses.at(-1);
      if (held && now) return held.pull(now);
      for (const press of presses) {
        if (!stroke) return;
        stroke.add(press);
        follow(press);
        if (!stroke.is_full) continue;
        stroke.flush();
        finish();
        start(press); // a new stroke goes on where the full one ended
      }
      stroke?.flush();
    },
    up: finish,
    cancel() {
      reset();
      bench.draft.clear();
    },
  };
}

/** A stroke while it is drawn, and the points that the draft has not told yet. */
class Stroke {
  /**
   * @param {Bench} bench
   * @param {"pen" | "highlight"} kind
   * @param {Press} press
   */
  constructor(bench, kind, press) {
    this.bench = bench;
    this.decimals = decimalsAt(bench.view.zoom);
    this.started_ms = press.time;
    const has_pressure = press.pressure !== null;
    /** @type {(Pen | Highlight) & {time: number[]}} */
    this.element = {
      kind,
      id: bench.newId(),
      x: round(press.x, this.decimals),
      y: round(press.y, this.decimals),
      z: bench.board.nextZ(),
      ...propsOf(kind, bench.style.peek()),
      points: [0, 0],
      ...(has_pressure
        ? { pressure: [round(press.pressure ?? 0, PRESSURE_DECIMALS)] }
        : {}),
      time: [0],
    };
    this.told = 1;
  }

  /** @returns {number} */
  get n_points() {
    return this.element.time.length;
  }

  /** @returns {boolean} */
  get is_full() {
    return this.n_points >= MAX_POINTS;
  }

  /**
   * Append a reading; one that does not leave the last point's place adds nothing.
   * @param {Press} press
   */
  add(press) {
    const { points, pressure, time, x, y } = this.element;
    const dx = round(press.x - x, this.decimals);
    const dy = round(press.y - y, this.decimals);
    if (dx === points.at(-2) && dy === points.at(-1)) return;
    const last_ms = time.at(-1) ?? 0;
    const now_ms = Math.round(press.time - this.started_ms);
    points.push(dx, dy);
    pressure?.push(round(press.pressure ?? 0, PRESSURE_DECIMALS));
    time.push(Math.min(MAX_TIME_MS, Math.max(last_ms, now_ms)));
  }

  /** Tell the draft what was added since the last time. */
  flush() {
    const { points, pressure, time } = this.element;
    const from = this.told;
    if (from === time.length) return;
    this.told = time.length;
    this.bench.draft.grow(
      points.slice(from * 2),
      pressure?.slice(from) ?? [],
      time.slice(from),
    );
  }

  /** @returns {Pen | Highlight} the element as it will be stored */
  finished() {
    return this.element;
  }
}
