/**
 * The parts of the share dialog about peace on the board: for owners the freeze and who
 * is kept away, for everybody else a word to whoever runs the site.
 */

/** @import { Desk } from "./desk.js" */

import { useEffect, useRef, useState } from "preact/hooks";
import texts from "../../messages/en/moderation.json";
import { ask } from "./together/moderating.js";
import { useTyped } from "./typed.js";

const COMPOSING = 229; // the key code of keys that an input method takes

/** @typedef {{id: number, name: string, until: string | null}} Ban */

/** @param {{desk: Desk}} props */
export function Moderation({ desk }) {
  const { t } = desk;
  const [frozen, setFrozen] = useState(
    /** @type {string | null | undefined} undefined: not known yet */ (undefined),
  );
  const [bans, setBans] = useState(/** @type {readonly Ban[]} */ ([]));
  const known = useRef(/** @type {string | null} */ (null)); // to the server
  const asked = useRef(Promise.resolve(true));
  const look = async () => {
    const { is_done, json } = await ask(desk, "GET", "");
    if (!is_done) return;
    known.current = json.frozen_at ? json.frozen_why : null;
    setFrozen(known.current);
  };
  useEffect(() => {
    void look();
    ask(desk, "GET", "bans/").then(({ is_done, json }) => {
      if (is_done) setBans(json.bans);
    });
  }, [desk]);
  /** @param {string | null} why null: no longer */
  const freeze = (why) => {
    const method = why === null ? "DELETE" : "POST";
    // The switch turns at once; words stay typed until they are taken.
    if (why === null || frozen === null) setFrozen(why);
    // One after the other: the words for it, typed at once, came in before the freeze.
    asked.current = asked.current.then(async () => {
      const { is_done } = await ask(desk, method, "freeze/", { why: why ?? "" });
      if (is_done) known.current = why;
      else void look();
      // Unless it was unfrozen meanwhile, which is asked for next.
      setFrozen((now) => (is_done && now === null ? null : known.current));
      return is_done;
    });
    return asked.current;
  };
  const { field, takeTyped } = useTyped(frozen ?? "", (text) => freeze(text.trim()));
  const freezing = useRef(/** @type {HTMLInputElement | null} */ (null));
  /** @param {number} id */
  const lift = async (id) => {
    const { is_done } = await ask(desk, "DELETE", `bans/${id}/`);
    if (!is_done) return;
    freezing.current?.focus(); // or the keyboard's place would go with the line
    // Others may have been lifted while this was asked.
    setBans((now) => now.filter((ban) => ban.id !== id));
  };
  return (
    <>
      <div class="dialog-field">
        <label class="radio">
          <input
            ref={freezing}
            type="checkbox"
            checked={typeof frozen === "string"}
            disabled={frozen === undefined}
            onChange={({ currentTarget }) => freeze(currentTarget.checked ? "" : null)}
          />
          {t(texts.freeze)}
        </label>
        {typeof frozen !== "string" ? (
          <p class="dialog-note">{t(texts.freeze_more)}</p>
        ) : (
          <input
            class="field"
            dir="auto"
            maxlength={200}
            aria-label={t(texts.why)}
            placeholder={t(texts.why)}
            onKeyDown={(event) => {
              if (
                event.key === "Enter" &&
                !event.isComposing &&
                event.keyCode !== COMPOSING
              )
                takeTyped();
            }}
            {...field}
          />
        )}
      </div>
      {bans.length > 0 && (
        <fieldset class="dialog-field">
          <legend>{t(texts.kept_away)}</legend>
          <ul class="ban-list">
            {bans.map((ban) => (
              <OneBan key={ban.id} desk={desk} ban={ban} lift={() => lift(ban.id)} />
            ))}
          </ul>
        </fieldset>
      )}
    </>
  );
}

/** @param {{desk: Desk, ban: Ban, lift: () => void}} props */
function OneBan({ desk, ban, lift }) {
  const { t } = desk;
  const name = ban.name || t(texts.nameless);
  const { lang } = document.documentElement;
  const when =
    ban.until &&
    new Date(ban.until).toLocaleString(lang, {
      dateStyle: "short",
      timeStyle: "short",
    });
  return (
    <li class="ban">
      <span class="ban-name">
        {name}
        <small>{when ? t(texts.until, { when }) : t(texts.for_good)}</small>
      </span>
      <button
        type="button"
        class="button"
        aria-label={t(texts.let_in_named, { name })}
        onClick={lift}
      >
        {t(texts.let_in)}
      </button>
    </li>
  );
}

/** @param {{desk: Desk}} props */
export function Report({ desk }) {
  const { t } = desk;
  const [words, setWords] = useState("");
  const [is_sent, setSent] = useState(false);
  if (is_sent) {
    return (
      <p class="dialog-note" tabIndex={-1} ref={(note) => note?.focus()}>
        {t(texts.reported)}
      </p>
    );
  }
  return (
    <details class="report">
      <summary>{t(texts.report)}</summary>
      <form
        class="dialog-form"
        onSubmit={async (event) => {
          event.preventDefault();
          const { is_done } = await ask(desk, "POST", "report/", { words });
          setSent(is_done);
        }}
      >
        <label class="dialog-field">
          {t(texts.report_words)}
          <textarea
            class="field"
            dir="auto"
            rows={3}
            required
            maxlength={1000}
            value={words}
            onInput={({ currentTarget }) => setWords(currentTarget.value)}
          />
        </label>
        <button type="submit" class="button">
          {t(texts.report_send)}
        </button>
      </form>
    </details>
  );
}
