/**
 * How the pen behaves, below its colours and widths.
 */

/** @import { Desk } from "./desk.js" */

/** @param {{desk: Desk}} props */
export function PenOptions({ desk }) {
  if (desk.tool.value !== "pen" || desk.kinds.value.length > 0) return null;
  return (
    <label class="style-switch" title="Hold the pen still at the end of a stroke">
      <input
        type="checkbox"
        checked={desk.options.value.recognises}
        onChange={(event) => desk.choose({ recognises: event.currentTarget.checked })}
      />
      Hold for a shape
    </label>
  );
}
