/**
 * My history on this board: the steps that undo and redo go through (C4).
 *
 * A step is what one gesture of mine did, as effects. Undo is a new change that takes a
 * step's effects back and is itself a step, on the redo stack; redo is the same the other
 * way round. When somebody else changes what a confirmed step did, that part leaves the
 * step for good: undo skips it, also after a reload. Steps are plain JSON, written
 * through `store` as they change. Pure; only `replica` calls it.
 *
 * @import { Effect } from "./effects.js"
 */

import { without } from "./effects.js";

/**
 * One change of a step; a step has several only when it was too large for one change.
 * @typedef {object} Part
 * @property {string} change the change's id
 * @property {number | null} seq null until it is confirmed
 * @property {Effect[]} effects
 */

/** @typedef {"undo" | "redo"} Stack */

/**
 * @typedef {object} Step
 * @property {string} id the id of its first change
 * @property {Stack} stack where it lies
 * @property {number} place its place there: higher is newer
 * @property {Part[]} parts
 */

/**
 * Where steps survive a reload. Both calls return at once.
 * @typedef {object} StepStore
 * @property {(step: Step) => void} write add or replace
 * @property {(id: string) => void} forget
 */

/** What people undo is recent; a step of a thousand strokes is some megabytes. */
const MAX_STEPS = 200;

/** @type {StepStore} */
const NOWHERE = { write() {}, forget() {} };

export class History {
  /** @type {Record<Stack, Step[]>} */
  #stacks = { undo: [], redo: [] };
  /** Which step a change belongs to. @type {Map<string, Step>} */
  #byChange = new Map();
  /** Which steps did something to an element. @type {Map<string, Set<Step>>} */
  #byElement = new Map();
  /** The step that an unconfirmed undo or redo took back. @type {Map<string, Step>} */
  #origins = new Map();
  #place = 0;
  #store;

  /** @param {StepStore} [store] */
  constructor(store = NOWHERE) {
    this.#store = store;
  }

  /** @param {Stack} stack */
  has(stack) {
    return this.#stacks[stack].length > 0;
  }

  /**
   * Take the steps of before a reload.
   * @param {Step[]} steps in any order
   */
  restore(steps) {
    for (const step of [...steps].sort((a, b) => a.place - b.place)) {
      this.#place = Math.max(this.#place, step.place);
      this.#stacks[step.stack].push(step);
      this.#index(step);
    }
  }

  /**
   * Add a step.
   * @param {Stack} stack
   * @param {Part[]} parts
   * @param {Step} [origin] the step that it takes back
   */
  push(stack, parts, origin) {
    const [first] = parts;
    if (!first) return;
    const step = { id: first.change, stack, place: ++this.#place, parts };
    if (origin) this.#origins.set(step.id, origin);
    this.#add(step);
    const steps = this.#stacks[stack];
    if (steps.length > MAX_STEPS) this.#drop(/** @type {Step} */ (steps[0]));
  }

  /**
   * Take the newest step off a stack.
   * @param {Stack} stack
   * @returns {Step | undefined}
   */
  take(stack) {
    const step = this.#stacks[stack].at(-1);
    if (step) this.#drop(step);
    return step;
  }

  /** A new gesture: what was undone before cannot be redone. */
  forgetRedo() {
    while (this.take("redo"));
  }

  /**
   * A change of mine is in the journal.
   * @param {string} change
   * @param {number} seq
   * @param {Effect[]} [effects] what it did in truth; left out when that is not known
   */
  confirm(change, seq, effects) {
    const step = this.#byChange.get(change);
    if (!step) return;
    this.#origins.delete(step.id);
    this.#update(step, (part) => {
      if (part.change !== change) return part;
      return { ...part, seq, effects: effects ?? part.effects };
    });
  }

  /**
   * A change of mine was refused: it goes, and what it had undone comes back.
   * @param {string} change
   */
  reject(change) {
    const step = this.#byChange.get(change);
    if (!step) return;
    const origin = this.#origins.get(step.id);
    this.#update(step, (part) => (part.change === change ? null : part));
    if (origin && step.parts.length === 0) this.#add(origin);
  }

  /** @param {string} id an element */
  knows(id) {
    return this.#byElement.has(id);
  }

  /**
   * Somebody else changed an element, after all my confirmed steps.
   * @param {Effect} theirs
   */
  give(theirs) {
    for (const step of [...(this.#byElement.get(theirs.id) ?? [])]) {
      this.#update(step, (part) => {
        if (part.seq === null) return part; // mine is the later one
        const effects = part.effects.map((mine) =>
          mine.id === theirs.id ? without(mine, theirs) : mine,
        );
        return { ...part, effects: effects.filter((effect) => effect !== null) };
      });
    }
  }

  /**
   * Replace the parts of a step; parts without effects go, and an empty step with them.
   * @param {Step} step
   * @param {(part: Part) => Part | null} change
   */
  #update(step, change) {
    this.#unindex(step);
    step.parts = step.parts
      .map(change)
      .filter((part) => part !== null)
      .filter((part) => part.seq === null || part.effects.length > 0);
    this.#index(step);
    if (step.parts.length === 0) this.#drop(step);
    else this.#store.write(step);
  }

  /** @param {Step} step */
  #add(step) {
    this.#stacks[step.stack].push(step);
    this.#index(step);
    this.#store.write(step);
  }

  /** @param {Step} step */
  #drop(step) {
    const steps = this.#stacks[step.stack];
    const index = steps.lastIndexOf(step);
    if (index >= 0) steps.splice(index, 1);
    this.#origins.delete(step.id);
    this.#unindex(step);
    this.#store.forget(step.id);
  }

  /** @param {Step} step */
  #index(step) {
    for (const { change, effects } of step.parts) {
      this.#byChange.set(change, step);
      for (const { id } of effects) {
        const steps = this.#byElement.get(id);
        if (steps) steps.add(step);
        else this.#byElement.set(id, new Set([step]));
      }
    }
  }

  /** @param {Step} step */
  #unindex(step) {
    for (const { change, effects } of step.parts) {
      this.#byChange.delete(change);
      for (const { id } of effects) {
        const steps = this.#byElement.get(id);
        steps?.delete(step);
        if (steps?.size === 0) this.#byElement.delete(id);
      }
    }
  }
}
