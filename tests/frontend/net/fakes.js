/**
 * Stand-ins for what the browser gives: a clock that moves when told, sockets whose other
 * end is in the test's hand, a page that goes offline, locks between tabs.
 *
 * @import { ClientFrame, ServerFrame } from "../../../frontend/src/protocol.js"
 * @import { PageNews, Socket } from "../../../frontend/src/net/system.js"
 */

import assert from "node:assert/strict";

/** @typedef {{ at: number, call: () => void }} Timer */

export class FakeClock {
  #now = 0;
  /** @type {Set<Timer>} */
  #timers = new Set();

  now = () => this.#now;

  /**
   * @param {() => void} call
   * @param {number} afterMs
   */
  setTimer = (call, afterMs) => {
    const timer = { at: this.#now + Math.max(0, afterMs), call };
    this.#timers.add(timer);
    return timer;
  };

  /** @param {unknown} timer */
  clearTimer = (timer) => {
    this.#timers.delete(/** @type {Timer} */ (timer));
  };

  get nTimers() {
    return this.#timers.size;
  }

  /**
   * Let time pass: due timers go off in order, and what they promise is kept.
   * @param {number} ms
   */
  async pass(ms) {
    const until = this.#now + ms;
    await settled();
    for (;;) {
      const due = [...this.#timers]
        .filter(({ at }) => at <= until)
        .sort((a, b) => a.at - b.at);
      const [next] = due;
      if (!next) break;
      this.#timers.delete(next);
      this.#now = Math.max(this.#now, next.at);
      next.call();
      await settled();
    }
    this.#now = until;
  }
}

/** Wait until all that is under way without a timer is done, IndexedDB's fake included. */
export async function settled() {
  for (let round = 0; round < 25; round++) {
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** A socket and, in the test's hand, its other end. @implements {Socket} */
export class FakeSocket {
  /** @type {Socket["onopen"]} */
  onopen = null;
  /** @type {Socket["onmessage"]} */
  onmessage = null;
  /** @type {Socket["onclose"]} */
  onclose = null;
  isClosed = false;
  /** What the page sent. @type {ClientFrame[]} */
  sent = [];

  /** @param {string} url */
  constructor(url) {
    this.url = url;
  }

  /** @param {string} text */
  send(text) {
    this.sent.push(JSON.parse(text));
  }

  close() {
    this.isClosed = true;
  }

  /**
   * @template {ClientFrame["type"]} T
   * @param {T} type
   * @returns {Extract<ClientFrame, { type: T }>[]}
   */
  ofType(type) {
    const frames = this.sent.filter((frame) => frame.type === type);
    return /** @type {Extract<ClientFrame, { type: T }>[]} */ (frames);
  }

  async opens() {
    this.onopen?.();
    await settled();
  }

  /** @param {ServerFrame | string} frame */
  async says(frame) {
    const data = typeof frame === "string" ? frame : JSON.stringify(frame);
    this.onmessage?.({ data });
    await settled();
  }

  /** @param {number} [code] */
  async closes(code = 1006, reason = "") {
    this.isClosed = true;
    this.onclose?.({ code, reason });
    await settled();
  }
}

export class FakePage {
  isUp = true;
  /** @type {Set<(news: PageNews) => void>} */
  #listeners = new Set();

  isOnline = () => this.isUp;

  /** @param {(news: PageNews) => void} listener */
  subscribe = (listener) => {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  };

  /** @param {PageNews} news */
  async tells(news) {
    if (news === "online") this.isUp = true;
    if (news === "offline") this.isUp = false;
    for (const listener of this.#listeners) listener(news);
    await settled();
  }
}

/** Locks of one browser; closing a tab lets go of what it holds. */
export class FakeLocks {
  /** @type {Map<string, FakeTab>} */
  held = new Map();
  /** @type {{ name: string, grant: () => void }[]} */
  waiting = [];

  tab() {
    return new FakeTab(this);
  }

  /** @param {string} name */
  free(name) {
    this.held.delete(name);
    const index = this.waiting.findIndex((request) => request.name === name);
    const [next] = index < 0 ? [] : this.waiting.splice(index, 1);
    next?.grant();
  }
}

/** What one tab sees of the locks: the part of `navigator.locks` that is used. */
export class FakeTab {
  /** @param {FakeLocks} locks */
  constructor(locks) {
    this.locks = locks;
  }

  close() {
    for (const [name, tab] of [...this.locks.held]) {
      if (tab === this) this.locks.free(name);
    }
  }

  /**
   * @param {string} name
   * @param {{ ifAvailable?: boolean, signal?: AbortSignal }} options
   * @param {(lock: unknown) => unknown} act
   */
  request = async (name, { ifAvailable = false, signal }, act) => {
    if (this.locks.held.has(name)) {
      if (ifAvailable) return act(null);
      await new Promise((resolve, reject) => {
        const request = { name, grant: () => resolve(undefined) };
        this.locks.waiting.push(request);
        signal?.addEventListener("abort", () => {
          this.locks.waiting = this.locks.waiting.filter((other) => other !== request);
          reject(signal.reason);
        });
      });
    }
    this.locks.held.set(name, this);
    try {
      return await act({ name });
    } finally {
      if (this.locks.held.get(name) === this) this.locks.free(name);
    }
  };
}

/** The session storage of a tab. */
export class FakeStorage {
  /** @type {Map<string, string>} */
  items = new Map();

  /** @param {string} name */
  getItem = (name) => this.items.get(name) ?? null;

  /**
   * @param {string} name
   * @param {string} value
   */
  setItem = (name, value) => void this.items.set(name, value);

  /** As the browser does when a tab is duplicated. */
  copy() {
    const copy = new FakeStorage();
    for (const [name, value] of this.items) copy.items.set(name, value);
    return copy;
  }
}

/**
 * A `fetch` whose answers the test gives.
 */
export class FakeWeb {
  /** @type {{ url: string, answer: (body: unknown, status?: number) => Promise<void>, fail: () => Promise<void> }[]} */
  asked = [];

  /** @param {string} url @returns {Promise<Response>} */
  fetch = (url) =>
    new Promise((resolve, reject) => {
      this.asked.push({
        url,
        answer: async (body, status = 200) => {
          resolve(new Response(JSON.stringify(body), { status }));
          await settled();
        },
        fail: async () => {
          reject(new TypeError("no network"));
          await settled();
        },
      });
    });

  /** The newest question. */
  last() {
    const last = this.asked.at(-1);
    assert.ok(last, "nothing was fetched");
    return last;
  }
}
