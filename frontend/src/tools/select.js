/**
 * Select: click, marquee, lasso, move, copy with Alt, pull the handles. The lasso in hand
 * is the same, but draws a line around things where select pulls up a marquee.
 *
 * A gesture remembers the elements as they were when it began; one that a peer removes
 * or changes meanwhile simply drops out or takes the change.
 */

/** @import { Element, Op } from "../protocol.js" */
/** @import { Box } from "../draw/geometry.js" */
/** @import { Bench, Press, Tool } from "./bench.js" */
/** @import { Lined } from "../draw/route.js" */
/** @import { PointHandle } from "./points.js" */
/** @import { GuideLine } from "./snap.js" */

import { paintBounds } from "../draw/bounds.js";
import { boxBetween, contains, grow, shifted } from "../draw/geometry.js";
import { hits, marked } from "../draw/hit.js";
import { isDrag, REACH_PX } from "./bench.js";
import { withContents } from "./frames.js";
import { companions, enteredGroup, stepIn } from "./groups.js";
import { cursorOf, handleAt } from "./handles.js";
import { Lasso } from "./lasso.js";
import { PointDrag, pointAt, selectedLine, withoutPoint } from "./points.js";
import { Pull, snapping } from "./pull.js";
import { copyOps, isInSelection, moveOps, selectedElements } from "./selected.js";
import { openNewText, openText, textAt } from "./text.js";

/**
 * What the pointer is doing; each state has only its own fields.
 * @typedef {{state: "pressed", from: Press, hit: Element | null, drops: string | null}
 *   | {state: "marquee", from: Press, before: ReadonlySet<string>, box: Box,
 *     entered: string | null}
 *   | {state: "lasso", lasso: Lasso}
 *   | {state: "moving", from: Press, elements: Element[], ops: Op[], lines: GuideLine[],
 *     snapping: ReturnType<typeof snapping>}
 *   | {state: "point", from: Press, handle: PointHandle, drag: PointDrag | null}
 *   | {state: "pulling", pull: Pull}
 * } Gesture
 */

const NO_IDS = /** @type {ReadonlySet<string>} */ (new Set());

/**
 * @param {Bench} bench
 * @param {"select" | "lasso"} name
 * @returns {Tool}
 */
export function createSelect(bench, name) {
  /** @type {Gesture | null} */
  let gesture = null;
  /** What was selected before it. */
  let before = NO_IDS;
  /** @type {{id: string, index: number} | null} a point of the selected line */
  let picked = null;

  /** @returns {{line: Lined, index: number} | null} */
  const pickedPoint = () => {
    const line = selectedLine(bench);
    return line && picked?.id === line.id ? { line, index: picked.index } : null;
  };

  /** @param {Press} press */
  const press = (press) => {
    const point = bench.mayEdit() ? pointAt(bench, press) : null;
    picked = null;
    if (point) {
      const state = /** @type {const} */ ("point");
      return { state, from: press, handle: point, drag: null };
    }
    const pulled = pulledAt(bench, press);
    if (pulled) {
      const pull = new Pull(bench, pulled, press);
      return { state: /** @type {const} */ ("pulling"), pull };
    }
    const hit = topmost(bench, press);
    const selected = bench.selection.peek();
    const inside = isInSelection(bench, press);
    /** @type {string | null} */
    let drops = null;
    if (hit && press.shift) {
      if (selected.has(hit.id)) drops = hit.id;
      else bench.selection.value = new Set([...selected, ...taken(bench, press, hit)]);
    } else if (hit && !selected.has(hit.id) && name === "select") {
      bench.selection.value = new Set(taken(bench, press, hit));
    } else if (!hit && !press.shift && !inside) {
      bench.selection.value = NO_IDS;
    }
    return { state: /** @type {const} */ ("pressed"), from: press, hit, drops };
  };

  /**
   * @param {Gesture & {state: "pressed"}} pressed
   * @param {Press} now
   * @returns {Gesture}
   */
  const drag = ({ from, hit }, now) => {
    const inside = isInSelection(bench, from);
    const isHeld =
      hit !== null && (name === "select" || bench.selection.peek().has(hit.id));
    const moves = isHeld || (inside && !from.shift);
    if (!moves || !bench.mayEdit()) {
      const before = from.shift ? bench.selection.peek() : NO_IDS;
      if (!from.shift) bench.selection.value = NO_IDS;
      if (name === "lasso" || from.alt) {
        return { state: "lasso", lasso: new Lasso(bench, from, before) };
      }
      const box = boxBetween(from.x, from.y, now.x, now.y);
      return { state: "marquee", from, before, box, entered: enteredGroup(bench) };
    }
    let elements = selectedElements(bench).filter((element) => !element.locked);
    if (from.alt) elements = copies(bench, elements);
    return {
      state: "moving",
      ...{ from, elements, ops: [], lines: [], snapping: snapping(bench, elements) },
    };
  };

  return {
    name,
    cursor: name === "lasso" ? "crosshair" : "default",
    edits: false,
    selects: true,
    down(now) {
      before = bench.selection.peek();
      gesture = press(now);
    },
    move(presses) {
      const now = presses.at(-1);
      if (!gesture || !now) return;
      if (gesture.state === "pressed") {
        if (!isDrag(gesture.from, now)) return;
        gesture = drag(gesture, now);
      }
      if (gesture.state === "point" && !gesture.drag) {
        const line = isDrag(gesture.from, now) ? selectedLine(bench) : null;
        if (!line) return;
        gesture.drag = new PointDrag(bench, line, gesture.handle);
      }
      if (gesture.state === "lasso") gesture.lasso.follow(presses);
      else follow(bench, gesture, now);
    },
    up() {
      const done = gesture;
      gesture = null;
      if (done?.state === "point" && !done.drag && !done.handle.is_middle) {
        const [id = ""] = bench.selection.peek();
        picked = { id, index: done.handle.index };
      }
      if (done) settle(bench, done);
    },
    cancel() {
      if (gesture) bench.selection.value = before;
      gesture = null;
      bench.draft.clear();
    },
    hover(now) {
      if (bench.mayEdit() && pointAt(bench, now)) return "pointer";
      const pulled = pulledAt(bench, now);
      if (pulled) return cursorOf(pulled);
      const hit = bench.mayEdit() ? topmost(bench, now) : null;
      const isHeld = name === "select" || bench.selection.peek().has(hit?.id ?? "");
      return hit && isHeld ? "move" : this.cursor;
    },
    again(now) {
      if (this.remove?.()) return;
      const hit = topmost(bench, now);
      const inner = hit ? stepIn(bench, hit) : null;
      if (inner) {
        bench.selection.value = new Set(inner);
        return;
      }
      if (!bench.mayEdit()) return;
      const locked = hit ? null : topmost(bench, now, true);
      if (locked) {
        bench.selection.value = new Set([locked.id]); // so that it can be unlocked
        return;
      }
      if (hit?.kind === "image") {
        bench.cropping.value = hit.id;
        return;
      }
      const found = textAt(bench, now);
      if (found) openText(bench, found);
      else if (!hit) openNewText(bench, now);
    },
    remove() {
      const found = bench.mayEdit() ? pickedPoint() : null;
      const ops = found ? withoutPoint(bench, found.line, found.index) : [];
      picked = null;
      if (ops.length > 0) bench.board.submit(ops);
      return ops.length > 0;
    },
    guide() {
      if (gesture?.state === "marquee") return { marquee: gesture.box };
      if (gesture?.state === "lasso") return { lasso: gesture.lasso.points };
      if (gesture?.state === "pulling") return gesture.pull.guide();
      if (gesture?.state === "point") return { target: gesture.drag?.target ?? null };
      if (gesture?.state === "moving") {
        const target = bench.board.entered?.(gesture.ops) ?? null;
        return { target, lines: gesture.lines };
      }
      return { point: pickedPoint()?.index ?? null };
    },
  };
}

/**
 * Take a drag one reading further.
 * @param {Bench} bench
 * @param {Gesture} gesture
 * @param {Press} now
 */
function follow(bench, gesture, now) {
  switch (gesture.state) {
    case "marquee": {
      const { from } = gesture;
      const box = boxBetween(from.x, from.y, now.x, now.y);
      gesture.box = box;
      const found = bench
        .near(box)
        .filter((element) => !element.locked && marked(element, box, bench.measure));
      const ids = found.flatMap((element) =>
        companions(bench, element, gesture.entered),
      );
      bench.selection.value = new Set([...gesture.before, ...ids]);
      return;
    }
    case "moving": {
      let [dx, dy] = [now.x - gesture.from.x, now.y - gesture.from.y];
      if (now.shift && Math.abs(dx) > Math.abs(dy)) dy = 0;
      else if (now.shift) dx = 0;
      const { elements } = gesture;
      if (gesture.snapping) {
        const { snapper, box } = gesture.snapping;
        const axes = { across: !now.shift || dx !== 0, down: !now.shift || dy !== 0 };
        const snap = snapper.snap(shifted(box, dx, dy), now, axes);
        gesture.lines = snap.lines;
        dx += snap.dx;
        dy += snap.dy;
      }
      gesture.ops = isCopy(bench, elements)
        ? moveOps(bench, elements, dx, dy).flatMap((op, i) => placed(elements[i], op))
        : moveOps(bench, stillThere(bench, elements), dx, dy);
      bench.draft.show(gesture.ops);
      return;
    }
    case "point":
      gesture.drag?.follow(now);
      return;
    case "pulling":
      gesture.pull.follow(now);
      return;
  }
}

/**
 * End a gesture for good.
 * @param {Bench} bench
 * @param {Gesture} gesture
 */
function settle(bench, gesture) {
  if (gesture.state === "pressed") {
    if (gesture.drops !== null) {
      const dropped = gesture.hit
        ? taken(bench, gesture.from, gesture.hit)
        : [gesture.drops];
      const rest = [...bench.selection.peek()].filter((id) => !dropped.includes(id));
      bench.selection.value = new Set(rest);
    } else if (!gesture.from.shift) {
      const { from } = gesture;
      const hit = gesture.hit ?? around(bench, from);
      bench.selection.value = hit ? new Set(taken(bench, from, hit)) : NO_IDS;
    }
  } else if (gesture.state === "point") {
    bench.draft.commit(gesture.drag?.lasting() ?? []);
  } else if (gesture.state === "moving" || gesture.state === "pulling") {
    const { ops } = gesture.state === "pulling" ? gesture.pull : gesture;
    bench.draft.commit(ops.filter((op) => isStillMeant(bench, op)));
  }
}

/**
 * A thin outline is hard to hit with a finger: a tap inside a shape means that, too. One
 * that reaches beyond the screen is what the finger is in, not what it means.
 * @param {Bench} bench
 * @param {Press} press that hit nothing
 */
function around(bench, press) {
  const found = press.device === "touch" ? textAt(bench, press) : undefined;
  if (!found) return null;
  return contains(bench.view.seen(), paintBounds(found, bench.measure)) ? found : null;
}

/**
 * Copies that are not on the board yet, and are selected instead of the originals.
 * @param {Bench} bench
 * @param {readonly Element[]} elements
 * @returns {Element[]}
 */
function copies(bench, elements) {
  const { ops, ids } = copyOps(bench, withContents(bench, elements), 0, 0);
  bench.draft.show(ops);
  bench.selection.value = new Set(ids);
  return ops.flatMap((op) => (op.op === "put" ? [op.element] : []));
}

/**
 * @param {Bench} bench
 * @param {readonly Element[]} elements
 * @returns {boolean} whether they exist in the draft only
 */
function isCopy(bench, [first]) {
  return first !== undefined && bench.draft.ops.get(first.id)?.op === "put";
}

/**
 * @param {Element | undefined} element
 * @param {Op} op a move
 * @returns {Op[]}
 */
function placed(element, op) {
  if (!element || op.op !== "set") return [];
  const moved = /** @type {Element} */ ({ ...element, ...op.props });
  return [{ op: "put", element: moved }];
}

/**
 * @param {Bench} bench
 * @param {readonly Element[]} elements
 * @returns {Element[]} without those that a peer removed
 */
function stillThere(bench, elements) {
  return elements.filter((element) => bench.board.get(element.id));
}

/**
 * @param {Bench} bench
 * @param {Press} press
 */
function pulledAt(bench, press) {
  return bench.mayEdit() ? handleAt(bench, press, () => topmost(bench, press)) : null;
}

/**
 * What a click takes: with Ctrl the element alone, however deep in groups it is.
 * @param {Bench} bench
 * @param {Press} press
 * @param {Element} hit
 * @returns {string[]} ids
 */
function taken(bench, press, hit) {
  return press.ctrl ? [hit.id] : companions(bench, hit);
}

/**
 * @param {Bench} bench
 * @param {Op} op
 * @returns {boolean}
 */
function isStillMeant(bench, op) {
  if (op.op !== "set") return true;
  return bench.board.get(op.id) !== undefined && Object.keys(op.props).length > 0;
}

/**
 * The element that a click means: the topmost one whose ink it hits.
 * @param {Bench} bench
 * @param {Press} press
 * @param {boolean} is_locked whether one is looked for that is locked
 * @returns {Element | null}
 */
export function topmost(bench, press, is_locked = false) {
  const reach = REACH_PX[press.device] / bench.view.zoom;
  const area = grow(boxBetween(press.x, press.y, press.x, press.y), reach);
  const found = bench
    .near(area)
    .findLast(
      (element) =>
        (element.locked ?? false) === is_locked &&
        hits(element, press.x, press.y, reach, bench.measure),
    );
  return found ?? null;
}
