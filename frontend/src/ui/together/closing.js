/**
 * Small panels: closed by Escape and by pressing anywhere else, with the focus inside while
 * they are open and back where it was after that.
 *
 * A menu that hangs on such a panel has its Escape for itself.
 *
 * All of that holds from the moment they are there, before they are painted: a key that is
 * pressed at once is theirs.
 */

import { useLayoutEffect } from "preact/hooks";
import { toBoard } from "../keyboard.js";

/**
 * @param {{current: HTMLElement | null}} panel
 * @param {() => void} close
 * @param {string} opener selects buttons that close it themselves
 * @returns {void}
 */
export function useClosing(panel, close, opener) {
  useLayoutEffect(() => {
    /** @param {KeyboardEvent | PointerEvent} event */
    const answer = (event) => {
      if (event instanceof KeyboardEvent) {
        if (event.key !== "Escape" || isWithin(event.target, null, ".menu")) return;
        event.stopPropagation();
      } else if (isWithin(event.target, panel.current, opener)) return;
      close();
    };
    window.addEventListener("keydown", answer, true);
    window.addEventListener("pointerdown", answer, true);
    return () => {
      window.removeEventListener("keydown", answer, true);
      window.removeEventListener("pointerdown", answer, true);
    };
  }, [panel, close, opener]);
}

/**
 * @param {{current: HTMLElement | null}} panel
 * @param {string} [first] selects what gets the focus; else the panel itself
 * @returns {void}
 */
export function useFocus(panel, first) {
  useLayoutEffect(() => {
    const before = document.activeElement;
    const box = panel.current;
    const inside = first ? box?.querySelector(first) : box;
    if (inside instanceof HTMLElement) inside.focus({ preventScroll: true });
    return () => {
      const now = document.activeElement;
      const is_free = now === document.body || box?.contains(now); // else it went on
      if (!is_free || !(before instanceof HTMLElement)) return;
      if (before.isConnected) before.focus();
      else toBoard(); // its button went with whom it was about
    };
  }, [panel, first]);
}

/**
 * What had the focus may go while the panel stays, as a person does: the panel has it then.
 * @param {{current: HTMLElement | null}} panel
 * @param {unknown} content
 * @returns {void}
 */
export function useKeptFocus(panel, content) {
  useLayoutEffect(() => {
    if (document.activeElement !== document.body) return;
    panel.current?.focus({ preventScroll: true });
  }, [panel, content]);
}

/**
 * @param {EventTarget | null} target
 * @param {HTMLElement | null} panel
 * @param {string} opener
 */
function isWithin(target, panel, opener) {
  if (!(target instanceof Element)) return false;
  return panel?.contains(target) || target.closest(opener) !== null;
}
