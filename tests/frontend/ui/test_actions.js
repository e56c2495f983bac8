import assert from "node:assert/strict";
import { test } from "node:test";
import { COMMANDS } from "../../../frontend/src/tools/commands.js";
import { BINDINGS, chordsOf, commandOf } from "../../../frontend/src/tools/keys.js";
import { ACTIONS } from "../../../frontend/src/ui/actions.js";
import { keysIn } from "../../../frontend/src/ui/chords.js";
import { PAGE_COMMANDS } from "../../../frontend/src/ui/page_commands.js";
import { createWords } from "../../../frontend/src/words/words.js";

const t = createWords("en");
const commands = [...Object.keys(COMMANDS), ...Object.keys(PAGE_COMMANDS)].sort();

test("every command is an action with a title, once", () => {
  assert.deepEqual(ACTIONS.map(({ command }) => command).sort(), commands);
  assert.ok(ACTIONS.every(({ title }) => t(title).length > 2));
});

test("every key runs a command that there is", () => {
  for (const [chord, command] of Object.entries(BINDINGS)) {
    assert.ok(commands.includes(command), `${chord}: ${command}`);
  }
});

test("the keys of a command are those that run it", () => {
  assert.deepEqual(chordsOf("redo"), ["Ctrl+Shift+Z", "Ctrl+Y"]);
  assert.deepEqual(chordsOf("tool pen"), ["P", "D", "7"]);
  const question = { key: "?", code: "Slash", shift: true, alt: false, ctrl: false };
  assert.equal(commandOf(question), "shortcuts");
  const slash = { key: "/", code: "Digit7", shift: true, alt: false, ctrl: false };
  assert.equal(commandOf(slash), "chat", "on a German keyboard");
  const ampersand = { ...slash, key: "&" };
  assert.notEqual(commandOf(ampersand), "chat", "but not on an American one");
  const one = { ...slash, key: "1", code: "Digit1" };
  assert.equal(commandOf(one), "fit all", "digits are shifted on a French one");
});

test("keys are shown as they are printed on the machine", () => {
  assert.deepEqual(keysIn("Ctrl+Shift+Z", false), ["Ctrl", "Shift", "Z"]);
  assert.deepEqual(keysIn("Ctrl++", false), ["Ctrl", "+"]);
  assert.deepEqual(keysIn("Shift+Alt+D", true), ["⇧", "⌥", "D"]);
  assert.deepEqual(keysIn("Shift+ArrowLeft", false), ["Shift", "←"]);
});
