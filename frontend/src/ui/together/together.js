/**
 * Meeting the others: following, calling and being called. Loaded after the board; `door`
 * is what the panels see of it. Ties the peers, the live sender and the view.
 */

/** @import { Signal } from "@preact/signals-core" */
/** @import { Moment } from "../../model/peers.js" */
/** @import { Bench } from "../../tools/bench.js" */
/** @import { BoardParts } from "../app.js" */
/** @import { Say } from "../desk.js" */
/** @import { Stage } from "../stage.js" */
/** @import { Together } from "./door.js" */
/** @import { Place } from "./place.js" */

import { effect } from "@preact/signals-core";
import texts from "../../../messages/en/together.json";
import "../notice_words.js"; // there at once when somebody is sent away
import { around } from "./around.js";
import { createAuthorship } from "./authorship.js";
import { Follow, MISSED_MS } from "./follow.js";
import { listenToIdling } from "./idling.js";
import { Marks } from "./marks.js";
import { createTalk } from "./talk.js";
import { tellOfUndoing } from "./undoing.js";

const CALL_REST_MS = 10_000; // the server takes no more

/**
 * @param {BoardParts} parts
 * @param {Bench} bench
 * @param {Say} say
 * @param {object} shown
 * @param {Signal<string | null>} shown.leader whom I follow
 * @param {Together["nameOf"]} shown.nameOf
 * @param {Stage} shown.stage
 * @param {Place} shown.place of my cursor
 */
export function createTogether(parts, bench, say, { leader, nameOf, stage, place }) {
  const { peers, live, connection, t } = parts;
  const { view, mayEdit } = bench;
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  const follow = new Follow({
    leader,
    view,
    peers,
    tell: (session) => live.state({ follow: session }),
    isCalm: () => calm.matches,
    isLinked: () => connection.state.status === "live",
  });
  let frame = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const run = () => {
    if (frame !== 0 || follow.leader.peek() === null) return;
    frame = requestAnimationFrame((now) => {
      frame = 0;
      if (follow.step(now)) run();
      else if (!find(follow.leader.peek())) lookAgain();
    });
  };
  const lookAgain = () => {
    clearTimeout(timer);
    timer = setTimeout(run, MISSED_MS);
  };
  peers.subscribe(run);
  view.size.subscribe(run);
  view.camera.subscribe(() => follow.moved());

  /** @param {readonly [number, number, number, number]} seen */
  const show = (seen) => view.travel(around(seen, view));
  /** @param {string | null} session */
  const find = (session) => peers.list().find((peer) => peer.session === session);

  /** @param {Moment} moment */
  const answer = ({ peer, call }) => {
    if (!call) return;
    const before = view.camera.peek();
    const go = { text: t(texts.go), run: () => show(call) };
    const back = {
      text: t(texts.back),
      run: () => view.travel(before),
    };
    const name = nameOf(peer);
    if (peer.role === "own") {
      follow.stop();
      show(call);
      say(t(texts.brought, { name }), false, [back]);
    } else {
      say(t(texts.asks, { name }), false, [go, { text: t(texts.not_now), run() {} }]);
    }
  };
  peers.subscribeMoments(answer);
  tellMyState(parts, bench);
  tellOfUndoing(parts, say);
  markWritings(parts, bench, stage, nameOf);
  const talk = createTalk(parts, bench, { stage, place, nameOf });
  let called_at = Number.NEGATIVE_INFINITY;

  return {
    ...talk,
    tellAuthor: createAuthorship(parts, bench, say, { stage, nameOf }),
    /** @param {string} session */
    follow(session) {
      const peer = find(session);
      if (!peer) return;
      if (follow.start(session)) run();
      else say(t(texts.follows_already, { name: nameOf(peer) }));
    },
    stop: () => follow.stop(),
    /** @param {string} session */
    goTo(session) {
      const seen = find(session)?.view;
      if (seen) show(seen);
    },
    call() {
      if (!mayEdit() || peers.list().length === 0) return;
      const now = performance.now();
      if (now - called_at < CALL_REST_MS) {
        say(t(texts.called_soon));
        return;
      }
      called_at = now;
      const { left, top, right, bottom } = view.seen();
      live.moment({ call: [left, top, right - left, bottom - top] });
      say(t(texts.called));
    },
  };
}

/**
 * What I write and whether I am here, for the others.
 * @param {BoardParts} parts
 * @param {Bench} bench
 */
function tellMyState({ live }, { editing }) {
  listenToIdling((idle) => live.state({ idle }));
  effect(() => live.state({ editing: editing.value?.element.id ?? null }));
}

/**
 * @param {BoardParts} parts
 * @param {Bench} bench
 * @param {Stage} stage
 * @param {Together["nameOf"]} nameOf
 */
function markWritings({ peers, replica, t }, { view, measure }, stage, nameOf) {
  const layer = document.createElement("div");
  layer.className = "writing-marks";
  layer.setAttribute("aria-hidden", "true");
  stage.root.append(layer);
  const marks = new Marks(layer, {
    ...{ view, measure },
    get: (id) => replica.get(id),
    words: (peer) => t(texts.writes, { name: nameOf(peer) }),
  });
  const update = () => marks.update(peers.list());
  peers.subscribe(update);
  replica.subscribe(update);
  stage.afterPaint.add(() => marks.place());
  update();
}
