/**
 * The shortcut sheet: every key, and what mouse, pen and fingers do.
 */

/** @import { Group } from "./actions.js" */
/** @import { Desk } from "./desk.js" */

import { chordsOf } from "../tools/keys.js";
import { ACTIONS, GROUP_TITLES } from "./actions.js";
import { isMac, keysIn } from "./chords.js";
import { Dialog } from "./dialog.jsx";

const SHOWN_CHORDS = 2; // of each action
const GROUPS = /** @type {readonly Group[]} */ (Object.keys(GROUP_TITLES));

/** What is done without a key of its own. */
const BY_HAND = [
  ["Move the view", "Space or middle button and drag, wheel, two fingers"],
  ["Zoom", "Ctrl and wheel, pinch"],
  ["Undo, redo", "Tap with two fingers, with three"],
  ["Keep proportions or angles", "Shift while drawing or resizing"],
  ["Draw from the middle", "Alt while drawing or resizing"],
  ["Menu", "Right button, long press"],
  ["Copy, cut, paste", "Ctrl+C, Ctrl+X, Ctrl+V"],
];

/** @param {{desk: Desk}} props */
export function Shortcuts({ desk }) {
  return (
    <Dialog
      title="Shortcuts"
      onClose={() => {
        desk.open.value = "";
      }}
    >
      <div class="shortcuts">
        {GROUPS.map((group) => (
          <section key={group}>
            <h3>{GROUP_TITLES[group]}</h3>
            <dl>
              {ACTIONS.filter((action) => action.group === group).map((action) => (
                <Line key={action.command} {...action} />
              ))}
            </dl>
          </section>
        ))}
        <section>
          <h3>Mouse, pen and fingers</h3>
          <dl>
            {BY_HAND.map(([title, how]) => (
              <div class="shortcut" key={title}>
                <dt>{title}</dt>
                <dd>{how}</dd>
              </div>
            ))}
          </dl>
        </section>
      </div>
    </Dialog>
  );
}

/** @param {{command: string, title: string}} props */
function Line({ command, title }) {
  const chords = chordsOf(command).slice(0, SHOWN_CHORDS);
  if (chords.length === 0) return null;
  return (
    <div class="shortcut">
      <dt>{title}</dt>
      <dd>
        {chords.map((chord, i) => (
          <span class="keys" key={chord}>
            {i > 0 && <span class="keys-or">or</span>}
            {keysIn(chord, isMac()).map((key) => (
              <kbd key={key}>{key}</kbd>
            ))}
          </span>
        ))}
      </dd>
    </div>
  );
}
