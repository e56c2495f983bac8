/**
 * The sign that what is selected is locked: a padlock at its corner, which unlocks it when
 * pressed. Loaded once the page has come to rest.
 */

/** @import { Bench } from "../tools/bench.js" */
/** @import { Desk } from "./desk.js" */
/** @import { Stage } from "./stage.js" */

import texts from "../../messages/en/palette.json";
import { selectedElements } from "../tools/selected.js";
import { cornerOf, drawing } from "./badges.js";

const MOST = 60; // as many as are outlined one by one
const PADLOCK = "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3";

/**
 * @param {Bench} bench
 * @param {Stage} stage
 * @param {Desk} desk
 * @returns {void}
 */
export function showLocks(bench, stage, desk) {
  const layer = document.createElement("div");
  layer.className = "badges";
  stage.root.append(layer);
  layer.addEventListener("pointerdown", (event) => event.stopPropagation());
  /** @type {Map<string, HTMLButtonElement>} */
  const shown = new Map();
  /** @param {string} id */
  const add = (id) => {
    const badge = document.createElement("button");
    badge.type = "button";
    badge.className = "badge badge-lock";
    badge.title = desk.t(texts.unlock);
    badge.setAttribute("aria-label", badge.title);
    badge.append(drawing(PADLOCK));
    badge.addEventListener("click", () =>
      desk.submit([{ op: "set", id, props: { locked: false } }]),
    );
    layer.append(badge);
    shown.set(id, badge);
    return badge;
  };
  stage.afterPaint.add(() => {
    const locked = selectedElements(bench).filter((element) => element.locked);
    if (locked.length === 0 && shown.size === 0) return;
    const marked = locked.slice(0, MOST);
    const ids = new Set(marked.map(({ id }) => id));
    for (const element of marked) {
      const { id } = element;
      const box = bench.boxOf(id);
      if (!box) continue;
      const corner = cornerOf(element, box, -1, bench.measure);
      const [x, y] = bench.view.toScreen(...corner);
      const badge = shown.get(id) ?? add(id);
      badge.disabled = !bench.mayEdit();
      badge.style.transform = `translate(${x.toFixed(1)}px, ${y.toFixed(1)}px)`;
    }
    for (const [id, badge] of shown) {
      if (ids.has(id)) continue;
      badge.remove();
      shown.delete(id);
    }
  });
  stage.request();
}
