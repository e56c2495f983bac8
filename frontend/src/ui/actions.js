/**
 * Every action of a board by its command, as palette, shortcut sheet and menus show it.
 *
 * Loaded with the first of them: nothing here is needed to draw. The keys are those of
 * `tools/keys.js`, never written twice; a test holds that every command is here.
 */

/** @import { ToolName } from "../tools/toolbox.js" */
/** @import { Desk } from "./desk.js" */

import texts from "../../messages/en/actions.json";
import also from "../../messages/en/also.json";
import stage from "../../messages/en/stage.json";
import { linkOf } from "../tools/links.js";
import { TOOL_KEYS } from "../tools/toolbox.js";
import { TOOL_TITLES } from "./tool_titles.js";

/** @typedef {"tools" | "edit" | "arrange" | "view" | "board"} Group */
/** What an action needs: the right to edit, something selected, several things,
 * something with a link, somebody else on the board. */
/** @typedef {"edit" | "selection" | "several" | "link" | "company"} Need */

/**
 * @typedef {object} Action
 * @property {string} command
 * @property {string} title to be said by `desk.t`
 * @property {Group} group
 * @property {readonly Need[]} needs
 */

/** @type {Readonly<Record<Group, string>>} */
export const GROUP_TITLES = {
  tools: texts["group tools"],
  edit: texts["group edit"],
  arrange: texts["group arrange"],
  view: texts["group view"],
  board: texts["group board"],
};

/** In the order of the toolbar. @type {readonly ToolName[]} */
const TOOL_NAMES = /** @type {ToolName[]} */ (Object.keys(TOOL_KEYS));
const FOR_VIEWERS = new Set(["select", "lasso", "hand", "laser"]);
/** @type {readonly Need[]} */
const CHANGES = ["edit", "selection"];
/** @type {readonly Need[]} */
const CHANGES_SEVERAL = ["edit", "several"];

/**
 * @param {Group} group
 * @param {readonly Need[]} needs
 * @param {readonly (keyof typeof texts)[]} commands
 * @returns {Action[]}
 */
function actions(group, needs, commands) {
  return commands.map((command) => ({ command, title: texts[command], group, needs }));
}

/** @type {readonly Action[]} */
export const ACTIONS = [
  ...TOOL_NAMES.map((name) => ({
    command: `tool ${name}`,
    title: TOOL_TITLES[name],
    group: /** @type {const} */ ("tools"),
    needs: /** @type {readonly Need[]} */ (FOR_VIEWERS.has(name) ? [] : ["edit"]),
  })),
  ...actions("edit", ["edit"], ["undo", "redo"]),
  ...actions("edit", [], ["select all", "escape"]),
  ...actions("tools", ["edit"], ["image", "keep tool", "fingers draw", "eraser mode"]),
  ...actions("edit", ["selection"], ["copy", "copy style"]),
  ...actions("edit", CHANGES, ["cut"]),
  ...actions("edit", ["edit"], ["paste"]),
  ...actions("edit", CHANGES, [
    "edit",
    "link",
    "duplicate",
    "paste style",
    "delete",
    "next left",
    "next right",
    "next up",
    "next down",
    "nudge left",
    "nudge right",
    "nudge up",
    "nudge down",
    "nudge far left",
    "nudge far right",
    "nudge far up",
    "nudge far down",
  ]),
  ...actions("edit", [], ["copy as PNG", "copy as SVG"]),
  ...actions("arrange", CHANGES, [
    "to front",
    "to back",
    "forward",
    "backward",
    "lock",
    "ungroup",
    "flip across",
    "flip down",
    "frame selection",
    "convert",
    "wider",
    "narrower",
    "taller",
    "shorter",
    "turn left",
    "turn right",
  ]),
  ...actions("arrange", CHANGES_SEVERAL, [
    "connect",
    "group",
    "align left",
    "align center",
    "align right",
    "align top",
    "align middle",
    "align bottom",
    "distribute across",
    "distribute down",
  ]),
  ...actions(
    "view",
    [],
    [
      "zoom in",
      "zoom out",
      "zoom 100",
      "fit all",
      "find",
      "grid",
      "snap",
      "map",
      "zen",
      "view mode",
      "copy link here",
      "theme",
    ],
  ),
  { command: "outline", title: stage.outline, group: "view", needs: [] },
  ...actions("view", ["link"], ["open link"]),
  ...actions("view", ["selection"], ["fit selection", "copy link", "author"]),
  ...actions("edit", ["edit"], ["to style"]),
  ...actions(
    "board",
    [],
    ["palette", "shortcuts", "export", "share", "people", "person", "notice", "home"],
  ),
  ...actions("board", ["company"], ["chat", "react"]),
  ...actions("board", ["company", "edit"], ["call"]),
];

/**
 * @param {string} command
 * @returns {string} other words for it, to be said by `desk.t`; "" has none
 */
export function alsoCalled(command) {
  return /** @type {Record<string, string>} */ (also)[command] ?? "";
}

/**
 * Whether an action has an effect now.
 * @param {Desk} desk
 * @param {Action} action
 * @returns {boolean}
 */
export function applies(desk, { needs }) {
  const n_selected = desk.selection.value.size;
  const has = {
    edit: desk.mayEdit.value,
    selection: n_selected > 0,
    several: n_selected > 1,
    company: desk.peers.value.length > 0,
    link: linkOf(desk.selected()) !== "",
  };
  return needs.every((need) => has[need]);
}
