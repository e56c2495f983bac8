/**
 * Browser events on the board to the controller: pointers, wheel, and what must not
 * happen meanwhile (selections, page zoom).
 */

/** @import { Button, Controller, Reading } from "../tools/controller.js" */

const LINE_PX = 40; // wheels that count lines
const PAGE_PX = 800; // and pages
const ERASER_BUTTON = 5;
const ERASER_BUTTONS = 32; // some pens say "main button" and set this bit

/**
 * @param {HTMLElement} stage
 * @param {Controller} controller
 * @param {() => void} onInput after every event: something may look different
 * @param {(places: {x: number, y: number}[]) => void} onExpected where the browser takes
 *   the pointer to go next; none when the pointer is up
 * @returns {void}
 */
export function listenToPointers(stage, controller, onInput, onExpected) {
  /**
   * @param {PointerEvent} event
   * @param {DOMRect} box of the stage; readings of one event share it
   * @returns {Reading}
   */
  const reading = (event, box = stage.getBoundingClientRect()) => {
    const device =
      event.pointerType === "pen" || event.pointerType === "touch"
        ? event.pointerType
        : "mouse";
    return {
      id: event.pointerId,
      x: event.clientX - box.left,
      y: event.clientY - box.top,
      pressure: device === "pen" ? event.pressure : null,
      time: event.timeStamp,
      device,
      shift: event.shiftKey,
      alt: event.altKey,
      ctrl: event.ctrlKey || event.metaKey,
    };
  };

  stage.addEventListener("pointerdown", (event) => {
    event.preventDefault(); // no focus change, no text selection, no emulated mouse
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    stage.setPointerCapture(event.pointerId);
    controller.down(reading(event), buttonOf(event));
    onInput();
  });
  stage.addEventListener("pointermove", (event) => {
    const box = stage.getBoundingClientRect();
    controller.move(all(event).map((one) => reading(one, box)));
    const expected = event.getPredictedEvents?.() ?? [];
    onExpected(expected.map((one) => reading(one, box)));
    onInput();
  });
  stage.addEventListener("pointerup", (event) => {
    controller.up(reading(event));
    onExpected([]);
    onInput();
  });
  for (const name of /** @type {const} */ (["pointercancel", "lostpointercapture"])) {
    stage.addEventListener(name, (event) => {
      controller.lose(event.pointerId); // after an "up" there is nothing to lose
      onInput();
    });
  }
  stage.addEventListener("pointerleave", () => {
    controller.leave();
    onInput();
  });
  stage.addEventListener(
    "wheel",
    (event) => {
      event.preventDefault(); // the page itself neither scrolls nor zooms
      const box = stage.getBoundingClientRect();
      const unit = [1, LINE_PX, PAGE_PX][event.deltaMode] ?? 1;
      controller.wheel({
        x: event.clientX - box.left,
        y: event.clientY - box.top,
        dx: event.deltaX * unit,
        dy: event.deltaY * unit,
        shift: event.shiftKey,
        ctrl: event.ctrlKey || event.metaKey,
      });
      onInput();
    },
    { passive: false },
  );
}

/**
 * Everything the device reported since the last event; browsers that know no coalesced
 * events, or answer with none, have the event itself.
 * @param {PointerEvent} event
 * @returns {PointerEvent[]}
 */
function all(event) {
  const events = event.getCoalescedEvents?.() ?? [];
  return events.length > 0 ? events : [event];
}

/**
 * @param {PointerEvent} event
 * @returns {Button}
 */
function buttonOf({ button, buttons }) {
  if (button === ERASER_BUTTON || buttons & ERASER_BUTTONS) return "eraser";
  return button === 0 ? "main" : "pan";
}
