/**
 * What can be done with a selection: order, groups, lock, flips, alignment.
 */

/** @import { Desk } from "./desk.js" */
/** @import { IconNode } from "./icon.jsx" */

import {
  AlignCenterHorizontal,
  AlignCenterVertical,
  AlignEndHorizontal,
  AlignEndVertical,
  AlignHorizontalDistributeCenter,
  AlignStartHorizontal,
  AlignStartVertical,
  AlignVerticalDistributeCenter,
  BringToFront,
  Copy,
  FlipHorizontal2,
  FlipVertical2,
  Group,
  Lock,
  SendToBack,
  Trash2,
  Ungroup,
} from "lucide";
import texts from "../../messages/en/arrange.json";
import { Icon } from "./icon.jsx";

/** @typedef {{command: keyof typeof texts, keys: string, icon: IconNode}} Verb */

/** @type {readonly Verb[]} */
const ANY = [
  { command: "to front", keys: "]", icon: BringToFront },
  { command: "to back", keys: "[", icon: SendToBack },
  {
    command: "flip across",
    keys: "Shift+H",
    icon: FlipHorizontal2,
  },
  {
    command: "flip down",
    keys: "Shift+V",
    icon: FlipVertical2,
  },
  { command: "lock", keys: "Ctrl+Shift+L", icon: Lock },
  { command: "duplicate", keys: "Ctrl+D", icon: Copy },
  { command: "delete", keys: "Delete", icon: Trash2 },
];

/** @type {readonly Verb[]} */
const SEVERAL = [
  { command: "group", keys: "Ctrl+G", icon: Group },
  { command: "ungroup", keys: "Ctrl+Shift+G", icon: Ungroup },
  {
    command: "align left",
    keys: "Alt+A",
    icon: AlignStartVertical,
  },
  {
    command: "align center",
    keys: "Alt+H",
    icon: AlignCenterVertical,
  },
  {
    command: "align right",
    keys: "Alt+D",
    icon: AlignEndVertical,
  },
  {
    command: "align top",
    keys: "Alt+W",
    icon: AlignStartHorizontal,
  },
  {
    command: "align middle",
    keys: "Alt+V",
    icon: AlignCenterHorizontal,
  },
  {
    command: "align bottom",
    keys: "Alt+S",
    icon: AlignEndHorizontal,
  },
  {
    command: "distribute across",
    keys: "Shift+Alt+H",
    icon: AlignHorizontalDistributeCenter,
  },
  {
    command: "distribute down",
    keys: "Shift+Alt+V",
    icon: AlignVerticalDistributeCenter,
  },
];

/** @param {{desk: Desk}} props */
export function ArrangePanel({ desk }) {
  const n_selected = desk.selection.value.size;
  if (n_selected === 0) return null;
  desk.revision.value;
  const isLocked = desk.selected().every(({ locked }) => locked);
  return (
    <fieldset class="style-row">
      <legend class="style-title">{desk.t(texts.arrange)}</legend>
      <div class="choices choices-wrap">
        {[...ANY, ...(n_selected > 1 ? SEVERAL : [])].map((verb) => (
          <button
            key={verb.command}
            type="button"
            class="choice"
            aria-pressed={verb.command === "lock" ? isLocked : undefined}
            aria-label={desk.t(texts[verb.command])}
            title={`${desk.t(texts[verb.command])} — ${verb.keys}`}
            onClick={() => desk.run(verb.command)}
          >
            <Icon of={verb.icon} />
          </button>
        ))}
      </div>
    </fieldset>
  );
}
