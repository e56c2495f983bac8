/**
 * A bench with fakes on it: a board that is a Map, a live sender that keeps a list, and
 * a hand that moves pointers.
 */

/** @import { Bench } from "../../../frontend/src/tools/bench.js" */
/** @import { Reading } from "../../../frontend/src/tools/controller.js" */
/** @import { Element, Laser, Op } from "../../../frontend/src/protocol.js" */

import { signal } from "@preact/signals-core";
import { allResolved } from "../../../frontend/src/draw/binding.js";
import { Bonds } from "../../../frontend/src/draw/bonds.js";
import { seenIn } from "../../../frontend/src/draw/frames.js";
import { Spatial } from "../../../frontend/src/draw/spatial.js";
import { Replica } from "../../../frontend/src/model/replica.js";
import { Controller } from "../../../frontend/src/tools/controller.js";
import { Draft } from "../../../frontend/src/tools/draft.js";
import { FramedBoard } from "../../../frontend/src/tools/framed.js";
import * as late from "../../../frontend/src/tools/late.js";
import { FIRST_OPTIONS } from "../../../frontend/src/tools/options.js";
import { FIRST_STYLE } from "../../../frontend/src/tools/style.js";
import { createTools } from "../../../frontend/src/tools/toolbox.js";
import { View } from "../../../frontend/src/tools/view.js";
import { measure } from "../draw/elements.js";

/** What was told to the others, in order. */
export class Told {
  constructor() {
    /** @type {(Op[] | null)[]} */
    this.drafts = [];
    /** @type {{id: string, points: number[], pressure: number[], time: number[]}[]} */
    this.extends = [];
    /** @type {(number | null)[][]} */
    this.cursors = [];
    /** @type {Laser[]} */
    this.lasers = [];
  }

  /** @param {Op[] | null} ops */
  draft(ops) {
    this.drafts.push(ops);
  }

  /**
   * @param {string} id
   * @param {number[]} points
   * @param {number[]} pressure
   * @param {number[]} time
   */
  extend(id, points, pressure, time) {
    this.extends.push({ id, points, pressure, time });
  }

  /**
   * @param {number | null} x
   * @param {number} [y]
   */
  cursor(x, y) {
    this.cursors.push([x, y ?? null]);
  }

  /** @param {Laser} laser */
  laser(laser) {
    this.lasers.push(laser);
  }

  selection() {}
  state() {}
  moment() {}
  tool() {}
  view() {}
}

/**
 * A board with some elements, and somebody who is about to draw on it.
 * @param {Element[]} elements
 */
export function sitDown(elements = []) {
  let n_ids = 0;
  const newId = () => `id-${++n_ids}`;
  const board = new Replica({ client: "me", newId });
  board.load({ seq: 0, elements });
  const live = new Told();
  const spatial = new Spatial(measure);
  const bonds = new Bonds();
  const look = () => {
    spatial.load(allResolved(board.list(), measure));
    bonds.load(board.list());
  };
  look();
  board.subscribe(look);
  const is = { allowed: true };
  /** What waits for its time. @type {Set<() => void>} */
  const waits = new Set();
  const wait = () => {
    for (const call of [...waits]) {
      waits.delete(call);
      call();
    }
  };
  const framed = new FramedBoard(board, measure);
  /** @type {Bench} */
  const bench = {
    board: framed,
    live,
    draft: new Draft(framed, live),
    view: new View(),
    style: signal(FIRST_STYLE),
    copied: signal(null),
    drops: signal(/** @type {"stroke" | "fill"} */ ("stroke")),
    options: signal(FIRST_OPTIONS),
    selection: signal(/** @type {ReadonlySet<string>} */ (new Set())),
    editing: signal(/** @type {Bench["editing"]["value"]} */ (null)),
    isViewing: signal(false),
    found: signal(null),
    cropping: signal(/** @type {string | null} */ (null)),
    measure,
    newId,
    late: (use) => use(late),
    author: () => "Ada",
    near: (box) => seenIn(spatial.search(box), box, (id) => board.get(id), measure),
    arrowsOn: (id) => bonds.on(id),
    boxOf: (id) => spatial.boxOf(id),
    everything: () => spatial.all(),
    pixelAt: () => "#0000ff",
    mayEdit: () => is.allowed,
    pick: (name) => controller.pick(name),
    isSelecting: () =>
      Boolean(controller.current().selects) &&
      !controller.working() &&
      !bench.editing.peek(),
    shine: (laser) => live.laser(laser),
    after(_ms, call) {
      waits.add(call);
      return () => waits.delete(call);
    },
  };
  const controller = new Controller(bench, createTools(bench), "select");
  return { bench, board, controller, live, is, wait, hand: new Hand(controller) };
}

/**
 * Somebody else changes the board.
 * @param {Pick<ReturnType<typeof sitDown>, "board">} seat
 * @param {Op[]} ops
 */
export function peerSubmits({ board }, ops) {
  const by = { session: "s2", client: "other", name: "Ada" };
  board.receive({ seq: board.seq + 1, id: `theirs-${board.seq}`, at: 0, by, ops });
}

/** Moves a pointer over the screen, 10 ms a reading. */
export class Hand {
  /** @param {Controller} controller */
  constructor(controller) {
    this.controller = controller;
    this.time = 1000;
    /** What every reading says beside place and time. @type {Partial<Reading>} */
    this.how = {};
  }

  /**
   * @param {number} x
   * @param {number} y
   * @param {Partial<Reading>} how
   * @returns {Reading}
   */
  reading(x, y, how = {}) {
    this.time += 10;
    return {
      id: 1,
      x,
      y,
      pressure: null,
      time: this.time,
      device: "mouse",
      shift: false,
      alt: false,
      ctrl: false,
      ...this.how,
      ...how,
    };
  }

  /**
   * Press at the first place and go through the others, without letting go.
   * @param {...[number, number]} places
   */
  drag(...places) {
    const [first, ...rest] = places;
    if (first) this.controller.down(this.reading(...first));
    for (const place of rest) this.controller.move([this.reading(...place)]);
    return this;
  }

  /**
   * Go on through the places.
   * @param {...[number, number]} places
   */
  move(...places) {
    for (const place of places) this.controller.move([this.reading(...place)]);
  }

  /**
   * @param {number} x
   * @param {number} y
   */
  release(x, y) {
    this.controller.up(this.reading(x, y));
  }

  /**
   * Press, go through the places, let go at the last.
   * @param {...[number, number]} places
   */
  draw(...places) {
    this.drag(...places);
    this.release(...(places.at(-1) ?? /** @type {[number, number]} */ ([0, 0])));
  }
}
