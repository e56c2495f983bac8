/**
 * What every tool works with, named by what it needs and not by who gives it.
 *
 * The page hands in the replica, the live sender, the view and so on; tests hand in
 * fakes. Nothing here does anything.
 */

/** @import { Signal } from "@preact/signals-core" */
/** @import { Box } from "../draw/geometry.js" */
/** @import { Measure } from "../draw/text.js" */
/** @import { Element, Laser, LiveFrame, Op } from "../protocol.js" */
/** @import { Draft } from "./draft.js" */
/** @import { Options } from "./options.js" */
/** @import { GuideLine } from "./snap.js" */
/** @import { Style } from "./style.js" */
/** @import { TextSession } from "./text.js" */
/** @import { View } from "./view.js" */

/** What is done to a selection. @typedef {typeof import("./late.js")} Late */

/**
 * The part of the replica that tools use.
 * @typedef {object} Board
 * @property {(id: string) => Element | undefined} get what is shown
 * @property {() => readonly Element[]} list in paint order
 * @property {(ops: Op[]) => unknown} submit
 * @property {() => unknown} undo
 * @property {() => unknown} redo
 * @property {() => string} nextZ above everything
 * @property {(ops: Op[]) => Op[]} [along] ops with what moves along with their elements
 * @property {(ops: Op[]) => Element | null} [entered] the frame that what moves comes into
 */

/**
 * The part of the live sender that tools use; everything may be lost on the way.
 * @typedef {object} Live
 * @property {(ops: Op[] | null) => void} draft replaces my draft; null clears it
 * @property {(id: string, points: number[], pressure: number[], time: number[]) => void
 *   } extend more points of a stroke of my draft
 * @property {(x: number | null, y?: number) => void} cursor null: not on the board
 * @property {(ids: string[]) => void} selection
 * @property {(laser: Laser) => void} laser where it went since the last call
 * @property {(state: Pick<LiveFrame, "follow" | "editing" | "chat" | "idle">) => void
 *   } state what goes on until it is told otherwise
 * @property {(moment: Pick<LiveFrame, "react" | "call">) => void} moment what is told once
 * @property {(name: string) => void} tool
 * @property {(x: number, y: number, w: number, h: number) => void} view
 */

/**
 * What was found, and which of it is looked at.
 * @typedef {{ids: readonly string[], at: number}} Found
 */

/**
 * @typedef {object} Bench
 * @property {Board} board
 * @property {Live} live
 * @property {Draft} draft
 * @property {View} view
 * @property {Signal<Partial<Style> | null>} copied the style that was copied last
 * @property {Signal<Style>} style
 * @property {Signal<"stroke" | "fill">} drops what a colour is taken for
 * @property {Signal<Options>} options
 * @property {Signal<ReadonlySet<string>>} selection
 * @property {Signal<TextSession | null>} editing the text being typed
 * @property {Signal<string | null>} cropping the image that is being cropped
 * @property {Signal<boolean>} isViewing whether I have put editing aside
 * @property {Signal<Found | null>} found what was found by its words
 * @property {Measure} measure
 * @property {(use: (how: Late) => void) => void} late calls with what is done to a
 *   selection: at once where it is loaded, else when it is
 * @property {() => string} newId
 * @property {() => string} author my name, "" when I have none
 * @property {(box: Box) => Element[]} near whose paint may touch the box, in paint order
 * @property {(id: string) => ReadonlySet<string>} arrowsOn ids of the arrows on the board
 *   that hold on to an element
 * @property {(id: string) => Box | undefined} boxOf what an element paints
 * @property {() => Box} everything what all elements paint together
 * @property {(press: Press) => string | null} pixelAt the colour that is painted there
 * @property {() => boolean} mayEdit
 * @property {(name: string) => void} pick another tool
 * @property {() => boolean} isSelecting whether what comes late may be selected: the tool
 *   for that is in hand and rests, and nothing is written
 * @property {(ms: number, call: () => void) => () => void} after call once that long
 *   from now; what comes back forgets it
 * @property {(laser: Laser) => void} shine my laser pointer, here and for the others
 */

/**
 * One reading of a pointer.
 * @typedef {object} Press
 * @property {number} x board units
 * @property {number} y
 * @property {number} screenX CSS pixels from the canvas' corner
 * @property {number} screenY
 * @property {number | null} pressure 0…1; null where the device has none
 * @property {number} time ms by the pointer's clock
 * @property {"mouse" | "pen" | "touch"} device
 * @property {boolean} shift
 * @property {boolean} alt
 * @property {boolean} ctrl
 */

/**
 * What a tool shows of itself above the board while it works.
 * @typedef {object} Guide
 * @property {Box} [marquee] board units
 * @property {readonly number[]} [lasso] corners of its line, flat, board units
 * @property {Press} [eraser] where the eraser rubs
 * @property {Element | null} [target] what an arrow's end would hold on to, the frame that
 *   things would come into
 * @property {number | null} [point] which point of the selected line was picked
 * @property {readonly GuideLine[]} [lines] what the drag has snapped to
 * @property {{text: string, x: number, y: number}} [label] beside a place of the screen
 */

/**
 * A tool is driven by one pointer at a time: down, any number of moves, up or cancel.
 * @typedef {object} Tool
 * @property {string} name
 * @property {string} cursor as CSS has it
 * @property {boolean} edits whether it needs the right to edit
 * @property {boolean} [selects] whether it pulls what is selected by its handles
 * @property {(press: Press) => void} down
 * @property {(presses: Press[]) => void} move all readings since the last call
 * @property {(press: Press) => void} up
 * @property {() => void} cancel forget the gesture
 * @property {(press: Press) => string} [hover] the cursor over a place
 * @property {(before: string) => void} [taken] it is in hand now, instead of that tool
 * @property {() => void} [leave] the pointer hovers nowhere over the board any more
 * @property {(press: Press) => void} [again] a second click at the same place
 * @property {() => Guide | null} [guide] also asked for while the tool rests in the hand
 * @property {() => void} [place] make one without a pointer, in the middle of the view
 * @property {() => boolean} [remove] delete the part that was picked of what is selected;
 *   whether there was one
 * @property {() => boolean} [stop] end what goes on from press to press and keep what it
 *   made; whether there was anything
 */

/** Eraser and clicks reach this far around their place, in screen pixels. */
export const REACH_PX = { mouse: 6, pen: 6, touch: 14 };

/** A press that moved less than this was a click, in screen pixels. */
export const DRAG_PX = { mouse: 4, pen: 5, touch: 10 };

/**
 * Whether a press moved far enough from where it began to be a drag.
 * @param {Press} from
 * @param {Press} to
 * @returns {boolean}
 */
export function isDrag(from, to) {
  const moved = Math.hypot(to.screenX - from.screenX, to.screenY - from.screenY);
  return moved >= DRAG_PX[from.device];
}
