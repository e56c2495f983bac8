/**
 * What is done to a selection, what becomes of ink that is held, and what the eraser
 * leaves of ink, what is pasted: one script that is loaded when the page has come to rest, as nothing of it
 * is needed before. The next box of a chart is not here: one types into it at once.
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
export { connect } from "./connect.js";
export { convertOps, nextKind } from "./convert.js";
export { frameOps } from "./enclose.js";
export { growOps, turnByOps } from "./grow.js";
export { holdOf } from "./held.js";
export { pasteElements } from "./paste.js";
export { Wipe } from "./wipe.js";
