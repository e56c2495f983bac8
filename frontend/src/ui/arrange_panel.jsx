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
import { Icon } from "./icon.jsx";

/** @typedef {{command: string, label: string, keys: string, icon: IconNode}} Verb */

/** @type {readonly Verb[]} */
const ANY = [
  { command: "to front", label: "To the front", keys: "]", icon: BringToFront },
  { command: "to back", label: "To the back", keys: "[", icon: SendToBack },
  {
    command: "flip across",
    label: "Mirror left to right",
    keys: "Shift+H",
    icon: FlipHorizontal2,
  },
  {
    command: "flip down",
    label: "Mirror top to bottom",
    keys: "Shift+V",
    icon: FlipVertical2,
  },
  { command: "lock", label: "Lock or unlock", keys: "Ctrl+Shift+L", icon: Lock },
  { command: "duplicate", label: "Duplicate", keys: "Ctrl+D", icon: Copy },
  { command: "delete", label: "Delete", keys: "Delete", icon: Trash2 },
];

/** @type {readonly Verb[]} */
const SEVERAL = [
  { command: "group", label: "Group", keys: "Ctrl+G", icon: Group },
  { command: "ungroup", label: "Ungroup", keys: "Ctrl+Shift+G", icon: Ungroup },
  {
    command: "align left",
    label: "Align left",
    keys: "Alt+A",
    icon: AlignStartVertical,
  },
  {
    command: "align center",
    label: "Align centres",
    keys: "Alt+H",
    icon: AlignCenterVertical,
  },
  {
    command: "align right",
    label: "Align right",
    keys: "Alt+D",
    icon: AlignEndVertical,
  },
  {
    command: "align top",
    label: "Align top",
    keys: "Alt+W",
    icon: AlignStartHorizontal,
  },
  {
    command: "align middle",
    label: "Align middles",
    keys: "Alt+V",
    icon: AlignCenterHorizontal,
  },
  {
    command: "align bottom",
    label: "Align bottom",
    keys: "Alt+S",
    icon: AlignEndHorizontal,
  },
  {
    command: "distribute across",
    label: "Equal gaps across",
    keys: "Shift+Alt+H",
    icon: AlignHorizontalDistributeCenter,
  },
  {
    command: "distribute down",
    label: "Equal gaps down",
    keys: "Shift+Alt+V",
    icon: AlignVerticalDistributeCenter,
  },
];

/** @param {{desk: Desk}} props */
export function ArrangePanel({ desk }) {
  const n_selected = desk.selection.value.size;
  if (n_selected === 0) return null;
  return (
    <fieldset class="style-row">
      <legend class="style-title">Arrange</legend>
      <div class="choices choices-wrap">
        {[...ANY, ...(n_selected > 1 ? SEVERAL : [])].map((verb) => (
          <button
            key={verb.command}
            type="button"
            class="choice"
            aria-label={verb.label}
            title={`${verb.label} — ${verb.keys}`}
            onClick={() => desk.run(verb.command)}
          >
            <Icon of={verb.icon} />
          </button>
        ))}
      </div>
    </fieldset>
  );
}
