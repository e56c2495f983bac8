/**
 * A row of colours: those offered, those used last, and any other by its code, from the
 * system's picker or from what is on the screen.
 */

/** @import { Swatch } from "../../draw/palette.js" */
/** @import { Desk } from "../desk.js" */

import { Pipette } from "lucide";
import texts from "../../../messages/en/style.json";
import { typedColor } from "../../tools/colors.js";
import { Icon } from "../icon.jsx";
import { useTyped } from "../typed.js";
import { named } from "./named.js";
import { Radios } from "./radios.jsx";
import { SideField } from "./side_field.jsx";

const FIRST_PICK = "#1e1e1e"; // where the picker begins

/**
 * @param {{desk: Desk, title: "Ink" | "Fill", swatches: readonly Swatch[],
 *   recents: readonly string[], value: string | null,
 *   shade: ((stored: string) => string) | null, plain?: string,
 *   onPick: (value: string) => void}} props `value` null: the selection has several;
 *   `shade`: what the dark board makes of a colour; `plain`: what is seen without one
 */
export function Colors(props) {
  const { desk, title, swatches, recents, onPick, plain = "none" } = props;
  const value = props.value === plain ? "none" : props.value; // no colour of its own
  const shade = props.shade ?? ((/** @type {string} */ stored) => stored);
  const name = named(desk, title);
  const own = `${name}: ${named(desk, "Own colour")}`;
  const offered = [
    ...swatches.map(({ value: color, name: one }) => ({
      ...{ value: color, label: named(desk, one) },
      ...(color === "none" && plain === color && { look: "swatch-none" }),
      ...(color === "none" && plain !== color && { label: named(desk, "As usual") }),
    })),
    ...recents.map((color) => ({ value: color, label: color, look: "swatch-recent" })),
  ];
  // Its code would contradict what is seen of it on the dark board.
  const spoken =
    props.shade && value !== "none"
      ? swatches.find((one) => one.value === value)?.name
      : undefined;
  const picking = useTyped(typedColor(value ?? "") ?? FIRST_PICK, onPick);
  const isOwn = value !== null && !offered.some((one) => one.value === value);
  return (
    <div class="style-row">
      <span class="style-title">{name}</span>
      <SideField
        label={`${name}: ${named(desk, "Code")}`}
        value={codeOf(value === "none" ? plain : value, spoken && named(desk, spoken))}
        hint={named(desk, value === null ? "Mixed" : "None")}
        onSet={(text) => {
          const color = typedColor(text);
          if (color !== null) onPick(color);
        }}
      />
      <div class="swatches">
        <Radios
          label={name}
          look="swatches-offered"
          value={value}
          onPick={onPick}
          radios={offered.map((one) => ({
            ...{ value: one.value, label: one.label, title: one.label },
            look: `swatch ${one.look ?? ""}`,
            more: {
              style: `--swatch: ${shade(one.value === "none" ? plain : one.value)}`,
            },
          }))}
        />
        <label
          class={`swatch swatch-own ${isOwn ? "is-chosen" : ""}`}
          title={named(desk, "Own colour")}
          style={isOwn ? `--swatch: ${shade(value)}` : ""}
        >
          <span class="visually-hidden">{own}</span>
          <input type="color" {...picking.field} onChange={picking.takeTyped} />
        </label>
        <button
          type="button"
          class="swatch swatch-drop"
          aria-label={`${name}: ${desk.t(texts["Take a colour"])}`}
          title={`${desk.t(texts["Take a colour"])} — I`}
          onClick={() => takeColor(desk, title, props.shade !== null, onPick)}
        >
          <Icon of={Pipette} />
        </button>
      </div>
    </div>
  );
}

/**
 * @param {string | null} value
 * @param {string | undefined} spoken what it is called, where that is better
 * @returns {string} what stands in the field; empty for no colour, and for several
 */
function codeOf(value, spoken) {
  if (value === null || value === "none") return "";
  return spoken || value;
}

/**
 * Take a colour from anywhere on the screen where the browser can. On the dark board,
 * whose colours are shown otherwise than they are stored, from the board alone.
 * @param {Desk} desk
 * @param {"Ink" | "Fill"} title
 * @param {boolean} isDark
 * @param {(color: string) => void} onPick
 */
async function takeColor(desk, title, isDark, onPick) {
  const Dropper =
    /** @type {{EyeDropper?: new () => {open: () => Promise<{sRGBHex: string}>}}} */ (
      /** @type {unknown} */ (window)
    ).EyeDropper;
  if (!Dropper || isDark) {
    desk.run("tool eyedropper");
    desk.bench.drops.value = title === "Fill" ? "fill" : "stroke";
    return;
  }
  const taken = await new Dropper().open().catch(() => null); // let go with Esc
  const color = taken && typedColor(taken.sRGBHex);
  if (color) onPick(color);
}
