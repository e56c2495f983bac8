/**
 * All panels around the canvas.
 */

/** @import { Desk } from "./desk.js" */

import "@preact/signals"; // lets components read signals
import { render } from "preact";
import { PeopleCorner, TitleCorner, ViewCorner } from "./corners.jsx";
import { EraserPanel } from "./eraser_panel.jsx";
import { lazily } from "./lazily.jsx";
import { Closed, Toasts } from "./notices.jsx";
import { StylePanel } from "./style_panel.jsx";
import { MoreShapes, Toolbar } from "./toolbar.jsx";

const IN_DIALOGS = new Set(["person", "share"]);
const ExportDialog = lazily(
  async () => (await import("./export/export_dialog.jsx")).ExportDialog,
);
const Dialogs = lazily(async () => (await import("./dialogs.jsx")).Dialogs);

/**
 * @param {HTMLElement} layer
 * @param {Desk} desk
 * @returns {void}
 */
export function renderPanels(layer, desk) {
  render(<Panels desk={desk} />, layer);
}

/** @param {{desk: Desk}} props */
function Panels({ desk }) {
  return (
    <>
      <TitleCorner desk={desk} />
      <Toolbar desk={desk} />
      <MoreShapes desk={desk} />
      <PeopleCorner desk={desk} />
      <StylePanel desk={desk} isDark={desk.isDark.value} />
      <EraserPanel desk={desk} />
      <ViewCorner desk={desk} />
      <Toasts desk={desk} />
      {IN_DIALOGS.has(desk.open.value) && <Dialogs desk={desk} />}
      {desk.open.value === "export" && <ExportDialog desk={desk} />}
      <Closed desk={desk} />
    </>
  );
}
