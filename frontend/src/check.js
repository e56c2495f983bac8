/**
 * The page of the connection check: opens the two sockets of `boards/check` and shows
 * how they fare. Constructs everything itself and is imported by nobody.
 */

import texts from "../messages/en/check.json";
import { ifAllowed } from "./net/allowed.js";
import { Prefs } from "./net/prefs.js";
import { loadWords, markLanguage, pickLanguage } from "./words/languages.js";
import { createWords } from "./words/words.js";

const ROUND_TRIPS = 5;
const PATIENCE_MS = 10_000;
/** A frame this much later than its time means that something held it back. */
const LATE_MS = 1_500;

const ADVICE = {
  handshake: texts.advice_handshake,
  roundtrip: texts.advice_roundtrip,
  stream: texts.advice_stream,
  late: texts.advice_late,
};

/** Says a text in the person's language, once that is loaded. */
let t = createWords("en");

/** @typedef {"busy" | "good" | "bad"} State */
/** @typedef {{ count: number, interval: number }} Plan */
/** @typedef {{ received: number, count: number, late: number }} Streamed */

/**
 * @param {string} selector
 * @returns {HTMLElement}
 */
function find(selector) {
  const found = document.querySelector(selector);
  if (!(found instanceof HTMLElement)) throw new Error(`The page has no ${selector}.`);
  return found;
}

/**
 * @param {AbortSignal} signal a check that was given up shows nothing more
 * @param {string} id the row
 * @param {State} state
 * @param {string} text
 */
function show(signal, id, state, text) {
  if (signal.aborted) return;
  find(`#${id}`).dataset.state = state;
  find(`#${id} .value`).textContent = text;
}

/**
 * @param {State} state
 * @param {string} text
 * @param {string} [advice]
 */
function conclude(state, text, advice) {
  const verdict = find("#verdict");
  verdict.dataset.state = state;
  verdict.textContent = text;
  const button = find("#plan button");
  button.classList.toggle("is-quiet", state === "busy");
  button.textContent = t(state === "busy" ? texts.over : texts.again);
  find("#advice").hidden = advice === undefined;
  find("#advice p").textContent = advice ?? "";
}

/**
 * @param {string} path
 * @returns {WebSocket}
 */
function socketTo(path) {
  const scheme = location.protocol === "https:" ? "wss:" : "ws:";
  return new WebSocket(`${scheme}//${location.host}${path}`);
}

/**
 * Resolves with the next event of one kind; rejects when the socket closes first, when
 * nothing comes in time, or when the check is given up.
 *
 * @param {WebSocket} socket
 * @param {"open" | "message"} kind
 * @param {AbortSignal} signal
 * @returns {Promise<Event>}
 */
function next(socket, kind, signal) {
  return new Promise((resolve, reject) => {
    const patience = setTimeout(() => refuse(new Error("no answer")), PATIENCE_MS);
    const onClose = () => refuse(new Error("closed"));
    const onAbort = () => refuse(new Error("given up"));
    /** @param {Event} event */
    const onEvent = (event) => {
      leave();
      resolve(event);
    };
    /** @param {Error} reason */
    function refuse(reason) {
      leave();
      reject(reason);
    }
    function leave() {
      clearTimeout(patience);
      socket.removeEventListener(kind, onEvent);
      socket.removeEventListener("close", onClose);
      signal.removeEventListener("abort", onAbort);
    }
    socket.addEventListener(kind, onEvent);
    socket.addEventListener("close", onClose);
    signal.addEventListener("abort", onAbort);
  });
}

/**
 * @param {WebSocket} socket an open one to the echo
 * @param {AbortSignal} signal
 * @returns {Promise<number[]>} the round trips, ms, shortest first
 */
async function roundTrips(socket, signal) {
  const times = [];
  for (let n = 1; n <= ROUND_TRIPS; n += 1) {
    const began = performance.now();
    socket.send(JSON.stringify({ type: "check", n }));
    const event = await next(socket, "message", signal);
    if (!(event instanceof MessageEvent)) throw new Error("no text");
    const greeting = JSON.parse(event.data);
    if (greeting.type !== "greeting") throw new Error("no greeting");
    times.push(performance.now() - began);
  }
  return times.sort((a, b) => a - b);
}

/**
 * @param {Plan} plan
 * @param {AbortSignal} signal
 * @param {(so: Streamed) => void} progress
 * @returns {Promise<Streamed>}
 */
function streamed(plan, signal, progress) {
  const { count, interval } = plan;
  const socket = socketTo(`/ws/check/stream/?count=${count}&interval=${interval}`);
  const so = { received: 0, count, late: 0 };
  let first = 0;
  return new Promise((resolve) => {
    socket.addEventListener("message", (event) => {
      const frame = JSON.parse(event.data);
      if (frame.type !== "tick") return;
      if (so.received === 0) first = performance.now();
      const due = first + so.received * interval * 1_000;
      so.received += 1;
      if (performance.now() - due > LATE_MS) so.late += 1;
      progress(so);
    });
    socket.addEventListener("close", () => resolve(so));
    signal.addEventListener("abort", () => socket.close());
  });
}

/**
 * @param {AbortSignal} signal
 * @returns {Promise<string | undefined>} advice when something is wrong
 */
async function checkEcho(signal) {
  show(signal, "handshake", "busy", "…");
  show(signal, "roundtrip", "busy", "…");
  const began = performance.now();
  const socket = socketTo("/ws/check/echo/");
  try {
    await next(socket, "open", signal);
    show(signal, "handshake", "good", milliseconds(performance.now() - began));
  } catch {
    show(signal, "handshake", "bad", t(texts.unanswered));
    show(signal, "roundtrip", "bad", t(texts.not_tried));
    return ADVICE.handshake;
  }
  try {
    const times = await roundTrips(socket, signal);
    const median = times[Math.floor(times.length / 2)] ?? 0;
    show(
      signal,
      "roundtrip",
      "good",
      t(texts.median, { ms: milliseconds(median), n: times.length }),
    );
  } catch {
    show(signal, "roundtrip", "bad", t(texts.no_greeting));
    return ADVICE.roundtrip;
  } finally {
    socket.close();
  }
  return undefined;
}

/**
 * @param {Plan} plan
 * @param {AbortSignal} signal
 * @returns {Promise<string | undefined>} advice when something is wrong
 */
async function checkStream(plan, signal) {
  const bar = find("#stream progress");
  show(signal, "stream", "busy", "…");
  const so = await streamed(plan, signal, ({ received, count }) => {
    show(signal, "stream", "busy", t(texts.so_far, { n: received, count }));
    if (bar instanceof HTMLProgressElement) {
      bar.max = count;
      bar.value = received;
    }
  });
  if (so.received < so.count) {
    show(signal, "stream", "bad", t(texts.ended, { n: so.received, count: so.count }));
    return ADVICE.stream;
  }
  if (so.late > 0) {
    show(signal, "stream", "bad", t(texts.late, { n: so.late, count: so.count }));
    return ADVICE.late;
  }
  show(signal, "stream", "good", t(texts.in_time, { n: so.count, count: so.count }));
  return undefined;
}

/**
 * @param {Plan} plan
 * @param {AbortSignal} signal
 */
async function check(plan, signal) {
  conclude("busy", t(texts.checking));
  const advice = (await checkEcho(signal)) ?? (await checkStream(plan, signal));
  if (signal.aborted) return;
  if (advice === undefined) conclude("good", t(texts.good));
  else conclude("bad", t(texts.bad), t(advice));
}

/** @param {number} value */
function milliseconds(value) {
  return `${value.toFixed(1)} ms`;
}

/**
 * @param {HTMLFormElement} form
 * @returns {Plan}
 */
function planOf(form) {
  const fields = new FormData(form);
  return {
    count: Number(fields.get("count")),
    interval: Number(fields.get("interval")),
  };
}

const form = find("#plan");
if (!(form instanceof HTMLFormElement)) throw new Error("The page has no form.");
let running = new AbortController();

function start() {
  running.abort();
  running = new AbortController();
  if (form instanceof HTMLFormElement) void check(planOf(form), running.signal);
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  start();
});
addEventListener("pagehide", () => running.abort());

/** What the template says, in the person's language. */
async function speak() {
  const prefs = new Prefs(ifAllowed(() => window.localStorage));
  t = await loadWords(pickLanguage(prefs.get("language", ""), navigator.languages));
  markLanguage(document.documentElement, t.language);
  document.title = `${t(texts.title)} · Chalkline`;
  const named = /** @type {Readonly<Record<string, string>>} */ (texts);
  for (const element of document.querySelectorAll("[data-text]")) {
    const text = element instanceof HTMLElement && named[element.dataset.text ?? ""];
    if (text) element.textContent = t(text);
  }
}

void speak().then(start);
