/**
 * Handles of a selection, and the guides of a drag, on the overlay's canvas.
 */

/** @import { Guide } from "../tools/bench.js" */
/** @import { Held } from "../tools/handles.js" */
/** @import { Tints } from "./overlay.js" */
/** @import { Placing, Surface } from "./surface.js" */

import { handlePlace, turnPlace } from "../tools/handles.js";
import { HANDLES } from "../tools/resize.js";

const HANDLE_PX = 8;
const TURN_RADIUS_PX = 5;
const CROSS_PX = 3; // at the ends of a guide
const DASH_PX = 4; // where a lasso closes
const LABEL_PX = 12;
const LABEL_AWAY_PX = 18; // from the pointer
const LABEL_MARGIN_PX = 5;

/**
 * @param {Surface} surface
 * @param {Held} held
 * @param {Placing} placing
 * @param {Tints} tints
 * @returns {void}
 */
export function paintHandles({ context, ratio }, held, { scale, x, y }, tints) {
  const half = (HANDLE_PX / 2) * ratio;
  const width = (held.box.right - held.box.left) * scale;
  const height = (held.box.bottom - held.box.top) * scale;
  context.lineWidth = 1.5 * ratio;
  context.strokeStyle = tints.accent;
  context.fillStyle = tints.paper;
  for (const handle of HANDLES) {
    const is_side = handle.across === 0 || handle.down === 0;
    const room = handle.across === 0 ? width : height;
    if (is_side && (room < 6 * half || height < 4 * half)) continue; // words lie there
    const [bx, by] = handlePlace(held, handle);
    context.save();
    context.translate(bx * scale + x, by * scale + y);
    context.rotate(held.angle);
    context.beginPath();
    context.roundRect(-half, -half, 2 * half, 2 * half, 2 * ratio);
    context.fill();
    context.stroke();
    context.restore();
  }
  if (!held.turns) return;
  const [tx, ty] = turnPlace(held, scale / ratio);
  context.beginPath();
  context.arc(tx * scale + x, ty * scale + y, TURN_RADIUS_PX * ratio, 0, 2 * Math.PI);
  context.fill();
  context.stroke();
}

/**
 * @param {Surface} surface
 * @param {Guide} guide
 * @param {Placing} placing
 * @param {Tints} tints
 * @returns {void}
 */
export function paintGuides(surface, { lines, label, lasso }, placing, tints) {
  const { context, ratio } = surface;
  if (lasso) paintLasso(surface, lasso, placing, tints);
  const { scale, x, y } = placing;
  const cross = CROSS_PX * ratio;
  context.strokeStyle = tints.accent;
  context.lineWidth = ratio;
  context.beginPath();
  for (const { x0, y0, x1, y1 } of lines ?? []) {
    const [ax, ay, bx, by] = [
      x0 * scale + x,
      y0 * scale + y,
      x1 * scale + x,
      y1 * scale + y,
    ];
    context.moveTo(ax, ay);
    context.lineTo(bx, by);
    for (const [cx, cy] of [
      [ax, ay],
      [bx, by],
    ]) {
      context.moveTo((cx ?? 0) - cross, (cy ?? 0) - cross);
      context.lineTo((cx ?? 0) + cross, (cy ?? 0) + cross);
      context.moveTo((cx ?? 0) + cross, (cy ?? 0) - cross);
      context.lineTo((cx ?? 0) - cross, (cy ?? 0) + cross);
    }
  }
  context.stroke();
  if (label) paintLabel(context, ratio, label, tints);
}

/**
 * How large or how turned something is, beside the pointer.
 * @param {CanvasRenderingContext2D} context
 * @param {number} ratio
 * @param {{text: string, x: number, y: number}} label screen pixels
 * @param {Tints} tints
 */
function paintLabel(context, ratio, { text, x, y }, { accent, paper }) {
  const margin = LABEL_MARGIN_PX * ratio;
  const height = LABEL_PX * ratio;
  context.font = `${height}px system-ui, sans-serif`;
  const width = context.measureText(text).width;
  const [left, top] = [(x + LABEL_AWAY_PX) * ratio, (y + LABEL_AWAY_PX) * ratio];
  context.beginPath();
  context.roundRect(left, top, width + 2 * margin, height + 2 * margin, 4 * ratio);
  context.fillStyle = accent;
  context.fill();
  context.fillStyle = paper;
  context.textBaseline = "middle";
  context.fillText(text, left + margin, top + margin + height / 2);
}

/**
 * The line of a lasso, and dashed how it closes.
 * @param {Surface} surface
 * @param {readonly number[]} points flat, board units
 * @param {Placing} placing
 * @param {Tints} tints
 */
function paintLasso({ context, ratio }, points, { scale, x, y }, { accent }) {
  context.beginPath();
  for (let i = 0; i + 1 < points.length; i += 2) {
    context.lineTo((points[i] ?? 0) * scale + x, (points[i + 1] ?? 0) * scale + y);
  }
  context.fillStyle = accent;
  context.globalAlpha = 0.08;
  context.fill();
  context.globalAlpha = 1;
  context.strokeStyle = accent;
  context.lineWidth = 1.5 * ratio;
  context.stroke();
  const [firstX = 0, firstY = 0] = points;
  const [lastX = 0, lastY = 0] = points.slice(-2);
  context.setLineDash([DASH_PX * ratio, DASH_PX * ratio]);
  context.beginPath();
  context.moveTo(lastX * scale + x, lastY * scale + y);
  context.lineTo(firstX * scale + x, firstY * scale + y);
  context.stroke();
  context.setLineDash([]);
}
