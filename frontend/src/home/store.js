/**
 * What the home page shows and what can be done there.
 *
 * State lives in signals that the views read. A verb shows its result at once, asks the
 * server and, when that refuses, shows the board as it was and says why. No DOM here;
 * network, clock and timers come as arguments.
 *
 * @import { Signal } from "@preact/signals-core"
 * @import { Words } from "../words/words.js"
 * @import { Api } from "./api.js"
 * @import { Board, LinkRole, Lists, Order } from "./list.js"
 */

import { signal } from "@preact/signals-core";
import texts from "../../messages/en/home.json";
import { Failure } from "./api.js";
import {
  cleanTitle,
  find,
  inPlace,
  listsOf,
  titleOf,
  withBoard,
  without,
} from "./list.js";
import { failureWords } from "./words.js";

/**
 * @typedef {object} Toast
 * @property {number} id
 * @property {string} text
 * @property {boolean} isBad
 * @property {{ label: string, run: () => void }} [action]
 */

/**
 * @typedef {object} Clock
 * @property {() => number} now ms since 1970
 * @property {(run: () => void, ms: number) => unknown} later
 * @property {(timer: unknown) => void} never cancels what `later` returned
 */

/**
 * @typedef {object} Asked
 * @property {Board} known as the server has it
 * @property {Set<Partial<Board>>} wishes what the verbs will make of it, oldest first
 * @property {Promise<unknown>} last the end of the newest verb
 */

const TOAST_MS = 8_000; // long enough to read and to reach Undo
const BAD_TOAST_MS = 15_000;
const MAX_TOASTS = 3;

export class Store {
  #api;
  #clock;
  #nextToast = 1;
  /** @type {Map<number, unknown>} */
  #timers = new Map();
  /** Goes up with every verb: a list that was asked for before one is out of date. */
  #verbs = 0;
  /** What the server was asked about boards and has not answered. @type {Map<string, Asked>} */
  #asked = new Map();

  /**
   * @param {object} parts
   * @param {Pick<Api, keyof Api>} parts.api
   * @param {Clock} parts.clock
   * @param {Words} parts.t
   * @param {readonly Board[]} parts.boards mine, those in the trash too
   */
  constructor({ api, clock, t, boards }) {
    this.#api = api;
    this.#clock = clock;
    this.t = t;
    /** @type {Signal<Lists>} */
    this.lists = signal(listsOf(boards));
    this.now = signal(clock.now());
    this.query = signal("");
    /** @type {Signal<Order>} */
    this.order = signal("changed");
    this.isMaking = signal(false);
    /** The board whose title is being typed. @type {Signal<string | null>} */
    this.renaming = signal(null);
    /** @type {Signal<readonly Toast[]>} */
    this.toasts = signal([]);
    /** What is seen on the page, said to who does not see it. */
    this.voice = signal("");
  }

  /** Let the times that are shown keep up. */
  tick() {
    this.now.value = this.#clock.now();
  }

  /**
   * Make a board.
   * @returns {Promise<Board | null>} null when it came to nothing, which is said
   */
  async create() {
    if (this.isMaking.value) return null;
    this.isMaking.value = true;
    try {
      return await this.#api.create();
    } catch (failure) {
      this.tell(this.t(texts.no_create), failure);
      this.isMaking.value = false;
      return null;
    }
  }

  /** The page is shown again, by going back: the new board's page was left. */
  cameBack() {
    this.isMaking.value = false;
    return this.refresh();
  }

  /**
   * @param {string} id
   * @param {string} typed
   */
  async rename(id, typed) {
    this.renaming.value = null;
    const board = find(this.lists.value, id);
    const title = cleanTitle(typed);
    if (!board || title === board.title) return;
    const isDone = await this.#verb(board, {
      wish: { title },
      run: () => this.#api.change(id, { title }),
      otherwise: this.#about(texts.no_rename, board),
    });
    if (isDone) this.voice.value = this.#about(texts.renamed, { ...board, title });
  }

  /**
   * @param {string} id
   * @param {LinkRole} linkRole
   */
  async share(id, linkRole) {
    const board = find(this.lists.value, id);
    if (!board || board.link_role === linkRole) return;
    const isDone = await this.#verb(board, {
      wish: { link_role: linkRole },
      run: () => this.#api.change(id, { link_role: linkRole }),
      otherwise: this.#about(texts.no_share, board),
    });
    const may = this.t(texts[`${linkRole}_long`]);
    if (isDone) this.voice.value = `${this.t(texts.with_link)}: ${may}`;
  }

  /** @param {string} id */
  async trash(id) {
    const board = find(this.lists.value, id);
    if (!board) return;
    const isDone = await this.#verb(board, {
      wish: { deleted_at: new Date(this.#clock.now()).toISOString() },
      run: () => this.#api.trash(id),
      otherwise: this.#about(texts.no_trash, board),
    });
    if (!isDone) return;
    const action = { label: this.t(texts.undo), run: () => void this.restore(id) };
    this.say(this.#about(texts.trashed, board), { action });
  }

  /**
   * Shown once it is done: before, the page that a card leads to says it was deleted.
   * @param {string} id
   */
  async restore(id) {
    const board = find(this.lists.value, id);
    if (!board) return;
    const told = this.#about(texts.trashed, board); // and is not true any more
    for (const old of this.toasts.value) if (old.text === told) this.dismiss(old.id);
    const isDone = await this.#verb(board, {
      run: () => this.#api.restore(id),
      otherwise: this.#about(texts.no_restore, board),
    });
    if (isDone) this.voice.value = this.#about(texts.restored, board);
  }

  /**
   * Delete a board of the trash for good.
   * @param {string} id
   */
  async remove(id) {
    const board = find(this.lists.value, id);
    if (!board) return;
    const isDone = await this.#verb(board, {
      run: () => this.#api.remove(id),
      otherwise: this.#about(texts.no_remove, board),
    });
    if (!isDone) return;
    this.lists.value = without(this.lists.value, id);
    this.say(this.#about(texts.removed, board));
  }

  /** @param {string} id */
  async duplicate(id) {
    const board = find(this.lists.value, id);
    if (!board) return;
    const isDone = await this.#verb(board, {
      run: () => this.#api.duplicate(id),
      otherwise: this.#about(texts.no_duplicate, board),
    });
    if (isDone) this.say(this.#about(texts.duplicated, board));
  }

  /**
   * Show what the server has now; says nothing when that cannot be known.
   * @param {object} [how]
   * @param {boolean} [how.isWatched] somebody looks: no board moves to another place
   */
  async refresh({ isWatched = false } = {}) {
    const verbs = this.#verbs;
    if (this.#asked.size > 0) return;
    try {
      const boards = await this.#api.list();
      if (verbs !== this.#verbs) return;
      this.lists.value = isWatched
        ? inPlace(this.lists.value, boards)
        : listsOf(boards);
      this.tick();
    } catch (failure) {
      if (!(failure instanceof Failure)) throw failure;
    }
  }

  /**
   * @param {string} text
   * @param {object} [more]
   * @param {boolean} [more.isBad]
   * @param {Toast["action"]} [more.action]
   */
  say(text, { isBad = false, action } = {}) {
    const id = this.#nextToast++;
    const toast = { id, text, isBad, ...(action ? { action } : {}) };
    for (const old of this.toasts.value.slice(0, 1 - MAX_TOASTS)) this.dismiss(old.id);
    this.toasts.value = [...this.toasts.value, toast];
    this.release(id);
  }

  /** @param {number} id */
  dismiss(id) {
    this.hold(id);
    this.toasts.value = this.toasts.value.filter((toast) => toast.id !== id);
  }

  /**
   * Keep a toast while somebody reads it or is about to press its button.
   * @param {number} id
   */
  hold(id) {
    this.#clock.never(this.#timers.get(id));
    this.#timers.delete(id);
  }

  /**
   * Let a toast go after its time.
   * @param {number} id
   */
  release(id) {
    this.hold(id);
    const toast = this.toasts.value.find((toast) => toast.id === id);
    if (!toast) return;
    const ms = toast.isBad ? BAD_TOAST_MS : TOAST_MS;
    this.#timers.set(
      id,
      this.#clock.later(() => this.dismiss(id), ms),
    );
  }

  /**
   * Show what a verb will do, do it, and show what came of it. Verbs of one board follow
   * each other: the server is told the newest wish last.
   * @param {Board} board
   * @param {object} verb
   * @param {Partial<Board>} [verb.wish]
   * @param {() => Promise<Board | void>} verb.run
   * @param {string} verb.otherwise
   * @returns {Promise<boolean>} whether it was done
   */
  async #verb(board, { wish = {}, run, otherwise }) {
    this.#verbs += 1;
    const asked = this.#asked.get(board.id) ?? {
      known: board,
      wishes: new Set(),
      last: Promise.resolve(),
    };
    this.#asked.set(board.id, asked);
    asked.wishes.add(wish);
    this.#show(asked);
    const done = asked.last.then(run);
    asked.last = done.catch(() => {});
    try {
      const after = await done;
      if (after && after.id !== board.id) this.#put(after);
      else asked.known = after ?? { ...asked.known, ...wish };
      return true;
    } catch (failure) {
      this.tell(otherwise, failure);
      return false;
    } finally {
      asked.wishes.delete(wish);
      if (asked.wishes.size === 0) this.#asked.delete(board.id);
      if (find(this.lists.value, board.id)) this.#show(asked); // else it is gone for good
    }
  }

  /** @param {Asked} asked */
  #show({ known, wishes }) {
    this.#put(Object.assign({}, known, ...wishes));
  }

  /** @param {Board} board */
  #put(board) {
    this.lists.value = withBoard(this.lists.value, board);
  }

  /**
   * Say why something came to nothing.
   * @param {string} what
   * @param {unknown} failure
   */
  tell(what, failure) {
    if (!(failure instanceof Failure)) throw failure;
    this.say(failureWords(this.t, what, failure.reason), { isBad: true });
  }

  /**
   * A board that was just made.
   * @param {Board} board
   */
  add(board) {
    this.#verbs += 1;
    this.#put(board);
  }

  /**
   * @param {string} text with a place for the title
   * @param {Board} board
   */
  #about(text, board) {
    return this.t(text, { title: titleOf(this.t, board) });
  }
}
