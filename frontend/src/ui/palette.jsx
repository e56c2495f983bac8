/**
 * The command palette: every action by name. A combobox over a list, as ARIA has it.
 */

/** @import { Action } from "./actions.js" */
/** @import { Desk } from "./desk.js" */

import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import texts from "../../messages/en/palette.json";
import { hasWords } from "../model/match.js";
import { chordsOf } from "../tools/keys.js";
import { createWords } from "../words/words.js";
import { ACTIONS, alsoCalled, applies, GROUP_TITLES } from "./actions.js";
import { isMac, keysIn } from "./chords.js";
import { useClosingBeside } from "./dialog.jsx";
import { toBoard } from "./keyboard.js";

const MOST_RECENT = 4;
const inEnglish = createWords("en");
/** What was run before on this page, newest first. @type {string[]} */
let recent = [];

/** @param {{desk: Desk}} props */
export function Palette({ desk }) {
  const dialog = useRef(/** @type {HTMLDialogElement | null} */ (null));
  const beside = useClosingBeside(dialog);
  const [query, setQuery] = useState("");
  const [at, setAt] = useState(0);
  useEffect(() => dialog.current?.showModal(), []);
  const found = useMemo(() => matching(desk, query), [desk, query]);
  const chosen = found[Math.min(at, found.length - 1)];
  useEffect(() => {
    const row = document.getElementById(idOf(chosen));
    row?.scrollIntoView({ block: "nearest" });
  }, [chosen]);

  /** @param {Action | undefined} action */
  const run = (action) => {
    if (!action) return; // nothing is called so: what was typed can be mended
    dialog.current?.close();
    desk.close("palette"); // that event comes later: a key meanwhile opens it anew
    recent = [action.command, ...recent.filter((one) => one !== action.command)];
    desk.run(action.command);
    if (action.command.startsWith("tool ")) toBoard();
  };
  /** @param {KeyboardEvent} event */
  const onKey = (event) => {
    if (event.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) setAt((now) => (now + step + found.length) % Math.max(1, found.length));
    else if (event.key === "Enter") run(chosen);
    else return;
    event.preventDefault();
  };
  return (
    <dialog
      ref={dialog}
      class="dialog palette"
      aria-label={desk.t(texts.find)}
      onClose={({ currentTarget }) => {
        if (currentTarget.isConnected) desk.close("palette");
      }}
      {...beside}
    >
      <input
        class="palette-field"
        role="combobox"
        aria-label={desk.t(texts.find)}
        aria-expanded="true"
        aria-controls="palette-list"
        aria-activedescendant={idOf(chosen)}
        aria-autocomplete="list"
        autocomplete="off"
        spellcheck={false}
        placeholder={desk.t(texts.what)}
        value={query}
        onInput={(event) => {
          setQuery(event.currentTarget.value);
          setAt(0);
        }}
        onKeyDown={onKey}
      />
      <div
        id="palette-list"
        class="palette-list"
        role="listbox"
        aria-label={desk.t(texts.actions)}
      >
        {found.map((action) => (
          <Row
            key={action.command}
            desk={desk}
            action={action}
            isChosen={action === chosen}
            run={() => run(action)}
          />
        ))}
      </div>
      <div role="status">
        {found.length === 0 && (
          <p class="palette-none">{desk.t(whyNone(desk, query))}</p>
        )}
      </div>
    </dialog>
  );
}

/** @param {{desk: Desk, action: Action, isChosen: boolean, run: () => void}} props */
function Row({ desk, action, isChosen, run }) {
  const [chord] = chordsOf(action.command);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keyboard chooses in the field
    // biome-ignore lint/a11y/useFocusableInteractive: the field has the focus
    <div
      id={idOf(action)}
      class="palette-row"
      role="option"
      aria-selected={isChosen}
      onClick={run}
    >
      <span class="palette-title">{desk.t(action.title)}</span>
      <span class="palette-group">{desk.t(GROUP_TITLES[action.group])}</span>
      {chord && (
        <span class="keys">
          {keysIn(chord, isMac()).map((key) => (
            <kbd key={key}>{key}</kbd>
          ))}
        </span>
      )}
    </div>
  );
}

/**
 * @param {Desk} desk
 * @param {string} query
 * @returns {Action[]} what applies now; what was used last comes first without a query
 */
function matching(desk, query) {
  const useful = ACTIONS.filter(
    (action) => action.command !== "palette" && applies(desk, action),
  );
  if (query.trim() !== "") {
    const found = useful.filter((action) => isCalled(desk, action, query));
    const rank = (/** @type {Action} */ { title }) => nearness(desk.t(title), query);
    return found.sort((a, b) => rank(a) - rank(b));
  }
  const known = recent.slice(0, MOST_RECENT);
  const first = known.flatMap((name) =>
    useful.filter(({ command }) => command === name),
  );
  return [...first, ...useful.filter((action) => !first.includes(action))];
}

/**
 * @param {string} title
 * @param {string} query
 * @returns {number} 0 where it begins as it was typed, 3 where only other words for it, or
 *   its group, are called so
 */
function nearness(title, query) {
  if (title.toLowerCase().startsWith(query.trim().toLowerCase())) return 0;
  if (hasWords(title.split(" ")[0] ?? "", query)) return 1;
  return hasWords(title, query) ? 2 : 3;
}

/**
 * @param {Desk} desk
 * @param {Action} action
 * @param {string} query
 * @returns {boolean}
 */
function isCalled(desk, { command, title, group }, query) {
  const texts = [title, GROUP_TITLES[group], alsoCalled(command)];
  // English, too: for who landed in a language that they cannot read.
  const said = texts.flatMap((text) => [desk.t(text), inEnglish(text)]);
  return hasWords(said.join(" "), query);
}

/**
 * Why nothing was found: what is called so may only lack something.
 * @param {Desk} desk
 * @param {string} query
 * @returns {string} to be said by `desk.t`
 */
function whyNone(desk, query) {
  const called = ACTIONS.filter((action) => isCalled(desk, action, query));
  if (called.length === 0) return texts.none;
  const lacks = (/** @type {RegExp} */ what) =>
    called.some(({ needs }) =>
      needs.every((need) => what.test(need) || (need === "edit" && desk.mayEdit.value)),
    );
  if (lacks(/^selection$/) && desk.selection.value.size === 0) return texts.not_now;
  return lacks(/^several$/) ? texts.not_several : texts.not_here;
}

/** @param {Action | undefined} action */
function idOf(action) {
  return action ? `action-${action.command.replaceAll(" ", "-")}` : "";
}
