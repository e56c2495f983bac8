/**
 * What sits in the corners: title and status, people and sharing, zoom and undo.
 */

/** @import { Desk } from "./desk.js" */

import { Menu, Minus, Monitor, Moon, Plus, Redo2, Share2, Sun, Undo2 } from "lucide";
import { Icon } from "./icon.jsx";
import { THEME_CHOICES } from "./theme.js";
import { initials, statusWords } from "./words.js";

const MAX_AVATARS = 5; // more are a number
const THEME_ICONS = { system: Monitor, light: Sun, dark: Moon };

/** @param {{desk: Desk}} props */
export function TitleCorner({ desk }) {
  const title = desk.title.value;
  return (
    <header class="corner corner-title panel">
      <a class="home" href="/" title="My boards">
        <span class="visually-hidden">My boards</span>
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
        aria-label="Menu"
        title="Menu"
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
          aria-label="Name of the board"
          placeholder="Untitled board"
          maxlength={200}
          value={title}
          size={Math.min(28, Math.max(10, (title || "Untitled board").length))}
          onKeyDown={(event) => {
            if (event.key === "Enter" && !event.isComposing) event.currentTarget.blur();
          }}
          onChange={(event) => desk.save({ title: event.currentTarget.value.trim() })}
        />
      ) : (
        <h1 class="title">{title || "Untitled board"}</h1>
      )}
      <Status desk={desk} />
    </header>
  );
}

/** @param {{desk: Desk}} props */
function Status({ desk }) {
  const { tone, text, more } = statusWords(desk.state.value);
  return (
    <p class="status" data-tone={tone} role="status" title={more}>
      <span class="status-dot" aria-hidden="true" />
      {text}
    </p>
  );
}

/** @param {{desk: Desk}} props */
export function PeopleCorner({ desk }) {
  const peers = desk.peers.value;
  const rest = peers.length - MAX_AVATARS;
  const { name, color } = desk.me.value;
  return (
    <div class="corner corner-people panel">
      <ul class="people" aria-label="People on this board">
        {peers.slice(0, MAX_AVATARS).map((peer) => (
          <li key={peer.session}>
            <button
              type="button"
              class="avatar"
              style={{ "--peer": peer.color }}
              aria-label={`Show what ${peer.name || "a guest"} sees`}
              title={peer.name || "Guest"}
              onClick={() => desk.visit(peer.session)}
            >
              {initials(peer.name || "Guest")}
            </button>
          </li>
        ))}
        {rest > 0 && <li class="avatar avatar-rest">+{rest}</li>}
        <li>
          <button
            type="button"
            class="avatar avatar-me"
            style={{ "--peer": color || "var(--accent)" }}
            aria-label={`You${name ? `, ${name}` : ""}: change your name`}
            title={`${name || "Guest"} (you)`}
            onClick={() => {
              desk.open.value = "person";
            }}
          >
            {initials(name || "You")}
          </button>
        </li>
      </ul>
      <ThemeSwitch desk={desk} />
      <button
        type="button"
        class="button button-primary share-button"
        aria-label="Share"
        onClick={() => {
          desk.open.value = "share";
        }}
      >
        <Icon of={Share2} />
        <span class="share-word">Share</span>
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
      class="icon-button"
      aria-label={`Theme: ${choice}. Change to ${next}`}
      title={`Theme: ${choice} — Shift+Alt+D`}
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
      <fieldset class="panel row" aria-label="Zoom">
        <Press
          desk={desk}
          command="zoom out"
          label="Zoom out"
          hint="Ctrl+−"
          icon={Minus}
        />
        <button
          type="button"
          class="zoom"
          title="Zoom to 100 % — Ctrl+0. Fit all — Shift+1"
          aria-label={`Zoom ${Math.round(desk.zoom.value * 100)} %, reset`}
          onClick={() => desk.run("zoom 100")}
        >
          {Math.round(desk.zoom.value * 100)} %
        </button>
        <Press
          desk={desk}
          command="zoom in"
          label="Zoom in"
          hint="Ctrl++"
          icon={Plus}
        />
      </fieldset>
      {desk.mayEdit.value && (
        <fieldset class="panel row" aria-label="History">
          <Press
            desk={desk}
            command="undo"
            label="Undo"
            hint="Ctrl+Z"
            icon={Undo2}
            isOff={!undo}
          />
          <Press
            desk={desk}
            command="redo"
            label="Redo"
            hint="Ctrl+Shift+Z"
            icon={Redo2}
            isOff={!redo}
          />
        </fieldset>
      )}
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
