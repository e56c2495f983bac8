/**
 * Finding by words: a field, how many there are, and the way from one to the next. The
 * board stays in sight and can be used.
 */

/** @import { Desk } from "./desk.js" */

import { ChevronDown, ChevronUp, X } from "lucide";
import { useEffect, useRef, useState } from "preact/hooks";
import texts from "../../messages/en/navigation.json";
import { found as foundIn } from "../tools/find.js";
import { Icon } from "./icon.jsx";
import { describe } from "./outline/describe.js";

/** @param {{desk: Desk}} props */
export function FindPanel({ desk }) {
  const { t } = desk;
  const field = useRef(/** @type {HTMLInputElement | null} */ (null));
  const panel = useRef(/** @type {HTMLElement | null} */ (null));
  const [query, setQuery] = useState("");
  useEffect(() => {
    const before = document.activeElement;
    field.current?.focus(); // no sooner: what was typed meanwhile is given to it now
    return () => {
      desk.found.value = null;
      const now = document.activeElement;
      const is_free = now === document.body || panel.current?.contains(now);
      if (is_free && before instanceof HTMLElement) before.focus();
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
  /** What was found is in hand from then on, for whoever came to change it. */
  const close = () => {
    const id = desk.found.peek()?.ids[desk.found.peek()?.at ?? 0];
    if (id !== undefined && desk.tool.peek() === "select") {
      desk.selection.value = new Set([id]);
    }
    desk.close("find");
  };
  /** @param {KeyboardEvent} event */
  const onKey = (event) => {
    if (event.isComposing) return;
    const is_find = event.key.toLowerCase() === "f" && (event.ctrlKey || event.metaKey);
    const is_field = event.target === field.current; // else Enter presses a button
    if (event.key === "Enter" && is_field) go(event.shiftKey ? -1 : 1);
    else if (event.key === "Escape") close();
    else if (is_find) field.current?.select();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const found = desk.found.value;
  const n_found = found?.ids.length ?? 0;
  const there = desk.elements().find(({ id }) => id === found?.ids[found.at]);
  return (
    <search ref={panel} class="find panel" aria-label={t(texts.find)} onKeyDown={onKey}>
      <input
        ref={field}
        class="find-field"
        type="search"
        enterkeyhint="search"
        aria-label={t(texts.find_field)}
        placeholder={t(texts.find)}
        autocomplete="off"
        spellcheck={false}
        value={query}
        onInput={(event) => look(event.currentTarget.value)}
      />
      <output class="find-count">
        {found &&
          (n_found > 0
            ? t(texts.find_count, { at: found.at + 1, count: n_found })
            : t(texts.find_none))}
        <span class="visually-hidden">
          {there &&
            describe(t, there, (id) => desk.elements().find((e) => e.id === id))}
        </span>
      </output>
      <button
        type="button"
        class="icon-button"
        aria-label={t(texts.find_previous)}
        title={t(texts.find_previous_key)}
        disabled={n_found === 0}
        onClick={() => go(-1)}
      >
        <Icon of={ChevronUp} />
      </button>
      <button
        type="button"
        class="icon-button"
        aria-label={t(texts.find_next)}
        title={t(texts.find_next_key)}
        disabled={n_found === 0}
        onClick={() => go(1)}
      >
        <Icon of={ChevronDown} />
      </button>
      <button
        type="button"
        class="icon-button"
        aria-label={t(texts.close)}
        title={t(texts.close_key)}
        onClick={close}
      >
        <Icon of={X} />
      </button>
    </search>
  );
}
