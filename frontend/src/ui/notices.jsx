/**
 * What the board says by itself: toasts, and the page of a board that is closed.
 */

/** @import { Desk } from "./desk.js" */

import { X } from "lucide";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import shared from "../../messages/en/shared.json";
import texts from "../../messages/en/status.json";
import { Icon } from "./icon.jsx";
import { toBoard } from "./keyboard.js";
import { closedWords } from "./words.js";

const TOAST_MS = 6_000;
const ASKING_MS = 20_000; // time to read and to decide

/**
 * What lies behind a modal dialog is neither seen nor said: they go into it meanwhile.
 * @param {{desk: Desk}} props
 */
export function Toasts({ desk }) {
  const home = useRef(/** @type {HTMLDivElement | null} */ (null));
  const log = useRef(/** @type {HTMLDivElement | null} */ (null));
  const place = () => {
    const to = document.activeElement?.closest("dialog:modal") ?? home.current;
    if (log.current && log.current.parentNode !== to) to?.append(log.current);
  };
  useLayoutEffect(() => {
    document.addEventListener("focusin", place);
    return () => document.removeEventListener("focusin", place);
  }, []);
  useLayoutEffect(place, [desk.toasts.value, desk.open.value]);
  return (
    <div ref={home}>
      <div ref={log} class="toasts" role="log" aria-live="polite">
        {desk.toasts.value.map((toast) => (
          <OneToast key={toast.id} desk={desk} toast={toast} />
        ))}
      </div>
    </div>
  );
}

/** @param {{desk: Desk, toast: import("./desk.js").Toast}} props */
function OneToast({ desk, toast }) {
  const own = useRef(/** @type {HTMLParagraphElement | null} */ (null));
  const has_focus = () => own.current?.contains(document.activeElement);
  const asks = toast.actions.length > 0;
  useEffect(() => {
    // Never taken from under the focus.
    const timer = setInterval(
      () => has_focus() || desk.dismiss(toast.id),
      asks ? ASKING_MS : TOAST_MS,
    );
    return () => clearInterval(timer);
  }, [desk, toast]);
  const end = () => {
    if (has_focus()) toBoard();
    desk.dismiss(toast.id);
  };
  return (
    <p ref={own} class={`toast ${toast.is_bad ? "toast-bad" : ""}`}>
      <span class="toast-text">
        {toast.text}
        {asks && <span class="visually-hidden"> Alt+T</span>}
      </span>
      {toast.actions.map(({ text, run }) => (
        <button
          key={text}
          type="button"
          class="toast-action"
          onClick={() => {
            end();
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
        onClick={end}
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
        {action !== "reload" && (
          <a class="button button-primary" href="/">
            {desk.t(shared.my_boards)}
          </a>
        )}
        {action !== "home" && (
          <button
            type="button"
            class={`button button-${action === "reload" ? "primary" : "plain"}`}
            onClick={() => location.reload()}
          >
            {desk.t(texts.load_again)}
          </button>
        )}
      </div>
    </dialog>
  );
}
