/**
 * The home page: makes its parts and ties them together; the only place that does.
 *
 * The page works without this script: it lists the boards and its form makes one. This
 * puts the live list into `<main>` and lets the form say in words when it fails.
 *
 * @import { Board } from "./home/list.js"
 * @import { OpenMenu } from "./ui/menu.jsx"
 * @import { Words } from "./words/words.js"
 */

import { computed, effect, signal } from "@preact/signals";
import { h, render } from "preact";
import texts from "../messages/en/home.json";
import { Api } from "./home/api.js";
import { Boards } from "./home/boards.jsx";
import { chooseFiles, ImportButton } from "./home/import_panel.jsx";
import { Imports } from "./home/imports.js";
import { LanguageChoice } from "./home/language.jsx";
import { orderChoice } from "./home/list.js";
import { sender } from "./home/send.js";
import { Store } from "./home/store.js";
import { shownTheme, showTheme, themeChoice } from "./home/theme.js";
import { ThemeButton } from "./home/theme_button.jsx";
import { Thumbnails } from "./home/thumbnails.js";
import { ifAllowed } from "./net/allowed.js";
import { Prefs } from "./net/prefs.js";
import { registerWorker } from "./net/worker.js";
import { Menu } from "./ui/menu.jsx";
import { loadWords, markLanguage, pickLanguage } from "./words/languages.js";

const LIVE_MS = 20_000; // how old a picture of a board may be while somebody looks

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

/**
 * @returns {{ boards: Board[], trash: Board[], boards_url: string, import_url: string,
 *   import_bytes: number }}
 */
function readData() {
  return JSON.parse(part("#home-data", HTMLScriptElement).textContent);
}

/** @param {HTMLFormElement} form */
function tokenOf(form) {
  return String(new FormData(form).get("csrfmiddlewaretoken"));
}

/**
 * @param {HTMLFormElement} form
 * @param {Words} t
 */
function makeStore(form, t) {
  const data = readData();
  const fetch = window.fetch.bind(window);
  return new Store({
    api: new Api({ fetch, url: data.boards_url, token: tokenOf(form) }),
    t,
    clock: {
      now: Date.now,
      later: (run, ms) => setTimeout(run, ms),
      never: (timer) => clearTimeout(/** @type {number | undefined} */ (timer)),
    },
    boards: [...data.boards, ...data.trash],
  });
}

/**
 * @param {HTMLFormElement} form
 * @param {Store} store
 * @returns {Imports}
 */
function makeImports(form, store) {
  const { import_url, import_bytes } = readData();
  const imports = new Imports({
    store,
    send: sender(import_url, tokenOf(form)),
    most_bytes: import_bytes,
    open: (board) => location.assign(board.url),
    choose: () => chooseFiles((files) => void imports.take(files)),
  });
  return imports;
}

/**
 * What the template says, in the person's language.
 * @param {Words} t
 */
function translate(t) {
  const named = /** @type {Readonly<Record<string, string>>} */ (texts);
  for (const element of document.querySelectorAll("[data-text]")) {
    const text = element instanceof HTMLElement && named[element.dataset.text ?? ""];
    if (text) element.textContent = t(text);
  }
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
    store.say(store.t(isPrivate ? texts.link_copied_private : texts.link_copied));
  } catch {
    // No clipboard without HTTPS, or it was forbidden.
    store.say(store.t(texts.link_not_copied, { link }), { isBad: true });
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
  setInterval(() => {
    store.tick();
    if (!document.hidden) void store.refresh({ isWatched: true });
  }, LIVE_MS);
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

async function main() {
  const form = part("#new-board", HTMLFormElement);
  const prefs = new Prefs(ifAllowed(() => window.localStorage));
  const chosen = prefs.get("language", "");
  const t = await loadWords(pickLanguage(chosen, navigator.languages));
  markLanguage(document.documentElement, t.language);
  const store = makeStore(form, t);
  const imports = makeImports(form, store);
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
  translate(t);
  store.lists.subscribe(({ boards }) => {
    document.title = t(boards.length > 0 ? texts.page_title_boards : texts.page_title);
  });

  const list = part("#home", HTMLElement);
  list.replaceChildren(); // what stood there for browsers without scripts
  const props = {
    ...{ store, menu, imports, theme: shown },
    thumbnails: new Thumbnails({
      url: readData().boards_url,
      fetch: window.fetch.bind(window),
    }),
    /** @param {Board} board */
    copyLink: (board) => void copyLink(store, board),
  };
  render(h(Boards, props), list);
  render(h(ImportButton, { imports, t }), part("#import", HTMLElement));
  const language = {
    ...{ t, chosen },
    /** @param {string} language */
    onChoose: (language) => {
      prefs.set("language", language);
      history.replaceState({ focus: "language" }, "");
      location.reload();
    },
  };
  render(h(LanguageChoice, language), part("#language", HTMLElement));
  if (history.state?.focus === "language") {
    // The page was loaded for the choice: arrow keys go on to the next one.
    history.replaceState(null, "");
    part("#language select", HTMLSelectElement).focus();
  }
  render(h(ThemeButton, { t, theme, menu }), part("#theme", HTMLElement));
  render(h(Menu, { open: menu }), part("#menu", HTMLElement));
  void registerWorker(
    window,
    ifAllowed(() => navigator.serviceWorker),
  );
}

void main();
