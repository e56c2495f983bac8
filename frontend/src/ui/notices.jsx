/**
 * What the board says by itself: toasts, and the page of a board that is closed.
 */

/** @import { Desk } from "./desk.js" */

import { X } from "lucide";
import { useEffect, useRef } from "preact/hooks";
import shared from "../../messages/en/shared.json";
import texts from "../../messages/en/status.json";
import { Icon } from "./icon.jsx";
import { closedWords } from "./words.js";

const TOAST_MS = 6_000;
const ASKING_MS = 20_000; // time to read and to decide

/** @param {{desk: Desk}} props */
export function Toasts({ desk }) {
  return (
    <div class="toasts" role="log" aria-live="polite">
      {desk.toasts.value.map((toast) => (
        <OneToast key={toast.id} desk={desk} toast={toast} />
      ))}
    </div>
  );
}

/** @param {{desk: Desk, toast: import("./desk.js").Toast}} props */
function OneToast({ desk, toast }) {
  useEffect(() => {
    const timer = setTimeout(
      () => desk.dismiss(toast.id),
      toast.actions.length > 0 ? ASKING_MS : TOAST_MS,
    );
    return () => clearTimeout(timer);
  }, [desk, toast]);
  return (
    <p class={`toast ${toast.is_bad ? "toast-bad" : ""}`}>
      <span class="toast-text">{toast.text}</span>
      {toast.actions.map(({ text, run }) => (
        <button
          key={text}
          type="button"
          class="toast-action"
          onClick={() => {
            desk.dismiss(toast.id);
            run();
          }}
        >
          {text}
        </button>
      ))}
      <button
        type="button"
        class="icon-button"
        aria-label={desk.t(shared.dismiss)}
        onClick={() => desk.dismiss(toast.id)}
      >
        <Icon of={X} />
      </button>
    </p>
  );
}

/** @param {{desk: Desk}} props */
export function Closed({ desk }) {
  return desk.state.value.status === "closed" ? <Farewell desk={desk} /> : null;
}

/**
 * Modal, for nothing that lies behind can be used: the keyboard has the way out, no more.
 * @param {{desk: Desk}} props
 */
function Farewell({ desk }) {
  const page = useRef(/** @type {HTMLDialogElement | null} */ (null));
  useEffect(() => page.current?.showModal(), []);
  const { closedReason } = desk.state.value;
  const { title, text, action } = closedWords(desk.t, closedReason, desk.farewell());
  return (
    <dialog
      ref={page}
      class="closed"
      role="alertdialog"
      aria-label={title}
      aria-describedby="closed-why"
      onKeyDown={(event) => event.key === "Escape" && event.preventDefault()}
    >
      <div class="closed-card">
        <h2>{title}</h2>
        <p id="closed-why">{text}</p>
        {action === "reload" ? (
          <button
            type="button"
            class="button button-primary"
            onClick={() => location.reload()}
          >
            {desk.t(texts.load_again)}
          </button>
        ) : (
          <a class="button button-primary" href="/">
            {desk.t(shared.my_boards)}
          </a>
        )}
      </div>
    </dialog>
  );
}
