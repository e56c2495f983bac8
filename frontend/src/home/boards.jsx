/**
 * The middle of the home page: my boards, or an invitation to make the first.
 *
 * @import { Store } from "./store.js"
 * @import { Board, Order } from "./list.js"
 * @import { OpenMenu } from "../ui/menu.jsx"
 * @import { Theme, Thumbnails } from "./thumbnails.js"
 * @import { ReadonlySignal, Signal } from "@preact/signals"
 */

import { Plus, Search } from "lucide";
import { Icon } from "../ui/icon.jsx";
import { Card } from "./card.jsx";
import { matching, sorted } from "./list.js";
import { Toasts } from "./toasts.jsx";
import { Trash } from "./trash.jsx";

const SEARCH_FROM = 7; // boards; fewer are seen at one glance

/**
 * @typedef {object} Props
 * @property {Store} store
 * @property {Signal<OpenMenu | null>} menu
 * @property {(board: Board) => void} copyLink
 * @property {Thumbnails} thumbnails
 * @property {ReadonlySignal<Theme>} theme
 */

/** @param {Props} props */
export function Boards(props) {
  const { store } = props;
  const { boards } = store.lists.value;
  return (
    <>
      {boards.length === 0 ? <Invitation store={store} /> : <List {...props} />}
      <Trash store={store} />
      <Toasts store={store} />
    </>
  );
}

/** @param {Props} props */
function List(props) {
  const { store } = props;
  const { boards } = store.lists.value;
  const hasSearch = boards.length >= SEARCH_FROM || store.query.value !== "";
  const matched = hasSearch ? matching(boards, store.query.value) : boards;
  const found = sorted(matched, store.order.value);
  return (
    <>
      <div class="list-head">
        <h1>Your boards</h1>
        {hasSearch && <SearchField store={store} nFound={found.length} />}
        {boards.length > 1 && <OrderChoice store={store} />}
      </div>
      {found.length === 0 ? (
        <p class="nothing">
          No board is called “{store.query.value.trim()}”.
          <button
            type="button"
            class="button"
            onClick={() => {
              store.query.value = "";
            }}
          >
            Show all {boards.length}
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
  return (
    <select
      class="field order"
      aria-label="Order of the boards"
      value={store.order.value}
      onChange={(event) => {
        store.order.value = /** @type {Order} */ (event.currentTarget.value);
      }}
    >
      <option value="changed">Changed last</option>
      <option value="created">Newest</option>
      <option value="title">By name</option>
    </select>
  );
}

/** @param {{ store: Store, nFound: number }} props */
function SearchField({ store, nFound }) {
  return (
    <search class="search">
      <Icon of={Search} />
      <input
        id="search"
        class="field"
        type="search"
        aria-label="Search your boards"
        aria-keyshortcuts="/"
        placeholder="Search your boards"
        autocomplete="off"
        spellcheck={false}
        value={store.query.value}
        onInput={(event) => {
          store.query.value = event.currentTarget.value;
        }}
      />
      <span class="visually-hidden" role="status">
        {store.query.value && `${nFound} found`}
      </span>
    </search>
  );
}

/** @param {{ store: Store }} props */
function Invitation({ store }) {
  return (
    <section class="invitation">
      <svg class="snap" viewBox="0 0 320 180" aria-hidden="true">
        <path class="faint" d="M34 138 330 96M34 138 330 148M34 138 196 -10" />
        <path class="dust" d="M34 138 286 42" />
        <path class="chalk" d="M34 138 286 42" />
        <circle cx="34" cy="138" r="5" />
        <circle cx="286" cy="42" r="5" />
      </svg>
      <h1>One board, many hands</h1>
      <p>
        Make a board and send its link: whoever has it draws with you at once. No
        account, nothing to install.
      </p>
      <button
        class="button button-primary button-large"
        type="submit"
        form="new-board"
        aria-disabled={store.isMaking.value}
      >
        <Icon of={Plus} />
        {store.isMaking.value ? "Making your board …" : "Make a board"}
      </button>
      <p class="aside">The boards you make in this browser are listed here.</p>
    </section>
  );
}
