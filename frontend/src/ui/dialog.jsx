/**
 * The frame of every dialog.
 */

/** @import { ComponentChildren } from "preact" */
/** @import { Words } from "../words/words.js" */

import { X } from "lucide";
import { useEffect, useRef } from "preact/hooks";
import texts from "../../messages/en/shared.json";
import { createWords } from "../words/words.js";
import { Icon } from "./icon.jsx";

/**
 * A modal dialog, closed by Esc, its cross or a click beside it.
 * @param {{t?: Words, title: string, onClose: () => void, children: ComponentChildren}} props
 */
export function Dialog({ t = createWords("en"), title, onClose, children }) {
  const dialog = useRef(/** @type {HTMLDialogElement | null} */ (null));
  const beside = useClosingBeside(dialog);
  useEffect(() => {
    const opener = document.activeElement;
    dialog.current?.showModal();
    focusFirst(dialog.current);
    return () => {
      // The browser gives the focus back when it closes a dialog, not when it vanishes.
      const is_lost = document.activeElement === document.body;
      if (is_lost && opener instanceof HTMLElement) opener.focus();
    };
  }, []);
  return (
    <dialog
      ref={dialog}
      class="dialog"
      aria-label={title}
      onClose={onClose}
      {...beside}
    >
      <div class="dialog-body">
        <header class="dialog-head">
          <h2>{title}</h2>
          <button
            type="button"
            class="icon-button"
            aria-label={t(texts.close)}
            onClick={() => dialog.current?.close()}
          >
            <Icon of={X} />
          </button>
        </header>
        {children}
      </div>
    </dialog>
  );
}

/**
 * A click beside a dialog closes it; not one that began inside, where words were marked.
 * @param {{current: HTMLDialogElement | null}} dialog
 */
export function useClosingBeside(dialog) {
  const pressed = useRef(/** @type {EventTarget | null} */ (null));
  return {
    /** @param {Event} event */
    onPointerDown({ target }) {
      pressed.current = target;
    },
    /** @param {Event} event */
    onClick({ target }) {
      const { current } = dialog;
      if (target === current && pressed.current === current) current?.close();
    },
  };
}

/**
 * Begin with what the dialog is for, not with its cross. A finger's keyboard would hide
 * half of the dialog: there the person touches the field that is meant.
 * @param {HTMLDialogElement | null} dialog
 */
function focusFirst(dialog) {
  if (!matchMedia("(pointer: fine)").matches) return;
  const first = dialog?.querySelector(
    ".dialog-head ~ :is(input, select, button), .dialog-head ~ * :is(input, select, button)",
  );
  if (first instanceof HTMLElement) first.focus();
  if (first instanceof HTMLInputElement) first.select();
}
