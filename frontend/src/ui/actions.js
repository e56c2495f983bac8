/**
 * Every action of a board by its command, as palette, shortcut sheet and menus show it.
 *
 * Loaded with the first of them: nothing here is needed to draw. The keys are those of
 * `tools/keys.js`, never written twice; a test holds that every command is here.
 */

/** @import { Desk } from "./desk.js" */

import { TOOL_TITLES } from "./tool_titles.js";

/** @typedef {"tools" | "edit" | "arrange" | "view" | "board"} Group */
/** What an action needs: the right to edit, something selected, several things. */
/** @typedef {"edit" | "selection" | "several"} Need */

/**
 * @typedef {object} Action
 * @property {string} command
 * @property {string} title
 * @property {Group} group
 * @property {readonly Need[]} needs
 */

/** @type {Readonly<Record<Group, string>>} */
export const GROUP_TITLES = {
  tools: "Tools",
  edit: "Edit",
  arrange: "Arrange",
  view: "View",
  board: "Board",
};

const FOR_VIEWERS = new Set(["select", "hand", "laser"]);
/** @type {readonly Need[]} */
const CHANGES = ["edit", "selection"];
/** @type {readonly Need[]} */
const CHANGES_SEVERAL = ["edit", "several"];

/**
 * @param {Group} group
 * @param {readonly Need[]} needs
 * @param {Readonly<Record<string, string>>} titles by command
 * @returns {Action[]}
 */
function actions(group, needs, titles) {
  return Object.entries(titles).map(([command, title]) => ({
    ...{ command, title, group, needs },
  }));
}

/** @type {readonly Action[]} */
export const ACTIONS = [
  ...Object.entries(TOOL_TITLES).flatMap(([name, title]) =>
    actions("tools", FOR_VIEWERS.has(name) ? [] : ["edit"], {
      [`tool ${name}`]: title,
    }),
  ),
  ...actions("edit", ["edit"], { undo: "Undo", redo: "Redo" }),
  ...actions("edit", [], { "select all": "Select all", escape: "Let go, step back" }),
  ...actions("tools", ["edit"], {
    image: "Image",
    "keep tool": "Keep the tool in hand",
    "eraser mode": "Eraser: whole things or parts of strokes",
  }),
  ...actions("edit", ["selection"], { copy: "Copy" }),
  ...actions("edit", CHANGES, { cut: "Cut" }),
  ...actions("edit", ["edit"], { paste: "Paste" }),
  ...actions("edit", CHANGES, {
    edit: "Edit the words, crop a picture",
    duplicate: "Duplicate",
    delete: "Delete",
    "next left": "One more at the left, joined",
    "next right": "One more at the right, joined",
    "next up": "One more above, joined",
    "next down": "One more below, joined",
    "nudge left": "Move left",
    "nudge right": "Move right",
    "nudge up": "Move up",
    "nudge down": "Move down",
    "nudge far left": "Move far left",
    "nudge far right": "Move far right",
    "nudge far up": "Move far up",
    "nudge far down": "Move far down",
  }),
  ...actions("edit", [], {
    "copy as PNG": "Copy as PNG",
    "copy as SVG": "Copy as SVG",
  }),
  ...actions("arrange", CHANGES, {
    "to front": "Bring to the front",
    "to back": "Send to the back",
    forward: "Bring forward",
    backward: "Send backward",
    lock: "Lock or unlock",
    "flip across": "Mirror left to right",
    "flip down": "Mirror top to bottom",
    "frame selection": "Put a frame around",
  }),
  ...actions("arrange", CHANGES_SEVERAL, {
    connect: "Join by an arrow",
    group: "Group",
    ungroup: "Ungroup",
    "align left": "Align left",
    "align center": "Align centres",
    "align right": "Align right",
    "align top": "Align top",
    "align middle": "Align middles",
    "align bottom": "Align bottom",
    "distribute across": "Equal gaps across",
    "distribute down": "Equal gaps down",
  }),
  ...actions("view", [], {
    "zoom in": "Zoom in",
    "zoom out": "Zoom out",
    "zoom 100": "Zoom to 100 %",
    "fit all": "Show everything",
    find: "Find words on this board",
    zen: "Zen mode: hide the panels",
    "view mode": "View mode: only look, or edit again",
    "copy link here": "Copy a link to this place",
    theme: "Next theme: system, light, dark",
  }),
  ...actions("view", ["selection"], {
    "fit selection": "Show the selection",
    "copy link": "Copy a link to this element",
  }),
  ...actions("board", [], {
    palette: "Find an action",
    shortcuts: "Shortcuts",
    export: "Export as PNG, SVG, JSON",
    share: "Share this board",
    person: "Change my name",
    home: "My boards",
  }),
];

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
  };
  return needs.every((need) => has[need]);
}
