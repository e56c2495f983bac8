/**
 * Groups within groups: what a click takes, and the way in and out.
 *
 * A group is entered as long as some but not all of it is selected: nothing remembers
 * it, so that every way of selecting (click, lasso, outline, Tab) leads in and out.
 */

/** @import { Element } from "../protocol.js" */
/** @import { Bench } from "./bench.js" */

/**
 * Everything in a group, locked or not.
 * @param {Bench} bench
 * @param {string} group
 * @returns {string[]} ids
 */
export function membersOf({ board }, group) {
  const members = board.list().filter(({ groups }) => groups?.includes(group));
  return members.map(({ id }) => id);
}

/**
 * The group that was entered: the smallest one that holds all that is selected, and more.
 * @param {Bench} bench
 * @returns {string | null}
 */
export function enteredGroup(bench) {
  const selected = bench.selection.peek();
  const [first, ...others] = [...selected].map((id) => bench.board.get(id)?.groups);
  const entered = first?.find(
    (group) =>
      others.every((groups) => groups?.includes(group)) &&
      membersOf(bench, group).length > selected.size,
  );
  return entered ?? null;
}

/**
 * What a click on an element takes: itself with the rest of its group, or, where a group
 * was entered, of the group one level further in.
 * @param {Bench} bench
 * @param {Element} element
 * @param {string | null} [entered] the group that was entered, where it is known
 * @returns {string[]} ids
 */
export function companions(bench, { id, groups = [] }, entered) {
  if (groups.length === 0) return [id];
  const at = groups.indexOf(
    (entered === undefined ? enteredGroup(bench) : entered) ?? "",
  );
  const group = groups[(at < 0 ? groups.length : at) - 1];
  return group === undefined ? [id] : membersOf(bench, group);
}

/**
 * One level further in from what is selected, towards an element.
 * @param {Bench} bench
 * @param {Element} element
 * @returns {string[] | null} ids; null: it is selected alone
 */
export function stepIn(bench, { id, groups = [] }) {
  const n_selected = bench.selection.peek().size;
  const levels = groups.map((group) => membersOf(bench, group)).reverse();
  return [...levels, [id]].find((ids) => ids.length < n_selected) ?? null;
}

/**
 * Select all of the group that was entered.
 * @param {Bench} bench
 * @returns {boolean} whether one was
 */
export function stepOut(bench) {
  const group = enteredGroup(bench);
  if (group === null) return false;
  bench.selection.value = new Set(membersOf(bench, group));
  return true;
}
