/**
 * What the panels see of the others; what meets them is loaded after the board.
 */

/** @import { ReadonlySignal } from "@preact/signals-core" */
/** @import { ShownPeer } from "../../model/peers.js" */
/** @import { React } from "../../protocol.js" */
/** @import { Bench } from "../../tools/bench.js" */
/** @import { BoardParts } from "../app.js" */
/** @import { Say } from "../desk.js" */
/** @import { Stage } from "../stage.js" */

import { computed, signal } from "@preact/signals-core";
import shared from "../../../messages/en/shared.json";
import { holdKeys } from "../held_keys.js";
import { createPlace } from "./place.js";

/**
 * @typedef {object} Together
 * @property {ReadonlySignal<string | null>} leader the session that I follow
 * @property {ReadonlySignal<boolean>} isMeeting whether I follow or am followed
 * @property {(session: string) => void} follow
 * @property {() => boolean} stop whether somebody was followed
 * @property {(session: string) => void} goTo show what somebody sees
 * @property {() => void} call ask everyone to come
 * @property {() => void} chat type beside my cursor
 * @property {(emoji: React["emoji"]) => void} react
 * @property {() => {x: number, y: number}} place of my cursor, screen pixels
 * @property {() => void} tellAuthor say who drew what is selected
 * @property {(peer: Pick<ShownPeer, "name">) => string} nameOf
 * @property {(peer: ShownPeer) => boolean} followsMe
 */

/**
 * @param {BoardParts} parts
 * @param {Bench} bench
 * @param {Say} say
 * @param {Stage} stage
 * @returns {Together}
 */
export function createTogether(parts, bench, say, stage) {
  const { peers, t } = parts;
  const leader = signal(/** @type {string | null} */ (null));
  const isFollowed = signal(false);
  peers.subscribe(() => {
    isFollowed.value = peers.list().some((peer) => peer.follow === peers.mySession);
  });
  /** @type {Together["nameOf"]} */
  const nameOf = ({ name }) => name || t(shared.guest);
  const place = createPlace(stage.root, bench.view, (x, y) => bench.live.cursor(x, y));
  const loading = import("./together.js").then((part) =>
    part.createTogether(parts, bench, say, { leader, nameOf, stage, place }),
  );
  loading.catch(() => {}); // one draws alone then; the next load has it
  return {
    leader,
    isMeeting: computed(() => isFollowed.value || leader.value !== null),
    follow: (session) => loading.then((part) => part.follow(session)),
    stop() {
      const is_led = leader.peek() !== null;
      if (is_led) void loading.then((part) => part.stop());
      return is_led;
    },
    goTo: (session) => loading.then((part) => part.goTo(session)),
    call: () => loading.then((part) => part.call()),
    chat() {
      let is_wanted = true;
      const held = holdKeys(() => {
        is_wanted = false;
        held.drop();
      });
      loading.then(
        (part) => {
          if (is_wanted) part.chat();
          held.give();
        },
        () => held.drop(),
      );
    },
    react: (emoji) => loading.then((part) => part.react(emoji)),
    tellAuthor: () => loading.then((part) => part.tellAuthor()),
    place: () => place.at(),
    nameOf,
    followsMe: (peer) => peer.follow === peers.mySession,
  };
}
