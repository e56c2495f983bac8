/**
 * The trash: what was deleted, how long it is kept, and the way back.
 *
 * @import { Store } from "./store.js"
 * @import { Board } from "./list.js"
 */

import { ChevronRight, RotateCcw, Trash2, X } from "lucide";
import { useState } from "preact/hooks";
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
        <fieldset class="trash-actions" aria-label={t(texts.delete_ask)}>
          <span>{t(texts.delete_more)}</span>
          <button
            type="button"
            class="button button-danger"
            onClick={() => void store.remove(board.id)}
          >
            {t(texts.delete_good)}
          </button>
          <button type="button" class="button" onClick={() => setAsking(false)}>
            {t(texts.keep)}
          </button>
        </fieldset>
      ) : (
        <div class="trash-actions">
          <button
            type="button"
            class="button"
            aria-label={t(texts.restore_one, { title })}
            onClick={() => void store.restore(board.id)}
          >
            <Icon of={RotateCcw} />
            {t(texts.restore)}
          </button>
          <button
            type="button"
            class="icon-button"
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
