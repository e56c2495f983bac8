/**
 * The first stops of the Tab key: the drawing surface and the outline of the board. Seen
 * when they have the focus; the outline itself is loaded when it is opened.
 */

/** @import { Desk } from "./desk.js" */

import { render } from "preact";
import { useState } from "preact/hooks";
import texts from "../../messages/en/stage.json";
import { lazily } from "./lazily.jsx";

const Outline = lazily(async () => (await import("./outline/outline.jsx")).Outline);

/**
 * @param {HTMLElement} layer
 * @param {HTMLElement} stage
 * @param {Desk} desk
 */
export function renderSkips(layer, stage, desk) {
  render(<Skips stage={stage} desk={desk} />, layer);
}

/** @param {{stage: HTMLElement, desk: Desk}} props */
function Skips({ stage, desk }) {
  const [is_open, setOpen] = useState(false);
  return (
    <nav
      class="skips panel"
      aria-label={desk.t(texts.outline)}
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        event.stopPropagation();
        setOpen(false);
        stage.focus();
      }}
    >
      <button type="button" class="button" onClick={() => stage.focus()}>
        {desk.t(texts.skip)}
      </button>
      <button
        type="button"
        class="button"
        aria-expanded={is_open}
        onClick={() => setOpen(!is_open)}
      >
        {desk.t(texts.outline)}
      </button>
      {is_open && <Outline desk={desk} />}
    </nav>
  );
}
