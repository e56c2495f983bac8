/**
 * How the pen behaves, below its colours and widths.
 */

/** @import { Desk } from "./desk.js" */

import texts from "../../messages/en/pens.json";

/** @param {{desk: Desk}} props */
export function PenOptions({ desk }) {
  if (desk.tool.value !== "pen" || desk.kinds.value.length > 0) return null;
  return (
    <label class="style-switch" title={desk.t(texts.hold_hint)}>
      <input
        type="checkbox"
        checked={desk.options.value.recognises}
        onChange={(event) => desk.choose({ recognises: event.currentTarget.checked })}
      />
      {desk.t(texts.hold)}
    </label>
  );
}
