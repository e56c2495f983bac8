/**
 * Following: my view goes where somebody else's goes, until I move it myself.
 *
 * Pure but for the frames it is handed. Two who follow each other would never come to
 * rest, so whoever follows me, directly or by others, cannot be followed; where both begin
 * at once, the one with the smaller session leads.
 */

/** @import { Signal } from "@preact/signals-core" */
/** @import { Camera } from "../../draw/camera.js" */
/** @import { ShownPeer } from "../../model/peers.js" */
/** @import { View } from "../../tools/view.js" */

import { cameraBetween } from "../travel.js";
import { around } from "./around.js";

const GLIDE_MS = 90; // bridges live frames, and hardly lags
const ARRIVED_PX = 0.3;
/** A leader whose link broke, or who loads the page again, is back by then. */
export const MISSED_MS = 15_000;
const MAX_CHAIN = 1_000; // of followers of followers; more than a board has people

/**
 * @typedef {object} Crowd
 * @property {() => readonly ShownPeer[]} list
 * @property {string} mySession
 */

export class Follow {
  /** The camera that was set here last; any other is the person's own move. */
  #set = /** @type {Camera | null} */ (null);
  #last_ms = 0;
  /** The leader's tab: it keeps its name when its session is a new one. */
  #client = "";
  /** Since when the leader is not here. @type {number | null} */
  #missed_ms = null;

  /**
   * @param {object} parts
   * @param {Signal<string | null>} parts.leader whom I follow
   * @param {View} parts.view
   * @param {Crowd} parts.peers
   * @param {(session: string | null) => void} parts.tell whom I follow, for the others
   * @param {() => boolean} parts.isCalm whether the person wants no motion
   * @param {() => boolean} parts.isLinked whether it is known who is here
   */
  constructor({ leader, view, peers, tell, isCalm, isLinked }) {
    this.isLinked = isLinked;
    this.view = view;
    this.peers = peers;
    this.tell = tell;
    this.isCalm = isCalm;
    this.leader = leader;
  }

  /**
   * @param {string} session
   * @returns {boolean} whether that is possible
   */
  start(session) {
    const peer = this.#peer(session);
    if (!peer || this.#leadsToMe(session)) return false;
    this.leader.value = session;
    this.#client = peer.client;
    this.#set = this.view.camera.peek();
    this.#last_ms = 0;
    this.tell(session);
    return true;
  }

  /** @returns {boolean} whether somebody was followed */
  stop() {
    if (this.leader.peek() === null) return false;
    this.leader.value = null;
    this.#set = null;
    this.#missed_ms = null;
    this.tell(null);
    return true;
  }

  /** The camera was changed by somebody: if by me, I go my own way. @returns {void} */
  moved() {
    if (this.#set && this.view.camera.peek() !== this.#set) this.stop();
  }

  /**
   * Go on towards what the leader sees.
   * @param {number} now ms
   * @returns {boolean} whether there is still way to go
   */
  step(now) {
    const known = this.leader.peek();
    if (known === null) return false;
    const peer = this.#peer(known) ?? this.#returned();
    if (!peer) {
      this.#miss(now);
      return false;
    }
    this.#missed_ms = null;
    if (this.#mustLead(peer.session)) {
      this.stop();
      return false;
    }
    const passed_ms = this.#last_ms > 0 ? Math.min(100, now - this.#last_ms) : 16;
    this.#last_ms = now;
    if (!peer.view) return false;
    const share = this.isCalm() ? 1 : 1 - Math.exp(-passed_ms / GLIDE_MS);
    return this.#approach(peer.view, share);
  }

  /**
   * @param {readonly [number, number, number, number]} seen by the leader
   * @param {number} share of the way, up to 1
   * @returns {boolean}
   */
  #approach(seen, share) {
    const size = this.view.size.peek();
    const from = this.view.camera.peek();
    const to = around(seen, this.view);
    const off =
      Math.hypot(to.x - from.x, to.y - from.y) * to.zoom +
      Math.abs(Math.log(to.zoom / from.zoom)) * size.width;
    const is_there = share === 1 || off < ARRIVED_PX;
    if (off > 0) this.#put(is_there ? to : cameraBetween(from, to, share));
    if (is_there) this.#last_ms = 0;
    return !is_there;
  }

  /** The leader under a new session. @returns {ShownPeer | undefined} */
  #returned() {
    const peer = this.peers.list().findLast(({ client }) => client === this.#client);
    if (peer) {
      this.leader.value = peer.session;
      this.tell(peer.session);
    }
    return peer;
  }

  /** @param {number} now ms */
  #miss(now) {
    if (!this.isLinked()) this.#missed_ms = null;
    else this.#missed_ms ??= now;
    if (this.#missed_ms !== null && now - this.#missed_ms >= MISSED_MS) this.stop();
  }

  /** @param {Camera} camera */
  #put(camera) {
    this.#set = camera;
    this.view.camera.value = camera;
  }

  /** @param {string} session */
  #peer(session) {
    return this.peers.list().find((peer) => peer.session === session);
  }

  /**
   * Whether I lead a circle that we are in.
   * @param {string} session whom I follow
   */
  #mustLead(session) {
    const chain = this.#chain(session);
    if (!chain.includes(this.peers.mySession)) return false;
    return chain.every((other) => this.peers.mySession <= other);
  }

  /** @param {string} session */
  #leadsToMe(session) {
    return this.#chain(session).includes(this.peers.mySession);
  }

  /**
   * Somebody, whom they follow, and so on.
   * @param {string} session
   * @returns {string[]}
   */
  #chain(session) {
    const follows = new Map(
      this.peers.list().map((peer) => [peer.session, peer.follow]),
    );
    const chain = new Set([session]);
    let next = follows.get(session);
    while (next && !chain.has(next) && chain.size < MAX_CHAIN) {
      chain.add(next);
      next = follows.get(next);
    }
    return [...chain];
  }
}
