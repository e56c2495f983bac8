/**
 * The dialogs about people and sharing; loaded when the first of them is opened.
 */

/** @import { Desk } from "./desk.js" */

import { Check, Copy, Share2 } from "lucide";
import { useEffect, useRef, useState } from "preact/hooks";
import texts from "../../messages/en/dialogs.json";
import shared from "../../messages/en/shared.json";
import { LANGUAGE_NAMES } from "../words/languages.js";
import { Dialog } from "./dialog.jsx";
import { Icon } from "./icon.jsx";
import { Moderation, Report } from "./moderation.jsx";
import { colorName, PERSON_COLORS } from "./person_colors.js";

const LINK_ROLES = [
  { role: "edit", label: texts.may_draw },
  { role: "view", label: texts.may_look },
  { role: "none", label: texts.private },
];
const COPIED_MS = 2_000;
const CALM_MS = 600; // longer than from one press of an arrow key to the next

/** @param {{desk: Desk}} props */
export function Dialogs({ desk }) {
  return desk.open.value === "person" ? (
    <PersonDialog desk={desk} onClose={() => desk.close("person")} />
  ) : (
    <ShareDialog desk={desk} onClose={() => desk.close("share")} />
  );
}

/** @param {{desk: Desk, onClose: () => void}} props */
function PersonDialog({ desk, onClose }) {
  const [name, setName] = useState(desk.me.value.name);
  const [color, setColor] = useState(desk.me.value.color);
  const shown = color || desk.land.peers.myColor; // who has chosen none was given one
  const offered = new Set([...PERSON_COLORS, ...(shown ? [shown] : [])]);
  const [language, setLanguage] = useState(desk.language.value);
  return (
    <Dialog t={desk.t} title={desk.t(texts.person)} onClose={onClose}>
      <form
        class="dialog-form"
        onSubmit={(event) => {
          event.preventDefault();
          desk.introduce(name.trim(), color);
          onClose();
          if (language !== desk.language.peek()) desk.speak(language);
        }}
      >
        <label class="dialog-field">
          {desk.t(texts.name)}
          <input
            class="field"
            value={name}
            maxlength={64}
            autocomplete="nickname"
            placeholder={desk.prefs.get("guest", desk.t(shared.guest))}
            onInput={(event) => setName(event.currentTarget.value)}
          />
        </label>
        <fieldset class="dialog-field">
          <legend>{desk.t(texts.cursor)}</legend>
          <div class="swatches" role="toolbar" aria-label={desk.t(texts.cursor)}>
            {[...offered].map((value) => (
              <button
                key={value}
                type="button"
                class="swatch"
                style={{ "--swatch": value }}
                aria-label={colorName(desk.t, value)}
                title={colorName(desk.t, value)}
                aria-pressed={value === shown}
                onClick={() => setColor(value)}
              />
            ))}
          </div>
        </fieldset>
        <Language desk={desk} value={language} onChoose={setLanguage} />
        <label class="radio">
          <input
            type="checkbox"
            checked={desk.options.value.single_keys}
            onChange={(event) =>
              desk.choose({ single_keys: event.currentTarget.checked })
            }
          />
          {desk.t(texts.single_keys)}
        </label>
        <button type="submit" class="button button-primary">
          {desk.t(shared.done)}
        </button>
      </form>
    </Dialog>
  );
}

/** @param {{desk: Desk, onClose: () => void}} props */
function ShareDialog({ desk, onClose }) {
  const field = useRef(/** @type {HTMLInputElement | null} */ (null));
  const [is_copied, setCopied] = useState(false);
  useEffect(() => {
    if (!is_copied) return undefined;
    const timer = setTimeout(() => setCopied(false), COPIED_MS);
    return () => clearTimeout(timer);
  }, [is_copied]);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(desk.url);
      setCopied(true);
    } catch {
      field.current?.select(); // no clipboard here: ready for Ctrl+C
    }
  };
  return (
    <Dialog t={desk.t} title={desk.t(texts.share)} onClose={onClose}>
      <div class="share-link">
        <input
          ref={field}
          class="field"
          readonly
          aria-label={desk.t(texts.link)}
          value={desk.url}
          onFocus={({ currentTarget }) => {
            currentTarget.select();
            currentTarget.scrollLeft = 0; // an address is known by its beginning
          }}
        />
        <button type="button" class="button button-primary" onClick={copy}>
          <Icon of={is_copied ? Check : Copy} />
          {desk.t(is_copied ? shared.copied : shared.copy_link)}
        </button>
      </div>
      {"share" in navigator && <Send desk={desk} />}
      {desk.mayOwn.value ? (
        <LinkRoles desk={desk} />
      ) : (
        <p class="dialog-note">{whatOthersMay(desk)}</p>
      )}
      {desk.mayOwn.value ? <Moderation desk={desk} /> : <Report desk={desk} />}
    </Dialog>
  );
}

/**
 * What the link allows. Arrow keys pass over roles that were not meant, and one of them
 * sends everybody away: the last one counts, once it stood for a moment.
 * @param {{desk: Desk}} props
 */
function LinkRoles({ desk }) {
  const [wished, setWished] = useState(desk.linkRole.peek());
  const asked = useRef(wished);
  const asking = useRef(Promise.resolve());
  const save = useRef((_is_last = false) => {});
  save.current = (is_last) => {
    if (wished === (is_last ? desk.linkRole.peek() : asked.current)) return;
    asked.current = wished;
    if (is_last) asking.current = Promise.resolve(); // the page goes: no time to wait
    asking.current = asking.current.then(async () => {
      const is_done = await desk.save({ link_role: wished });
      if (is_done || asked.current !== wished) return;
      asked.current = desk.linkRole.peek();
      setWished((wish) => (wish === wished ? asked.current : wish));
    });
  };
  useEffect(() => {
    const timer = setTimeout(() => save.current(), CALM_MS);
    return () => clearTimeout(timer);
  }, [wished]);
  useEffect(() => {
    const last = () => save.current(true);
    window.addEventListener("pagehide", last);
    return () => {
      window.removeEventListener("pagehide", last);
      save.current(); // the dialog was closed at once
    };
  }, []);
  return (
    <fieldset class="dialog-field">
      <legend>{desk.t(texts.who)}</legend>
      {LINK_ROLES.map(({ role, label }) => (
        <label class="radio" key={role}>
          <input
            type="radio"
            name="link_role"
            value={role}
            checked={wished === role}
            onChange={() => setWished(role)}
          />
          {desk.t(label)}
        </label>
      ))}
    </fieldset>
  );
}

/**
 * What whoever has the link may do now, and why no more.
 * @param {Desk} desk
 * @returns {string}
 */
function whatOthersMay({ t, state, linkRole }) {
  const { frozen } = state.value;
  if (frozen === null) {
    return t(LINK_ROLES.find(({ role }) => role === linkRole.value)?.label ?? "");
  }
  return frozen ? `${t(texts.frozen)} \u2068${frozen}\u2069` : t(texts.frozen);
}

/** The system's own ways to send a link. @param {{desk: Desk}} props */
function Send({ desk }) {
  const send = () => {
    const link = { title: desk.title.peek(), url: desk.url };
    navigator.share(link).catch(() => {}); // thought better of
  };
  return (
    <button type="button" class="button" onClick={send}>
      <Icon of={Share2} />
      {desk.t(texts.send)}
    </button>
  );
}

/**
 * The page is loaded again in the chosen language: with "Done", as arrow keys go through
 * them all.
 * @param {{desk: Desk, value: string, onChoose: (language: string) => void}} props
 */
function Language({ desk, value, onChoose }) {
  return (
    <label class="dialog-field">
      {desk.t(shared.language)}
      <select
        class="field"
        value={value}
        onChange={(event) => onChoose(event.currentTarget.value)}
      >
        <option value="">{desk.t(shared.language_of_browser)}</option>
        {Object.entries(LANGUAGE_NAMES).map(([language, name]) => (
          <option key={language} value={language} lang={language}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}
