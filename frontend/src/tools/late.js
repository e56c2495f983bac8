/**
 * What is done to a selection, as one script that is loaded when something is selected
 * for the first time: nothing of it is needed to draw. Charts are not here: one types at
 * once into the box that comes next.
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
