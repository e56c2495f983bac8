/**
 * What is done to a selection, as one script that is loaded when something is selected
 * for the first time: nothing of it is needed to draw.
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
export { addNext, connect } from "./chart.js";
export { convertOps, nextKind } from "./convert.js";
export { growOps } from "./grow.js";
