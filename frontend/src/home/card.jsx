/**
 * A board in the list: its sheet, title, when it changed, who may open it, and a menu.
 *
 * F2 renames and Delete moves to the trash while the card has the focus.
 *
 * @import { Store } from "./store.js"
 * @import { Board, LinkRole } from "./list.js"
 * @import { Item, Divider, OpenMenu } from "../ui/menu.jsx"
 * @import { Theme, Thumbnails } from "./thumbnails.js"
 * @import { ReadonlySignal, Signal } from "@preact/signals"
 */

import {
  CopyPlus,
  Ellipsis,
  ExternalLink,
  Eye,
  Link,
  Lock,
  Pencil,
  PenLine,
  Trash2,
} from "lucide";
import { useLayoutEffect, useRef } from "preact/hooks";
import texts from "../../messages/en/home.json";
import shared from "../../messages/en/shared.json";
import { Icon } from "../ui/icon.jsx";
import { toggleMenu } from "../ui/menu.jsx";
import { MAX_TITLE_CHARS, titleOf } from "./list.js";
import { Sheet } from "./sheet.jsx";
import { ago, inFull } from "./when.js";
import { LINK_ROLES } from "./words.js";

/** @type {Readonly<Record<LinkRole, import("lucide").IconNode>>} */
const ROLE_ICONS = { edit: PenLine, view: Eye, none: Lock };
const ROLES = /** @type {const} */ (["edit", "view", "none"]);

/**
 * @typedef {object} CardProps
 * @property {Board} board
 * @property {Store} store
 * @property {Signal<OpenMenu | null>} menu
 * @property {(board: Board) => void} copyLink
 * @property {Thumbnails} thumbnails
 * @property {ReadonlySignal<Theme>} theme
 */

/** @param {CardProps} props */
export function Card(props) {
  const { board, store, menu, thumbnails, theme } = props;
  const { t } = store;
  const title = titleOf(t, board);
  return (
    <li class="card" onKeyDown={(event) => onKey(event, props)}>
      <Sheet board={board} thumbnails={thumbnails} theme={theme.value} />
      <div class="card-words">
        {store.renaming.value === board.id ? (
          <Rename board={board} store={store} />
        ) : (
          <h2 class="card-title">
            <a href={board.url} title={title} class={board.title ? "" : "untitled"}>
              {title}
            </a>
          </h2>
        )}
        <Facts board={board} store={store} />
        <button
          type="button"
          class="icon-button card-more"
          aria-haspopup="menu"
          aria-label={t(texts.more_for, { title })}
          onClick={(event) =>
            toggleMenu(menu, {
              anchor: event.currentTarget,
              label: title,
              items: itemsOf(event.currentTarget, props),
            })
          }
        >
          <Icon of={Ellipsis} />
        </button>
      </div>
    </li>
  );
}

/** @param {{ board: Board, store: Store }} props */
function Facts({ board, store }) {
  const { t } = store;
  const isEmpty = board.head === 0;
  const instant = isEmpty ? board.created_at : board.changed_at;
  const verb = isEmpty ? texts.made : texts.changed;
  const when = ago(t, instant, store.now.value);
  return (
    <p class="card-facts">
      <time dateTime={instant} title={t(verb, { when: inFull(t, instant) })}>
        <span class="visually-hidden">{t(verb, { when })}</span>
        <span aria-hidden="true">{when}</span>
      </time>
      <span class="card-role">
        <Icon of={ROLE_ICONS[board.link_role]} />
        {t(LINK_ROLES[board.link_role].short)}
      </span>
    </p>
  );
}

/** @param {{ board: Board, store: Store }} props */
function Rename({ board, store }) {
  const field = useRef(/** @type {HTMLInputElement | null} */ (null));
  useLayoutEffect(() => field.current?.select(), []);
  /** @param {import("preact").TargetedKeyboardEvent<HTMLInputElement>} event */
  const onFieldKey = (event) => {
    event.stopPropagation();
    if (event.key !== "Enter" && event.key !== "Escape") return;
    if (event.isComposing) return; // the key belongs to the input method
    const card = event.currentTarget.closest(".card");
    if (event.key === "Escape") store.renaming.value = null;
    else void store.rename(board.id, event.currentTarget.value);
    requestAnimationFrame(() => focusTitle(card));
  };
  return (
    <input
      ref={field}
      class="field card-field"
      aria-label={store.t(texts.title_field)}
      placeholder={store.t(shared.untitled)}
      maxLength={MAX_TITLE_CHARS}
      defaultValue={board.title}
      enterkeyhint="done"
      onKeyDown={onFieldKey}
      onBlur={(event) => {
        if (store.renaming.value !== board.id) return;
        void store.rename(board.id, event.currentTarget.value);
      }}
    />
  );
}

/**
 * @param {HTMLElement} button
 * @param {CardProps} props
 * @returns {(Item | Divider)[]}
 */
function itemsOf(button, props) {
  const { board, store, copyLink } = props;
  const { id } = board;
  const { t } = store;
  return [
    { label: t(texts.open_tab), icon: ExternalLink, href: board.url },
    { label: t(shared.copy_link), icon: Link, run: () => copyLink(board) },
    {
      label: t(texts.rename),
      icon: Pencil,
      run: () => {
        store.renaming.value = id;
      },
    },
    {
      label: t(texts.duplicate),
      icon: CopyPlus,
      run: () => void store.duplicate(id),
    },
    "rule",
    { heading: t(texts.with_link) },
    ...ROLES.map((role) => ({
      label: t(LINK_ROLES[role].long),
      icon: ROLE_ICONS[role],
      isChecked: board.link_role === role,
      run: () => void store.share(id, role),
    })),
    "rule",
    {
      label: t(texts.to_trash),
      icon: Trash2,
      isDanger: true,
      run: () => trash(button.closest(".card"), props),
    },
  ];
}

/**
 * @param {import("preact").TargetedKeyboardEvent<HTMLElement>} event
 * @param {CardProps} props
 */
function onKey(event, props) {
  if (event.key === "F2") props.store.renaming.value = props.board.id;
  else if (event.key === "Delete") trash(event.currentTarget, props);
  else return;
  event.preventDefault();
}

/**
 * Trash the board and leave the focus on the card beside it.
 * @param {Element | null} card
 * @param {CardProps} props
 */
function trash(card, { board, store }) {
  const beside = card?.nextElementSibling ?? card?.previousElementSibling;
  void store.trash(board.id);
  if (beside) focusTitle(beside);
  else document.querySelector("main")?.focus();
}

/** @param {Element | null} card */
function focusTitle(card) {
  const link = card?.querySelector(".card-title a");
  if (link instanceof HTMLElement) link.focus();
}
