/**
 * The way back: a button to press where nothing of the drawing is to be seen. Loaded once
 * the page has come to rest.
 */

/** @import { Desk } from "./desk.js" */
/** @import { Stage } from "./stage.js" */

import texts from "../../messages/en/navigation.json";
import { toBoard } from "./keyboard.js";

const REST_MS = 300; // while the board moves nobody is lost

/**
 * @param {Stage} stage
 * @param {Desk} desk
 * @returns {void}
 */
export function showWayBack(stage, desk) {
  const { spatial } = stage.scene;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "way-back panel";
  button.textContent = desk.t(texts.back);
  button.hidden = true;
  button.addEventListener("pointerdown", (event) => event.stopPropagation());
  button.addEventListener("click", () => {
    desk.run("fit all");
    toBoard();
  });
  stage.root.append(button);
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const look = () => {
    const { left, top, right, bottom } = desk.bench.view.seen();
    const seen = { minX: left, minY: top, maxX: right, maxY: bottom };
    button.hidden = spatial.leaves.size === 0 || spatial.tree.collides(seen);
  };
  stage.afterPaint.add(() => {
    if (!button.hidden) return look();
    clearTimeout(timer);
    timer = setTimeout(look, REST_MS);
  });
  stage.request();
}
