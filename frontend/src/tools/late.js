/**
 * What is done to a selection, and what becomes of ink that is held: one script that is
 * loaded when something is selected or drawn for the first time, as nothing of it is
 * needed before. Charts are not here: one types at once into the box that comes next.
 */

export {
  alignOps,
  distributeOps,
  flipOps,
  groupOps,
  lockOps,
  orderOps,
  ungroupOps,
} from "./arrange.js";
export { convertOps, nextKind } from "./convert.js";
export { growOps } from "./grow.js";
export { holdOf } from "./held.js";
