/**
 * The style panel: ink, fill, width, dash, size and opacity of what is selected, or of
 * what the tool in hand will draw.
 */

/** @import { HeadKind } from "../draw/heads.js" */
/** @import { Route } from "../draw/route.js" */
/** @import { Element } from "../protocol.js" */
/** @import { Style, StyleName } from "../tools/style.js" */
/** @import { Desk } from "./desk.js" */

import texts from "../../messages/en/style.json";
import { DASHES, FILLS, INKS, TEXT_SIZES, WIDTHS } from "../draw/palette.js";
import { darkColor } from "../draw/theme.js";
import { STYLES_OF } from "../tools/style.js";
import { lazily } from "./lazily.jsx";
import { PenOptions } from "./pen_options.jsx";

const ArrangePanel = lazily(
  async () => (await import("./arrange_panel.jsx")).ArrangePanel,
);
const NumbersPanel = lazily(
  async () => (await import("./numbers_panel.jsx")).NumbersPanel,
);
const AltPanel = lazily(async () => (await import("./images/alt_panel.jsx")).AltPanel);

/** @typedef {Element["kind"]} Kind */

/** @type {readonly {name: string, value: Style["corner"], d: string}[]} */
const CORNERS = [
  { name: "Sharp", value: "sharp", d: "M5 20V5H20" },
  { name: "Round", value: "round", d: "M5 20V13Q5 5 13 5H20" },
];
/** @type {readonly {name: string, value: Route, d: string}[]} */
const ROUTES = [
  { name: "Straight", value: "straight", d: "M4 19L20 5" },
  { name: "Curved", value: "curve", d: "M4 19C12 19 12 5 20 5" },
  { name: "Right angles", value: "elbow", d: "M4 19H12V5H20" },
];
/** @type {readonly {name: string, value: HeadKind, d: string, isFilled?: boolean}[]} */
const HEADS = [
  { name: "None", value: "none", d: "M3 12H21" },
  { name: "Arrow", value: "arrow", d: "M3 12H21M15 6L21 12L15 18" },
  {
    name: "Triangle",
    value: "triangle",
    d: "M3 12H13V7L21 12L13 17V12",
    isFilled: true,
  },
  {
    name: "Dot",
    value: "dot",
    d: "M3 12H14A3 3 0 1 1 20 12A3 3 0 1 1 14 12",
    isFilled: true,
  },
  {
    name: "Diamond",
    value: "diamond",
    d: "M3 12H12L16.5 8L21 12L16.5 16L12 12",
    isFilled: true,
  },
  { name: "Bar", value: "bar", d: "M3 12H20M20 6V18" },
];
/** @type {readonly {name: string, value: Style["pattern"], d: string}[]} */
const PATTERNS = [
  { name: "Solid", value: "solid", d: "M5 5H19V19H5ZM5 9H19M5 12H19M5 15H19" },
  { name: "Hatch", value: "hatch", d: "M5 5H19V19H5ZM5 12L12 5M5 19L19 5M12 19L19 12" },
  {
    name: "Cross-hatch",
    value: "cross",
    d: "M5 5H19V19H5ZM5 12L12 5M5 19L19 5M12 19L19 12M5 12L12 19M5 5L19 19M12 5L19 12",
  },
];
/** @type {readonly {name: string, value: Style["rough"], d: string}[]} */
const LOOKS = [
  { name: "Ruled", value: 0, d: "M4 14H20" },
  { name: "Hand-drawn", value: 1, d: "M4 14C8 10 10 16 13 13S18 12 20 13" },
  {
    name: "Sketchy",
    value: 2,
    d: "M3 15C7 9 9 17 12 13S18 10 21 13M4 12C8 13 13 17 20 15",
  },
];
/** @type {readonly {name: string, value: Style["font"]}[]} */
const FONTS_OFFERED = [
  { name: "Sans", value: "sans" },
  { name: "Hand-written", value: "hand" },
  { name: "Serif", value: "serif" },
  { name: "Mono", value: "mono" },
];
/** @type {readonly {name: string, value: Style["align"], d: string}[]} */
const ALIGNS = [
  { name: "As usual", value: "auto", d: "M4 12H20M8 9L4 12L8 15M16 9L20 12L16 15" },
  { name: "Left", value: "left", d: "M4 6H20M4 12H13M4 18H17" },
  { name: "Centre", value: "center", d: "M4 6H20M8 12H16M6 18H18" },
  { name: "Right", value: "right", d: "M4 6H20M11 12H20M7 18H20" },
];
const STROKE_TEST = /^#[0-9a-f]{6}$/i;

/**
 * Which styles there is something to show for.
 * @param {readonly string[]} kinds selected
 * @param {string} tool in hand
 * @returns {Set<StyleName>}
 */
function shownNames(kinds, tool) {
  const known = /** @type {Record<string, readonly StyleName[]>} */ (STYLES_OF);
  const of = kinds.length > 0 ? kinds : [tool];
  return new Set(of.flatMap((kind) => known[kind] ?? []));
}

/**
 * @param {Desk} desk
 * @param {string} name of a style, a colour or a size, which is its key
 * @returns {string}
 */
function named(desk, name) {
  return desk.t(/** @type {Record<string, string>} */ (texts)[name] ?? name);
}

/** @param {{desk: Desk, isDark: boolean}} props */
export function StylePanel({ desk, isDark }) {
  const names = shownNames(desk.kinds.value, desk.tool.value);
  if (!desk.mayEdit.value || names.size === 0) return null;
  const style = desk.style.value;
  const is_open = desk.open.value === "style";
  return (
    <section
      class={`style panel ${is_open ? "is-open" : ""}`}
      aria-label={named(desk, "Style")}
    >
      {names.has("stroke") && (
        <Swatches
          desk={desk}
          title="Ink"
          swatches={INKS}
          value={style.stroke}
          isDark={isDark}
          onPick={(stroke) => desk.restyle({ stroke })}
          hasOwn
        />
      )}
      {names.has("fill") && (
        <Swatches
          desk={desk}
          title="Fill"
          swatches={FILLS}
          value={style.fill}
          isDark={isDark}
          onPick={(fill) => desk.restyle({ fill })}
          hasOwn
        />
      )}
      {names.has("pattern") && style.fill !== "none" && (
        <Choices
          desk={desk}
          title="Pattern"
          choices={PATTERNS}
          value={style.pattern}
          onPick={(pattern) => desk.restyle({ pattern })}
        />
      )}
      {names.has("width") && <Widths desk={desk} style={style} />}
      {names.has("dash") && <Dashes desk={desk} style={style} />}
      {names.has("rough") && (
        <Choices
          desk={desk}
          title="Look"
          choices={LOOKS}
          value={style.rough}
          onPick={(rough) => desk.restyle({ rough })}
        />
      )}
      {names.has("corner") && (
        <Choices
          desk={desk}
          title="Corners"
          choices={CORNERS}
          value={style.corner}
          onPick={(corner) => desk.restyle({ corner })}
        />
      )}
      {names.has("route") && (
        <Choices
          desk={desk}
          title="Way"
          choices={ROUTES}
          value={style.route}
          onPick={(route) => desk.restyle({ route })}
        />
      )}
      {names.has("tail") && (
        <Choices
          desk={desk}
          title="Start"
          choices={HEADS}
          value={style.tail}
          isFlipped
          onPick={(tail) => desk.restyle({ tail })}
        />
      )}
      {names.has("head") && (
        <Choices
          desk={desk}
          title="End"
          choices={HEADS}
          value={style.head}
          onPick={(head) => desk.restyle({ head })}
        />
      )}
      {names.has("font") && <Fonts desk={desk} style={style} />}
      {names.has("align") && (
        <Choices
          desk={desk}
          title="Align"
          choices={ALIGNS}
          value={style.align}
          onPick={(align) => desk.restyle({ align })}
        />
      )}
      {names.has("size") && <Sizes desk={desk} style={style} />}
      <label class="style-row">
        <span class="style-title">{named(desk, "Opacity")}</span>
        <input
          type="range"
          min="5"
          max="100"
          step="5"
          value={Math.round(style.opacity * 100)}
          onChange={(event) =>
            desk.restyle({ opacity: Number(event.currentTarget.value) / 100 })
          }
        />
      </label>
      <PenOptions desk={desk} />
      {desk.selection.value.size > 0 && <NumbersPanel desk={desk} />}
      {desk.selection.value.size > 0 && <ArrangePanel desk={desk} />}
      {desk.only.value && <AltPanel desk={desk} />}
    </section>
  );
}

/**
 * @param {{desk: Desk, title: string, swatches: readonly {name: string, value: string}[],
 *   value: string, isDark: boolean, onPick: (value: string) => void,
 *   hasOwn?: boolean}} props
 */
function Swatches({ desk, title, swatches, value, isDark, onPick, hasOwn = false }) {
  const is_own = !swatches.some((swatch) => swatch.value === value);
  return (
    <fieldset class="style-row">
      <legend class="style-title">{named(desk, title)}</legend>
      <div class="swatches">
        {swatches.map((swatch) => (
          <button
            key={swatch.value}
            type="button"
            class={`swatch ${swatch.value === "none" ? "swatch-none" : ""}`}
            style={{ "--swatch": isDark ? darkColor(swatch.value) : swatch.value }}
            aria-label={named(desk, swatch.name)}
            title={named(desk, swatch.name)}
            aria-pressed={swatch.value === value}
            onClick={() => onPick(swatch.value)}
          />
        ))}
        {hasOwn && (
          <label
            class={`swatch swatch-own ${is_own ? "is-chosen" : ""}`}
            title={named(desk, "Own colour")}
          >
            <span class="visually-hidden">
              {`${named(desk, title)}: ${named(desk, "Own colour")}`}
            </span>
            <input
              type="color"
              value={STROKE_TEST.test(value) ? value : "#1e1e1e"}
              onChange={(event) => onPick(event.currentTarget.value)}
            />
          </label>
        )}
      </div>
    </fieldset>
  );
}

/**
 * One of a few values, each shown as a small drawing.
 * @template {string | number} Value
 * @param {{desk: Desk, title: string, value: Value, isFlipped?: boolean,
 *   choices: readonly {name: string, value: Value, d: string, isFilled?: boolean}[],
 *   onPick: (value: Value) => void}} props
 */
function Choices({ desk, title, value, choices, onPick, isFlipped = false }) {
  return (
    <fieldset class="style-row">
      <legend class="style-title">{named(desk, title)}</legend>
      <div class="choices">
        {choices.map((choice) => (
          <button
            key={choice.value}
            type="button"
            class="choice"
            aria-label={`${named(desk, title)}: ${named(desk, choice.name)}`}
            title={named(desk, choice.name)}
            aria-pressed={choice.value === value}
            onClick={() => onPick(choice.value)}
          >
            <svg
              viewBox="0 0 24 24"
              class={`choice-drawing ${isFlipped ? "is-flipped" : ""}`}
              aria-hidden="true"
            >
              <path
                d={choice.d}
                stroke-width="2"
                fill={choice.isFilled ? "currentColor" : "none"}
              />
            </svg>
          </button>
        ))}
      </div>
    </fieldset>
  );
}

/** @param {{desk: Desk, style: Style}} props */
function Widths({ desk, style }) {
  return (
    <fieldset class="style-row">
      <legend class="style-title">{named(desk, "Width")}</legend>
      <div class="choices">
        {WIDTHS.map(({ name, value }) => (
          <button
            key={value}
            type="button"
            class="choice"
            aria-label={named(desk, name)}
            title={`${named(desk, name)} — ${value}`}
            aria-pressed={style.width === value}
            onClick={() => desk.restyle({ width: value })}
          >
            <svg viewBox="0 0 24 24" class="choice-drawing" aria-hidden="true">
              <path d="M4 14c4-8 7 6 16-4" stroke-width={Math.min(8, value * 0.75)} />
            </svg>
          </button>
        ))}
      </div>
      <input
        type="range"
        class="style-slider"
        aria-label={named(desk, "Width")}
        min="1"
        max="40"
        step="1"
        value={style.width}
        onChange={(event) => desk.restyle({ width: Number(event.currentTarget.value) })}
      />
    </fieldset>
  );
}

/** @param {{desk: Desk, style: Style}} props */
function Dashes({ desk, style }) {
  const dashes = { solid: "none", dashed: "5 4", dotted: "0.1 4" };
  return (
    <fieldset class="style-row">
      <legend class="style-title">{named(desk, "Line")}</legend>
      <div class="choices">
        {DASHES.map((dash) => (
          <button
            key={dash}
            type="button"
            class="choice"
            aria-label={named(desk, dash)}
            title={named(desk, dash)}
            aria-pressed={style.dash === dash}
            onClick={() => desk.restyle({ dash })}
          >
            <svg viewBox="0 0 24 24" class="choice-drawing" aria-hidden="true">
              <path d="M3 12h18" stroke-width="2" stroke-dasharray={dashes[dash]} />
            </svg>
          </button>
        ))}
      </div>
    </fieldset>
  );
}

/** @param {{desk: Desk, style: Style}} props */
function Sizes({ desk, style }) {
  return (
    <fieldset class="style-row">
      <legend class="style-title">{named(desk, "Size")}</legend>
      <div class="choices">
        {TEXT_SIZES.map(({ name, value }, i) => (
          <button
            key={value}
            type="button"
            class="choice choice-size"
            data-step={i}
            aria-label={named(desk, name)}
            title={named(desk, name)}
            aria-pressed={style.size === value}
            onClick={() => desk.restyle({ size: value })}
          >
            A
          </button>
        ))}
      </div>
    </fieldset>
  );
}

/** @param {{desk: Desk, style: Style}} props */
function Fonts({ desk, style }) {
  return (
    <fieldset class="style-row">
      <legend class="style-title">{named(desk, "Font")}</legend>
      <div class="choices">
        {FONTS_OFFERED.map(({ name, value }) => (
          <button
            key={value}
            type="button"
            class="choice choice-font"
            data-font={value}
            aria-label={`${named(desk, "Font")}: ${named(desk, name)}`}
            title={named(desk, name)}
            aria-pressed={style.font === value}
            onClick={() => desk.restyle({ font: value })}
          />
        ))}
      </div>
    </fieldset>
  );
}
