/**
 * Says to screen readers what sighted people see happen: what others do, gathered, and
 * what my own keys did. One polite live region; loaded when the page has come to rest.
 */

/** @import { Peers } from "../../model/peers.js" */
/** @import { Bench } from "../../tools/bench.js" */
/** @import { Desk } from "../desk.js" */

import status from "../../../messages/en/status.json";
import { statusWords } from "../words.js";
import { Company } from "./company.js";
import { News } from "./news.js";
import { tellCommands } from "./results.js";
import { tellSelection } from "./selected.js";

const NEWS_MS = 3_000; // of others: often enough to follow, seldom enough to work

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
  tellReturn(say, desk);
  tellSelection(say, desk, bench);
  tellCommands(say, desk, bench);
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
