/**
 * Who drew this: beside a pointer that rests, and said for what is selected.
 */

/** @import { Bench } from "../../tools/bench.js" */
/** @import { BoardParts } from "../app.js" */
/** @import { Say } from "../desk.js" */
/** @import { Stage } from "../stage.js" */
/** @import { Touch, Touches } from "./authors.js" */
/** @import { Together } from "./door.js" */

import people from "../../../messages/en/people.json";
import texts from "../../../messages/en/together.json";
import { selectedElements } from "../../tools/selected.js";
import { ago } from "./ago.js";
import { listenToResting } from "./author_tip.js";
import { Authors } from "./authors.js";

/**
 * @param {BoardParts} parts
 * @param {Bench} bench
 * @param {Say} say
 * @param {{stage: Stage, nameOf: Together["nameOf"]}} around
 * @returns {() => Promise<void>} says who drew what is selected
 */
export function createAuthorship(parts, bench, say, { stage, nameOf }) {
  const { replica, data, t } = parts;
  const authors = new Authors(`${data.api_url}elements/`, (url, init) =>
    fetch(url, init),
  );
  replica.subscribe(({ ids }) => authors.forget(ids));

  /**
   * @param {string} id
   * @param {AbortSignal} [signal]
   */
  const touchesOf = async (id, signal) => {
    const is_pending = replica.isTouched(id); // what is said now is old soon
    const touches = await authors.of(id, signal);
    if (is_pending) authors.forget(new Set([id]));
    return touches;
  };
  /** @param {Touch} touch */
  const isMine = ({ by }) =>
    by.client === replica.client || (Boolean(by.user) && by.user === data.user);
  /** @param {Touch} touch */
  const nameIn = (touch) => {
    const name = nameOf({ name: touch.by.name ?? "" });
    return isMine(touch) ? t(people.you, { name }) : name;
  };
  /** @param {Touches} touches */
  const linesOf = ({ made, changed }) => {
    /** @param {Touch} touch */
    const values = (touch) => ({
      name: nameIn(touch),
      when: ago(touch.at, Date.now(), t.language),
    });
    const first = t(texts.drawn_by, values(made));
    if (changed.seq === made.seq) return first;
    return `${first}\n${t(texts.changed_by, values(changed))}`;
  };

  listenToResting(stage, bench, async (id, signal) => {
    const touches = await touchesOf(id, signal);
    if (!touches || (isMine(touches.made) && isMine(touches.changed))) return "";
    return linesOf(touches); // nobody wonders about what they drew themselves
  });

  return async () => {
    const element = selectedElements(bench).at(-1);
    if (!element) return;
    const touches = await touchesOf(element.id);
    say(touches ? linesOf(touches) : t(texts.drawn_unknown));
  };
}
