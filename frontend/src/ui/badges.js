/**
 * Badges on elements that have links: real links at their top right corners, which lead
 * to a page in a new tab, or to another place on the board.
 */

/** @import { Box, Point } from "../draw/geometry.js" */
/** @import { Measure } from "../draw/text.js" */
/** @import { Element } from "../protocol.js" */
/** @import { View } from "../tools/view.js" */

import { plainBox } from "../draw/bounds.js";
import { overlaps } from "../draw/geometry.js";
import { angleOf } from "../draw/look.js";
import { handlePlace } from "../tools/handles.js";
import { isFollowed } from "../tools/links.js";

const MOST = 120; // more at once would hide the board, and cost
const ARROW = "M7 17 17 7M8 7h9v9";
const MIN_SIDE_PX = 40; // on a smaller element a badge would hide the thing

/**
 * @typedef {object} Shown
 * @property {(id: string) => Element | undefined} get
 * @property {() => readonly Element[]} list
 * @property {(id: string) => Box | undefined} boxOf board units
 * @property {Measure} measure
 * @property {(link: string) => string} name of a badge
 * @property {(link: string) => void} follow a link to a place
 */

export class Badges {
  /** Elements with links. @type {Set<string>} */
  #linked = new Set();
  /** @type {Map<string, HTMLAnchorElement>} */
  #badges = new Map();

  /**
   * @param {HTMLElement} layer
   * @param {View} view
   * @param {Shown} shown
   */
  constructor(layer, view, shown) {
    this.layer = layer;
    this.view = view;
    this.shown = shown;
    layer.addEventListener("pointerdown", (event) => event.stopPropagation());
  }

  /**
   * Elements are different.
   * @param {ReadonlySet<string> | null} ids null: all of them
   * @returns {void}
   */
  refresh(ids) {
    const { get, list } = this.shown;
    if (!ids) {
      const linked = list().filter(({ link }) => isFollowed(link));
      this.#linked = new Set(linked.map(({ id }) => id));
      return;
    }
    for (const id of ids) {
      if (isFollowed(get(id)?.link)) this.#linked.add(id);
      else this.#linked.delete(id);
    }
  }

  /** Put every badge where its element is seen. @returns {void} */
  place() {
    if (this.#linked.size === 0 && this.#badges.size === 0) return;
    const seen = this.view.seen();
    const { zoom } = this.view;
    const used = new Set();
    for (const id of this.#linked) {
      const box = this.shown.boxOf(id);
      const element = this.shown.get(id);
      if (!box || !element?.link || !overlaps(box, seen)) continue;
      if (Math.max(box.right - box.left, box.bottom - box.top) * zoom < MIN_SIDE_PX) {
        continue;
      }
      used.add(id);
      const corner = cornerOf(element, box, 1, this.shown.measure);
      const [x, y] = this.view.toScreen(...corner);
      const badge = this.#badges.get(id) ?? this.#add(id);
      dress(badge, element.link, this.shown.name);
      badge.style.transform = `translate(${x.toFixed(1)}px, ${y.toFixed(1)}px)`;
      if (used.size === MOST) break;
    }
    for (const [id, badge] of this.#badges) {
      if (used.has(id)) continue;
      badge.remove();
      this.#badges.delete(id);
    }
  }

  /** @param {string} id */
  #add(id) {
    const badge = document.createElement("a");
    badge.className = "badge";
    badge.rel = "noopener noreferrer";
    badge.append(drawing(ARROW));
    badge.addEventListener("click", (event) => {
      const link = this.shown.get(id)?.link;
      if (!link?.startsWith("#")) return;
      event.preventDefault();
      this.shown.follow(link);
    });
    this.layer.append(badge);
    this.#badges.set(id, badge);
    return badge;
  }
}

/**
 * @param {HTMLAnchorElement} badge
 * @param {string} link
 * @param {(link: string) => string} name
 */
function dress(badge, link, name) {
  if (badge.getAttribute("href") === link) return;
  badge.href = link;
  badge.target = link.startsWith("#") ? "" : "_blank";
  badge.title = name(link);
  badge.setAttribute("aria-label", name(link));
}

/**
 * @param {string} d
 * @returns {SVGElement}
 */
export function drawing(d) {
  const namespace = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(namespace, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(namespace, "path");
  path.setAttribute("d", d);
  svg.append(path);
  return svg;
}

/**
 * An upper corner of an element, where it is when that is turned.
 * @param {Element} element
 * @param {Box} box around it, board units
 * @param {-1 | 1} across left or right
 * @param {Measure} measure
 * @returns {Point}
 */
export function cornerOf(element, box, across, measure) {
  const angle = angleOf(element);
  const own = angle === 0 ? box : plainBox(element, measure);
  return handlePlace({ box: own, angle }, { across, down: -1 });
}
