/**
 * The peers' cursors: an arrow and a name each, gliding to where they were last seen.
 *
 * Plain elements moved by transforms, so that names are text a screen can sharpen.
 */

/** @import { ShownPeer } from "../model/peers.js" */
/** @import { View } from "../tools/view.js" */

const GLIDE_MS = 55; // long enough to bridge two live frames, too short to lag
const ARRIVED_UNITS = 0.05;
const IDLE_MS = 5_000; // then the name fades and the arrow pales

/**
 * @typedef {object} Shown
 * @property {HTMLElement} element
 * @property {HTMLElement} label
 * @property {number} x where it is, board units
 * @property {number} y
 * @property {number} toX where it glides to
 * @property {number} toY
 * @property {number} moved_at ms
 */

export class Cursors {
  /** @type {Map<string, Shown>} */
  #shown = new Map();
  #last_ms = 0;

  /**
   * @param {HTMLElement} layer
   * @param {View} view
   * @param {() => boolean} isCalm whether the person wants no motion
   */
  constructor(layer, view, isCalm) {
    this.layer = layer;
    this.view = view;
    this.isCalm = isCalm;
  }

  /**
   * @param {readonly ShownPeer[]} peers
   * @param {number} now ms
   * @returns {void}
   */
  update(peers, now) {
    const present = new Set();
    for (const { session, name, color, cursor, idle } of peers) {
      if (!cursor) continue;
      present.add(session);
      const [x, y] = cursor;
      const known = this.#shown.get(session) ?? this.#add(session, x, y, now);
      if (known.toX !== x || known.toY !== y) known.moved_at = now;
      known.toX = x;
      known.toY = y;
      known.label.textContent = name || "Guest";
      known.element.style.setProperty("--peer", color);
      known.element.dataset.idle = idle;
    }
    for (const [session, { element }] of this.#shown) {
      if (present.has(session)) continue;
      element.remove();
      this.#shown.delete(session);
    }
  }

  /**
   * Move every cursor on its way.
   * @param {number} now ms
   * @returns {boolean} whether some have not arrived
   */
  step(now) {
    const passed = Math.min(100, now - this.#last_ms);
    this.#last_ms = now;
    const share = this.isCalm() ? 1 : 1 - Math.exp(-passed / GLIDE_MS);
    let is_moving = false;
    for (const cursor of this.#shown.values()) {
      const [dx, dy] = [cursor.toX - cursor.x, cursor.toY - cursor.y];
      const is_there = Math.hypot(dx, dy) * this.view.zoom < ARRIVED_UNITS;
      cursor.x = is_there ? cursor.toX : cursor.x + dx * share;
      cursor.y = is_there ? cursor.toY : cursor.y + dy * share;
      is_moving ||= !is_there;
      const [x, y] = this.view.toScreen(cursor.x, cursor.y);
      cursor.element.style.transform = `translate(${x.toFixed(1)}px, ${y.toFixed(1)}px)`;
      cursor.element.classList.toggle("is-idle", now - cursor.moved_at > IDLE_MS);
    }
    return is_moving;
  }

  /**
   * @param {string} session
   * @param {number} x
   * @param {number} y
   * @param {number} now
   * @returns {Shown}
   */
  #add(session, x, y, now) {
    const element = document.createElement("div");
    element.className = "cursor";
    element.dataset.session = session;
    const label = document.createElement("span");
    label.className = "cursor-name";
    element.append(arrow(), label);
    this.layer.append(element);
    const shown = { element, label, x, y, toX: x, toY: y, moved_at: now };
    this.#shown.set(session, shown);
    return shown;
  }
}

/** @returns {SVGElement} */
function arrow() {
  const namespace = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(namespace, "svg");
  svg.setAttribute("viewBox", "0 0 18 20");
  svg.setAttribute("class", "cursor-arrow");
  const path = document.createElementNS(namespace, "path");
  path.setAttribute("d", "M2 1.5 16 10.6 9.6 11.7 6.6 18Z");
  svg.append(path);
  return svg;
}
