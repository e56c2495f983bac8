/**
 * Buttons under the mouse leave the keys to the board, as they do in Safari anyway: Space
 * would press them once more, and arrow keys choose what is next to them.
 *
 * Not those that open something, which gets the keys and gives them back.
 */

const BUTTONS = ["button:not([aria-haspopup], [aria-expanded])", ".style-switch"];
const PANELS = ".toolbar, .shapes, .style, .corner-view, .theme-switch";

/** @returns {() => void} ends it */
export function listenToPresses() {
  document.addEventListener("mousedown", press);
  return () => document.removeEventListener("mousedown", press);
}

/** @param {MouseEvent} event */
function press(event) {
  const { target } = event;
  const button = target instanceof Element ? target.closest(BUTTONS.join()) : null;
  const panel = button?.closest(PANELS);
  if (!panel) return;
  event.preventDefault();
  const active = document.activeElement;
  // A text is styled while it is typed.
  const goes_on = panel.matches(".style") && active?.matches(".writing");
  if (active instanceof HTMLElement && !goes_on) active.blur();
}
