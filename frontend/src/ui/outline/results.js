/**
 * Says what my own commands did, where they leave something different.
 */

/** @import { Bench } from "../../tools/bench.js" */
/** @import { Element } from "../../protocol.js" */
/** @import { Desk } from "../desk.js" */

import actions from "../../../messages/en/actions.json";
import corners from "../../../messages/en/corners.json";
import texts from "../../../messages/en/outline.json";
import palette from "../../../messages/en/palette.json";
import people from "../../../messages/en/people.json";
import status from "../../../messages/en/status.json";
import { ACTIONS, applies } from "../actions.js";
import { describe } from "./describe.js";

const CALM_MS = 250; // what a held key does again is not read out
/** What moves the focus or speaks for itself. */
const SILENT = new Set([
  ...["edit", "escape", "select all", "find", "to style", "outline", "link"],
]);

/** What leaves one element different from what the command is called: that is said. */
const RESULTS = new Set(["lock", "convert"]);

/** What is on or off. @type {Readonly<Record<string, (desk: Desk) => boolean>>} */
const SWITCHES = {
  grid: ({ options }) => options.peek().grid,
  snap: ({ options }) => options.peek().snaps,
  "keep tool": ({ options }) => options.peek().keeps_tool,
  "fingers draw": ({ options }) => options.peek().fingers_draw,
  map: ({ isMapShown }) => isMapShown.peek(),
  zen: ({ isZen }) => isZen.peek(),
  "view mode": ({ isViewing }) => isViewing.peek(),
};

/** What is done to what is locked as well. */
const ON_LOCKED = new Set(["lock", "duplicate", "copy style", "copy as PNG"]);

/**
 * @param {(text: string) => void} say
 * @param {Desk} desk
 * @param {Bench} bench
 * @returns {void}
 */
export function tellCommands(say, desk, bench) {
  tellLetGo(say, desk);
  const tellDone = doneTeller(say, desk);
  desk.tool.subscribe((tool) => {
    if (desk.ran.peek()?.command !== "escape") return; // else the command is said
    const action = ACTIONS.find(({ command }) => command === `tool ${tool}`);
    if (action) say(desk.t(action.title));
  });
  desk.ran.subscribe((ran) => {
    const action = ACTIONS.find(({ command }) => command === ran?.command);
    if (!ran || !action || action.group === "board") return;
    if (action.needs.includes("edit") && !desk.mayEdit.peek()) {
      return say(desk.t(status.view)); // a change that is not made is not said
    }
    const locked = ran.command === "edit" ? lockedOne(bench) : undefined;
    if (SILENT.has(ran.command) && !locked) return;
    const name = desk.t(action.title);
    const isOn = SWITCHES[ran.command];
    if (isOn) {
      queueMicrotask(() => say(desk.t(texts.switched, { name, to: `${isOn(desk)}` })));
      return;
    }
    if (ran.command === "theme") {
      queueMicrotask(() => say(desk.t(corners.theme, { choice: desk.theme.peek() })));
      return;
    }
    if (action.group === "tools") return applies(desk, action) && say(name);
    if (ran.command === "undo" || ran.command === "redo") {
      tellTakenBack(say, desk, bench, ran.command);
      return;
    }
    const [is_one, is_several] = [
      action.needs.includes("selection"),
      action.needs.includes("several"),
    ];
    if (!is_one && !is_several) return say(desk.t(texts.did, { name }));
    const selected = [...bench.selection.peek()].map((id) => bench.board.get(id));
    const first = selected[0];
    const is_kept = selected.every((element) => element?.locked);
    if (first && is_kept && !ON_LOCKED.has(ran.command) && action.group !== "view") {
      return say(describe(desk.t, first, (one) => bench.board.get(one))); // "…, locked"
    }
    if (first && selected.length === 1 && RESULTS.has(ran.command)) {
      tellResult(say, desk, bench, first.id);
      return;
    }
    const { n_selected: n } = ran;
    const is_done = n > (is_several ? 1 : 0);
    if (is_done) tellDone(name, n);
    else if (action.group === "arrange")
      say(desk.t(is_several ? palette.not_several : palette.not_now));
  });
}

/**
 * @param {Bench} bench
 * @returns {Element | undefined} what alone is selected, where it is locked
 */
function lockedOne(bench) {
  const [id, ...more] = bench.selection.peek();
  const only = id !== undefined && more.length === 0 ? bench.board.get(id) : undefined;
  return only?.locked ? only : undefined;
}

/**
 * What undo or redo does, which it does after this.
 * @param {(text: string) => void} say
 * @param {Desk} desk
 * @param {Bench} bench
 * @param {"undo" | "redo"} command
 */
function tellTakenBack(say, desk, { board }, command) {
  const name = desk.t(actions[command]);
  if (!desk.history.peek()[command]) return say(desk.t(texts.did_none, { name }));
  const before = new Map(board.list().map((element) => [element.id, element]));
  const left = new Set(before.values());
  queueMicrotask(() => {
    const now = board.list().filter((element) => !left.delete(element));
    const gone = [...left].filter(({ id }) => !board.get(id));
    const n = now.length + gone.length;
    const [only] = [...now, ...gone];
    if (n !== 1 || !only) return say(desk.t(texts.did_n, { name, n }));
    const what = describe(desk.t, only, (id) => board.get(id) ?? before.get(id));
    const words = gone.length > 0 ? desk.t(texts.gone, { what }) : what;
    say(desk.t(texts.named, { kind: name, words }));
  });
}

/**
 * @param {(text: string) => void} say
 * @param {Desk} desk
 * @param {Bench} bench
 * @param {string} id of what a command changes, which it does after this
 */
function tellResult(say, desk, bench, id) {
  setTimeout(() => {
    const now = bench.board.get(id);
    if (now) say(describe(desk.t, now, (one) => bench.board.get(one)));
  }, CALM_MS);
}

/**
 * @param {(text: string) => void} say
 * @param {Desk} desk
 * @returns {(name: string, n: number) => void} of a key that is held the first is said,
 *   and the last
 */
function doneTeller(say, desk) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  let last = "";
  return (name, n) => {
    const text = desk.t(texts.did_n, { name, n });
    const is_again = timer !== undefined && text === last;
    clearTimeout(timer);
    if (!is_again) say(text);
    last = text;
    timer = setTimeout(() => {
      timer = undefined;
      if (is_again) say(text);
    }, CALM_MS);
  };
}

/**
 * What Escape ends: the panels are back, and nobody is followed.
 * @param {(text: string) => void} say
 * @param {Desk} desk
 */
function tellLetGo(say, desk) {
  const { together, isZen, t } = desk;
  let was_zen = isZen.peek();
  isZen.subscribe((is_zen) => {
    if (was_zen && !is_zen)
      say(t(texts.switched, { name: t(actions.zen), to: "false" }));
    was_zen = is_zen;
  });
  let stopped = "";
  together.leader.subscribe((session) => {
    const leader = desk.peers.peek().find((peer) => peer.session === session);
    if (session === null && stopped !== "") say(t(texts.did, { name: stopped }));
    const name = leader ? together.nameOf(leader) : "";
    stopped = leader ? t(people.stop_named, { name }) : "";
  });
}
