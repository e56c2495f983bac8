/**
 * The board as a list, for screen readers and for whoever likes lists: every element in
 * reading order, frames with what is in them. Choosing one selects it on the board; Space
 * adds it to what is selected, arrow keys go on.
 *
 * Built when it is opened, again when the board has come to rest, and never longer than
 * asked for: a board of ten thousand elements costs no more than its first page.
 */

/** @import { Desk } from "../desk.js" */
/** @import { Entry } from "./reading.js" */

import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import texts from "../../../messages/en/outline.json";
import { describe } from "./describe.js";
import { outlineOf } from "./reading.js";

const PAGE = 200; // elements shown at once
const REST_MS = 500;

/** @param {{desk: Desk}} props */
export function Outline({ desk }) {
  const [n_shown, setShown] = useState(PAGE);
  const revision = useRest(desk.revision.value);
  const outline = useMemo(
    () => outlineOf(desk.board.list(), desk.board.boxOf),
    [desk, revision],
  );
  const { entries, n_left } = firstOf(outline, n_shown);
  const note = useRef(/** @type {HTMLParagraphElement | null} */ (null));
  useLayoutEffect(() => {
    // Before it is painted: a key that is pressed at once is meant for the list.
    const panel = note.current?.parentElement;
    panel?.addEventListener("keydown", step);
    return () => panel?.removeEventListener("keydown", step);
  }, []);
  const is_empty = entries.length === 0;
  return (
    <>
      <p ref={note} class="outline-note">
        {desk.t(is_empty ? texts.none : texts.hint)}
      </p>
      <List desk={desk} entries={entries} />
      {n_left > 0 && (
        <button type="button" class="button" onClick={() => setShown(n_shown + PAGE)}>
          {desk.t(texts.more, { n: n_left })}
        </button>
      )}
    </>
  );
}

/** @param {{desk: Desk, entries: readonly Entry[]}} props */
function List({ desk, entries }) {
  const selection = desk.selection.value;
  return (
    <ul class="outline-list">
      {entries.map(({ element, inside }) => (
        <li key={element.id}>
          <button
            type="button"
            class="outline-item"
            aria-pressed={selection.has(element.id)}
            onClick={(event) => {
              if (event.shiftKey || event.ctrlKey) toggle(desk, element.id);
              else desk.board.focus(element.id);
            }}
            onKeyDown={(event) => {
              if (event.key !== " ") return;
              event.preventDefault();
              toggle(desk, element.id);
            }}
            onKeyUp={(event) => event.key === " " && event.preventDefault()}
          >
            {describe(desk.t, element, desk.board.get)}
          </button>
          {inside.length > 0 && <List desk={desk} entries={inside} />}
        </li>
      ))}
    </ul>
  );
}

/**
 * Select one more, or one less.
 * @param {Desk} desk
 * @param {string} id
 */
function toggle(desk, id) {
  const ids = new Set(desk.selection.peek());
  if (!ids.delete(id)) ids.add(id);
  if (desk.tool.peek() !== "select") desk.run("tool select");
  desk.selection.value = ids;
}

/**
 * Arrow keys go through what is listed, and move neither the board nor what is selected.
 * @param {KeyboardEvent} event
 */
function step(event) {
  const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (by === undefined || !(event.currentTarget instanceof HTMLElement)) return;
  if (event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  event.stopPropagation();
  const stops = [...event.currentTarget.querySelectorAll("button")];
  const at = stops.findIndex((one) => one.matches(":focus"));
  stops[Math.min(Math.max(at + by, 0), stops.length - 1)]?.focus();
}

/**
 * The value, once it has been the same for a while.
 * @param {number} value
 * @returns {number}
 */
function useRest(value) {
  const [rested, setRested] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setRested(value), REST_MS);
    return () => clearTimeout(timer);
  }, [value]);
  return rested;
}

/**
 * @param {readonly Entry[]} outline
 * @param {number} n
 * @returns {{entries: Entry[], n_left: number}}
 */
function firstOf(outline, n) {
  let left = n;
  let n_left = 0;
  /** @param {readonly Entry[]} entries @returns {Entry[]} */
  const take = (entries) =>
    entries.flatMap(({ element, inside }) => {
      const is_shown = left > 0;
      if (is_shown) left -= 1;
      else n_left += 1;
      const within = take(inside);
      return is_shown ? [{ element, inside: within }] : [];
    });
  return { entries: take(outline), n_left };
}
