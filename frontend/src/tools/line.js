/**
 * Straight line and arrow between two points.
 */

/** @import { Element } from "../protocol.js" */
/** @import { Bench, Press, Tool } from "./bench.js" */

import { decimalsAt, round, snapAngle } from "../draw/geometry.js";
import { isDrag } from "./bench.js";
import { propsOf } from "./style.js";

const SNAP_RAD = Math.PI / 12; // 15°, as everywhere else

/**
 * @param {Bench} bench
 * @param {"line" | "arrow"} kind
 * @returns {Tool}
 */
export function createLine(bench, kind) {
  /** @type {Press | null} */
  let from = null;
  /** @type {Element | null} */
  let element = null;

  const reset = () => {
    from = null;
    element = null;
  };

  return {
    name: kind,
    cursor: "crosshair",
    edits: true,
    down(press) {
      reset();
      from = press;
    },
    move(presses) {
      const press = presses.at(-1);
      if (!from || !press || (!element && !isDrag(from, press))) return;
      const place = span(from, press, decimalsAt(bench.view.zoom));
      element = element
        ? /** @type {Element} */ ({ ...element, ...place })
        : {
            kind,
            id: bench.newId(),
            z: bench.board.nextZ(),
            ...propsOf(kind, bench.style.peek()),
            ...place,
          };
      bench.draft.show([{ op: "put", element }]);
    },
    up() {
      if (element) {
        bench.draft.commit([{ op: "put", element }]);
        bench.selection.value = new Set([element.id]);
        bench.pick("select");
      }
      reset();
    },
    cancel() {
      reset();
      bench.draft.clear();
    },
  };
}

/**
 * Where a line lies: Shift holds it to steps of 15°, Alt grows it both ways.
 * @param {Press} from
 * @param {Press} to
 * @param {number} decimals
 * @returns {{x: number, y: number, points: number[]}}
 */
function span(from, to, decimals) {
  const [tx, ty] = to.shift
    ? snapAngle(from.x, from.y, to.x, to.y, SNAP_RAD)
    : [to.x, to.y];
  const [sx, sy] = to.alt ? [2 * from.x - tx, 2 * from.y - ty] : [from.x, from.y];
  const [x, y] = [round(sx, decimals), round(sy, decimals)];
  return {
    x,
    y,
    points: [0, 0, round(tx - x, decimals), round(ty - y, decimals)],
  };
}
