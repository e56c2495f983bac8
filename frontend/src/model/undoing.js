/**
 * Undoing: what takes a step back as things stand now, and what the history learns from
 * the journal. Others' entries may have come below my pending changes, and changed what I
 * did: only what is still my own work is taken back (C4).
 *
 * @import { Element, Entry, Op } from "../protocol.js"
 * @import { Document } from "./document.js"
 * @import { Effect } from "./effects.js"
 * @import { History, Stack, Step } from "./history.js"
 * @import { Pending } from "./pending.js"
 */

import { effectOf, effectsOf, inverseOps } from "./effects.js";
import { touched } from "./pending.js";

export class Undoing {
  #history;
  #pending;

  /**
   * @param {string} client my client id
   * @param {History} history
   * @param {Pending} pending
   */
  constructor(client, history, pending) {
    /** Entries by it are my own work. */
    this.client = client;
    this.#history = history;
    this.#pending = pending;
  }

  /**
   * Take the last step off a stack that there is still something to take back of.
   * @param {Stack} from
   * @param {Document} confirmed
   * @param {(id: string) => Element | undefined} get what is shown
   * @returns {{step: Step, ops: Op[]} | null} null when none is left
   */
  take(from, confirmed, get) {
    for (let step = this.#history.take(from); step; step = this.#history.take(from)) {
      const effects = [...step.parts]
        .reverse()
        .flatMap((part) => this.#effects(part.change, confirmed) ?? part.effects);
      const ops = inverseOps(effects, get);
      if (ops.length > 0) return { step, ops };
    }
    return null;
  }

  /**
   * What a pending change does as things stand: others' entries may have come below it.
   * @param {string} id
   * @param {Document} confirmed
   * @returns {Effect[] | null} null when it is not pending
   */
  #effects(id, confirmed) {
    const change = this.#pending.get(id);
    if (!change) return null;
    return [...touched(change)]
      .map((element) => {
        const before = confirmed.get(element);
        return effectOf(element, ...this.#pending.around(element, before, change));
      })
      .filter((effect) => effect !== null);
  }

  /**
   * An entry was applied: mine is a step that is confirmed, another's may own now what a
   * step would have taken back.
   * @param {Entry} entry
   * @param {Map<string, Element | undefined>} before
   * @param {Document} confirmed with the entry
   * @returns {void}
   */
  applied(entry, before, confirmed) {
    /** @param {string} id */
    const after = (id) => confirmed.get(id);
    if (entry.by.client === this.client) {
      this.#history.confirm(entry.id, entry.seq, effectsOf(before, after));
      return;
    }
    for (const [id, element] of before) {
      const theirs = this.#history.knows(id) && effectOf(id, element, after(id));
      if (theirs) this.#history.give(theirs);
    }
  }
}
