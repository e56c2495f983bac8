/**
 * What the browser gives and tests replace: clock, sockets, page, tabs.
 *
 * The shapes below are all that `net` knows of the outside, so a test can hand in a clock
 * that moves when told. `browserSystem` is the real thing; only `main` calls it.
 */

/**
 * @typedef {object} Clock
 * @property {() => number} now milliseconds that never go back
 * @property {(call: () => void, afterMs: number) => unknown} setTimer
 * @property {(timer: unknown) => void} clearTimer null is fine
 */

/**
 * The part of a WebSocket that is used.
 * @typedef {object} Socket
 * @property {(text: string) => void} send
 * @property {(code?: number, reason?: string) => void} close
 * @property {(() => void) | null} onopen
 * @property {((message: { data: unknown }) => void) | null} onmessage
 * @property {((closing: { code: number, reason: string }) => void) | null} onclose
 */

/** @typedef {"online" | "offline" | "visible" | "hidden"} PageNews */

/**
 * @typedef {object} Page
 * @property {() => boolean} isOnline what the browser believes
 * @property {(listener: (news: PageNews) => void) => () => void} subscribe
 */

/**
 * @typedef {object} System
 * @property {Clock} clock
 * @property {() => number} random 0…1
 * @property {(url: string) => Socket} openSocket
 * @property {(url: string, init?: { signal?: AbortSignal }) => Promise<Response>} fetch
 * @property {Page} page
 */

/**
 * @param {Window & typeof globalThis} window
 * @returns {System}
 */
export function browserSystem(window) {
  return {
    clock: {
      now: () => window.performance.now(),
      setTimer: (call, afterMs) => window.setTimeout(call, afterMs),
      clearTimer: (timer) => window.clearTimeout(/** @type {number} */ (timer)),
    },
    random: () => Math.random(),
    openSocket: (url) =>
      /** @type {Socket} */ (/** @type {unknown} */ (new window.WebSocket(url))),
    fetch: (url, init) => window.fetch(url, init),
    page: browserPage(window),
  };
}

/**
 * @param {Window} window
 * @returns {Page}
 */
function browserPage(window) {
  const { document, navigator } = window;
  return {
    isOnline: () => navigator.onLine,
    subscribe(listener) {
      const ending = new AbortController();
      const { signal } = ending;
      window.addEventListener("online", () => listener("online"), { signal });
      window.addEventListener("offline", () => listener("offline"), { signal });
      document.addEventListener(
        "visibilitychange",
        () => listener(document.hidden ? "hidden" : "visible"),
        { signal },
      );
      return () => ending.abort();
    },
  };
}
