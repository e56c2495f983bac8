/**
 * The submitter: sends pending changes in the order they were made (C2).
 *
 * A change is sent when the outbox has stored it, and again with the same id on every new
 * link, until its entry or a refusal comes. Many may be on the way at once, but never two
 * that touch the same element: a refused "come later" could otherwise be overtaken by a
 * change that builds on it. It keeps below the server's budget by itself.
 *
 * @import { Change, Limits, RejectFrame, SubmitFrame } from "../protocol.js"
 * @import { Replica } from "../model/replica.js"
 * @import { Clock } from "./system.js"
 */

import { touched } from "../model/pending.js";
import { backoffMs } from "./backoff.js";

/** On the way at once: hides a second of latency at any speed a person draws. */
const MAX_UNANSWERED = 64;
/** A program's burst goes out at once up to so many seconds of the budget. */
const BURST_S = 2;
const MOST_WAIT_MS = 10_000;

export class Submitter {
  #replica;
  #isStored;
  #clock;
  #random;
  /** @type {((frame: SubmitFrame) => void) | null} */
  #send = null;
  /** Sent and not answered, with the elements they touch. @type {Map<string, Set<string>>} */
  #unanswered = new Map();
  /** @type {unknown} */
  #timer = null;
  #perS = 0;
  #tokens = 0;
  #refilledAt = 0;
  #waitsUntil = 0;
  #nRefused = 0;

  /**
   * @param {object} parts
   * @param {Pick<Replica, "pending">} parts.replica
   * @param {(id: string) => boolean} parts.isStored whether the outbox has a change
   * @param {Clock} parts.clock
   * @param {() => number} parts.random
   */
  constructor({ replica, isStored, clock, random }) {
    this.#replica = replica;
    this.#isStored = isStored;
    this.#clock = clock;
    this.#random = random;
  }

  /**
   * A link is there: send all that is pending, also what was on the way before.
   * @param {Limits} limits
   * @param {(frame: SubmitFrame) => void} send
   */
  start(limits, send) {
    this.stop();
    this.#send = send;
    this.#perS = limits.submits_per_s;
    this.#tokens = BURST_S * this.#perS;
    this.#refilledAt = this.#clock.now();
    this.#waitsUntil = 0;
    this.#nRefused = 0;
    this.pump();
  }

  /** The link is gone. */
  stop() {
    this.#send = null;
    this.#unanswered.clear();
    this.#clock.clearTimer(this.#timer);
    this.#timer = null;
  }

  /**
   * A change has its entry, or was refused for good.
   * @param {string} id
   */
  answered(id) {
    if (!this.#unanswered.delete(id)) return;
    this.#nRefused = 0;
    this.pump();
  }

  /**
   * The server asks to send a change again later.
   * @param {RejectFrame} reject
   */
  postpone({ id, wait_ms }) {
    if (!this.#unanswered.delete(id)) return;
    const bounds = { baseMs: 500, mostMs: MOST_WAIT_MS };
    const waitMs = wait_ms ?? backoffMs(this.#nRefused++, this.#random, bounds);
    this.#waitsUntil = Math.max(this.#waitsUntil, this.#clock.now() + waitMs);
    this.pump();
  }

  /** Send what may be sent now. */
  pump() {
    const send = this.#send;
    if (!send) return;
    for (const change of this.#replica.pending()) {
      if (this.#unanswered.has(change.id)) continue;
      if (!this.#isStored(change.id) || this.#isInTheWay(change)) return;
      const waitMs = this.#waitMs();
      if (waitMs > 0) {
        this.#pumpAfter(waitMs);
        return;
      }
      this.#tokens--;
      this.#unanswered.set(change.id, touched(change));
      send({ type: "submit", id: change.id, ops: change.ops });
    }
  }

  /** @param {Change} change */
  #isInTheWay(change) {
    if (this.#unanswered.size >= MAX_UNANSWERED) return true;
    const ids = touched(change);
    for (const busy of this.#unanswered.values()) {
      for (const id of ids) if (busy.has(id)) return true;
    }
    return false;
  }

  /** @returns {number} 0: now */
  #waitMs() {
    const now = this.#clock.now();
    if (now < this.#waitsUntil) return this.#waitsUntil - now;
    if (this.#perS === 0) return 0;
    const refill = ((now - this.#refilledAt) / 1_000) * this.#perS;
    this.#tokens = Math.min(BURST_S * this.#perS, this.#tokens + refill);
    this.#refilledAt = now;
    return this.#tokens >= 1 ? 0 : Math.ceil(((1 - this.#tokens) / this.#perS) * 1_000);
  }

  /** @param {number} ms */
  #pumpAfter(ms) {
    this.#clock.clearTimer(this.#timer);
    this.#timer = this.#clock.setTimer(() => this.pump(), ms);
  }
}
