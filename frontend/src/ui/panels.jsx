/**
 * All panels around the canvas.
 */

/** @import { Desk } from "./desk.js" */

import looking from "../../messages/en/clipboard.json";
import texts from "../../messages/en/corners.json";
import "@preact/signals"; // lets components read signals
import { render } from "preact";
import { PeopleCorner, TitleCorner, ViewCorner } from "./corners.jsx";
import { lazily } from "./lazily.jsx";
import { Closed, Toasts } from "./notices.jsx";
import { MoreShapes, Toolbar } from "./toolbar.jsx";

const IN_DIALOGS = new Set(["person", "share"]);
/** Panels with a field, or in front of the board: keys wait for them. */
const KEYED = { takesKeys: true };
/** Panels that nobody opens. */
const ATTENDING = { byItself: true };
const ExportDialog = lazily(
  async () => (await import("./export/export_dialog.jsx")).ExportDialog,
  KEYED,
);
/** The pen draws before the panels of its style are there. */
const StylePanel = lazily(
  async () => (await import("./style_panel.jsx")).StylePanel,
  ATTENDING,
);
const EraserPanel = lazily(
  async () => (await import("./eraser_panel.jsx")).EraserPanel,
  ATTENDING,
);
const Menus = lazily(async () => (await import("./menus.jsx")).Menus);
const Palette = lazily(async () => (await import("./palette.jsx")).Palette, KEYED);
const Shortcuts = lazily(
  async () => (await import("./shortcuts.jsx")).Shortcuts,
  KEYED,
);
const FindPanel = lazily(
  async () => (await import("./find_panel.jsx")).FindPanel,
  KEYED,
);
const LinkDialog = lazily(
  async () => (await import("./link_dialog.jsx")).LinkDialog,
  KEYED,
);
const MinimapPanel = lazily(
  async () => (await import("./minimap_panel.jsx")).MinimapPanel,
);
const Following = lazily(
  async () => (await import("./together/following.jsx")).Following,
  ATTENDING,
);
const People = lazily(async () => (await import("./together/people.jsx")).People);
const ReactionPicker = lazily(
  async () => (await import("./together/reaction_picker.jsx")).ReactionPicker,
);
const Dialogs = lazily(async () => (await import("./dialogs.jsx")).Dialogs, KEYED);

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
  if (desk.isZen.value) return <Zen desk={desk} />;
  return (
    <>
      <TitleCorner desk={desk} />
      <Toolbar desk={desk} />
      <MoreShapes desk={desk} />
      <PeopleCorner desk={desk} />
      <StylePanel desk={desk} isDark={desk.isDark.value} />
      {desk.tool.value === "eraser" && <EraserPanel desk={desk} />}
      <ViewCorner desk={desk} />
      {desk.isMapShown.value && <MinimapPanel desk={desk} />}
      {desk.together.isMeeting.value && <Following desk={desk} />}
      <Toasts desk={desk} />
      <ViewMode desk={desk} />
      {desk.open.value === "find" && <FindPanel desk={desk} />}
      {desk.open.value === "people" && <People desk={desk} />}
      {desk.open.value === "react" && <ReactionPicker desk={desk} />}
      {IN_DIALOGS.has(desk.open.value) && <Dialogs desk={desk} />}
      {desk.menu.value && <Menus desk={desk} />}
      {desk.open.value === "palette" && <Palette desk={desk} />}
      {desk.open.value === "link" && <LinkDialog desk={desk} />}
      {desk.open.value === "shortcuts" && <Shortcuts desk={desk} />}
      {desk.open.value === "export" && <ExportDialog desk={desk} />}
      <Closed desk={desk} />
    </>
  );
}

/** That editing is put aside, and the way back. @param {{desk: Desk}} props */
function ViewMode({ desk }) {
  if (!desk.isViewing.value) return null;
  return (
    <div class="mode panel" role="status">
      {desk.t(looking.looking)}
      <button type="button" class="button" onClick={() => desk.run("view mode")}>
        {desk.t(looking.edit)}
      </button>
    </div>
  );
}

/** Nothing but the board, what is said, and the way out. @param {{desk: Desk}} props */
function Zen({ desk }) {
  return (
    <>
      <button type="button" class="zen panel" onClick={() => desk.run("zen")}>
        {desk.t(texts.show_panels)}
      </button>
      {desk.together.isMeeting.value && <Following desk={desk} />}
      <Toasts desk={desk} />
      {desk.open.value === "find" && <FindPanel desk={desk} />}
      {desk.open.value === "react" && <ReactionPicker desk={desk} />}
      {desk.menu.value && <Menus desk={desk} />}
      {desk.open.value === "palette" && <Palette desk={desk} />}
      <Closed desk={desk} />
    </>
  );
}
