/**
 * The keeper: writes the copy of the board when there is something new in it and a moment
 * of rest, when the network goes, and when the page is hidden. It removes the copy when
 * the server says that the board is closed to this person or gone.
 *
 * @import { Replica } from "../model/replica.js"
 * @import { Connection } from "./connection.js"
 * @import { Copies } from "./copies.js"
 * @import { System } from "./system.js"
 */

import { CLOSE } from "../protocol.js";

const FIRST_REST_MS = 500; // soon, but after what came with the welcome
const REST_MS = 5_000; // a copy of a heavy board takes a moment to write
const LOCKED = /** @type {readonly number[]} */ ([CLOSE.FORBIDDEN, CLOSE.GONE]);

/**
 * @param {object} parts
 * @param {Pick<Copies, "write" | "remove">} parts.copies
 * @param {Pick<Replica, "confirmed" | "seq" | "subscribe">} parts.replica
 * @param {Pick<Connection, "state" | "subscribe">} parts.connection
 * @param {Pick<System, "clock" | "page">} parts.system
 * @returns {void}
 */
export function keepCopy({ copies, replica, connection, system: { clock, page } }) {
  let kept_seq = -1;
  /** @type {unknown} */
  let timer = null;
  let was_live = false; // before, what is shown may be a part of the board

  const write = () => {
    clock.clearTimer(timer);
    timer = null;
    if (!was_live || replica.seq === kept_seq) return;
    kept_seq = replica.seq;
    void copies.write(replica.confirmed());
  };
  const writeSoon = () => {
    if (was_live && timer === null && replica.seq !== kept_seq) {
      timer = clock.setTimer(write, kept_seq < 0 ? FIRST_REST_MS : REST_MS);
    }
  };
  replica.subscribe(writeSoon);
  connection.subscribe(({ status, closedReason }) => {
    if (status === "live") {
      was_live = true;
      writeSoon();
    } else if (closedReason && LOCKED.includes(closedReason.code)) {
      was_live = false;
      void copies.remove();
    } else write();
  });
  page.subscribe((news) => {
    if (news === "hidden" || news === "offline") write();
  });
}
