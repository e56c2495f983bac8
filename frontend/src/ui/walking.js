/**
 * The board under the keyboard: what Tab and Enter do while the drawing surface has the
 * focus. The walk itself is loaded with the first step.
 */

/** @import { Controller } from "../tools/controller.js" */
/** @import { Desk } from "./desk.js" */

import { effect } from "@preact/signals-core";
import texts from "../../messages/en/stage.json";
import { lately } from "./lately.js";

/**
 * @param {HTMLElement} stage
 * @param {Controller} controller
 * @param {Desk} desk
 * @returns {void}
 */
export function listenToWalks(stage, controller, desk) {
  const { bench } = controller;
  const walking = lately(() => import("./outline/walk.js"));
  stage.tabIndex = 0;
  stage.setAttribute("role", "application");
  stage.setAttribute("aria-label", desk.t(texts.board));
  stage.setAttribute("aria-description", desk.t(texts.hint));
  stage.addEventListener("keydown", (event) => {
    if (event.target !== stage || event.ctrlKey || event.altKey || event.metaKey)
      return;
    const is_walking = bench.selection.peek().size > 0;
    const rests = !controller.current().place; // nothing to put down
    const is_step = event.key === "Tab" && is_walking;
    if (!is_step && !(event.key === "Enter" && rests && !is_walking)) return;
    event.preventDefault();
    event.stopPropagation();
    const by = event.shiftKey ? -1 : 1;
    walking(({ walk }) => walk(bench, desk, by));
  });
  /** @param {boolean} is_pointed a ring around the board is for who comes by Tab */
  const ring = (is_pointed) => stage.classList.toggle("is-pointed", is_pointed);
  window.addEventListener("pointerdown", () => ring(true), { capture: true });
  window.addEventListener("keydown", ({ key }) => key === "Tab" && ring(false), {
    capture: true,
  });
  // What had the focus is gone with the words, the crop or a panel in the next frame.
  const regain = () =>
    requestAnimationFrame(() => {
      const is_lost = document.activeElement === document.body;
      if (is_lost) stage.focus({ preventScroll: true });
    });
  let was_busy = false;
  effect(() => {
    const is_busy = Boolean(bench.editing.value ?? bench.cropping.value);
    if (was_busy && !is_busy) regain();
    was_busy = is_busy;
  });
  desk.ran.subscribe((ran) => ran && regain());
}
