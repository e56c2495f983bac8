/**
 * Finding by words: a field, how many there are, and the way from one to the next. The
 * board stays in sight and can be used.
 */

/** @import { Desk } from "./desk.js" */

import { ChevronDown, ChevronUp, X } from "lucide";
import { useEffect, useRef, useState } from "preact/hooks";
import { found as foundIn } from "../tools/find.js";
import { Icon } from "./icon.jsx";

/** @param {{desk: Desk}} props */
export function FindPanel({ desk }) {
  const field = useRef(/** @type {HTMLInputElement | null} */ (null));
  const [query, setQuery] = useState("");
  useEffect(() => {
    field.current?.focus();
    return () => {
      desk.found.value = null;
    };
  }, [desk]);

  /** @param {string} text */
  const look = (text) => {
    setQuery(text);
    const ids = foundIn(desk.elements(), text).map(({ id }) => id);
    desk.found.value = text.trim() === "" ? null : { ids, at: 0 };
    if (ids[0] !== undefined) desk.lookAt(ids[0]);
  };
  /** @param {1 | -1} step */
  const go = (step) => {
    const found = desk.found.peek();
    if (!found || found.ids.length === 0) return;
    const { length } = found.ids;
    const at = (found.at + step + length) % length;
    desk.found.value = { ...found, at };
    desk.lookAt(found.ids[at] ?? "");
  };
  const close = () => {
    desk.open.value = "";
  };
  /** @param {KeyboardEvent} event */
  const onKey = (event) => {
    if (event.isComposing) return;
    const is_find = event.key.toLowerCase() === "f" && (event.ctrlKey || event.metaKey);
    if (event.key === "Enter") go(event.shiftKey ? -1 : 1);
    else if (event.key === "Escape") close();
    else if (is_find) field.current?.select();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const found = desk.found.value;
  const n_found = found?.ids.length ?? 0;
  return (
    <search class="find panel" aria-label="Find on this board" onKeyDown={onKey}>
      <input
        ref={field}
        class="find-field"
        type="search"
        enterkeyhint="search"
        aria-label="Find words on this board"
        placeholder="Find on this board"
        autocomplete="off"
        spellcheck={false}
        value={query}
        onInput={(event) => look(event.currentTarget.value)}
      />
      <output class="find-count">
        {found && (n_found > 0 ? `${found.at + 1} of ${n_found}` : "None")}
      </output>
      <button
        type="button"
        class="icon-button"
        aria-label="The one before"
        title="The one before — Shift+Enter"
        disabled={n_found === 0}
        onClick={() => go(-1)}
      >
        <Icon of={ChevronUp} />
      </button>
      <button
        type="button"
        class="icon-button"
        aria-label="The next one"
        title="The next one — Enter"
        disabled={n_found === 0}
        onClick={() => go(1)}
      >
        <Icon of={ChevronDown} />
      </button>
      <button
        type="button"
        class="icon-button"
        aria-label="Close"
        title="Close — Esc"
        onClick={close}
      >
        <Icon of={X} />
      </button>
    </search>
  );
}
