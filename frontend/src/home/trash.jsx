/**
 * The trash: what was deleted, how long it is kept, and the way back.
 *
 * What is pressed here goes away with that; the focus goes on to what came of it.
 *
 * @import { Store } from "./store.js"
 * @import { Board } from "./list.js"
 */

import { ChevronRight, RotateCcw, Trash2, X } from "lucide";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import texts from "../../messages/en/home.json";
import { Icon } from "../ui/icon.jsx";
import { titleOf } from "./list.js";
import { ago, inFull, kept } from "./when.js";

/** @param {{ store: Store }} props */
export function Trash({ store }) {
  const { trash } = store.lists.value;
  if (trash.length === 0) return null;
  return (
    <details class="trash">
      <summary>
        <Icon of={Trash2} />
        {store.t(texts.trash)} <span class="count">{trash.length}</span>
        <Icon of={ChevronRight} />
      </summary>
      <ul>
        {trash.map((board) => (
          <Row key={board.id} board={board} store={store} />
        ))}
      </ul>
    </details>
  );
}

/** @param {{ board: Board, store: Store }} props */
function Row({ board, store }) {
  const { t } = store;
  const title = titleOf(t, board);
  const deleted = board.deleted_at ?? "";
  const now = store.now.value;
  const [is_asking, setAsking] = useState(false);
  const had_asked = useRef(false);
  const way_out = useRef(/** @type {HTMLButtonElement | null} */ (null));
  useLayoutEffect(() => {
    if (had_asked.current !== is_asking) way_out.current?.focus();
    had_asked.current = is_asking;
  }, [is_asking]);
  const restore = async () => {
    await store.restore(board.id);
    focusOn(`.card-title a[href*="/b/${board.id}/"]`);
  };
  const remove = async () => {
    await store.remove(board.id);
    focusOn(".trash summary");
  };
  return (
    <li class="trash-row">
      <div>
        <p class="trash-title">{title}</p>
        <p class="card-facts">
          <time dateTime={deleted} title={inFull(t, deleted)}>
            {t(texts.deleted, {
              when: ago(t, deleted, now),
              kept: kept(t, deleted, now),
            })}
          </time>
        </p>
      </div>
      {is_asking ? (
        <fieldset
          class="trash-actions"
          aria-label={t(texts.delete_ask)}
          onKeyDown={({ key }) => key === "Escape" && setAsking(false)}
        >
          <span>{t(texts.delete_more)}</span>
          <button type="button" class="button button-danger" onClick={remove}>
            {t(texts.delete_good)}
          </button>
          <button
            type="button"
            class="button"
            ref={way_out}
            onClick={() => setAsking(false)}
          >
            {t(texts.keep)}
          </button>
        </fieldset>
      ) : (
        <div class="trash-actions">
          <button
            type="button"
            class="button"
            aria-label={t(texts.restore_one, { title })}
            onClick={restore}
          >
            <Icon of={RotateCcw} />
            {t(texts.restore)}
          </button>
          <button
            type="button"
            class="icon-button"
            ref={way_out}
            aria-label={t(texts.delete_one, { title })}
            title={t(texts.delete_good)}
            onClick={() => setAsking(true)}
          >
            <Icon of={X} />
          </button>
        </div>
      )}
    </li>
  );
}

/**
 * Put the focus where the work goes on, once that is on the page.
 * @param {string} selector
 */
function focusOn(selector) {
  requestAnimationFrame(() => {
    const next = document.querySelector(selector) ?? document.querySelector("main");
    if (next instanceof HTMLElement) next.focus();
  });
}
