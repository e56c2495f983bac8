/**
 * The toolbar: every tool with its key, and the switch of the style panel on phones.
 */

/** @import { ToolName } from "../tools/toolbox.js" */
/** @import { Desk } from "./desk.js" */
/** @import { IconNode } from "./icon.jsx" */

import {
  ArrowUpRight,
  Circle,
  Diamond,
  Eraser,
  Frame,
  Hand,
  Highlighter,
  MousePointer2,
  Palette,
  Pencil,
  Slash,
  Square,
  StickyNote,
  Type,
} from "lucide";
import { TOOL_KEYS } from "../tools/toolbox.js";
import { Icon } from "./icon.jsx";

/** @type {readonly {name: ToolName, label: string, icon: IconNode}[][]} */
const GROUPS = [
  [
    { name: "select", label: "Select", icon: MousePointer2 },
    { name: "hand", label: "Move the view", icon: Hand },
  ],
  [
    { name: "pen", label: "Pen", icon: Pencil },
    { name: "highlight", label: "Highlighter", icon: Highlighter },
    { name: "eraser", label: "Eraser", icon: Eraser },
  ],
  [
    { name: "rect", label: "Rectangle", icon: Square },
    { name: "ellipse", label: "Ellipse", icon: Circle },
    { name: "diamond", label: "Diamond", icon: Diamond },
    { name: "arrow", label: "Arrow", icon: ArrowUpRight },
    { name: "line", label: "Line", icon: Slash },
  ],
  [
    { name: "text", label: "Text", icon: Type },
    { name: "note", label: "Sticky note", icon: StickyNote },
    { name: "frame", label: "Frame", icon: Frame },
  ],
];

/** @param {{desk: Desk}} props */
export function Toolbar({ desk }) {
  const groups = desk.mayEdit.value ? GROUPS : GROUPS.slice(0, 1);
  return (
    <div class="toolbar panel" role="toolbar" aria-label="Tools">
      {groups.map((group) => (
        <div class="toolbar-group" key={group[0]?.name}>
          {group.map((tool) => (
            <ToolButton key={tool.name} desk={desk} {...tool} />
          ))}
        </div>
      ))}
      {desk.mayEdit.value && <StyleSwitch desk={desk} />}
    </div>
  );
}

/** @param {{desk: Desk, name: ToolName, label: string, icon: IconNode}} props */
function ToolButton({ desk, name, label, icon }) {
  const keys = TOOL_KEYS[name];
  const is_chosen = desk.tool.value === name;
  return (
    <button
      type="button"
      class="tool"
      data-tool={name}
      aria-pressed={is_chosen}
      aria-label={label}
      aria-keyshortcuts={keys.join(" ")}
      title={`${label} — ${keys[0]}`}
      onClick={() => desk.run(`tool ${name}`)}
    >
      <Icon of={icon} />
      {keys[0]?.length === 1 && <span class="tool-key">{keys[0]}</span>}
    </button>
  );
}

/** @param {{desk: Desk}} props */
function StyleSwitch({ desk }) {
  const is_open = desk.open.value === "style";
  return (
    <div class="toolbar-group toolbar-style">
      <button
        type="button"
        class="tool"
        aria-expanded={is_open}
        aria-label="Colours and widths"
        title="Colours and widths"
        onClick={() => {
          desk.open.value = is_open ? "" : "style";
        }}
      >
        <Icon of={Palette} />
      </button>
    </div>
  );
}
