/**
 * What the page says about what was just done, with a way back or on.
 *
 * A toast stays while it is pointed at or has the focus.
 *
 * @import { Store, Toast } from "./store.js"
 */

import { X } from "lucide";
import shared from "../../messages/en/shared.json";
import { Icon } from "../ui/icon.jsx";

/** @param {{ store: Store }} props */
export function Toasts({ store }) {
  return (
    <div class="toasts" role="status" aria-live="polite">
      <p class="visually-hidden">{store.voice.value}</p>
      {store.toasts.value.map((toast) => (
        <OneToast key={toast.id} toast={toast} store={store} />
      ))}
    </div>
  );
}

/** @param {{ toast: Toast, store: Store }} props */
function OneToast({ toast, store }) {
  const { id, text, isBad, action } = toast;
  const hold = () => store.hold(id);
  const release = () => store.release(id);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: pointing at it only keeps it
    <div
      class={isBad ? "toast toast-bad" : "toast"}
      onMouseEnter={hold}
      onMouseLeave={release}
      onFocusIn={hold}
      onFocusOut={release}
    >
      <span class="toast-text" role={isBad ? "alert" : undefined}>
        {text}
      </span>
      {action && (
        <button
          type="button"
          class="button button-plain"
          onClick={() => {
            // The button goes with the focus on it: the first board gets it.
            const board = document.querySelector("main li a");
            const first = board ?? document.querySelector(".brand");
            if (first instanceof HTMLElement) first.focus();
            store.dismiss(id);
            action.run();
          }}
        >
          {action.label}
        </button>
      )}
      <button
        type="button"
        class="icon-button"
        aria-label={store.t(shared.dismiss)}
        onClick={() => store.dismiss(id)}
      >
        <Icon of={X} />
      </button>
    </div>
  );
}
