/**
 * What others did to the board, gathered by person. Pure.
 */

/** @import { Op } from "../../protocol.js" */
/** @import { Words } from "../../words/words.js" */

import texts from "../../../messages/en/outline.json";
import shared from "../../../messages/en/shared.json";

const MOST_SAID = 4; // a crowd is not read out one by one

/** @typedef {{added: Set<string>, changed: Set<string>, removed: Set<string>}} Doings */

export class News {
  /** By name. @type {Map<string, Doings>} */
  #doings = new Map();

  /**
   * @param {string} name of who did it
   * @param {readonly Op[]} ops
   * @param {(id: string) => boolean} isThere whether there was such an element before
   */
  take(name, ops, isThere) {
    const doings = this.#doings.get(name) ?? {
      added: new Set(),
      changed: new Set(),
      removed: new Set(),
    };
    this.#doings.set(name, doings);
    for (const op of ops) {
      const id = op.op === "put" ? op.element.id : op.id;
      if (op.op === "del") {
        if (!doings.added.delete(id)) doings.removed.add(id);
        doings.changed.delete(id);
      } else if (op.op === "put" && !isThere(id)) doings.added.add(id);
      else if (!doings.added.has(id)) doings.changed.add(id);
    }
  }

  /**
   * @param {Words} t
   * @returns {string} everything since the last call; "" when nothing was done
   */
  tell(t) {
    const said = [...this.#doings].flatMap(([known, doings]) => {
      const name = known || t(shared.guest);
      return [
        doings.added.size && t(texts.added, { name, n: doings.added.size }),
        doings.changed.size && t(texts.changed, { name, n: doings.changed.size }),
        doings.removed.size && t(texts.removed, { name, n: doings.removed.size }),
      ].filter((sentence) => typeof sentence === "string");
    });
    this.#doings.clear();
    return said.slice(0, MOST_SAID).join(" ");
  }
}
