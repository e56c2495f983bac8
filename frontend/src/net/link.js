/**
 * A link: one socket from opening to closing, its pings, and the watch over its silence.
 *
 * It parses and counts frames and tells `onOpen`, then `onFrame` for each, then `onClose`
 * exactly once; what frames mean is `connection`'s business. A link that stays silent is
 * cut at once instead of waiting for the network to notice, which takes minutes.
 *
 * @import { ClientFrame, Limits, ServerFrame } from "../protocol.js"
 * @import { Clock, Socket } from "./system.js"
 */

import { encodeFrame } from "./wire.js";

/** From opening to welcome; a phone on a bad network needs some seconds. */
const WELCOME_WITHIN_MS = 10_000;
/** How long a link may be silent after it was asked whether it still lives. */
const PROBE_MS = 5_000;
/** How often the server's allowance of unread bytes is confirmed while it is used up. */
const CONFIRMS_PER_ALLOWANCE = 16;
/** What the browser calls a link that broke. */
const CLOSE_BROKEN = 1006;

/**
 * @typedef {object} LinkListener
 * @property {() => void} onOpen
 * @property {(frame: ServerFrame) => void} onFrame
 * @property {(code: number, reason: string) => void} onClose
 */

export class Link {
  #socket;
  #clock;
  #listener;
  #isOpen = false;
  #isEnded = false;
  #received = 0;
  /** Frames received when the last question was sent; null: none is open. */
  #askedAt = /** @type {number | null} */ (null);
  #pingMs = 0;
  /** After so many characters what came is confirmed; 0: only by the clock. */
  #confirmChars = 0;
  #unconfirmedChars = 0;
  /** @type {() => number} */
  #seqNow = () => 0;
  /** @type {unknown} */
  #timer = null;

  /**
   * @param {Socket} socket that is opening
   * @param {Clock} clock
   * @param {LinkListener} listener
   */
  constructor(socket, clock, listener) {
    this.#socket = socket;
    this.#clock = clock;
    this.#listener = listener;
    socket.onopen = () => {
      if (this.#isEnded) return;
      this.#isOpen = true;
      listener.onOpen();
    };
    socket.onmessage = ({ data }) => this.#take(data);
    socket.onclose = ({ code, reason }) => this.#end(code, reason);
    this.#after(WELCOME_WITHIN_MS, () => this.cut("The server does not answer."));
  }

  get isEnded() {
    return this.#isEnded;
  }

  /**
   * @param {ClientFrame} frame lost when the link is not open
   */
  send(frame) {
    if (this.#isOpen && !this.#isEnded) this.#socket.send(encodeFrame(frame));
  }

  /**
   * The server said welcome: from now on ask regularly whether it is still there, and
   * confirm what came in time, before it takes this page for a slow reader.
   * @param {Pick<Limits, "ping_s" | "unread_bytes">} limits 0: no pings, no confirming
   * @param {() => number} seqNow the last seq applied
   */
  watch({ ping_s, unread_bytes }, seqNow) {
    this.#pingMs = ping_s * 1_000;
    this.#confirmChars = unread_bytes / CONFIRMS_PER_ALLOWANCE;
    this.#seqNow = seqNow;
    this.#askedAt = null;
    this.#scheduleAsk();
  }

  /** Ask now; without any answer soon the link is cut. Before welcome no effect. */
  probe() {
    if (this.#pingMs === 0 || this.#isEnded) return;
    this.#ask();
    this.#after(Math.min(PROBE_MS, this.#pingMs), () => this.#askAgain());
  }

  /**
   * End the link now, without waiting for the other side to agree.
   * @param {string} reason
   * @param {number} [code]
   */
  cut(reason, code = CLOSE_BROKEN) {
    this.#end(code, reason);
    this.#socket.close();
  }

  #scheduleAsk() {
    if (this.#pingMs > 0) this.#after(this.#pingMs, () => this.#askAgain());
    else this.#clock.clearTimer(this.#timer);
  }

  #askAgain() {
    if (this.#askedAt === this.#received) {
      this.cut("The link went silent.");
      return;
    }
    this.#ask();
    this.#scheduleAsk();
  }

  #ask() {
    this.#askedAt = this.#received;
    this.#ping();
  }

  #ping() {
    this.#unconfirmedChars = 0;
    this.send({ type: "ping", seq: this.#seqNow(), received: this.#received });
  }

  /** @param {unknown} data */
  #take(data) {
    if (this.#isEnded) return;
    this.#received++;
    this.#unconfirmedChars += String(data).length;
    /** @type {ServerFrame} */
    let frame;
    try {
      frame = JSON.parse(String(data));
    } catch {
      this.cut("The server sent something unreadable.");
      return;
    }
    this.#listener.onFrame(frame);
    if (this.#confirmChars > 0 && this.#unconfirmedChars >= this.#confirmChars) {
      this.#ping();
    }
  }

  /**
   * @param {number} code
   * @param {string} reason
   */
  #end(code, reason) {
    if (this.#isEnded) return;
    this.#isEnded = true;
    this.#clock.clearTimer(this.#timer);
    this.#listener.onClose(code, reason);
  }

  /**
   * @param {number} ms
   * @param {() => void} call
   */
  #after(ms, call) {
    this.#clock.clearTimer(this.#timer);
    this.#timer = this.#clock.setTimer(call, ms);
  }
}
