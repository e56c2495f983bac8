/**
 * What sits in the corners: title and status, people and sharing, zoom and undo.
 */

/** @import { Desk } from "./desk.js" */

import {
  Map as MapIcon,
  Menu,
  Minus,
  Monitor,
  Moon,
  Plus,
  Pointer,
  Redo2,
  Share2,
  Sun,
  Undo2,
  Users,
} from "lucide";
import { useEffect } from "preact/hooks";
import texts from "../../messages/en/corners.json";
import shared from "../../messages/en/shared.json";
import { Icon } from "./icon.jsx";
import { toBoard } from "./keyboard.js";
import { THEME_CHOICES } from "./theme.js";
import { useTyped } from "./typed.js";
import { initials, statusWords } from "./words.js";

const MAX_AVATARS = 5; // more are a number
const MAX_NARROW = 3; // where the toolbar leaves less room, as in small.css
const THEME_ICONS = { system: Monitor, light: Sun, dark: Moon };

/** @param {{desk: Desk}} props */
export function TitleCorner({ desk }) {
  const title = desk.title.value;
  const naming = useTyped(title, (text) => desk.save({ title: text.trim() }));
  const untitled = desk.t(shared.untitled);
  useEffect(() => {
    document.title = `${title || untitled} · Chalkline`;
  }, [title, untitled]);
  return (
    <header class="corner corner-title panel">
      <a class="home" href="/" title={desk.t(shared.my_boards)}>
        <span class="visually-hidden">{desk.t(shared.my_boards)}</span>
        <svg class="home-mark" viewBox="0 0 32 32" aria-hidden="true">
          <rect width="32" height="32" rx="8" />
          <path d="M9 22 23 10" />
          <circle cx="9" cy="22" r="3.5" />
          <circle cx="23" cy="10" r="3.5" />
        </svg>
      </a>
      <button
        type="button"
        class="icon-button"
        aria-haspopup="menu"
        aria-label={desk.t(texts.menu)}
        title={desk.t(texts.menu)}
        onClick={(event) => {
          const { currentTarget: anchor } = event;
          desk.menu.value = desk.menu.peek() ? null : { anchor };
        }}
      >
        <Icon of={Menu} />
      </button>
      {desk.mayOwn.value ? (
        <input
          class="title"
          aria-label={desk.t(texts.title)}
          placeholder={untitled}
          maxlength={200}
          size={Math.min(28, Math.max(10, (title || untitled).length))}
          onKeyDown={(event) => {
            if (event.isComposing) return;
            if (event.key === "Escape") naming.drop(event.currentTarget);
            if (/^E(nter|scape)$/.test(event.key)) toBoard(); // which takes the name over
          }}
          {...naming.field}
        />
      ) : (
        <h1 class="title">{title || untitled}</h1>
      )}
      <Status desk={desk} />
    </header>
  );
}

/** @param {{desk: Desk}} props */
function Status({ desk }) {
  const { tone, text, more } = statusWords(desk.t, desk.state.value);
  return (
    <p
      class="status"
      data-tone={tone}
      role="status"
      aria-live={tone === "good" || tone === "busy" ? "off" : "polite"} // or each change is read out
      title={more}
    >
      <span class="status-dot" aria-hidden="true" />
      {text}
    </p>
  );
}

/** @param {{desk: Desk}} props */
export function PeopleCorner({ desk }) {
  const peers = desk.peers.value;
  const { name, color } = desk.me.value;
  const guest = desk.t(shared.guest);
  const mine = name || desk.prefs.get("guest", guest);
  return (
    <div class="corner corner-people panel">
      <ul class="people" aria-label={desk.t(texts.people)}>
        {peers.slice(0, MAX_AVATARS).map((peer) => (
          <li key={peer.session}>
            <button
              type="button"
              class={`avatar ${peer.idle ? "is-idle" : ""}`}
              style={{ "--peer": peer.color }}
              aria-label={desk.t(texts.follow_named, {
                name: desk.together.nameOf(peer),
              })}
              title={desk.together.nameOf(peer)}
              onClick={() => desk.together.follow(peer.session)}
            >
              {initials(peer.name || guest)}
            </button>
          </li>
        ))}
        {peers.length > 0 && (
          <li class="people-more">
            <button
              type="button"
              class="avatar people-open"
              aria-label={desk.t(texts.people_list)}
              title={desk.t(texts.people_list)}
              aria-expanded={desk.open.value === "people"}
              onClick={() => desk.run("people")}
            >
              {[MAX_AVATARS, MAX_NARROW].map((most) => (
                <span key={most} class={most === MAX_NARROW ? "rest-narrow" : "rest"}>
                  {peers.length > most ? (
                    `+${peers.length - most + desk.more.value}`
                  ) : (
                    <Icon of={Users} />
                  )}
                </span>
              ))}
            </button>
          </li>
        )}
        <li>
          <button
            type="button"
            class="avatar avatar-me"
            style={{ "--peer": color || "var(--accent)" }}
            aria-label={desk.t(texts.me, { name: mine })}
            title={desk.t(texts.me_hint, { name: mine })}
            onClick={() => {
              desk.open.value = "person";
            }}
          >
            {initials(mine)}
          </button>
        </li>
      </ul>
      <ThemeSwitch desk={desk} />
      <button
        type="button"
        class="button button-primary share-button"
        aria-label={desk.t(texts.share)}
        onClick={() => {
          desk.open.value = "share";
        }}
      >
        <Icon of={Share2} />
        <span class="share-word">{desk.t(texts.share)}</span>
      </button>
    </div>
  );
}

/** @param {{desk: Desk}} props */
function ThemeSwitch({ desk }) {
  const choice = desk.theme.value;
  const next =
    THEME_CHOICES[(THEME_CHOICES.indexOf(choice) + 1) % THEME_CHOICES.length];
  return (
    <button
      type="button"
      class="icon-button theme-switch"
      aria-label={desk.t(texts.theme_change, { choice, next: next ?? "system" })}
      title={`${desk.t(texts.theme, { choice })} — Shift+Alt+D`}
      onClick={() => desk.run("theme")}
    >
      <Icon of={THEME_ICONS[choice]} />
    </button>
  );
}

/** @param {{desk: Desk}} props */
export function ViewCorner({ desk }) {
  const { undo, redo } = desk.history.value;
  return (
    <div class="corner corner-view">
      <fieldset class="panel row" aria-label={desk.t(texts.zoom)}>
        <Press
          desk={desk}
          command="zoom out"
          label={desk.t(texts.zoom_out)}
          hint="Ctrl+−"
          icon={Minus}
        />
        <button
          type="button"
          class="zoom"
          title={desk.t(texts.zoom_hint)}
          aria-label={desk.t(texts.zoom_reset, {
            percent: Math.round(desk.zoom.value * 100),
          })}
          onClick={() => desk.run("zoom 100")}
        >
          {Math.round(desk.zoom.value * 100)} %
        </button>
        <Press
          desk={desk}
          command="zoom in"
          label={desk.t(texts.zoom_in)}
          hint="Ctrl++"
          icon={Plus}
        />
        <button
          type="button"
          class="icon-button"
          aria-label={desk.t(texts.map)}
          aria-pressed={desk.isMapShown.value}
          title={`${desk.t(texts.map)} — M`}
          onClick={() => desk.run("map")}
        >
          <Icon of={MapIcon} />
        </button>
      </fieldset>
      {desk.mayEdit.value && (
        <fieldset class="panel row" aria-label={desk.t(texts.history)}>
          <Press
            desk={desk}
            command="undo"
            label={desk.t(texts.undo)}
            hint="Ctrl+Z"
            icon={Undo2}
            isOff={!undo}
          />
          <Press
            desk={desk}
            command="redo"
            label={desk.t(texts.redo)}
            hint="Ctrl+Shift+Z"
            icon={Redo2}
            isOff={!redo}
          />
        </fieldset>
      )}
      {desk.mayEdit.value && desk.hasPen.value && <FingersSwitch desk={desk} />}
    </div>
  );
}

/** Lets fingers draw beside the pen, whose hand lies on the glass. @param {{desk: Desk}} props */
function FingersSwitch({ desk }) {
  if (navigator.maxTouchPoints === 0) return null; // the pen has a tablet of its own
  const label = desk.t(texts.fingers);
  return (
    <div class="panel row">
      <button
        type="button"
        class="icon-button fingers-switch"
        aria-pressed={desk.options.value.fingers_draw}
        aria-label={label}
        title={desk.t(texts.fingers_hint)}
        onClick={() => desk.run("fingers draw")}
      >
        <Icon of={Pointer} />
        <span>{label}</span>
      </button>
    </div>
  );
}

/**
 * @param {{desk: Desk, command: string, label: string, hint: string,
 *   icon: import("./icon.jsx").IconNode, isOff?: boolean}} props
 */
function Press({ desk, command, label, hint, icon, isOff = false }) {
  return (
    <button
      type="button"
      class="icon-button"
      aria-label={label}
      title={`${label} — ${hint}`}
      disabled={isOff}
      onClick={() => desk.run(command)}
    >
      <Icon of={icon} />
    </button>
  );
}
