/**
 * What fingers need and mice do not: a long press for the menu, panels that give way to
 * the drawing, words that stay above the keyboard of the screen, buttons for what keys do.
 * Loaded at rest.
 */

/** @import { Bench } from "../tools/bench.js" */
/** @import { Controller } from "../tools/controller.js" */
/** @import { Desk } from "./desk.js" */

import { effect } from "@preact/signals-core";
import { h, render } from "preact";
import { isEmpty } from "../draw/geometry.js";
import { selectedBox } from "../tools/selected.js";
import { isByFinger, selectUnder } from "./context_menu.js";
import { FingerPanels } from "./finger_panels.jsx";
import { keepWordsSeen } from "./soft_keyboard.js";

const LONG_MS = 500; // as phones take it
const STILL_PX = 10;
const NARROW = "(max-width: 35em)"; // as small.css: panels cover the drawing there
const COARSE = "(pointer: coarse)";
const GAP_PX = 16; // between the selection and the panel below it
const TOP_PX = 70; // the corners at the top end above it

/** Panels that lie over the drawing and say nothing that must be read. */
const GIVING_WAY = new Set(["style", "tools", "shapes", "people"]);

/**
 * @param {HTMLElement} stage
 * @param {Controller} controller
 * @param {Desk} desk
 * @returns {void}
 */
export function listenToFingers(stage, controller, desk) {
  const layer = document.createElement("div");
  layer.className = "panels";
  stage.parentElement?.append(layer);
  render(h(FingerPanels, { desk }), layer);
  listenToLongPresses(stage, controller, desk);
  keepWordsSeen(desk.bench);
  keepMiddle(desk.bench);
  stage.addEventListener("pointerdown", (event) => {
    const open = desk.open.peek();
    if (!isByFinger(event) || !GIVING_WAY.has(open)) return;
    const restyles = open === "style" && controller.current().selects;
    if (matchMedia(NARROW).matches && !restyles) desk.open.value = "";
  });
  closeWithSelection(controller, desk);
  effect(() => {
    if (desk.open.value !== "style" || !matchMedia(COARSE).matches) return;
    const move = matchMedia(NARROW).matches ? liftSelection : pushSelection;
    const growing = new ResizeObserver(() => move(desk)); // its parts come one by one
    requestAnimationFrame(() => {
      const panel = document.querySelector(".style.is-open");
      if (!panel) return;
      panel.scrollTop = 0; // not where another element was left
      growing.observe(panel);
    });
    return () => growing.disconnect();
  });
}

/**
 * The style panel goes with what it was opened for: it would come back by itself, over
 * what is selected next.
 * @param {Controller} controller
 * @param {Desk} desk
 */
function closeWithSelection(controller, desk) {
  let had_some = false;
  effect(() => {
    const has_some = desk.selection.value.size > 0;
    const is_left = had_some && !has_some && controller.current().selects;
    had_some = has_some;
    if (is_left && matchMedia(NARROW).matches) desk.close("style");
  });
}

/**
 * The menu of what lies under a finger that rests, with a tool that selects; others draw.
 * Some phones ask for the menu themselves, some never do: it is ours on all of them.
 * @param {HTMLElement} stage
 * @param {Controller} controller
 * @param {Desk} desk
 */
function listenToLongPresses(stage, controller, desk) {
  /** @type {{x: number, y: number, id: number, stop: () => void} | null} */
  let press = null;
  const forget = () => {
    press?.stop();
    press = null;
  };
  stage.addEventListener("pointerdown", (event) => {
    const is_second = press !== null;
    forget();
    if (!isByFinger(event) || !event.isPrimary || is_second) return;
    const { name, selects } = controller.current();
    if (!selects && name !== "hand") return;
    const { clientX: x, clientY: y, pointerId: id } = event;
    const timer = setTimeout(() => {
      forget();
      controller.cancel();
      selectUnder(desk.bench, stage, event);
      desk.menu.value = { anchor: null, at: { x, y } };
      swallowClick();
    }, LONG_MS);
    press = { x, y, id, stop: () => clearTimeout(timer) };
  });
  stage.addEventListener("pointermove", ({ pointerId, clientX, clientY }) => {
    if (press?.id !== pointerId) return;
    if (Math.hypot(clientX - press.x, clientY - press.y) > STILL_PX) forget();
  });
  for (const name of ["pointerup", "pointercancel"]) {
    stage.addEventListener(name, forget);
  }
  stage.addEventListener("contextmenu", (event) => {
    if (!isByFinger(event)) return;
    event.preventDefault();
    event.stopPropagation();
  });
}

/** The finger that opened a menu lies on it: lifted, it has chosen nothing. */
function swallowClick() {
  const done = new AbortController();
  const options = { capture: true, signal: done.signal };
  addEventListener("click", (event) => event.stopPropagation(), options);
  addEventListener("pointerdown", () => done.abort(), options);
}

/**
 * Show what is selected above the panel that changes it.
 * @param {Desk} desk
 */
function liftSelection({ bench }) {
  const panel = document.querySelector(".style.is-open");
  const box = selectedBox(bench);
  if (!panel || isEmpty(box)) return;
  const [, top] = bench.view.toScreen(box.left, box.top);
  const [, bottom] = bench.view.toScreen(box.right, box.bottom);
  const over = bottom + GAP_PX - panel.getBoundingClientRect().top;
  const room = Math.max(0, top - TOP_PX);
  if (over > 0 && bottom > 0) bench.view.panBy(0, -Math.min(over, room));
}

/**
 * Show what is selected beside the panel that changes it, where there is room.
 * @param {Desk} desk
 */
function pushSelection({ bench }) {
  const panel = document.querySelector(".style.is-open")?.getBoundingClientRect();
  const box = selectedBox(bench);
  if (!panel || isEmpty(box)) return;
  const [left] = bench.view.toScreen(box.left, box.top);
  const [right, bottom] = bench.view.toScreen(box.right, box.bottom);
  if (bottom < panel.top || right < panel.left || left > panel.right) return;
  const { width } = bench.view.size.peek();
  const isAtLeft = panel.left < width / 2;
  const over = isAtLeft ? panel.right + GAP_PX - left : right + GAP_PX - panel.left;
  const room = Math.max(0, isAtLeft ? width - GAP_PX - right : left - GAP_PX);
  bench.view.panBy(Math.min(over, room) * (isAtLeft ? 1 : -1), 0);
}

/**
 * Whoever turns the phone goes on looking at what was in the middle.
 * @param {Bench} bench
 */
function keepMiddle({ view, editing }) {
  let before = view.size.peek();
  effect(() => {
    const now = view.size.value;
    const [across, down] = [now.width - before.width, now.height - before.height];
    // A keyboard, too, makes a small upright screen wider than it is high.
    const isTurned =
      across !== 0 && now.width > now.height !== before.width > before.height;
    before = now;
    if (!isTurned || editing.peek() || !matchMedia(COARSE).matches) return;
    view.panBy(across / 2, down / 2);
  });
}
