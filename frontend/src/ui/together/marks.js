/**
 * Marks around the words that others are writing: a frame in their colour with their name.
 */

/** @import { Box } from "../../draw/geometry.js" */
/** @import { Measure } from "../../draw/text.js" */
/** @import { ShownPeer } from "../../model/peers.js" */
/** @import { Element } from "../../protocol.js" */
/** @import { View } from "../../tools/view.js" */

import { resolved } from "../../draw/binding.js";
import { boundsOf, labelBox } from "../../draw/bounds.js";
import { isLined } from "../../draw/route.js";

const ROOM_PX = 6; // between the words and the frame
const MAX_MARKS = 30; // more than one can look at

/**
 * @typedef {object} Land
 * @property {View} view
 * @property {Measure} measure
 * @property {(id: string) => Element | undefined} get what is on the board
 * @property {(peer: ShownPeer) => string} words of a mark
 */

export class Marks {
  /** By session. @type {Map<string, {mark: HTMLElement, box: Box}>} */
  #marks = new Map();

  /**
   * @param {HTMLElement} layer
   * @param {Land} land
   */
  constructor(layer, land) {
    this.layer = layer;
    this.land = land;
  }

  /**
   * @param {readonly ShownPeer[]} peers
   * @returns {void}
   */
  update(peers) {
    const now = new Map();
    for (const peer of peers) {
      if (peer.editing === null || now.size === MAX_MARKS) continue;
      const box = this.#boxOf(peer, peer.editing);
      if (!box) continue;
      const mark = this.#marks.get(peer.session)?.mark ?? this.#add();
      mark.style.setProperty("--peer", peer.color);
      if (mark.firstElementChild) {
        mark.firstElementChild.textContent = this.land.words(peer);
      }
      now.set(peer.session, { mark, box });
    }
    for (const [session, { mark }] of this.#marks) {
      if (!now.has(session)) mark.remove();
    }
    this.#marks = now;
    this.place();
  }

  /** Put every mark where the camera has it. @returns {void} */
  place() {
    const { view } = this.land;
    for (const { mark, box } of this.#marks.values()) {
      const [left, top] = view.toScreen(box.left, box.top);
      const [right, bottom] = view.toScreen(box.right, box.bottom);
      const { style } = mark;
      style.transform = `translate(${left - ROOM_PX}px, ${top - ROOM_PX}px)`;
      style.width = `${right - left + 2 * ROOM_PX}px`;
      style.height = `${bottom - top + 2 * ROOM_PX}px`;
    }
  }

  /**
   * @param {ShownPeer} peer
   * @param {string} id of what they write in; nothing may be there
   * @returns {Box | null}
   */
  #boxOf({ draft }, id) {
    const { get, measure } = this.land;
    /** @param {string} other */
    const find = (other) => draft.find((element) => element.id === other) ?? get(other);
    const element = find(id);
    if (!element) return null;
    const shown = resolved(element, find, measure);
    const is_label = isLined(shown) && Boolean(shown.label);
    return is_label ? labelBox(shown, measure) : boundsOf(shown, measure);
  }

  #add() {
    const mark = document.createElement("div");
    mark.className = "writing-mark";
    const name = document.createElement("span");
    name.className = "writing-name";
    name.dir = "auto";
    mark.append(name);
    this.layer.append(mark);
    return mark;
  }
}
