/**
 * The list of everyone on the board: where they are, following them, calling them.
 *
 * A crowd is cut to what is worth reading; the rest is found by name.
 */

/** @import { ShownPeer } from "../../model/peers.js" */
/** @import { Desk } from "../desk.js" */

import { Crosshair, Eye, EyeOff, Megaphone, MessageCircle } from "lucide";
import { useRef, useState } from "preact/hooks";
import texts from "../../../messages/en/people.json";
import { Icon } from "../icon.jsx";
import { initials } from "../words.js";
import { useClosing, useFocus, useKeptFocus } from "./closing.js";
import { PersonMenu } from "./moderate.jsx";
import { ReactionRow } from "./reaction_picker.jsx";

const MAX_ROWS = 20;
const SEARCH_FROM = 9; // fewer are seen at a glance

/** @param {{desk: Desk}} props */
export function People({ desk }) {
  const { t, together } = desk;
  const [wanted, setWanted] = useState("");
  const panel = useRef(/** @type {HTMLElement | null} */ (null));
  const close = useRef(() => {
    desk.open.value = "";
  });
  useClosing(panel, close.current, ".people-open");
  useFocus(panel);
  const peers = desk.peers.value;
  useKeptFocus(panel, peers);
  const found = matching(peers, wanted, together.nameOf);
  const others = wanted ? 0 : desk.more.value;
  const nMore = Math.max(0, found.length - MAX_ROWS) + others;
  const { name: told, color } = desk.me.value;
  const name = told || desk.prefs.get("guest", "");
  return (
    <section
      class="people-panel panel"
      aria-label={t(texts.everyone)}
      tabIndex={-1}
      ref={panel}
    >
      {(peers.length >= SEARCH_FROM || wanted !== "") && (
        <input
          class="people-find"
          type="search"
          aria-label={t(texts.find)}
          placeholder={t(texts.find)}
          value={wanted}
          onInput={(event) => setWanted(event.currentTarget.value)}
        />
      )}
      <ul class="people-list">
        {!wanted && (
          <li class="person">
            <span
              class="avatar avatar-me"
              style={{ "--peer": color || "var(--accent)" }}
              aria-hidden="true"
            >
              {initials(together.nameOf({ name }))}
            </span>
            <span class="person-name">
              {t(texts.you, { name: together.nameOf({ name }) })}
              <small>{roleWords(desk, desk.state.value.role)}</small>
            </span>
          </li>
        )}
        {found.slice(0, MAX_ROWS).map((peer) => (
          <Person key={peer.session} desk={desk} peer={peer} />
        ))}
      </ul>
      {nMore > 0 && <p class="people-more-words">{t(texts.more, { n: nMore })}</p>}
      {found.length === 0 && wanted && (
        <p class="people-more-words">{t(texts.nobody)}</p>
      )}
      {peers.length > 0 && (
        <div class="people-say">
          <ReactionRow desk={desk} done={close.current} />
          <button
            type="button"
            class="people-do"
            onClick={() => {
              desk.open.value = "";
              together.chat();
            }}
          >
            <Icon of={MessageCircle} />
            {t(texts.chat)}
          </button>
        </div>
      )}
      {desk.mayEdit.value && peers.length > 0 && (
        <button
          type="button"
          class="people-do"
          onClick={() => {
            together.call();
            desk.open.value = "";
          }}
        >
          <Icon of={Megaphone} />
          {t(texts.bring)}
        </button>
      )}
    </section>
  );
}

/** @param {{desk: Desk, peer: ShownPeer}} props */
function Person({ desk, peer }) {
  const { t, together } = desk;
  const name = together.nameOf(peer);
  const is_led = together.leader.value === peer.session;
  return (
    <li class="person">
      <span
        class={`avatar ${peer.idle ? "is-idle" : ""}`}
        style={{ "--peer": peer.color }}
        aria-hidden="true"
      >
        {initials(name)}
      </span>
      <span class="person-name">
        {name}
        <small>{stateWords(desk, peer)}</small>
      </span>
      <button
        type="button"
        class="icon-button"
        aria-label={t(texts.go_to, { name })}
        title={t(texts.go_to, { name })}
        onClick={() => {
          together.goTo(peer.session);
          giveWay(desk);
        }}
      >
        <Icon of={Crosshair} />
      </button>
      <button
        type="button"
        class="icon-button"
        aria-pressed={is_led}
        aria-label={t(is_led ? texts.stop_named : texts.follow_named, { name })}
        title={t(is_led ? texts.stop_named : texts.follow_named, { name })}
        onClick={() => {
          if (is_led) together.stop();
          else {
            together.follow(peer.session);
            giveWay(desk);
          }
        }}
      >
        <Icon of={is_led ? EyeOff : Eye} />
      </button>
      {desk.mayOwn.value && <PersonMenu desk={desk} peer={peer} name={name} />}
    </li>
  );
}

/**
 * On a phone the panel lies over what one wants to see now.
 * @param {Desk} desk
 */
function giveWay(desk) {
  if (matchMedia("(max-width: 35em)").matches) desk.close("people");
}

/**
 * @param {Desk} desk
 * @param {ShownPeer} peer
 * @returns {string} what they are, and what they do now
 */
function stateWords(desk, peer) {
  const { role, idle, editing } = peer;
  const words = [roleWords(desk, role)];
  if (idle) words.push(desk.t(idle === "away" ? texts.away : texts.idle));
  else if (editing) words.push(desk.t(texts.writes));
  if (desk.together.followsMe(peer)) words.push(desk.t(texts.follows_you));
  return words.join(" · ");
}

/**
 * @param {Desk} desk
 * @param {string} role
 * @returns {string}
 */
function roleWords({ t }, role) {
  if (role === "own") return t(texts.owner);
  return t(role === "view" ? texts.viewer : texts.editor);
}

/**
 * @param {readonly ShownPeer[]} peers
 * @param {string} wanted
 * @param {(peer: ShownPeer) => string} nameOf
 * @returns {readonly ShownPeer[]}
 */
function matching(peers, wanted, nameOf) {
  const part = wanted.trim().toLocaleLowerCase();
  if (!part) return peers;
  return peers.filter((peer) => nameOf(peer).toLocaleLowerCase().includes(part));
}
