/**
 * Talking without a trace: words beside the cursors and reactions, told to who is here and
 * kept nowhere. Viewers talk too.
 */

/** @import { ShownPeer } from "../../model/peers.js" */
/** @import { React } from "../../protocol.js" */
/** @import { Bench } from "../../tools/bench.js" */
/** @import { BoardParts } from "../app.js" */
/** @import { Stage } from "../stage.js" */
/** @import { Together } from "./door.js" */
/** @import { Place } from "./place.js" */

import texts from "../../../messages/en/together.json";
import { Bubbles } from "./bubbles.js";
import { createChatField } from "./chat_field.js";
import { Reactions } from "./reactions.js";

const MY_COLOR = "#265a9e"; // until it is known in which colour I am seen

/**
 * @param {BoardParts} parts
 * @param {Bench} bench
 * @param {object} around
 * @param {Stage} around.stage
 * @param {Place} around.place of my cursor
 * @param {Together["nameOf"]} around.nameOf
 * @returns {{chat: () => void, react: (emoji: React["emoji"]) => void}}
 */
export function createTalk(parts, { view }, { stage, place, nameOf }) {
  const { peers, live, root, t } = parts;
  const log = logIn(root);
  /** @type {(peer: ShownPeer, words: string) => void} */
  const say = (peer, words) => {
    log.textContent = t(texts.says, { name: nameOf(peer), words });
  };
  const bubbles = new Bubbles(stage.cursors.layer, say);
  peers.subscribe(() => bubbles.update(peers.list()));
  stage.afterPaint.add(() => bubbles.place(view.size.peek()));
  bubbles.update(peers.list());

  const layer = document.createElement("div");
  layer.className = "reactions";
  layer.setAttribute("aria-hidden", "true");
  stage.root.append(layer);
  const reactions = new Reactions(layer, view);
  stage.afterPaint.add(() => reactions.place());
  peers.subscribeMoments(({ peer, react }) => {
    if (!react) return;
    reactions.show(react, { name: nameOf(peer), color: peer.color });
    say(peer, react.emoji);
  });

  let is_talking = false;
  stage.root.addEventListener("pointerleave", () => {
    if (is_talking) place.show(); // what is said stays where it was said
  });
  return {
    chat: createChatField({
      ...{ layer: root, place },
      tell(chat) {
        live.state({ chat });
        is_talking = chat !== "";
        if (!is_talking && stage.hovering === null) live.cursor(null);
      },
      color: () => peers.myColor ?? MY_COLOR,
      words: { name: t(texts.chat_name), hint: t(texts.chat_hint) },
    }),
    react(emoji) {
      const [x, y] = place.onBoard();
      live.moment({ react: { emoji, x, y } });
      reactions.show({ emoji, x, y }, null);
    },
  };
}

/**
 * What is read out to who does not see the cursors.
 * @param {HTMLElement} root
 */
function logIn(root) {
  const log = document.createElement("p");
  log.className = "visually-hidden";
  log.setAttribute("role", "status");
  root.append(log);
  return log;
}
