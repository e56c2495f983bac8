/**
 * The board as a list, for screen readers and for whoever likes lists: every element in
 * reading order, frames with what is in them. Choosing one selects it on the board.
 *
 * Built when it is opened, again when the board has come to rest, and never longer than
 * asked for: a board of ten thousand elements costs no more than its first page.
 */

/** @import { Desk } from "../desk.js" */
/** @import { Entry } from "./reading.js" */

import { useEffect, useMemo, useState } from "preact/hooks";
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
  if (entries.length === 0) return <p>{desk.t(texts.none)}</p>;
  return (
    <>
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
            onClick={() => desk.board.focus(element.id)}
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
