/**
 * What the others say beside their cursors, and what a screen reader says of it.
 */

/** @import { ShownPeer } from "../../model/peers.js" */

const FADES_MS = 400; // as in together.css
const MARGIN_PX = 8;
const SAID_MS = 1_200; // a screen reader waits until the words rest

/**
 * @typedef {object} Bubble
 * @property {HTMLElement} element
 * @property {ReturnType<typeof setTimeout> | undefined} timer until it is read out
 */

export class Bubbles {
  /** By session. @type {Map<string, Bubble>} */
  #bubbles = new Map();

  /**
   * @param {HTMLElement} cursors the layer of the others' cursors
   * @param {(peer: ShownPeer, words: string) => void} say to who does not see it
   */
  constructor(cursors, say) {
    this.cursors = cursors;
    this.say = say;
  }

  /**
   * @param {readonly ShownPeer[]} peers
   * @returns {void}
   */
  update(peers) {
    const talking = new Set();
    for (const peer of peers) {
      if (peer.chat === "") continue;
      talking.add(peer.session);
      this.#show(peer);
    }
    for (const [session, { element, timer }] of this.#bubbles) {
      if (talking.has(session)) continue;
      this.#bubbles.delete(session);
      if (!peers.some((peer) => peer.session === session)) clearTimeout(timer);
      element.classList.add("is-over");
      setTimeout(() => element.remove(), FADES_MS);
    }
  }

  /**
   * Keep what is said within the screen, also where the cursor is at its edge.
   * @param {{width: number, height: number}} size of the screen
   * @returns {void}
   */
  place({ width, height }) {
    for (const { element } of this.#bubbles.values()) {
      const cursor = element.parentElement?.getBoundingClientRect();
      if (!cursor) continue;
      const { offsetLeft, offsetTop, offsetWidth, offsetHeight } = element;
      const right = cursor.left + offsetLeft + offsetWidth + MARGIN_PX;
      const bottom = cursor.top + offsetTop + offsetHeight + MARGIN_PX;
      const is_seen = cursor.left < width && cursor.top < height;
      const [x, y] = is_seen ? [width - right, height - bottom] : [0, 0];
      element.style.translate = `${Math.min(0, x)}px ${Math.min(0, y)}px`;
    }
  }

  /** @param {ShownPeer} peer */
  #show(peer) {
    const { session, chat } = peer;
    const bubble = this.#bubbles.get(session) ?? this.#add(session);
    const { element } = bubble;
    const cursor = this.cursors.querySelector(
      `[data-session="${CSS.escape(session)}"]`,
    );
    if (cursor && element.parentElement !== cursor) cursor.append(element);
    if (element.textContent === chat) return;
    element.textContent = chat;
    clearTimeout(bubble.timer);
    bubble.timer = setTimeout(() => this.say(peer, chat), SAID_MS);
  }

  /** @param {string} session */
  #add(session) {
    const element = document.createElement("span");
    element.className = "cursor-chat";
    element.dir = "auto";
    /** @type {Bubble} */
    const bubble = { element, timer: undefined };
    this.#bubbles.set(session, bubble);
    return bubble;
  }
}
