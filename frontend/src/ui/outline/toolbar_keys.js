/**
 * A toolbar under the keyboard, as ARIA has it: one stop for Tab, and arrow keys go from
 * button to button. Loaded when the page has come to rest.
 */

/** @import { Desk } from "../desk.js" */

import { effect } from "@preact/signals-core";

const TOOLBAR = '[role="toolbar"]';

/**
 * @param {Desk} desk
 * @returns {void}
 */
export function listenToToolbars(desk) {
  document.addEventListener("focusin", ({ target }) => {
    const button = target instanceof Element ? target.closest("button") : null;
    const toolbar = button?.closest(TOOLBAR);
    if (button && toolbar) stopAt(toolbar, button);
  });
  // Ahead of the window, where arrow keys move the board.
  document.addEventListener("keydown", step);
  effect(() => {
    desk.tool.value; // Tab comes to the one in hand
    desk.mayEdit.value; // there may be more buttons now
    requestAnimationFrame(() => {
      for (const toolbar of document.querySelectorAll(TOOLBAR)) {
        if (toolbar.contains(document.activeElement)) continue;
        const [first] = buttonsOf(toolbar);
        stopAt(toolbar, toolbar.querySelector('[aria-pressed="true"]') ?? first);
      }
    });
  });
}

/** @param {Element} toolbar @returns {HTMLButtonElement[]} that can be pressed now */
function buttonsOf(toolbar) {
  return [...toolbar.querySelectorAll("button")].filter(
    (button) => !button.disabled && button.offsetParent !== null,
  );
}

/**
 * @param {Element} toolbar
 * @param {Element | undefined} stop
 */
function stopAt(toolbar, stop) {
  for (const button of toolbar.querySelectorAll("button")) {
    button.tabIndex = button === stop ? 0 : -1;
  }
}

/** @param {KeyboardEvent} event */
function step(event) {
  const { target, key } = event;
  const toolbar = target instanceof Element ? target.closest(TOOLBAR) : null;
  if (!toolbar || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey)
    return;
  const buttons = buttonsOf(toolbar);
  const at = buttons.indexOf(/** @type {HTMLButtonElement} */ (target));
  const on = document.dir === "rtl" ? -1 : 1;
  const next = { ArrowRight: at + on, ArrowLeft: at - on, Home: 0, End: -1 }[key];
  if (next === undefined) return;
  event.preventDefault();
  event.stopPropagation();
  buttons.at(next % buttons.length)?.focus();
}
