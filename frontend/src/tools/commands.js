/**
 * Commands: what keys and buttons do, by name.
 */

/** @import { Op } from "../protocol.js" */
/** @import { Bench, Late } from "./bench.js" */
/** @import { Controller } from "./controller.js" */

import { nextStep } from "../draw/camera.js";
import { deleteOps } from "./bind.js";
import { addNext } from "./chart.js";
import { withContents } from "./frames.js";
import { stepOut } from "./groups.js";
import { copyStyle, restyle } from "./restyle.js";
import { copyOps, moveOps, selectedBox, selectedElements } from "./selected.js";
import { hasWords, openText } from "./text.js";
import { TOOL_KEYS } from "./toolbox.js";

/** @typedef {(bench: Bench, controller: Controller) => void} Command */

const PAN_PX = 50; // for each unit of a nudge: one key moves by it, with Shift by ten
const COPY_PX = 16; // beside the original, near enough to see what happened
const NUDGE_UNITS = 1;
const FAR_NUDGE_UNITS = 10;
const GROW_UNITS = 10;

/** @type {Readonly<Record<string, Command>>} */
export const COMMANDS = {
  undo: (bench) => changing(bench, () => bench.board.undo()),
  redo: (bench) => changing(bench, () => bench.board.redo()),
  delete: (bench, controller) =>
    changing(bench, () => {
      if (!controller.current().remove?.()) removeSelected(bench);
    }),
  duplicate: (bench) => changing(bench, () => duplicate(bench)),
  "to front": arranging((bench, how) => how.orderOps(bench, "front")),
  "to back": arranging((bench, how) => how.orderOps(bench, "back")),
  forward: arranging((bench, how) => how.orderOps(bench, "forward")),
  backward: arranging((bench, how) => how.orderOps(bench, "backward")),
  group: arranging((bench, how) => how.groupOps(bench)),
  ungroup: arranging((bench, how) => how.ungroupOps(bench)),
  lock: arranging((bench, how) => how.lockOps(bench)),
  "frame selection": arranging((bench, how) => how.frameOps(bench)),
  "align left": arranging((bench, how) => how.alignOps(bench, "left")),
  "align center": arranging((bench, how) => how.alignOps(bench, "center")),
  "align right": arranging((bench, how) => how.alignOps(bench, "right")),
  "align top": arranging((bench, how) => how.alignOps(bench, "top")),
  "align middle": arranging((bench, how) => how.alignOps(bench, "middle")),
  "align bottom": arranging((bench, how) => how.alignOps(bench, "bottom")),
  "distribute across": arranging((bench, how) => how.distributeOps(bench, "across")),
  "distribute down": arranging((bench, how) => how.distributeOps(bench, "down")),
  "flip across": arranging((bench, how) => how.flipOps(bench, "across")),
  "flip down": arranging((bench, how) => how.flipOps(bench, "down")),
  "select all": selectAll,
  wider: arranging((bench, how) => how.growOps(bench, GROW_UNITS, 0)),
  narrower: arranging((bench, how) => how.growOps(bench, -GROW_UNITS, 0)),
  taller: arranging((bench, how) => how.growOps(bench, 0, GROW_UNITS)),
  shorter: arranging((bench, how) => how.growOps(bench, 0, -GROW_UNITS)),
  "turn left": arranging((bench, how) => how.turnByOps(bench, -1)),
  "turn right": arranging((bench, how) => how.turnByOps(bench, 1)),
  "copy style": copyStyle,
  "paste style": (bench) => restyle(bench, bench.copied.peek() ?? {}),
  convert: arranging((bench, how) => how.convertOps(bench, how.nextKind(bench))),
  connect: (bench) => changing(bench, () => bench.late((how) => how.connect(bench))),
  "next left": next(-1, 0),
  "next right": next(1, 0),
  "next up": next(0, -1),
  "next down": next(0, 1),
  edit: editSelected,
  "eraser mode": switchEraser,
  snap: switches("snaps"),
  grid: switches("grid"),
  "keep tool": switches("keeps_tool"),
  "fingers draw": switches("fingers_draw"),
  escape: stepBack,
  "view mode": switchViewing,
  "zoom in": ({ view }) => view.zoomTo(nextStep(view.zoom, 1)),
  "zoom out": ({ view }) => view.zoomTo(nextStep(view.zoom, -1)),
  "zoom 100": ({ view }) => view.travelTo(1),
  "fit all": (bench) => bench.view.visit(bench.everything()),
  "fit selection": (bench) => bench.view.visit(selectedBox(bench)),
  "nudge left": nudge(-NUDGE_UNITS, 0),
  "nudge right": nudge(NUDGE_UNITS, 0),
  "nudge up": nudge(0, -NUDGE_UNITS),
  "nudge down": nudge(0, NUDGE_UNITS),
  "nudge far left": nudge(-FAR_NUDGE_UNITS, 0),
  "nudge far right": nudge(FAR_NUDGE_UNITS, 0),
  "nudge far up": nudge(0, -FAR_NUDGE_UNITS),
  "nudge far down": nudge(0, FAR_NUDGE_UNITS),
  ...Object.fromEntries(
    Object.keys(TOOL_KEYS).map((name) => [
      `tool ${name}`,
      (/** @type {Bench} */ bench, /** @type {Controller} */ controller) => {
        const { edits } = controller.tools.get(name) ?? {};
        if (!edits || bench.mayEdit()) controller.pick(name);
      },
    ]),
  ),
};

/**
 * @param {"snaps" | "grid" | "keeps_tool" | "fingers_draw"} name
 * @returns {Command}
 */
function switches(name) {
  return ({ options }) => {
    const now = options.peek();
    options.value = { ...now, [name]: !now[name] };
  };
}

/**
 * @param {Bench} bench
 * @param {() => void} change
 */
function changing(bench, change) {
  if (bench.mayEdit()) change();
}

/**
 * @param {(bench: Bench, how: Late) => Op[]} ops
 * @returns {Command}
 */
function arranging(ops) {
  return (bench) =>
    changing(bench, () =>
      bench.late((how) => {
        const change = ops(bench, how);
        if (change.length > 0) bench.board.submit(change);
      }),
    );
}

/** @param {Bench} bench */
function removeSelected(bench) {
  const selected = selectedElements(bench);
  const elements = selected.filter((element) => !element.locked);
  const stay = selected.filter((element) => element.locked); // to be unlocked
  bench.selection.value = new Set(stay.map(({ id }) => id));
  bench.draft.clear();
  if (elements.length > 0) {
    bench.board.submit(
      deleteOps(
        bench,
        elements.map(({ id }) => id),
      ),
    );
  }
}

/** @param {Bench} bench */
function duplicate(bench) {
  const step = COPY_PX / bench.view.zoom;
  const { ops, ids } = copyOps(
    bench,
    withContents(bench, selectedElements(bench)),
    step,
    step,
  );
  if (ops.length === 0) return;
  bench.board.submit(ops);
  bench.selection.value = new Set(ids);
}

/** @type {Command} */
function switchEraser({ options }, controller) {
  const now = options.peek();
  options.value = { ...now, eraser: now.eraser === "part" ? "whole" : "part" };
  controller.pick("eraser");
}

/** @type {Command} */
function selectAll(bench, controller) {
  controller.pick("select");
  const free = bench.board.list().filter((element) => !element.locked);
  bench.selection.value = new Set(free.map((element) => element.id));
}

/** @type {Command} */
function editSelected(bench, controller) {
  const tool = controller.current();
  if (tool.stop?.()) return; // Enter ends a line of many points
  if (tool.place && bench.mayEdit()) return tool.place();
  const elements = selectedElements(bench);
  const [first] = elements;
  if (elements.length !== 1 || !first || first.locked || !bench.mayEdit()) return;
  if (hasWords(first)) openText(bench, first);
  else if (first.kind === "image") toggleCrop(bench, first.id);
}

/**
 * @param {Bench} bench
 * @param {string} id of an image
 */
function toggleCrop({ cropping }, id) {
  cropping.value = cropping.peek() === id ? null : id;
}

/** Esc: the gesture, out of groups, the selection, the tool, then view mode. @type {Command} */
function stepBack(bench, controller) {
  if (controller.cancel()) return;
  if (bench.cropping.peek() !== null) {
    bench.cropping.value = null;
    return;
  }
  if (stepOut(bench)) return;
  if (bench.selection.peek().size > 0) bench.selection.value = new Set();
  else if (controller.tool.peek() !== "select") controller.pick("select");
  else bench.isViewing.value = false;
}

/** Put editing aside, or take it up again. @type {Command} */
function switchViewing(bench, controller) {
  const { isViewing, selection, editing } = bench;
  if (!isViewing.peek() && !bench.mayEdit()) return;
  controller.finish();
  editing.peek()?.finish();
  bench.cropping.value = null;
  selection.value = new Set();
  isViewing.value = !isViewing.peek();
}

/**
 * @param {-1 | 0 | 1} dx
 * @param {-1 | 0 | 1} dy
 * @returns {Command}
 */
function next(dx, dy) {
  return (bench) => changing(bench, () => addNext(bench, { dx, dy }));
}

/**
 * @param {number} dx board units
 * @param {number} dy
 * @returns {Command}
 */
function nudge(dx, dy) {
  return (bench) => {
    // With nothing to move, the arrow keys move what is seen.
    if (bench.selection.peek().size === 0) {
      return bench.view.panBy(-dx * PAN_PX, -dy * PAN_PX);
    }
    changing(bench, () => {
      const elements = selectedElements(bench).filter((element) => !element.locked);
      if (elements.length > 0) bench.board.submit(moveOps(bench, elements, dx, dy));
    });
  };
}
