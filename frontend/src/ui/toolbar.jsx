/**
 * The toolbar: every tool with its key, and the switch of the style panel on phones.
 */

/** @import { ToolName } from "../tools/toolbox.js" */
/** @import { Desk } from "./desk.js" */
/** @import { IconNode } from "./icon.jsx" */

import {
  ArrowUpRight,
  Circle,
  Cloud,
  Cylinder,
  Diamond,
  Eraser,
  Frame,
  Hand,
  Hexagon,
  Highlighter,
  Image,
  Laser,
  Lasso,
  Lock,
  LockOpen,
  MessageSquare,
  MousePointer2,
  Pencil,
  Shapes,
  Slash,
  Square,
  Star,
  StickyNote,
  Triangle,
  Type,
} from "lucide";
import texts from "../../messages/en/toolbar.json";
import { darkColor, darkMarker } from "../draw/theme.js";
import { TOOL_KEYS } from "../tools/toolbox.js";
import { Icon } from "./icon.jsx";
import { toBoard } from "./keyboard.js";
import { TOOL_TITLES } from "./tool_titles.js";

/** @typedef {{name: ToolName, icon: IconNode}} ToolEntry */

const SHAPES = "rect"; // the group with this tool also opens the other shapes

const WRITTEN = "text"; // the group with this tool also takes in pictures

const FOR_VIEWERS = /^(select|lasso|hand|laser)$/;

const FOLDING = "(max-width: 50.5625em) and (pointer: coarse)"; // as in fingers.css

/** @type {readonly ToolEntry[]} */
const MORE_SHAPES = [
  { name: "triangle", icon: Triangle },
  { name: "hexagon", icon: Hexagon },
  { name: "star", icon: Star },
  { name: "cloud", icon: Cloud },
  { name: "cylinder", icon: Cylinder },
  { name: "callout", icon: MessageSquare },
];

/** @type {readonly (readonly ToolEntry[])[]} */
const GROUPS = [
  [
    { name: "select", icon: MousePointer2 },
    { name: "hand", icon: Hand },
    { name: "laser", icon: Laser },
  ],
  [
    { name: "pen", icon: Pencil },
    { name: "highlight", icon: Highlighter },
    { name: "eraser", icon: Eraser },
  ],
  [
    { name: "rect", icon: Square },
    { name: "ellipse", icon: Circle },
    { name: "diamond", icon: Diamond },
    { name: "arrow", icon: ArrowUpRight },
    { name: "line", icon: Slash },
  ],
  [
    { name: "text", icon: Type },
    { name: "note", icon: StickyNote },
    { name: "frame", icon: Frame },
  ],
];

/** @param {{desk: Desk}} props */
export function Toolbar({ desk }) {
  const groups = desk.mayEdit.value ? GROUPS : GROUPS.slice(0, 1);
  return (
    <div
      class="toolbar panel"
      role="toolbar"
      aria-label={desk.t(texts.tools)}
      data-keys={desk.options.value.single_keys}
    >
      {groups.map((group) => (
        <div class="toolbar-group" key={group[0]?.name}>
          {group.map((tool) =>
            tool.name === "select" ? (
              <SelectButton key={tool.name} desk={desk} />
            ) : (
              <ToolButton key={tool.name} desk={desk} {...tool} />
            ),
          )}
          {group[0]?.name === SHAPES && <ShapesSwitch desk={desk} />}
          {group[0]?.name === WRITTEN && <ImageButton desk={desk} />}
        </div>
      ))}
      {desk.mayEdit.value && <KeepSwitch desk={desk} />}
      {desk.mayEdit.value && <StyleSwitch desk={desk} />}
    </div>
  );
}

/**
 * Select; pressed again, the lasso. Where the toolbar folds, thumbs press twice without
 * meaning to: there the lasso is one of the tools that unfold.
 * @param {{desk: Desk}} props
 */
function SelectButton({ desk }) {
  const now = inHand(desk);
  const folds = matchMedia(FOLDING).matches;
  const isLasso = now === "lasso" && !folds;
  return (
    <>
      <ToolButton
        desk={desk}
        name={isLasso ? "lasso" : "select"}
        icon={isLasso ? Lasso : MousePointer2}
        next={now === "select" && !folds ? "lasso" : "select"}
      />
      {folds && <ToolButton desk={desk} name="lasso" icon={Lasso} />}
    </>
  );
}

/** What a press does: who may not edit selects with the others. @param {Desk} desk */
function inHand({ mayEdit, tool }) {
  return mayEdit.value || FOR_VIEWERS.test(tool.value) ? tool.value : "select";
}

/** @param {Element | null | undefined} part */
function focus(part) {
  if (part instanceof HTMLElement) part.focus();
}

/** Where the keys go when a toolbar opens, and when it goes. @param {Element | null} toolbar */
function begin(toolbar) {
  focus(toolbar?.querySelector("button"));
  if (toolbar) return;
  requestAnimationFrame(() => {
    const { activeElement, body } = document;
    if (activeElement === body) focus(document.querySelector(".stage"));
  });
}

/** The shapes that are not in the toolbar itself. @param {{desk: Desk}} props */
export function MoreShapes({ desk }) {
  if (desk.open.value !== "shapes" || !desk.mayEdit.value) return null;
  return (
    <div
      class="shapes panel"
      role="toolbar"
      aria-label={desk.t(texts.more_shapes)}
      ref={begin}
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        event.stopPropagation();
        focus(document.querySelector(".tool[aria-expanded=true]"));
        desk.open.value = "";
      }}
    >
      {MORE_SHAPES.map((tool) => (
        <ToolButton key={tool.name} desk={desk} {...tool} />
      ))}
    </div>
  );
}

/** @param {{desk: Desk}} props */
function ShapesSwitch({ desk }) {
  const is_open = desk.open.value === "shapes";
  const chosen = MORE_SHAPES.find(({ name }) => name === desk.tool.value);
  return (
    <button
      type="button"
      class="tool"
      aria-expanded={is_open}
      aria-pressed={chosen !== undefined}
      aria-label={desk.t(texts.more_shapes)}
      title={desk.t(texts.more_shapes)}
      onClick={() => {
        desk.open.value = is_open ? "" : "shapes";
      }}
    >
      <Icon of={chosen?.icon ?? Shapes} />
    </button>
  );
}

/** @param {{desk: Desk}} props */
function ImageButton({ desk }) {
  return (
    <button
      type="button"
      class="tool"
      aria-label={desk.t(texts.image)}
      aria-keyshortcuts="9"
      title={`${desk.t(texts.image)} — 9`}
      onClick={() => desk.run("image")}
    >
      <Icon of={Image} />
      <span class="tool-key" data-key="9" aria-hidden="true" />
    </button>
  );
}

/** @param {{desk: Desk, next?: ToolName} & ToolEntry} props `next`: what a press picks */
function ToolButton({ desk, name, icon, next = name }) {
  const label = desk.t(TOOL_TITLES[name]);
  const keys = TOOL_KEYS[name];
  const is_chosen = inHand(desk) === name;
  return (
    <button
      type="button"
      class="tool"
      data-tool={name}
      aria-pressed={is_chosen}
      aria-label={label}
      aria-keyshortcuts={keys.join(" ")}
      title={`${label} — ${keys[0]}${next === "lasso" && name !== next ? `. ${desk.t(texts.lasso_hint)}` : ""}`}
      onClick={({ detail }) => {
        desk.run(`tool ${next}`);
        if (detail === 0) toBoard(); // by key: Enter puts it down there
      }}
    >
      <Icon of={icon} />
      {keys[0]?.length === 1 && (
        <span class="tool-key" data-key={keys[0]} aria-hidden="true" />
      )}
    </button>
  );
}

/** Keeps the tool in hand after its gesture. @param {{desk: Desk}} props */
function KeepSwitch({ desk }) {
  const { keeps_tool } = desk.options.value;
  return (
    <div class="toolbar-group toolbar-keep">
      <button
        type="button"
        class="tool"
        aria-pressed={keeps_tool}
        aria-label={desk.t(texts.keep)}
        aria-keyshortcuts="Q"
        title={`${desk.t(texts.keep_hint)} — Q`}
        onClick={() => desk.run("keep tool")}
      >
        <Icon of={keeps_tool ? Lock : LockOpen} />
        <span class="tool-key" data-key="Q" aria-hidden="true" />
      </button>
    </div>
  );
}

/** @param {{desk: Desk}} props */
function StyleSwitch({ desk }) {
  const { stroke } = desk.style.value;
  const shade = desk.tool.value === "highlight" ? darkMarker : darkColor;
  const ink = desk.isDark.value ? shade(stroke) : stroke;
  const is_open = desk.open.value === "style";
  const has_some = desk.kinds.value.length > 0 || !FOR_VIEWERS.test(desk.tool.value);
  return (
    <div class="toolbar-group toolbar-style">
      <button
        type="button"
        class="tool"
        disabled={!has_some && !is_open}
        aria-expanded={is_open}
        aria-label={desk.t(texts.style)}
        title={desk.t(texts.style)}
        onClick={() => {
          desk.open.value = is_open ? "" : "style";
        }}
      >
        <span class="tool-ink" style={{ "--swatch": ink }} />
      </button>
    </div>
  );
}
