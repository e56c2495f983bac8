/**
 * The menus of the board: of what is under the pointer, and the main menu. Their items are
 * actions, which are shown where they apply.
 */

/** @import { Action } from "./actions.js" */
/** @import { Desk } from "./desk.js" */
/** @import { Divider, Item } from "./menu.jsx" */

import texts from "../../messages/en/palette.json";
import { nextKind } from "../tools/convert.js";
import { chordsOf } from "../tools/keys.js";
import { hasWords } from "../tools/text.js";
import { ACTIONS, applies } from "./actions.js";
import { isMac, keysIn } from "./chords.js";
import { Popover } from "./menu.jsx";

const RULE = "rule";
/** Keys that the browser itself turns into events. @type {Record<string, string>} */
const BROWSERS_OWN = { copy: "Ctrl+C", cut: "Ctrl+X", paste: "Ctrl+V" };

const ON_ELEMENTS = [
  ...["edit", "copy", "cut", "paste", "duplicate", RULE],
  ...["to front", "forward", "backward", "to back", RULE],
  ...["convert", "group", "ungroup", "connect", "lock", RULE],
  ...["open link", "link", "copy link", "fit selection", "author", RULE],
  ...["copy as PNG", "copy as SVG", "export", RULE, "delete"],
];
const ON_BOARD = [
  ...["paste", "select all", RULE, "fit all", "zoom 100", "copy link here", RULE],
  ...["chat", "react", RULE],
  ...["zen", "view mode", RULE],
  ...["find", "palette", "shortcuts", "export"],
];
const MAIN = [
  ...["find", "palette", "shortcuts", RULE, "export", "share", RULE],
  ...["fit all", "map", "outline", "zen", "view mode", "theme", RULE, "person", "home"],
];

/** @param {{desk: Desk}} props */
export function Menus({ desk }) {
  const place = desk.menu.value;
  if (!place) return null;
  const has_selection = desk.selection.peek().size > 0;
  const commands = place.anchor ? MAIN : has_selection ? ON_ELEMENTS : ON_BOARD;
  const label = desk.t(place.anchor ? texts.menu : texts.actions);
  const items = itemsOf(desk, commands);
  return (
    <Popover
      key={JSON.stringify(place.at ?? null)}
      shown={{ ...place, label, items }}
      close={desk.closeMenu}
    />
  );
}

/**
 * @param {Desk} desk
 * @param {readonly string[]} commands
 * @returns {(Item | Divider)[]} what applies, without rules that divide nothing
 */
function itemsOf(desk, commands) {
  /** @type {(Item | Divider)[]} */
  const items = [];
  for (const command of commands) {
    if (command === RULE) {
      if (items.length > 0 && items.at(-1) !== RULE) items.push(RULE);
      continue;
    }
    const action = ACTIONS.find((one) => one.command === command);
    if (!action || !applies(desk, action)) continue;
    const title = titleOf(desk, action);
    if (title === null) continue;
    const chord = chordsOf(command)[0] ?? BROWSERS_OWN[command];
    items.push({
      label: desk.t(title),
      run: () => desk.run(command),
      isDanger: command === "delete",
      ...(chord ? { keys: keysIn(chord, isMac()).join(isMac() ? "" : "+") } : {}),
    });
  }
  if (items.at(-1) === RULE) items.pop();
  return items;
}

/**
 * What an action is to what is selected.
 * @param {Desk} desk
 * @param {Action} action
 * @returns {string | null} null: nothing
 */
function titleOf(desk, { command, title }) {
  const elements = desk.selected();
  const [first] = elements;
  switch (command) {
    case "edit":
      if (elements.length !== 1 || !first || first.locked) return null;
      if (first.kind === "image") return texts.crop;
      return hasWords(first) ? texts.write : null;
    case "lock":
      return elements.every(({ locked }) => locked) ? texts.unlock : texts.lock;
    case "convert":
      return nextKind(desk.bench) === null ? null : title;
    case "ungroup":
      return elements.some(({ groups = [] }) => groups.length > 0) ? title : null;
    default:
      return title;
  }
}
