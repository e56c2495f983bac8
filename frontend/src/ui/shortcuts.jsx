/**
 * The shortcut sheet: every key, and what mouse, pen and fingers do.
 */

/** @import { Group } from "./actions.js" */
/** @import { Desk } from "./desk.js" */

import texts from "../../messages/en/shortcuts.json";
import { chordsOf } from "../tools/keys.js";
import { ACTIONS, GROUP_TITLES } from "./actions.js";
import { isMac, isSingle, keysIn } from "./chords.js";
import { Dialog } from "./dialog.jsx";

const SHOWN_CHORDS = 2; // of each action
const GROUPS = /** @type {readonly Group[]} */ (Object.keys(GROUP_TITLES));

/** What is done without a key of its own. @type {readonly (readonly [string, string])[]} */
const BY_HAND = [
  [texts.walk, texts.walk_how],
  [texts.move, texts.move_how],
  [texts.zoom, texts.zoom_how],
  [texts.menu, texts.menu_how],
  [texts.copy, texts.copy_how],
];
/** The same, of who may draw. @type {typeof BY_HAND} */
const DRAWING = [
  [texts.draw, texts.draw_how],
  [texts.undo, texts.undo_how],
  [texts.keep, texts.keep_how],
  [texts.middle, texts.middle_how],
];

/** @param {{desk: Desk}} props */
export function Shortcuts({ desk }) {
  const may_edit = desk.mayEdit.value;
  const shown = ACTIONS.filter(({ needs }) => may_edit || !needs.includes("edit"));
  const groups = GROUPS.filter((one) => shown.some(({ group }) => group === one));
  return (
    <Dialog
      t={desk.t}
      title={desk.t(texts.title)}
      onClose={() => desk.close("shortcuts")}
    >
      <div class="shortcuts">
        {groups.map((group) => (
          <section key={group}>
            <h3>{desk.t(GROUP_TITLES[group])}</h3>
            <dl>
              {shown
                .filter((action) => action.group === group)
                .map((action) => (
                  <Line key={action.command} desk={desk} {...action} />
                ))}
            </dl>
          </section>
        ))}
        <section>
          <h3>{desk.t(texts.by_hand)}</h3>
          <dl>
            {(may_edit ? [...DRAWING, ...BY_HAND] : BY_HAND).map(([title, how]) => (
              <div class="shortcut" key={title}>
                <dt>{desk.t(title)}</dt>
                <dd>{desk.t(how)}</dd>
              </div>
            ))}
          </dl>
        </section>
      </div>
    </Dialog>
  );
}

/** @param {{desk: Desk, command: string, title: string}} props */
function Line({ desk: { t, options }, command, title }) {
  const { single_keys } = options.value;
  const working = chordsOf(command).filter((chord) => single_keys || !isSingle(chord));
  const chords = working.slice(0, SHOWN_CHORDS);
  if (chords.length === 0) return null;
  return (
    <div class="shortcut">
      <dt>{t(title)}</dt>
      <dd>
        {chords.map((chord, i) => (
          <span class="keys" key={chord}>
            {i > 0 && <span class="keys-or">{t(texts.or)}</span>}
            {keysIn(chord, isMac()).map((key) => (
              <kbd key={key}>{key}</kbd>
            ))}
          </span>
        ))}
      </dd>
    </div>
  );
}
