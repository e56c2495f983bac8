/**
 * Effects: what a change did to each element it touched, and the ops that take it back.
 *
 * An effect holds the old and the new value of just what was changed. Taking it back
 * compares with what is there now, and leaves alone whatever no longer has the value
 * that the change gave it (C4). Pure; `history` keeps effects, `replica` makes them.
 *
 * @import { Element, Op, Props } from "../protocol.js"
 */

import { DEFAULTS, DEMANDED } from "../protocol.js";
import { step } from "./document.js";
import { differingProps, propsOf, sameProp } from "./equal.js";

/**
 * @typedef {object} Made the element was absent before
 * @property {"made"} did
 * @property {string} id
 * @property {Element} element as it was afterwards
 */

/**
 * @typedef {object} Removed the element is absent since
 * @property {"removed"} did
 * @property {string} id
 * @property {Element} element as it was before
 */

/**
 * @typedef {object} Changed some properties have other values since; null: the default
 * @property {"changed"} did
 * @property {string} id
 * @property {Record<string, unknown>} was
 * @property {Record<string, unknown>} is
 */

/** @typedef {Made | Removed | Changed} Effect */

/**
 * @param {string} id
 * @param {Element | undefined} before
 * @param {Element | undefined} after
 * @returns {Effect | null} null when nothing is different
 */
export function effectOf(id, before, after) {
  if (before === after) return null;
  if (!before) return after ? { did: "made", id, element: after } : null;
  if (!after) return { did: "removed", id, element: before };
  const names = differingProps(before, after);
  if (names.length === 0) return null;
  return { did: "changed", id, was: pick(before, names), is: pick(after, names) };
}

/**
 * @param {Element} element
 * @param {string[]} names
 */
function pick(element, names) {
  const props = propsOf(element);
  return Object.fromEntries(names.map((name) => [name, props[name] ?? null]));
}

/**
 * @param {Map<string, Element | undefined>} before elements as they were
 * @param {(id: string) => Element | undefined} after
 * @returns {Effect[]} what has become of them
 */
export function effectsOf(before, after) {
  return [...before]
    .map(([id, element]) => effectOf(id, element, after(id)))
    .filter((effect) => effect !== null);
}

/**
 * The op that takes an effect back.
 * @param {Effect} effect
 * @param {Element | undefined} now the element as it is shown
 * @returns {Op | null} null when somebody has changed since all that it did
 */
export function inverseOf(effect, now) {
  switch (effect.did) {
    case "made": {
      const isMine = now && differingProps(now, effect.element).length === 0;
      return isMine ? { op: "del", id: effect.id } : null;
    }
    case "removed":
      return now ? null : { op: "put", element: effect.element };
    case "changed":
      return now ? changeBack(effect, now) : null;
  }
}

/**
 * The ops that take several effects back.
 * @param {Effect[]} effects newest first; an element may occur several times
 * @param {(id: string) => Element | undefined} shown
 * @returns {Op[]}
 */
export function inverseOps(effects, shown) {
  /** @type {Map<string, Element | undefined>} */
  const now = new Map();
  /** @type {Op[]} */
  const ops = [];
  for (const effect of effects) {
    const { id } = effect;
    const element = now.has(id) ? now.get(id) : shown(id);
    const op = inverseOf(effect, element);
    if (!op) continue;
    ops.push(op);
    now.set(id, step(element, op));
  }
  return ops;
}

/**
 * @param {Changed} effect
 * @param {Element} now
 * @returns {Op | null}
 */
function changeBack({ id, was, is }, now) {
  const shown = propsOf(now);
  const names = Object.keys(is).filter((name) => sameProp(name, shown[name], is[name]));
  if (names.length === 0) return null;
  if ("kind" in is) {
    // Properties of one kind make no sense on another: all of them or none.
    return names.length === Object.keys(is).length ? putBack(now, was) : null;
  }
  /** @type {Record<string, unknown>} */
  const props = {};
  for (const name of names) {
    const value = was[name] ?? (DEMANDED.has(name) ? propsOf(DEFAULTS)[name] : null);
    if (value !== undefined) props[name] = value;
  }
  return { op: "set", id, props: /** @type {Props} */ (props) };
}

/**
 * @param {Element} now
 * @param {Record<string, unknown>} was
 * @returns {Op}
 */
function putBack(now, was) {
  const props = Object.entries({ ...now, ...was }).filter(
    ([, value]) => value !== null,
  );
  return { op: "put", element: /** @type {Element} */ (Object.fromEntries(props)) };
}

/**
 * What is left of my effect after somebody else changed the same element.
 * @param {Effect} mine
 * @param {Effect} theirs
 * @returns {Effect | null} `mine` itself when they do not meet; null when nothing is left
 */
export function without(mine, theirs) {
  if (mine.did !== "changed") return null;
  if (theirs.did !== "changed") return null;
  const names = Object.keys(mine.is).filter((name) => !(name in theirs.is));
  if (names.length === Object.keys(mine.is).length) return mine;
  if (names.length === 0) return null;
  /** @param {Record<string, unknown>} props */
  const keep = (props) => Object.fromEntries(names.map((name) => [name, props[name]]));
  return { did: "changed", id: mine.id, was: keep(mine.was), is: keep(mine.is) };
}
