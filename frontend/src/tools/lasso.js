/**
 * The lasso: a line drawn around what is to be selected.
 */

/** @import { Bench, Press } from "./bench.js" */

import { boxOfPoints } from "../draw/geometry.js";
import { lassoed } from "../draw/hit.js";
import { companions, enteredGroup } from "./groups.js";

const STEP_PX = 4; // between two corners of the line: fine enough for a hand

export class Lasso {
  /**
   * @param {Bench} bench
   * @param {Press} from
   * @param {ReadonlySet<string>} before what stays selected besides
   */
  constructor(bench, from, before) {
    this.bench = bench;
    this.before = before;
    this.entered = enteredGroup(bench);
    /** Corners of the line, flat, board units. @type {number[]} */
    this.points = [from.x, from.y];
    this.last = from;
  }

  /**
   * @param {readonly Press[]} presses
   * @returns {void}
   */
  follow(presses) {
    for (const press of presses) {
      const { screenX: x, screenY: y } = this.last;
      if (Math.hypot(press.screenX - x, press.screenY - y) < STEP_PX) continue;
      this.points.push(press.x, press.y);
      this.last = press;
    }
    const { bench, points, before, entered } = this;
    const box = boxOfPoints(points);
    const ids = bench
      .near(box)
      .filter((one) => !one.locked && lassoed(one, points, bench.measure))
      .flatMap((element) => companions(bench, element, entered));
    bench.selection.value = new Set([...before, ...ids]);
  }
}
