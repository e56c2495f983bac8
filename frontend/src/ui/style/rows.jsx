/**
 * The rows of the style panel that offer small drawings, letters or a slider.
 */

/** @import { ComponentChildren } from "preact" */
/** @import { Desk } from "../desk.js" */
/** @import { Style } from "../../tools/style.js" */

import { TEXT_SIZES, WIDTHS } from "../../draw/palette.js";
import { typedValue } from "../../tools/numbers.js";
import { useTyped } from "../typed.js";
import { named } from "./named.js";
import { FONTS } from "./offers.js";
import { Radios } from "./radios.jsx";
import { SideField } from "./side_field.jsx";

/** The least and the most that can be typed. */
const WIDTH_BOUNDS = /** @type {const} */ ([0.5, 100]);
const OPACITY_BOUNDS = /** @type {const} */ ([1, 100]); // none is lost out of sight
const SIZE_BOUNDS = /** @type {const} */ ([1, 2000]); // as the wire has it

/**
 * @template Value
 * @typedef {{desk: Desk, value: Value | null, onPick: (value: Value) => void}} RowProps
 *   `value` null: the selection has several
 */

/**
 * @param {{desk: Desk, title: string, isHalf?: boolean, children: ComponentChildren}} props
 *   `isHalf`: two of them share a line where there is a mouse
 */
function Row({ desk, title, isHalf = false, children }) {
  return (
    <div class={`style-row ${isHalf ? "style-half" : ""}`} data-row={title}>
      <span class="style-title">{named(desk, title)}</span>
      {children}
    </div>
  );
}

/**
 * One of a few values, each shown as a small drawing.
 * @template {string | number} Value
 * @param {RowProps<Value> & {title: string, isFlipped?: boolean, isHalf?: boolean,
 *   choices: readonly {name: string, value: Value, d: string, isFilled?: boolean,
 *     dash?: string}[]}} props
 */
export function Choices({ desk, title, value, choices, onPick, isFlipped, isHalf }) {
  const name = named(desk, title);
  return (
    <Row desk={desk} title={title} isHalf={isHalf ?? false}>
      {value === null && <Mixed desk={desk} />}
      <Radios
        label={name}
        look="choices"
        value={value}
        onPick={onPick}
        radios={choices.map((choice) => ({
          ...{ value: choice.value, look: "choice" },
          label: `${name}: ${named(desk, choice.name)}`,
          title: named(desk, choice.name),
          drawing: (
            <svg
              viewBox="0 0 24 24"
              class={`choice-drawing ${isFlipped ? "is-flipped" : ""}`}
              aria-hidden="true"
            >
              <path
                d={choice.d}
                stroke-width="2"
                stroke-dasharray={choice.dash}
                fill={choice.isFilled ? "currentColor" : "none"}
              />
            </svg>
          ),
        }))}
      />
    </Row>
  );
}

/** That the selection has several values. @param {{desk: Desk}} props */
function Mixed({ desk }) {
  return <span class="style-mixed">{named(desk, "Mixed")}</span>;
}

/** @param {RowProps<number>} props */
export function Widths({ desk, value, onPick }) {
  return (
    <Row desk={desk} title="Width">
      <NumberAside {...{ desk, value, onPick }} title="Width" bounds={WIDTH_BOUNDS} />
      <Radios
        label={named(desk, "Width")}
        look="choices"
        value={value}
        onPick={onPick}
        radios={WIDTHS.map((width) => ({
          ...{ value: width.value, look: "choice" },
          label: named(desk, width.name),
          title: `${named(desk, width.name)} — ${width.value}`,
          drawing: (
            <svg viewBox="0 0 24 24" class="choice-drawing" aria-hidden="true">
              <path
                d="M4 14c4-8 7 6 16-4"
                stroke-width={Math.min(8, width.value * 0.75)}
              />
            </svg>
          ),
        }))}
      />
      <Slider
        label={named(desk, "Width")}
        bounds={[1, 40]}
        step={1}
        value={value ?? 1}
        onPick={onPick}
      />
    </Row>
  );
}

/** @param {RowProps<number>} props */
export function Sizes({ desk, value, onPick }) {
  return (
    <Row desk={desk} title="Size">
      <NumberAside {...{ desk, value, onPick }} title="Size" bounds={SIZE_BOUNDS} />
      <Radios
        label={named(desk, "Size")}
        look="choices"
        value={value}
        onPick={onPick}
        radios={TEXT_SIZES.map((size, i) => ({
          ...{ value: size.value, look: "choice choice-size" },
          label: named(desk, size.name),
          title: `${named(desk, size.name)} — ${size.value}`,
          more: { "data-step": i },
          drawing: "A",
        }))}
      />
    </Row>
  );
}

/** @param {RowProps<Style["font"]>} props */
export function Fonts({ desk, value, onPick }) {
  const name = named(desk, "Font");
  return (
    <Row desk={desk} title="Font">
      {value === null && <Mixed desk={desk} />}
      <Radios
        label={name}
        look="choices"
        value={value}
        onPick={onPick}
        radios={FONTS.map((font) => ({
          ...{ value: font.value, look: "choice choice-font" },
          label: `${name}: ${named(desk, font.name)}`,
          title: named(desk, font.name),
          more: { "data-font": font.value },
        }))}
      />
    </Row>
  );
}

/**
 * A finger that turns out to scroll the panel has moved the slider to where it touched:
 * the browser cancels its pointer, and the slider goes back.
 * @param {{label: string, bounds: readonly [number, number], step: number,
 *   value: number, onPick: (value: number) => void}} props
 */
function Slider({ label, bounds: [min, max], step, value, onPick }) {
  const { drop, field, takeTyped } = useTyped(String(value), (picked) =>
    onPick(Number(picked)),
  );
  return (
    <input
      type="range"
      class="style-slider"
      aria-label={label}
      {...{ min, max, step, ...field }}
      onKeyDown={keepArrows}
      onPointerCancel={({ currentTarget }) => drop(currentTarget)}
      onChange={takeTyped}
    />
  );
}

/**
 * The arrow keys move the slider that has the focus, not what is selected.
 * @param {KeyboardEvent} event
 */
function keepArrows(event) {
  if (event.key.startsWith("Arrow")) event.stopPropagation();
}

/** @param {RowProps<number>} props share, 0…1; shown in per cent */
export function Opacity({ desk, value, onPick }) {
  const percent = value === null ? null : Math.round(value * 100);
  const pick = (/** @type {number} */ typed) => onPick(typed / 100);
  return (
    <Row desk={desk} title="Opacity">
      <NumberAside
        {...{ desk, value: percent, onPick: pick }}
        title="Opacity"
        bounds={OPACITY_BOUNDS}
        unit="%"
      />
      <Slider
        label={named(desk, "Opacity")}
        bounds={[5, 100]}
        step={5}
        value={percent ?? 100}
        onPick={pick}
      />
    </Row>
  );
}

/**
 * @param {RowProps<number> & {title: string, bounds: readonly [number, number],
 *   unit?: string}} props `unit` is shown, and may be typed or left out
 */
function NumberAside({ desk, title, value, onPick, bounds: [least, most], unit = "" }) {
  return (
    <SideField
      label={`${named(desk, title)}: ${named(desk, "Number")}`}
      is_number
      value={value === null ? "" : `${Math.round(value * 10) / 10}${unit}`}
      hint={named(desk, "Mixed")}
      onSet={(text) => {
        const typed = typedValue(text.replace(unit, ""), value ?? least);
        if (typed !== null) onPick(Math.min(most, Math.max(least, typed)));
      }}
    />
  );
}
