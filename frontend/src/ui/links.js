/**
 * Following links on the board: badges, and Ctrl and a click on the element itself. Loaded
 * once the page has come to rest.
 */

/** @import { Bench, Press } from "../tools/bench.js" */
/** @import { Element } from "../protocol.js" */
/** @import { Controller } from "../tools/controller.js" */
/** @import { Desk } from "./desk.js" */
/** @import { Stage } from "./stage.js" */

import texts from "../../messages/en/navigation.json";
import { isFollowed, linkOf } from "../tools/links.js";
import { Badges } from "./badges.js";

/** With these in hand Ctrl and a click follow a link. */
const FOLLOWING = new Set(["select", "lasso", "hand"]);

/**
 * @param {Bench} bench
 * @param {Controller} controller
 * @param {Stage} stage
 * @param {Desk} desk
 * @param {(press: Press) => Element | null} hitBy
 * @returns {void}
 */
export function listenToLinks(bench, controller, stage, desk, hitBy) {
  const { root, parts, scene } = stage;
  const layer = document.createElement("div");
  layer.className = "badges";
  root.append(layer);
  const badges = new Badges(layer, bench.view, {
    get: (id) => parts.replica.get(id),
    list: () => parts.replica.list(),
    boxOf: (id) => scene.spatial.boxOf(id),
    measure: bench.measure,
    follow: (link) => desk.go(link),
    name: (link) =>
      link.startsWith("#")
        ? desk.t(texts.link_place)
        : desk.t(texts.link_open, { address: link }),
  });
  parts.replica.subscribe(({ ids }) => badges.refresh(ids));
  badges.refresh(null);
  stage.afterPaint.add(() => badges.place());
  stage.request();
  root.addEventListener(
    "pointerdown",
    (event) => {
      const is_meant = event.button === 0 && (event.ctrlKey || event.metaKey);
      if (!is_meant || !FOLLOWING.has(controller.current().name)) return;
      const { left, top } = root.getBoundingClientRect();
      const [screenX, screenY] = [event.clientX - left, event.clientY - top];
      const [x, y] = bench.view.toBoard(screenX, screenY);
      const found = hitBy({
        ...{ x, y, screenX, screenY, pressure: null, time: event.timeStamp },
        ...{ device: "mouse", shift: false, alt: false, ctrl: true },
      });
      if (!isFollowed(found?.link)) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      follow(desk, found?.link ?? "");
    },
    { capture: true },
  );
}

/**
 * @param {Desk} desk
 * @returns {void}
 */
export function followSelected(desk) {
  const link = linkOf(desk.selected());
  if (link !== "") follow(desk, link);
}

/**
 * @param {Desk} desk
 * @param {string} link
 */
function follow(desk, link) {
  if (!isFollowed(link)) desk.say(desk.t(texts.link_nowhere), true);
  else if (link.startsWith("#")) desk.go(link);
  else window.open(link, "_blank", "noopener,noreferrer");
}
