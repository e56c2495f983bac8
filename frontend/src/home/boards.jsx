/**
 * The middle of the home page: my boards, or an invitation to make the first.
 *
 * @import { Store } from "./store.js"
 * @import { Board, Order } from "./list.js"
 * @import { OpenMenu } from "../ui/menu.jsx"
 * @import { Theme, Thumbnails } from "./thumbnails.js"
 * @import { ReadonlySignal, Signal } from "@preact/signals"
 * @import { Imports } from "./imports.js"
 */

import { FileInput, Plus, Search } from "lucide";
import texts from "../../messages/en/home.json";
import { Icon } from "../ui/icon.jsx";
import { Card } from "./card.jsx";
import { Importing } from "./import_panel.jsx";
import { matching, sorted } from "./list.js";
import { Toasts } from "./toasts.jsx";
import { Trash } from "./trash.jsx";

const SEARCH_FROM = 7; // boards; fewer are seen at one glance

/**
 * @typedef {object} Props
 * @property {Store} store
 * @property {Signal<OpenMenu | null>} menu
 * @property {(board: Board) => void} copyLink
 * @property {Imports} imports
 * @property {Thumbnails} thumbnails
 * @property {ReadonlySignal<Theme>} theme
 */

/** @param {Props} props */
export function Boards(props) {
  const { store, imports } = props;
  const { boards } = store.lists.value;
  return (
    <>
      {boards.length === 0 ? <Invitation {...props} /> : <List {...props} />}
      <Trash store={store} />
      <Importing imports={imports} t={store.t} />
      <Toasts store={store} />
    </>
  );
}

/** @param {Props} props */
function List(props) {
  const { store } = props;
  const { t } = store;
  const { boards } = store.lists.value;
  const hasSearch = boards.length >= SEARCH_FROM || store.query.value !== "";
  const matched = hasSearch ? matching(t, boards, store.query.value) : boards;
  const found = sorted(t, matched, store.order.value);
  return (
    <>
      <div class="list-head">
        <h1>{t(texts.your_boards)}</h1>
        {hasSearch && <SearchField store={store} nFound={found.length} />}
        {boards.length > 1 && <OrderChoice store={store} />}
      </div>
      {found.length === 0 ? (
        <p class="nothing">
          {t(texts.none_called, { query: store.query.value.trim() })}
          <button
            type="button"
            class="button"
            onClick={() => {
              store.query.value = "";
            }}
          >
            {t(texts.show_all, { n: boards.length })}
          </button>
        </p>
      ) : (
        <ul class="cards">
          {found.map((board) => (
            <Card key={board.id} {...props} board={board} />
          ))}
        </ul>
      )}
    </>
  );
}

/** @param {{ store: Store }} props */
function OrderChoice({ store }) {
  const { t } = store;
  return (
    <select
      class="field order"
      aria-label={t(texts.order)}
      value={store.order.value}
      onChange={(event) => {
        store.order.value = /** @type {Order} */ (event.currentTarget.value);
      }}
    >
      <option value="changed">{t(texts.order_changed)}</option>
      <option value="created">{t(texts.order_created)}</option>
      <option value="title">{t(texts.order_title)}</option>
    </select>
  );
}

/** @param {{ store: Store, nFound: number }} props */
function SearchField({ store, nFound }) {
  const { t } = store;
  return (
    <search class="search">
      <Icon of={Search} />
      <input
        id="search"
        class="field"
        type="search"
        aria-label={t(texts.search)}
        aria-keyshortcuts="/"
        placeholder={t(texts.search)}
        autocomplete="off"
        spellcheck={false}
        value={store.query.value}
        onInput={(event) => {
          store.query.value = event.currentTarget.value;
        }}
      />
      <span class="visually-hidden" role="status">
        {store.query.value && t(texts.found, { n: nFound })}
      </span>
    </search>
  );
}

/** @param {Props} props */
function Invitation({ store, imports }) {
  const { t } = store;
  return (
    <section class="invitation">
      <svg class="snap" viewBox="0 0 320 180" aria-hidden="true">
        <path class="faint" d="M34 138 330 96M34 138 330 148M34 138 196 -10" />
        <path class="dust" d="M34 138 286 42" />
        <path class="chalk" d="M34 138 286 42" />
        <circle cx="34" cy="138" r="5" />
        <circle cx="286" cy="42" r="5" />
      </svg>
      <h1>{t(texts.invitation)}</h1>
      <p>{t(texts.invitation_more)}</p>
      <div class="invitation-ways">
        <button
          class="button button-primary button-large"
          type="submit"
          form="new-board"
          aria-disabled={store.isMaking.value}
        >
          <Icon of={Plus} />
          {t(store.isMaking.value ? texts.making : texts.make_board)}
        </button>
        <button
          class="button button-large"
          type="button"
          title={t(texts.import_hint)}
          onClick={() => imports.choose()}
        >
          <Icon of={FileInput} />
          {t(texts.import)}
        </button>
      </div>
      <p class="aside">{t(texts.invitation_aside)}</p>
    </section>
  );
}
