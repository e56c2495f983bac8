/**
 * The menu of what is under the pointer: right button, long press, the menu key.
 */

/** @import { Bench, Press } from "../tools/bench.js" */
/** @import { Desk } from "./desk.js" */

import { companions } from "../tools/groups.js";
import { topmost } from "../tools/select.js";
import { isInSelection } from "../tools/selected.js";
import { isTyping } from "./keyboard.js";

const RIGHT = 2; // the button
const STILL_PX = 5; // a right button that moved further has panned

/**
 * @param {HTMLElement} stage
 * @param {Bench} bench
 * @param {Desk} desk
 * @returns {void}
 */
export function listenToMenus(stage, bench, desk) {
  /** The press that goes on, and whether the browser asked for a menu in it.
   * @type {{x: number, y: number, isAsked: boolean} | null} */
  let press = null;
  /** @param {{x: number, y: number}} at @param {boolean} byKey */
  const open = ({ x, y }, byKey = false) => {
    desk.menu.value = { anchor: null, at: { x, y }, byKey };
  };
  stage.addEventListener("pointerdown", ({ clientX: x, clientY: y, button }) => {
    desk.closeMenu();
    press = button === RIGHT ? { x, y, isAsked: false } : null;
  });
  stage.addEventListener("pointermove", ({ clientX, clientY }) => {
    if (!press) return;
    const moved = Math.hypot(clientX - press.x, clientY - press.y);
    if (moved > STILL_PX) press.x = press.y = Number.NEGATIVE_INFINITY; // it pans
  });
  stage.addEventListener("pointerup", () => {
    if (press?.isAsked && Number.isFinite(press.x)) open(press);
    if (press?.isAsked) press = null;
  });
  document.addEventListener("contextmenu", (event) => {
    const isOnStage = event.target instanceof Node && stage.contains(event.target);
    const isByKey = event.button !== RIGHT && document.activeElement === document.body;
    if (isTyping(event.target) || !(isOnStage || isByKey)) return;
    event.preventDefault();
    if (!isOnStage || event.button !== RIGHT) return open(middle(stage), true);
    if (press && !Number.isFinite(press.x)) return;
    selectUnder(bench, stage, event);
    // Some systems ask when the button goes down, before it is known whether it pans.
    if (press && event.buttons !== 0) press.isAsked = true;
    else open({ x: event.clientX, y: event.clientY });
  });
}

/**
 * What is under the pointer is what the menu is about.
 * @param {Bench} bench
 * @param {HTMLElement} stage
 * @param {PointerEvent | MouseEvent} event
 */
export function selectUnder(bench, stage, event) {
  const corner = stage.getBoundingClientRect();
  const [screenX, screenY] = [event.clientX - corner.left, event.clientY - corner.top];
  const [x, y] = bench.view.toBoard(screenX, screenY);
  /** @type {Press} */
  const press = {
    ...{ x, y, screenX, screenY, pressure: null, time: event.timeStamp },
    ...{ device: isByFinger(event) ? "touch" : "mouse" },
    ...{ shift: false, alt: false, ctrl: false },
  };
  const hit = topmost(bench, press) ?? topmost(bench, press, true);
  if (!hit && isInSelection(bench, press)) return; // between its elements
  if (!hit) bench.selection.value = new Set();
  else if (!bench.selection.peek().has(hit.id)) {
    bench.selection.value = new Set(companions(bench, hit));
  }
}

/**
 * @param {MouseEvent} event
 * @returns {boolean}
 */
export function isByFinger(event) {
  return "pointerType" in event && event.pointerType === "touch";
}

/** @param {HTMLElement} stage */
function middle(stage) {
  const { left, top, width, height } = stage.getBoundingClientRect();
  return { x: left + width / 2, y: top + height / 2 };
}
