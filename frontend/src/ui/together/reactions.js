/**
 * Reactions: an emoji floats up from where somebody's cursor was, and is gone. What
 * happens outside of what I see floats up at that edge of it.
 */

/** @import { React } from "../../protocol.js" */
/** @import { View } from "../../tools/view.js" */

import { showEmoji } from "./emoji.js";

/** Those that the server takes. @type {readonly React["emoji"][]} */
export const EMOJI = ["👍", "❤️", "😂", "🎉", "👏", "🤔", "👀", "🔥"];

const MAX_AFLOAT = 40; // a crowd that claps; the oldest make room
const FLOATS_MS = 2_600; // as in reactions.css
const EDGE_PX = 44;
const RISES_PX = 160; // room to float up in
const SWAY_PX = 18;

export class Reactions {
  /** @type {{element: HTMLElement, x: number, y: number}[]} */
  #afloat = [];

  /**
   * @param {HTMLElement} layer
   * @param {View} view
   */
  constructor(layer, view) {
    this.layer = layer;
    this.view = view;
  }

  /**
   * @param {React} react
   * @param {{name: string, color: string} | null} by null: me
   * @returns {void}
   */
  show({ emoji, x, y }, by) {
    const element = document.createElement("div");
    element.className = "reaction";
    const rising = document.createElement("span");
    showEmoji(rising, emoji);
    rising.style.setProperty("--sway", `${(Math.random() - 0.5) * 2 * SWAY_PX}px`);
    if (by) {
      const name = document.createElement("small");
      name.textContent = by.name;
      name.style.setProperty("--peer", by.color);
      rising.append(name);
    }
    element.append(rising);
    this.layer.append(element);
    const one = { element, x, y };
    this.#afloat.push(one);
    if (this.#afloat.length > MAX_AFLOAT) this.#end(this.#afloat[0]);
    setTimeout(() => this.#end(one), FLOATS_MS);
    this.place();
  }

  /** Put every one where the camera has it. @returns {void} */
  place() {
    const { width, height } = this.view.size.peek();
    for (const { element, x, y } of this.#afloat) {
      const [left, top] = this.view.toScreen(x, y);
      const inX = within(left, EDGE_PX, width - EDGE_PX);
      const inY = within(top, Math.min(RISES_PX, height), height - EDGE_PX);
      element.style.transform = `translate(${inX}px, ${inY}px)`;
    }
  }

  /** @param {{element: HTMLElement} | undefined} one */
  #end(one) {
    this.#afloat = this.#afloat.filter((other) => other !== one);
    one?.element.remove();
  }
}

/**
 * @param {number} value
 * @param {number} least
 * @param {number} most
 */
function within(value, least, most) {
  return Math.min(Math.max(value, least), Math.max(least, most));
}
