/**
 * What the panels show and do: signals over the parts of the page.
 *
 * Panels read signals and call these functions; they never see replica or connection.
 */

/** @import { ReadonlySignal, Signal } from "@preact/signals-core" */
/** @import { Theme } from "../draw/theme.js" */
/** @import { Box } from "../draw/geometry.js" */
/** @import { ShownPeer } from "../model/peers.js" */
/** @import { Element, Op } from "../protocol.js" */
/** @import { Bench } from "../tools/bench.js" */
/** @import { Controller } from "../tools/controller.js" */
/** @import { Options } from "../tools/options.js" */
/** @import { Style } from "../tools/style.js" */
/** @import { BoardParts, Notice, State } from "./app.js" */
/** @import { Source } from "./export/picture.js" */
/** @import { Images } from "./images/door.js" */
/** @import { OpenMenu } from "./menu.jsx" */
/** @import { Land } from "./minimap.js" */
/** @import { Stage } from "./stage.js" */
/** @import { ThemeChoice } from "./theme.js" */
/** @import { Together } from "./together/door.js" */
/** @import { Words } from "../words/words.js" */

import { computed, signal } from "@preact/signals-core";
import { boundsOf } from "../draw/bounds.js";
import { COMMANDS } from "../tools/commands.js";
import { restyle, shownStyle } from "../tools/restyle.js";
import { selectedBox, selectedElements } from "../tools/selected.js";
import { PAGE_COMMANDS } from "./page_commands.js";
import { saveBoard } from "./rest.js";
import { createTogether } from "./together/door.js";

/**
 * @typedef {object} Outlined
 * @property {() => readonly Element[]} list in paint order
 * @property {(id: string) => Element | undefined} get
 * @property {(element: Element) => Box} boxOf board units
 * @property {(id: string) => void} focus select an element and bring it into view
 */

/** @typedef {{text: string, run: () => void}} ToastAction pressing it ends the toast */
/** @typedef {{id: number, text: string, is_bad: boolean,
 *   actions: readonly ToastAction[]}} Toast */
/** @typedef {(text: string, is_bad?: boolean, actions?: readonly ToastAction[]) => void
 *   } Say */

const MAX_TOASTS = 3;

/**
 * @typedef {object} Desk
 * @property {Bench} bench what tools work with, for panels that need all of it
 * @property {BoardParts["prefs"]} prefs what the browser remembers
 * @property {Words} t says a text in the language of the page
 * @property {Signal<State>} state of the connection
 * @property {Signal<readonly ShownPeer[]>} peers
 * @property {Signal<number>} more people beyond them, in a crowd
 * @property {Signal<{undo: boolean, redo: boolean}>} history
 * @property {Signal<{name: string, color: string}>} me
 * @property {ReadonlySignal<string>} language chosen by the person; "" is the browser's
 * @property {(language: string) => void} speak another language; loads the page again
 * @property {Signal<string>} title
 * @property {Signal<string>} linkRole
 * @property {Signal<ThemeChoice>} theme
 * @property {ReadonlySignal<boolean>} isDark
 * @property {Signal<boolean>} isZen whether the panels are hidden
 * @property {Signal<readonly Toast[]>} toasts
 * @property {() => string} farewell what the server said when it sent me away, if it did
 * @property {Signal<"" | "person" | "share" | "style" | "shapes" | "export"
 *   | "palette" | "shortcuts" | "find" | "link" | "people" | "react" | "tools">} open the panel that is open
 * @property {(panel: Desk["open"]["value"]) => void} close that panel, if it is the open one
 * @property {Signal<Pick<OpenMenu, "anchor" | "at" | "byKey"> | null>} menu where a menu is open
 * @property {() => void} closeMenu
 * @property {() => Promise<void>} paste what the clipboard holds
 * @property {Signal<boolean>} isViewing whether I have put editing aside
 * @property {Bench["found"]} found what was found by its words
 * @property {() => readonly Element[]} elements what is shown, in paint order
 * @property {(id: string) => Promise<void>} lookAt bring an element to the middle
 * @property {(hash: string) => Promise<void>} go to the place that a link names
 * @property {() => readonly Element[]} selected in paint order
 * @property {(ops: Op[]) => void} submit if I may edit
 * @property {Land} land what the map shows
 * @property {Signal<boolean>} isMapShown
 * @property {() => Promise<string>} hashHere the link to what is in the middle now
 * @property {ReadonlySignal<boolean>} mayEdit
 * @property {ReadonlySignal<boolean>} mayOwn
 * @property {ReadonlySignal<Style>} style shown in the style panel
 * @property {ReadonlySignal<number>} zoom
 * @property {Signal<string>} tool
 * @property {ReadonlySignal<boolean>} hasPen whether a pen was seen on this page
 * @property {Bench["options"]} options
 * @property {Bench["selection"]} selection
 * @property {ReadonlySignal<readonly string[]>} kinds of what is selected
 * @property {ReadonlySignal<Element | null>} only what is selected, if it is one element
 * @property {(id: string, alt: string) => boolean} describe an element in words; whether
 *   it could be
 * @property {string} url of the board
 * @property {string} api the board's address in REST
 * @property {Outlined} board its elements, for people who do not see them
 * @property {Signal<{command: string, n_selected: number} | null>} ran the last command
 * @property {ReadonlySignal<number>} revision counts what the board showed
 * @property {Images} images how pictures come in
 * @property {Source} exports what pictures of the board are made from
 * @property {(name: string) => boolean} run a command; whether there is one
 * @property {(style: Partial<Style>) => void} restyle
 * @property {(options: Partial<Options>) => void} choose
 * @property {(name: string, color: string) => void} introduce
 * @property {(change: {title?: string, link_role?: string}) => Promise<boolean>} save
 * @property {Say} say
 * @property {(id: number) => void} dismiss
 * @property {Together} together the others: following and calling them
 */

/**
 * @param {BoardParts} parts
 * @param {Bench} bench
 * @param {Controller} controller
 * @param {object} page
 * @param {Signal<ThemeChoice>} page.choice
 * @param {ReadonlySignal<Theme>} page.theme
 * @param {Images} page.images
 * @param {() => Promise<void>} page.paste
 * @param {Stage} page.stage
 * @returns {Desk}
 */
export function createDesk(parts, bench, controller, page) {
  const { choice, theme, images, paste, stage } = page;
  const { connection, peers, replica, prefs, data, t } = parts;
  const state = signal(connection.state);
  connection.subscribe((next) => {
    state.value = next;
  });
  const present = signal(peers.list());
  const more = signal(0);
  const revision = signal(0); // counts what the board showed, for computed signals
  const history = signal({ undo: replica.canUndo, redo: replica.canRedo });
  replica.subscribe(() => {
    revision.value += 1;
    const { canUndo: undo, canRedo: redo } = replica;
    const { undo: could, redo: couldRedo } = history.peek();
    if (undo !== could || redo !== couldRedo) history.value = { undo, redo };
  });
  peers.subscribe(() => {
    more.value = peers.more;
    if (isSamePeople(present.peek(), peers.list())) return;
    present.value = peers.list();
  });
  const me = signal({ name: prefs.get("name", ""), color: prefs.get("color", "") });
  const title = signal(data.title);
  const linkRole = signal(data.link_role);
  const open = signal(/** @type {Desk["open"]["value"]} */ (""));
  controller.tool.subscribe(() => {
    if (open.peek() === "shapes") open.value = ""; // it was for choosing a tool
  });
  const menu = signal(/** @type {Desk["menu"]["value"]} */ (null));
  const toasts = signal(/** @type {readonly Toast[]} */ ([]));
  computed(() => state.value.status === "closed").subscribe((is_closed) => {
    if (!is_closed) return;
    open.value = ""; // nothing lies over the reason
    toasts.value = [];
  });
  let n_toasts = 0;

  /** @param {number} id */
  const dismiss = (id) => {
    toasts.value = toasts.peek().filter((toast) => toast.id !== id);
  };
  /** @type {Say} */
  const say = (text, is_bad = false, actions = []) => {
    const toast = { id: ++n_toasts, text, is_bad, actions };
    // What is said again is not said twice at once.
    const others = toasts.peek().filter((shown) => shown.text !== text);
    toasts.value = [...others, toast].slice(-MAX_TOASTS);
  };
  const farewell = signal("");
  let aboutRole = 0; // the toast about what I may do: the next one takes its place
  connection.subscribeNotices(async (/** @type {Notice} */ notice) => {
    if (typeof notice.title === "string") {
      title.value = notice.title;
      return;
    }
    const words = await import("./notice_words.js").catch(() => null);
    farewell.value = words?.farewellWords(t, notice) ?? "";
    if (farewell.peek()) return; // the card over the closed board says it
    if (notice.role) dismiss(aboutRole);
    say(words?.noticeWords(t, notice) ?? notice.detail, notice.change !== undefined);
    if (notice.role) aboutRole = n_toasts;
  });

  const isMapShown = signal(prefs.get("map", false));
  isMapShown.subscribe((is_shown) => prefs.set("map", is_shown));
  const ran = signal(/** @type {Desk["ran"]["value"]} */ (null));
  const language = signal(prefs.get("language", ""));

  const together = createTogether(parts, bench, say, stage);

  return {
    t,
    bench,
    prefs,
    together,
    language,
    speak(chosen) {
      prefs.set("language", chosen);
      location.reload(); // what is unsent survives in the outbox
    },
    state,
    peers: present,
    more,
    history,
    me,
    title,
    linkRole,
    theme: choice,
    isDark: computed(() => theme.value === "dark"),
    isZen: signal(false),
    toasts,
    farewell: () => farewell.value,
    open,
    // A dialog tells late that it was closed: by then another may be open.
    close: (panel) => {
      if (open.peek() === panel) open.value = "";
    },
    menu,
    paste,
    closeMenu() {
      menu.value = null;
    },
    isViewing: bench.isViewing,
    mayEdit: computed(
      () => !bench.isViewing.value && maySay(state.value, "edit", "own"),
    ),
    found: bench.found,
    elements: () => bench.board.list(),
    lookAt: async (id) => (await import("./opening.js")).lookAt(bench, id),
    go: async (hash) => (await import("./opening.js")).openPlace(bench, hash, say),
    selected: () => selectedElements(bench),
    submit(ops) {
      if (bench.mayEdit() && ops.length > 0) bench.board.submit(ops);
    },
    isMapShown,
    land: { ...{ replica, peers, view: bench.view }, scene: stage.scene },
    hashHere: async () => (await import("./opening.js")).hashHere(bench),
    mayOwn: computed(() => maySay(state.value, "own")),
    style: computed(() => {
      revision.value;
      bench.selection.value;
      return shownStyle(bench);
    }),
    zoom: computed(() => bench.view.camera.value.zoom),
    tool: controller.tool,
    hasPen: controller.hasPen,
    options: bench.options,
    selection: bench.selection,
    kinds: computed(() => {
      revision.value;
      const kinds = [...bench.selection.value].map((id) => replica.get(id)?.kind);
      return [...new Set(kinds.filter((kind) => kind !== undefined))];
    }),
    only: computed(() => {
      revision.value;
      const [id, ...more] = bench.selection.value;
      const element = id === undefined ? undefined : replica.get(id);
      return more.length === 0 && element ? element : null;
    }),
    describe(id, alt) {
      const element = replica.get(id);
      if (!element || element.locked || !bench.mayEdit()) return false;
      if (alt !== (element.alt ?? "")) {
        replica.submit([{ op: "set", id, props: { alt } }]);
      }
      return true;
    },
    url: new URL(data.url, location.href).href,
    api: data.api_url,
    images,
    exports: {
      list: () => bench.near(bench.everything()),
      selection: () => bench.selection.peek(),
      measure: bench.measure,
      pictures: images.pictures,
    },
    board: {
      list: () => replica.list(),
      get: (id) => replica.get(id),
      boxOf: (element) => boundsOf(element, bench.measure),
      focus(id) {
        controller.pick("select");
        bench.selection.value = new Set([id]);
        bench.view.reveal(selectedBox(bench));
      },
    },
    ran,
    revision,
    run(name) {
      if (name === "escape" && (together.stop() || leavesZen(this, controller))) {
        return true;
      }
      ran.value = { command: name, n_selected: bench.selection.peek().size };
      COMMANDS[name]?.(bench, controller);
      PAGE_COMMANDS[name]?.(this);
      return name in COMMANDS || name in PAGE_COMMANDS;
    },
    restyle: (style) => restyle(bench, style),
    choose(options) {
      bench.options.value = { ...bench.options.peek(), ...options };
    },
    introduce(name, color) {
      me.value = { name, color };
      prefs.set("name", name);
      prefs.set("color", color);
      connection.introduce({
        name: name || prefs.get("guest", ""),
        color: color || null,
      });
    },
    async save(change) {
      const fault = await saveBoard(data.api_url, change);
      if (fault !== null) {
        say(fault, true);
        return false;
      }
      if (change.title !== undefined) title.value = change.title;
      if (change.link_role !== undefined) linkRole.value = change.link_role;
      return true;
    },
    say,
    dismiss,
  };
}

/**
 * Esc shows the panels again where there is nothing else to let go of.
 * @param {Desk} desk
 * @param {Controller} controller
 * @returns {boolean}
 */
function leavesZen({ isZen, selection, tool }, controller) {
  const is_idle = selection.peek().size === 0 && tool.peek() === "select";
  if (!isZen.peek() || !is_idle || controller.working()) return false;
  isZen.value = false;
  return true;
}

/**
 * @param {State} state
 * @param {...string} roles
 * @returns {boolean}
 */
function maySay(state, ...roles) {
  return state.status !== "closed" && roles.includes(state.role);
}

/**
 * Whether two lists show the same avatars; cursors move many times a second.
 * @param {readonly ShownPeer[]} a
 * @param {readonly ShownPeer[]} b
 * @returns {boolean}
 */
function isSamePeople(a, b) {
  if (a.length !== b.length) return false;
  return a.every((peer, i) => {
    const other = b[i];
    return (
      other !== undefined &&
      peer.session === other.session &&
      peer.name === other.name &&
      peer.color === other.color &&
      peer.role === other.role &&
      peer.follow === other.follow &&
      peer.editing === other.editing &&
      peer.idle === other.idle
    );
  });
}
