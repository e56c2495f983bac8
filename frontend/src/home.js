/**
 * The home page: makes its parts and ties them together; the only place that does.
 *
 * The page works without this script: it lists the boards and its form makes one. This
 * puts the live list into `<main>` and lets the form say in words when it fails.
 *
 * @import { Board } from "./home/list.js"
 * @import { OpenMenu } from "./ui/menu.jsx"
 */

import { computed, effect, signal } from "@preact/signals";
import { h, render } from "preact";
import { Api } from "./home/api.js";
import { Boards } from "./home/boards.jsx";
import { orderChoice } from "./home/list.js";
import { Store } from "./home/store.js";
import { shownTheme, showTheme, themeChoice } from "./home/theme.js";
import { ThemeButton } from "./home/theme_button.jsx";
import { Thumbnails } from "./home/thumbnails.js";
import { ifAllowed } from "./net/allowed.js";
import { Prefs } from "./net/prefs.js";
import { registerWorker } from "./net/worker.js";
import { Menu } from "./ui/menu.jsx";

const TICK_MS = 30_000; // the shortest time shown is a minute

/**
 * @template {HTMLElement} T
 * @param {string} selector
 * @param {new () => T} type
 * @returns {T}
 */
function part(selector, type) {
  const found = document.querySelector(selector);
  if (!(found instanceof type)) throw new Error(`The page has no ${selector}.`);
  return found;
}

/** @returns {{ boards: Board[], trash: Board[], boards_url: string }} */
function readData() {
  return JSON.parse(part("#home-data", HTMLScriptElement).textContent);
}

/** @param {HTMLFormElement} form */
function makeStore(form) {
  const data = readData();
  const token = new FormData(form).get("csrfmiddlewaretoken");
  const fetch = window.fetch.bind(window);
  return new Store({
    api: new Api({ fetch, url: data.boards_url, token: String(token) }),
    clock: {
      now: Date.now,
      later: (run, ms) => setTimeout(run, ms),
      never: (timer) => clearTimeout(/** @type {number | undefined} */ (timer)),
    },
    boards: [...data.boards, ...data.trash],
  });
}

/**
 * @param {Store} store
 * @param {Board} board
 */
async function copyLink(store, board) {
  const link = new URL(board.url, location.href).href;
  const isPrivate = board.link_role === "none";
  try {
    await navigator.clipboard.writeText(link);
    store.say(
      isPrivate ? "Link copied. For now it opens for you alone." : "Link copied.",
    );
  } catch {
    // No clipboard without HTTPS, or it was forbidden.
    store.say(`The link could not be copied. Here it is: ${link}`, { isBad: true });
  }
}

/**
 * Make a board by the form, without leaving the page before it is there.
 * @param {HTMLFormElement} form
 * @param {Store} store
 */
function tieForm(form, store) {
  const button = part("#new-board button", HTMLButtonElement);
  effect(() => {
    button.ariaDisabled = String(store.isMaking.value);
  });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const board = await store.create();
    if (board) location.assign(board.url);
  });
}

/** @param {Store} store */
function keepCurrent(store) {
  setInterval(() => store.tick(), TICK_MS);
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) void store.refresh();
  });
  addEventListener("pageshow", (event) => {
    if (event.persisted) void store.cameBack();
  });
}

/** @param {KeyboardEvent} event */
function onKey(event) {
  const isTyping = event.target instanceof HTMLInputElement;
  if (event.key !== "/" || isTyping || event.ctrlKey || event.metaKey) return;
  const search = document.getElementById("search");
  if (!search) return;
  event.preventDefault();
  search.focus();
}

function main() {
  const form = part("#new-board", HTMLFormElement);
  const store = makeStore(form);
  const prefs = new Prefs(ifAllowed(() => window.localStorage));
  const theme = signal(themeChoice(prefs.get("theme", "system")));
  const menu = signal(/** @type {OpenMenu | null} */ (null));
  const isDark = matchMedia("(prefers-color-scheme: dark)");
  const isSystemDark = signal(isDark.matches);
  isDark.addEventListener("change", () => {
    isSystemDark.value = isDark.matches;
  });
  const shown = computed(() => shownTheme(theme.value, isSystemDark.value));
  store.order.value = orderChoice(prefs.get("order", "changed"));
  store.order.subscribe((order) => prefs.set("order", order));

  effect(() => showTheme(document, theme.value));
  theme.subscribe((choice) => {
    if (prefs.get("theme", "system") !== choice) prefs.set("theme", choice);
  });
  tieForm(form, store);
  keepCurrent(store);
  document.addEventListener("keydown", onKey);

  const list = part("#home", HTMLElement);
  list.replaceChildren(); // what stood there for browsers without scripts
  const props = {
    ...{ store, menu, theme: shown },
    thumbnails: new Thumbnails({
      url: readData().boards_url,
      fetch: window.fetch.bind(window),
    }),
    /** @param {Board} board */
    copyLink: (board) => void copyLink(store, board),
  };
  render(h(Boards, props), list);
  render(h(ThemeButton, { theme, menu }), part("#theme", HTMLElement));
  render(h(Menu, { open: menu }), part("#menu", HTMLElement));
  void registerWorker(
    window,
    ifAllowed(() => navigator.serviceWorker),
  );
}

main();
