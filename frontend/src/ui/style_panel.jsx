/**
 * The style panel: ink, fill, width, dash, size and opacity of what is selected, or of
 * what the tool in hand will draw. The rows are in `style/`.
 */

/** @import { StyleName } from "../tools/style.js" */
/** @import { Desk } from "./desk.js" */

import { useEffect, useState } from "preact/hooks";
import { isLabelled, NOTE_PAPER } from "../draw/look.js";
import { FILLS, FRAME_INK, INKS, MARKER } from "../draw/palette.js";
import { darkColor, darkMarker } from "../draw/theme.js";
import { recentColors } from "../tools/colors.js";
import { mixedStyles } from "../tools/restyle.js";
import { STYLES_OF } from "../tools/style.js";
import { toBoard } from "./keyboard.js";
import { lazily } from "./lazily.jsx";
import { PenOptions } from "./pen_options.jsx";
import { listenToPresses } from "./pressing.js";
import { Colors } from "./style/colors.jsx";
import { named } from "./style/named.js";
import {
  ALIGNS,
  CORNERS,
  HEADS,
  LINES,
  LOOKS,
  PATTERNS,
  ROUTES,
} from "./style/offers.js";
import { Choices, Fonts, Opacity, Sizes, Widths } from "./style/rows.jsx";

/** They come with what is selected: nobody opens them. */
const ATTENDING = { byItself: true };
const ArrangePanel = lazily(
  async () => (await import("./arrange_panel.jsx")).ArrangePanel,
  ATTENDING,
);
const NumbersPanel = lazily(
  async () => (await import("./numbers_panel.jsx")).NumbersPanel,
  ATTENDING,
);
const AltPanel = lazily(
  async () => (await import("./images/alt_panel.jsx")).AltPanel,
  ATTENDING,
);

const OFFERED = [...INKS, ...FILLS, { value: MARKER }, { value: FRAME_INK }];

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

/** @param {string} kind of which the label is too short to be aligned */
const isLine = (kind) => kind === "line" || kind === "arrow";

/**
 * Whether there are words whose letters can be chosen; shapes and lines may have none.
 * @param {Desk} desk
 */
function isLettered(desk) {
  if (desk.bench.editing.value) return true;
  desk.revision.value;
  const chosen = desk.selected();
  if (chosen.length > 0) return chosen.some((one) => !isLabelled(one) || one.label);
  return ["text", "note"].includes(desk.tool.value);
}

/** @param {{desk: Desk, isDark: boolean}} props */
export function StylePanel({ desk, isDark }) {
  const recents = useRecents(desk);
  useEffect(listenToPresses, []); // on all panels; this one comes with the page
  const writes = desk.bench.editing.value?.is_new ?? false;
  const { value: kinds } = desk.kinds;
  const names = shownNames(kinds, writes ? "text" : desk.tool.value);
  if (!desk.mayEdit.value || names.size === 0) return null;
  const style = desk.style.value;
  const mixed = mixedStyles(desk.bench);
  const is_open = desk.open.value === "style";
  /**
   * What a row of a style gets; null: it is not shown.
   * @template {StyleName} Name
   * @param {Name} name
   */
  const row = (name) =>
    names.has(name)
      ? {
          desk,
          value: mixed.has(name) ? null : style[name],
          onPick: (/** @type {typeof style[Name]} */ value) =>
            desk.restyle({ [name]: value }),
        }
      : null;
  const [stroke, fill, width] = [row("stroke"), row("fill"), row("width")];
  const pattern = style.fill === "none" ? null : row("pattern");
  const [dash, rough, corner] = [row("dash"), row("rough"), row("corner")];
  const [route, tail, head] = [row("route"), row("tail"), row("head")];
  const lettered = isLettered(desk);
  const [font, size] = lettered ? [row("font"), row("size")] : [null, null];
  const isLines = kinds.length > 0 && kinds.every(isLine);
  const align = lettered && !isLines ? row("align") : null;
  const opacity = row("opacity");
  const areAll = (/** @type {string} */ kind) =>
    kinds.length > 0 ? kinds.every((one) => one === kind) : desk.tool.value === kind;
  const shade = areAll("highlight") ? darkMarker : darkColor;
  const colors = { shade: isDark ? shade : null, recents };
  const plain = areAll("note") ? NOTE_PAPER : "none";
  return (
    <section
      class={`style panel ${is_open ? "is-open" : ""}`}
      aria-label={named(desk, "Style")}
      onKeyDown={goBack}
    >
      {stroke && <Colors {...stroke} {...colors} title="Ink" swatches={INKS} />}
      {fill && (
        <Colors {...fill} {...{ ...colors, plain }} title="Fill" swatches={FILLS} />
      )}
      {width && <Widths {...width} />}
      {dash && <Choices {...dash} title="Line" choices={LINES} isHalf />}
      {rough && <Choices {...rough} title="Look" choices={LOOKS} isHalf />}
      {corner && <Choices {...corner} title="Corners" choices={CORNERS} isHalf />}
      {pattern && <Choices {...pattern} title="Pattern" choices={PATTERNS} isHalf />}
      {route && <Choices {...route} title="Way" choices={ROUTES} isHalf />}
      {tail && <Choices {...tail} title="Start" choices={HEADS} isFlipped />}
      {head && <Choices {...head} title="End" choices={HEADS} />}
      {font && <Fonts {...font} />}
      {align && <Choices {...align} title="Align" choices={ALIGNS} />}
      {size && <Sizes {...size} />}
      {opacity && <Opacity {...opacity} />}
      <PenOptions desk={desk} />
      {desk.selection.value.size > 0 && <ArrangePanel desk={desk} />}
      {desk.selection.value.size > 0 && <NumbersPanel desk={desk} />}
      {desk.only.value && <AltPanel desk={desk} />}
    </section>
  );
}

/**
 * Esc goes back to the board, where what is selected stays selected.
 * @param {KeyboardEvent} event
 */
function goBack(event) {
  if (event.key !== "Escape") return;
  event.stopPropagation();
  toBoard();
}

/**
 * The colours of my own that I used last, remembered by the browser.
 * @param {Desk} desk
 * @returns {readonly string[]}
 */
function useRecents({ bench, prefs }) {
  const { stroke, fill } = bench.style.value;
  const [recents, setRecents] = useState(() =>
    recentColors(prefs.get("colors", []), [], OFFERED),
  );
  useEffect(() => {
    const now = recentColors(recents, [stroke, fill], OFFERED);
    if (now.join() === recents.join()) return;
    setRecents(now);
    prefs.set("colors", now);
  }, [stroke, fill, recents, prefs]);
  return recents;
}
