/**
 * Says to screen readers what sighted people see happen: what others do, gathered, and
 * what my own keys did. One polite live region; loaded when the page has come to rest.
 */

/** @import { Peers } from "../../model/peers.js" */
/** @import { Element } from "../../protocol.js" */
/** @import { Bench } from "../../tools/bench.js" */
/** @import { Desk } from "../desk.js" */

import { effect } from "@preact/signals-core";
import actions from "../../../messages/en/actions.json";
import corners from "../../../messages/en/corners.json";
import texts from "../../../messages/en/outline.json";
import palette from "../../../messages/en/palette.json";
import status from "../../../messages/en/status.json";
import { ACTIONS, applies } from "../actions.js";
import { statusWords } from "../words.js";
import { Company } from "./company.js";
import { describe } from "./describe.js";
import { News } from "./news.js";

const NEWS_MS = 3_000; // of others: often enough to follow, seldom enough to work
const CALM_MS = 250; // of mine: a selection that is still changing is not read out
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
 * @param {HTMLElement} layer
 * @param {Desk} desk
 * @param {Bench} bench
 * @param {Peers} peers
 * @returns {void}
 */
export function giveVoice(layer, desk, bench, peers) {
  const region = document.createElement("p");
  region.className = "visually-hidden voice";
  region.setAttribute("role", "status");
  layer.append(region);
  /** @param {string} text */
  const say = (text) => {
    if (text !== "") region.textContent = text;
  };
  tellNews(say, desk, bench, peers);
  tellCompany(say, desk, peers);
  tellSelection(say, desk, bench);
  tellReturn(say, desk);
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
    if (is_done) say(desk.t(texts.did_n, { name, n }));
    else if (action.group === "arrange")
      say(desk.t(is_several ? palette.not_several : palette.not_now));
  });
}

/**
 * @param {(text: string) => void} say
 * @param {Desk} desk
 * @param {Bench} bench
 * @param {Peers} peers
 */
function tellNews(say, desk, bench, peers) {
  const news = new News();
  let is_due = false;
  peers.subscribeEntries(({ name, ops, isUndoing }) => {
    if (isUndoing) return; // whom it concerns is told by a toast
    news.take(name, ops, (id) => bench.board.get(id) !== undefined);
    if (is_due) return;
    is_due = true;
    setTimeout(() => {
      is_due = false;
      say(news.tell(desk.t));
    }, NEWS_MS);
  });
}

/**
 * @param {(text: string) => void} say
 * @param {Desk} desk
 * @param {Peers} peers
 */
function tellCompany(say, desk, peers) {
  const company = new Company();
  let is_due = false;
  const look = () => {
    is_due = false;
    if (desk.state.peek().status !== "live") return; // nobody left: the link did
    const names = peers
      .list()
      .map((peer) => /** @type {const} */ ([peer.client, desk.together.nameOf(peer)]));
    const said = company.tell(desk.t, new Map(names));
    if (peers.more === 0) say(said); // in a crowd somebody comes and goes all the time
  };
  look();
  peers.subscribe(() => {
    if (!is_due) setTimeout(look, company.is_known ? NEWS_MS : 0);
    is_due = true;
  });
}

/**
 * The status itself says when something is wrong, and is silent while all is well.
 * @param {(text: string) => void} say
 * @param {Desk} desk
 */
function tellReturn(say, desk) {
  let was_away = false;
  const { role, frozen } = desk.state.peek(); // stood there from the beginning
  if (role === "view" && frozen === null) say(desk.t(status.view));
  desk.state.subscribe((state) => {
    const { tone, text } = statusWords(desk.t, state);
    if (tone === "away") was_away = true;
    if (!was_away || tone !== "good") return;
    was_away = false;
    say(text);
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
 * @param {Bench} bench
 */
function tellSelection(say, desk, bench) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  let had_some = false;
  const is_escape = () => desk.ran.peek()?.command === "escape";
  effect(() => {
    const ids = [...bench.selection.value];
    clearTimeout(timer);
    const is_let_go = had_some && is_escape();
    had_some = ids.length > 0;
    if (!had_some && !is_let_go) return;
    timer = setTimeout(() => {
      if (ids.length === 0) {
        if (is_escape()) say(desk.t(texts.several, { n: 0 })); // nothing was said since
        return;
      }
      const [id = ""] = ids;
      const element = ids.length === 1 ? bench.board.get(id) : undefined;
      if (ids.length > 1) return say(desk.t(texts.several, { n: ids.length }));
      if (!element) return;
      const what = describe(desk.t, element, (one) => bench.board.get(one));
      say(desk.t(texts.selected, { what }));
    }, CALM_MS);
  });
}
