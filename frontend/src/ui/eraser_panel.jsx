/**
 * The eraser's panel, in the place of the style panel: what it takes away, and how broad
 * it is.
 */

/** @import { Options } from "../tools/options.js" */
/** @import { Desk } from "./desk.js" */

import { ERASER_SIZES } from "../tools/options.js";

/** @type {readonly {value: Options["eraser"], name: string, title: string}[]} */
const MODES = [
  { value: "whole", name: "Whole", title: "Erase whole elements" },
  { value: "part", name: "Part", title: "Erase parts of strokes" },
];

/** @param {{desk: Desk}} props */
export function EraserPanel({ desk }) {
  if (!desk.mayEdit.value || desk.tool.value !== "eraser") return null;
  const { eraser, eraser_px } = desk.options.value;
  const is_open = desk.open.value === "style";
  return (
    <section class={`style panel ${is_open ? "is-open" : ""}`} aria-label="Eraser">
      <fieldset class="style-row">
        <legend class="style-title">Erases</legend>
        <div class="choices">
          {MODES.map(({ value, name, title }) => (
            <button
              key={value}
              type="button"
              class="choice choice-word"
              aria-label={title}
              title={`${title} — Shift+E`}
              aria-pressed={eraser === value}
              onClick={() => desk.choose({ eraser: value })}
            >
              {name}
            </button>
          ))}
        </div>
      </fieldset>
      <fieldset class="style-row">
        <legend class="style-title">Size</legend>
        <div class="choices">
          {ERASER_SIZES.map((px, i) => (
            <button
              key={px}
              type="button"
              class="choice"
              aria-label={`Eraser ${px}`}
              title={String(px)}
              aria-pressed={eraser_px === px}
              onClick={() => desk.choose({ eraser_px: px })}
            >
              <svg viewBox="0 0 24 24" class="choice-drawing" aria-hidden="true">
                <circle cx="12" cy="12" r={3 + 2 * i} stroke-width="1.5" fill="none" />
              </svg>
            </button>
          ))}
        </div>
      </fieldset>
    </section>
  );
}
