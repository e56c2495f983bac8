/**
 * The eraser's panel, in the place of the style panel: what it takes away, and how broad
 * it is.
 */

/** @import { Options } from "../tools/options.js" */
/** @import { Desk } from "./desk.js" */

import texts from "../../messages/en/pens.json";
import { ERASER_SIZES } from "../tools/options.js";

/** @type {readonly {value: Options["eraser"], name: string, title: string}[]} */
const MODES = [
  { value: "whole", name: texts.whole, title: texts.whole_hint },
  { value: "part", name: texts.part, title: texts.part_hint },
];

/** @param {{desk: Desk}} props */
export function EraserPanel({ desk }) {
  if (!desk.mayEdit.value || desk.tool.value !== "eraser") return null;
  const { eraser, eraser_px } = desk.options.value;
  const is_open = desk.open.value === "style";
  return (
    <section
      class={`style panel ${is_open ? "is-open" : ""}`}
      aria-label={desk.t(texts.eraser)}
    >
      <fieldset class="style-row">
        <legend class="style-title">{desk.t(texts.erases)}</legend>
        <div class="choices">
          {MODES.map(({ value, name, title }) => (
            <button
              key={value}
              type="button"
              class="choice choice-word"
              aria-label={desk.t(title)}
              title={`${desk.t(title)} — Shift+E`}
              aria-pressed={eraser === value}
              onClick={() => desk.choose({ eraser: value })}
            >
              {desk.t(name)}
            </button>
          ))}
        </div>
      </fieldset>
      <fieldset class="style-row">
        <legend class="style-title">{desk.t(texts.size)}</legend>
        <div class="choices">
          {ERASER_SIZES.map((px, i) => (
            <button
              key={px}
              type="button"
              class="choice"
              aria-label={desk.t(texts.eraser_px, { px })}
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
