/**
 * This tab's key: the client id, stable over reloads and never shared by two tabs.
 *
 * The browser copies a tab's session storage when the tab is duplicated, so an id is only
 * mine while I hold its lock. The same lock tells whether another tab is closed, whose
 * unsent changes may then be adopted. Browsers hide locks from pages without TLS; there
 * tabs ask each other over a channel. That may take a frozen tab for a closed one, which
 * is harmless: a change that two tabs send has one id and is committed once.
 *
 * @import { Clock } from "./system.js"
 */

const CLIENT_KEY = "chalkline.client";
/** A reloading page's lock is let go a moment after the new page begins. */
const LOCK_WITHIN_MS = 1_000; // else its undo steps are lost, on a busy machine
/** How long another tab has to say that it is there. */
const ANSWER_WITHIN_MS = 150;

/**
 * @typedef {object} TabParts
 * @property {Pick<Storage, "getItem" | "setItem"> | null} storage of this tab
 * @property {Pick<LockManager, "request"> | null} locks
 * @property {BroadcastChannel | null} channel that all tabs of this site share
 * @property {Clock} clock
 * @property {() => string} newId
 */

export class Tab {
  #parts;
  /** My client id. */
  client;

  /**
   * @param {TabParts} parts
   * @param {string} client
   */
  constructor(parts, client) {
    this.#parts = parts;
    this.client = client;
  }

  /**
   * Find out who this tab is.
   * @param {TabParts} parts
   * @returns {Promise<Tab>}
   */
  static async open(parts) {
    const known = read(parts.storage);
    const tab = new Tab(parts, known ?? parts.newId());
    if (!(await tab.#claim(known !== null))) {
      tab.client = parts.newId();
      await tab.#claim(false);
    }
    write(parts.storage, tab.client);
    tab.#answerOthers();
    return tab;
  }

  /**
   * Do something in place of another tab, unless that tab is alive.
   * @param {string} client the other tab
   * @param {() => Promise<void>} act nobody else does the same meanwhile
   * @returns {Promise<boolean>} whether it was done
   */
  async insteadOf(client, act) {
    const { locks } = this.#parts;
    if (!locks) {
      if (await this.#isTaken(client)) return false;
      await act();
      return true;
    }
    let isDone = false;
    await locks.request(lockName(client), { ifAvailable: true }, async (lock) => {
      if (!lock) return;
      await act();
      isDone = true;
    });
    return isDone;
  }

  /**
   * Take the lock of my id and keep it until the page is gone.
   * @param {boolean} isKnown an earlier page, or another tab, may still have it
   * @returns {Promise<boolean>}
   */
  async #claim(isKnown) {
    const { locks, clock } = this.#parts;
    if (!locks) return !isKnown || !(await this.#isTaken(this.client));
    const waiting = new AbortController();
    const timer = clock.setTimer(() => waiting.abort(), LOCK_WITHIN_MS);
    return new Promise((resolve) => {
      const held = locks.request(
        lockName(this.client),
        { signal: waiting.signal },
        () => {
          clock.clearTimer(timer);
          resolve(true);
          return new Promise(() => {}); // until the page is gone
        },
      );
      held.catch(() => resolve(false));
    });
  }

  /** @param {string} client */
  async #isTaken(client) {
    const { channel, clock } = this.#parts;
    if (!channel) return false;
    return new Promise((resolve) => {
      /** @param {MessageEvent} message */
      const listen = ({ data }) => {
        if (data?.here === client) end(true);
      };
      /** @param {boolean} isTaken */
      const end = (isTaken) => {
        clock.clearTimer(timer);
        channel.removeEventListener("message", listen);
        resolve(isTaken);
      };
      const timer = clock.setTimer(() => end(false), ANSWER_WITHIN_MS);
      channel.addEventListener("message", listen);
      channel.postMessage({ who: client });
    });
  }

  #answerOthers() {
    const { channel } = this.#parts;
    channel?.addEventListener("message", ({ data }) => {
      if (data?.who === this.client) channel.postMessage({ here: this.client });
    });
  }
}

/** @param {string} client */
function lockName(client) {
  return `chalkline.tab.${client}`;
}

/** @param {TabParts["storage"]} storage */
function read(storage) {
  try {
    return storage?.getItem(CLIENT_KEY) ?? null;
  } catch {
    return null; // storage is forbidden here: a reload makes this another client
  }
}

/**
 * @param {TabParts["storage"]} storage
 * @param {string} client
 */
function write(storage, client) {
  try {
    storage?.setItem(CLIENT_KEY, client);
  } catch {
    // As above: nothing is lost but the undo steps of before a reload.
  }
}
