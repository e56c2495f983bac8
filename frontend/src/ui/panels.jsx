/**
 * All panels around the canvas.
 */

/** @import { ReadonlySignal } from "@preact/signals-core" */
/** @import { Theme } from "../draw/theme.js" */
/** @import { Desk } from "./desk.js" */

import "@preact/signals"; // lets components read signals
import { render } from "preact";
import { PeopleCorner, TitleCorner, ViewCorner } from "./corners.jsx";
import { lazily } from "./lazily.jsx";
import { Closed, Toasts } from "./notices.jsx";
import { StylePanel } from "./style_panel.jsx";
import { MoreShapes, Toolbar } from "./toolbar.jsx";

const IN_DIALOGS = new Set(["person", "share"]);
const Dialogs = lazily(async () => (await import("./dialogs.jsx")).Dialogs);

/**
 * @param {HTMLElement} layer
 * @param {Desk} desk
 * @param {ReadonlySignal<Theme>} theme
 * @returns {void}
 */
export function renderPanels(layer, desk, theme) {
  render(<Panels desk={desk} theme={theme} />, layer);
}

/** @param {{desk: Desk, theme: ReadonlySignal<Theme>}} props */
function Panels({ desk, theme }) {
  return (
    <>
      <TitleCorner desk={desk} />
      <Toolbar desk={desk} />
      <MoreShapes desk={desk} />
      <PeopleCorner desk={desk} />
      <StylePanel desk={desk} isDark={theme.value === "dark"} />
      <ViewCorner desk={desk} />
      <Toasts desk={desk} />
      {IN_DIALOGS.has(desk.open.value) && <Dialogs desk={desk} />}
      <Closed desk={desk} />
    </>
  );
}
