/**
 * Hand: the controller pans for it; it never touches the board.
 */

/** @import { Tool } from "./bench.js" */

/** @returns {Tool} */
export function createHand() {
  const nothing = () => {};
  return {
    name: "hand",
    cursor: "grab",
    edits: false,
    down: nothing,
    move: nothing,
    up: nothing,
    cancel: nothing,
  };
}
