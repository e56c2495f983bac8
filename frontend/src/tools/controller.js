/**
 * The controller: pointers, wheel and keys to tools, panning and zooming.
 *
 * It knows no DOM: the page translates browser events to readings and calls it, tests
 * call it directly. One gesture at a time; a second finger turns a stroke that has just
 * begun into a pinch; once a pen was seen, a finger pans.
 */

/** @import { Camera } from "../draw/camera.js" */
/** @import { Bench, Press, Tool } from "./bench.js" */

import { signal } from "@preact/signals-core";
import { Clicks, distance, TAP_PX } from "./clicks.js";
import { Fingers } from "./fingers.js";

/**
 * One reading of a pointer as the page gives it.
 * @typedef {object} Reading
 * @property {number} id of the pointer
 * @property {number} x CSS pixels from the canvas' corner
 * @property {number} y
 * @property {number | null} pressure
 * @property {number} time ms
 * @property {"mouse" | "pen" | "touch"} device
 * @property {boolean} shift
 * @property {boolean} alt
 * @property {boolean} ctrl
 */

/** What went down: the main button, the eraser end of a pen, or one that pans. */
/** @typedef {"main" | "eraser" | "pan"} Button */

/**
 * @typedef {{state: "tool", pointer: number, tool: Tool, first: Press, last: Press,
 *     reach: number}
 *   | {state: "pan", pointer: number, x: number, y: number, first: Press}
 *   | {state: "pinch", began_ms: number, moved: number, n_fingers: number, from: Camera}
 * } Gesture
 */

/**
 * A second finger within this time takes the stroke back; or later, where the first one
 * hardly moved. A letter is small as well, but takes its time.
 */
const YOUNG_MS = 350;
const RESTING_MS = 1000;
const YOUNG_PX = 24;
const TAP_MS = 300; // fingers that leave sooner, and hardly moved, tapped
const ZOOM_PER_PX = 0.01; // of a trackpad's pinch, which comes as wheel with Ctrl
const MAX_WHEEL_PX = 60; // a notch of a mouse wheel must not jump

/** Tools that leave the selection as it is. */
const KEEPING = new Set(["select", "lasso", "hand", "laser", "eyedropper"]);

export class Controller {
  /** @type {Gesture | null} */
  #gesture = null;
  #fingers = new Fingers();
  #spaceHeld = false;
  #clicks = new Clicks();

  /**
   * @param {Bench} bench
   * @param {Map<string, Tool>} tools
   * @param {string} first the name of the tool to begin with
   */
  constructor(bench, tools, first) {
    this.bench = bench;
    this.tools = tools;
    /** The name of the tool in hand. */
    this.tool = signal(first);
    /** The CSS cursor over the board. */
    this.cursor = signal(this.current().cursor);
    /** Whether there ever was a pen: from then on fingers move the board. */
    this.hasPen = signal(false);
  }

  /** @returns {Tool} what the next press uses; who may not edit selects or pans */
  current() {
    const tool = this.tools.get(this.tool.peek());
    const fallback = /** @type {Tool} */ (this.tools.get("select"));
    if (!tool) return fallback;
    return tool.edits && !this.bench.mayEdit() ? fallback : tool;
  }

  /** @returns {Tool | null} the tool that is at work right now */
  working() {
    return this.#gesture?.state === "tool" ? this.#gesture.tool : null;
  }

  /**
   * Take another tool in hand; a gesture that goes on is finished first.
   * @param {string} name
   * @returns {void}
   */
  pick(name) {
    if (!this.tools.has(name)) return;
    const before = this.tool.peek();
    this.finish();
    this.current().stop?.();
    this.bench.editing.peek()?.finish();
    const keeps = KEEPING.has(name) || before === "eyedropper";
    if (!keeps && this.bench.selection.peek().size > 0) {
      this.bench.selection.value = new Set();
    }
    this.tool.value = name;
    if (before !== name) this.current().taken?.(before);
    this.bench.live.tool(name);
    this.#rest();
  }

  // --- pointers -----------------------------------------------------------------------

  /**
   * A pointer went down.
   * @param {Reading} reading
   * @param {Button} button
   * @returns {void}
   */
  down(reading, button = "main") {
    if (reading.device === "pen") this.#takePen(reading);
    if (reading.device === "touch") {
      if (this.#isPenAtWork() || !this.#fingers.add(reading)) return; // a palm
      if (this.#fingers.size > 1) return this.#pinch(reading);
    }
    if (this.#gesture) return;
    this.bench.editing.peek()?.finish();
    const press = this.#press(reading);
    if (this.#pans(reading, button)) {
      const { id: pointer, x, y } = reading;
      this.#gesture = { state: "pan", pointer, x, y, first: press };
      this.cursor.value = "grabbing";
      return;
    }
    const tool = button === "eraser" ? this.#eraser() : this.current();
    this.#gesture = {
      state: "tool",
      pointer: reading.id,
      tool,
      first: press,
      last: press,
      reach: 0,
    };
    tool.down(press);
    this.bench.live.cursor(press.x, press.y);
  }

  /**
   * A pointer moved: all readings since the last call, in order.
   * @param {Reading[]} readings of one pointer
   * @returns {void}
   */
  move(readings) {
    const last = readings.at(-1);
    if (!last) return;
    if (last.device === "pen") this.#seePen(last); // one that hovers, too
    const finger = this.#fingers.get(last.id);
    const gesture = this.#gesture;
    if (gesture?.state === "pinch" && finger)
      return this.#pinchTo(gesture, finger, last);
    if (finger) Object.assign(finger, { x: last.x, y: last.y });
    if (gesture?.state === "pan" && gesture.pointer === last.id) {
      this.bench.view.panBy(last.x - gesture.x, last.y - gesture.y);
      Object.assign(gesture, { x: last.x, y: last.y });
    } else if (gesture?.state === "tool" && gesture.pointer === last.id) {
      const presses = readings.map((reading) => this.#press(reading));
      gesture.last = presses.at(-1) ?? gesture.last;
      for (const press of presses) {
        gesture.reach = Math.max(gesture.reach, distance(gesture.first, press));
      }
      gesture.tool.move(presses);
      this.bench.live.cursor(gesture.last.x, gesture.last.y);
    } else if (!gesture) this.#hover(last);
  }

  /**
   * A pointer was lifted.
   * @param {Reading} reading
   * @returns {void}
   */
  up(reading) {
    if (reading.device === "pen") this.#seePen(reading);
    this.#fingers.remove(reading.id);
    const gesture = this.#gesture;
    if (gesture?.state === "pinch") return this.#endPinch(gesture, reading);
    if (!gesture || gesture.pointer !== reading.id) return;
    this.#gesture = null;
    const press = this.#press(reading);
    const tool = gesture.state === "tool" ? gesture.tool : this.current();
    if (gesture.state === "pan" && this.#tapped(gesture.first, press)) tool.down(press);
    else if (gesture.state === "pan") return this.#rest();
    tool.up(press);
    if (this.#clicks.end(gesture.first, press)) tool.again?.(press);
    this.#rest();
  }

  /**
   * The browser took the pointer away: what was drawn so far is kept.
   * @param {number} id
   * @returns {void}
   */
  lose(id) {
    this.#fingers.remove(id);
    const gesture = this.#gesture;
    if (gesture?.state === "pinch") {
      if (this.#fingers.size === 0) this.#gesture = null;
    } else if (gesture?.pointer === id) this.finish();
  }

  /** The pointer left the board. @returns {void} */
  leave() {
    if (this.#gesture) return;
    this.bench.live.cursor(null);
    this.current().leave?.();
  }

  /** End the gesture at hand and keep what it made. @returns {void} */
  finish() {
    const gesture = this.#gesture;
    if (gesture?.state === "pinch") return;
    this.#gesture = null;
    if (gesture?.state === "tool") gesture.tool.up(gesture.last);
    this.#rest();
  }

  /**
   * Forget the gesture at hand.
   * @returns {boolean} whether there was one
   */
  cancel() {
    const gesture = this.#gesture;
    if (!gesture || gesture.state === "pinch") return this.current().stop?.() ?? false;
    this.#gesture = null;
    if (gesture.state === "tool") gesture.tool.cancel();
    this.#rest();
    return true;
  }

  /**
   * Space turns whatever is in hand into a hand for as long as it is held.
   * @param {boolean} is_held
   * @returns {void}
   */
  holdSpace(is_held) {
    this.#spaceHeld = is_held;
    if (!this.#gesture) this.#rest();
  }

  /**
   * The wheel turned, or two fingers moved on a trackpad.
   * @param {{x: number, y: number, dx: number, dy: number, shift: boolean,
   *   ctrl: boolean}} wheel CSS pixels
   * @returns {void}
   */
  wheel({ x, y, dx, dy, shift, ctrl }) {
    const { view } = this.bench;
    if (ctrl) {
      const by = Math.min(MAX_WHEEL_PX, Math.max(-MAX_WHEEL_PX, dy));
      view.zoomAt(x, y, view.zoom * Math.exp(-by * ZOOM_PER_PX));
    } else if (shift && dx === 0) view.panBy(-dy, 0);
    else view.panBy(-dx, -dy);
  }

  // --- inside -------------------------------------------------------------------------

  /** @returns {Tool} */
  #eraser() {
    const eraser = this.tools.get("eraser");
    return eraser && this.bench.mayEdit() ? eraser : this.current();
  }

  /**
   * @param {Reading} reading
   * @param {Button} button
   */
  #pans(reading, button) {
    if (button === "pan" || this.#spaceHeld || this.tool.peek() === "hand") return true;
    if (reading.device !== "touch" || this.tool.peek() === "laser") return false;
    const draws = !this.hasPen.peek() || this.bench.options.peek().fingers_draw;
    return !draws || !this.bench.mayEdit();
  }

  /** @param {Reading} reading of a pen that is near, or draws */
  #seePen(reading) {
    this.#fingers.seePen(reading);
    this.hasPen.value = true;
  }

  /**
   * A pen is here: what a palm or a finger has begun was not meant.
   * @param {Reading} reading
   */
  #takePen(reading) {
    this.#seePen(reading);
    const gesture = this.#gesture;
    const isTouched =
      gesture?.state === "pinch" ||
      (gesture?.state === "pan" && this.#fingers.get(gesture.pointer)) ||
      (gesture?.state === "tool" && gesture.first.device === "touch");
    this.#fingers.clear();
    if (!isTouched) return;
    this.#gesture = null;
    if (gesture.state === "tool") gesture.tool.cancel();
  }

  #isPenAtWork() {
    return this.#gesture?.state === "tool" && this.#gesture.first.device === "pen";
  }

  /**
   * @param {Reading} reading
   * @returns {Press}
   */
  #press({ x, y, id: _, ...rest }) {
    const [boardX, boardY] = this.bench.view.toBoard(x, y);
    return { ...rest, x: boardX, y: boardY, screenX: x, screenY: y };
  }

  /** @param {Reading} reading */
  #hover(reading) {
    const press = this.#press(reading);
    if (reading.device !== "touch") this.bench.live.cursor(press.x, press.y);
    const hand = this.#spaceHeld || this.tool.peek() === "hand";
    const tool = this.current();
    this.cursor.value = hand ? "grab" : (tool.hover?.(press) ?? tool.cursor);
  }

  /** Show the cursor of what is in hand. */
  #rest() {
    this.cursor.value = this.#spaceHeld ? "grab" : this.current().cursor;
  }

  /**
   * Whether a finger that pans because there is a pen has meant what it touched.
   * @param {Press} first
   * @param {Press} last
   */
  #tapped(first, last) {
    const selects = last.device === "touch" && this.current().selects;
    return selects && this.bench.mayEdit() && distance(first, last) < TAP_PX;
  }

  /**
   * One more finger: a stroke that has just begun was the first finger of a pinch.
   * @param {Reading} reading
   */
  #pinch(reading) {
    const gesture = this.#gesture;
    if (gesture?.state === "tool") {
      const { first, last, reach, tool } = gesture;
      const age = reading.time - first.time;
      if (age < (reach < YOUNG_PX ? RESTING_MS : YOUNG_MS)) tool.cancel();
      else tool.up(last);
    }
    if (gesture?.state === "pinch") {
      gesture.n_fingers = Math.max(gesture.n_fingers, this.#fingers.size);
      return;
    }
    const { began_ms } = this.#fingers;
    const from = this.bench.view.camera.peek();
    this.#gesture = { state: "pinch", began_ms, moved: 0, n_fingers: 2, from };
  }

  /**
   * @param {Gesture & {state: "pinch"}} gesture
   * @param {{x: number, y: number}} finger
   * @param {Reading} now
   */
  #pinchTo(gesture, finger, now) {
    const before = this.#fingers.spread();
    gesture.moved += Math.hypot(now.x - finger.x, now.y - finger.y);
    Object.assign(finger, { x: now.x, y: now.y });
    const after = this.#fingers.spread();
    const { view } = this.bench;
    view.panBy(after.x - before.x, after.y - before.y);
    if (before.size > 0 && after.size > 0) {
      view.zoomAt(after.x, after.y, (view.zoom * after.size) / before.size);
    }
  }

  /**
   * @param {Gesture & {state: "pinch"}} gesture
   * @param {Reading} reading
   */
  #endPinch(gesture, reading) {
    if (this.#fingers.size > 0) return; // a finger that stays down draws nothing
    this.#gesture = null;
    const is_tap =
      reading.time - gesture.began_ms < TAP_MS &&
      gesture.moved < TAP_PX * gesture.n_fingers;
    if (!is_tap || !this.bench.mayEdit()) return;
    this.bench.view.camera.value = gesture.from; // no fingers tap quite still
    if (gesture.n_fingers === 2) this.bench.board.undo();
    else if (gesture.n_fingers === 3) this.bench.board.redo();
  }
}
