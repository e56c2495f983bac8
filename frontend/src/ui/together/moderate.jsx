/**
 * What an owner can do about somebody on the board: a small menu beside their name.
 */

/** @import { ShownPeer } from "../../model/peers.js" */
/** @import { Desk } from "../desk.js" */
/** @import { Divider, Item, OpenMenu } from "../menu.jsx" */

import { signal } from "@preact/signals";
import { Ban, DoorOpen, Ellipsis, Undo2 } from "lucide";
import { useMemo } from "preact/hooks";
import texts from "../../../messages/en/moderation.json";
import { Icon } from "../icon.jsx";
import { Menu, toggleMenu } from "../menu.jsx";
import { ask, wordsOfUndone } from "./moderating.js";

const HOUR_S = 3_600;
const DAY_S = 24 * HOUR_S;
const MINUTES_10_S = 600;
const BACK_S = 300; // longer than the offer stands

/** @param {{desk: Desk, peer: ShownPeer, name: string}} props */
export function PersonMenu({ desk, peer, name }) {
  const open = useMemo(() => signal(/** @type {OpenMenu | null} */ (null)), []);
  const label = desk.t(texts.about, { name });
  return (
    <>
      <button
        type="button"
        class="icon-button"
        aria-haspopup="menu"
        aria-expanded="false"
        aria-label={label}
        title={label}
        onClick={({ currentTarget: anchor }) =>
          toggleMenu(open, { anchor, label, items: itemsFor(desk, peer, name) })
        }
      >
        <Icon of={Ellipsis} />
      </button>
      <Menu open={open} />
    </>
  );
}

/**
 * @param {Desk} desk
 * @param {ShownPeer} peer
 * @param {string} name
 * @returns {(Item | Divider)[]}
 */
function itemsFor(desk, peer, name) {
  const { t } = desk;
  /** @param {number} seconds @returns {() => void} */
  const undo = (seconds) => () => void undoBy(desk, peer, name, seconds);
  /** @param {number | null} seconds @returns {() => void} */
  const ban = (seconds) => () => void keepAway(desk, peer, name, seconds);
  /** @type {(Item | Divider)[]} */
  const undoing = [
    { heading: t(texts.undo) },
    { label: t(texts.undo_minutes), icon: Undo2, run: undo(MINUTES_10_S) },
    { label: t(texts.undo_hour), icon: Undo2, run: undo(HOUR_S) },
    { label: t(texts.undo_all), icon: Undo2, run: undo(0) },
  ];
  // The menu covers the list or lies far below the row: it says whom it is about.
  const whom = { heading: t(texts.about, { name }) };
  if (peer.role === "own") return [whom, ...undoing]; // whom nobody can send away
  return [
    whom,
    { label: t(texts.kick), icon: DoorOpen, run: () => void kick(desk, peer, name) },
    { heading: `${t(texts.ban)} · ${t(texts.ban_guests)}` },
    { label: t(texts.ban_hour), icon: Ban, run: ban(HOUR_S) },
    { label: t(texts.ban_day), icon: Ban, run: ban(DAY_S) },
    { label: t(texts.ban_ever), icon: Ban, isDanger: true, run: ban(null) },
    ...undoing,
  ];
}

/**
 * @param {Desk} desk
 * @param {ShownPeer} peer
 * @param {string} name
 */
async function kick(desk, { session }, name) {
  const { is_done } = await ask(desk, "POST", "kick/", { session });
  if (is_done) desk.say(desk.t(texts.kicked, { name }));
}

/**
 * @param {Desk} desk
 * @param {ShownPeer} peer
 * @param {string} name
 * @param {number | null} seconds null: for good
 */
async function keepAway(desk, { session, client }, name, seconds) {
  const { is_done, json } = await ask(desk, "POST", "bans/", {
    ...{ session, client, seconds, name },
  });
  if (!is_done) return;
  const letIn = () => void ask(desk, "DELETE", `bans/${json.id}/`);
  desk.say(desk.t(texts.banned, { name }), false, [
    { text: desk.t(texts.let_in), run: letIn },
  ]);
}

/**
 * All that somebody did in this tab; their other tabs are other clients.
 * @param {Desk} desk
 * @param {ShownPeer} peer
 * @param {string} name
 * @param {number} seconds of the last so many; 0 for all
 */
async function undoBy(desk, { client }, name, seconds) {
  const { is_done, json } = await ask(desk, "POST", "undo/", {
    client,
    ...(seconds > 0 ? { seconds } : {}),
  });
  if (!is_done) return;
  const { changes } = json;
  const back = () => void bringBack(desk, changes, name);
  const actions = changes.length > 0 ? [{ text: desk.t(texts.back), run: back }] : [];
  desk.say(wordsOfUndone(desk.t, json, name), false, actions);
}

/**
 * Undo the undoing: what others did since stays.
 * @param {Desk} desk
 * @param {string[]} changes that undid it
 * @param {string} name
 */
async function bringBack(desk, changes, name) {
  const { is_done } = await ask(desk, "POST", "undo/", { changes, seconds: BACK_S });
  if (is_done) desk.say(desk.t(texts.is_back, { name }));
}
