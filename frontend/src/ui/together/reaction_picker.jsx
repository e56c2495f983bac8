/**
 * The picker of reactions: a row of emoji beside my cursor. It stays until it is closed,
 * because who claps claps more than once.
 */

/** @import { Desk } from "../desk.js" */

import { useLayoutEffect, useRef } from "preact/hooks";
import texts from "../../../messages/en/people.json";
import { useClosing, useFocus } from "./closing.js";
import { showEmoji } from "./emoji.js";
import { EMOJI } from "./reactions.js";

const MARGIN_PX = 8; // that stay free at the window's edges
const BELOW_PX = 18; // the pointer covers nothing

/** @param {{desk: Desk}} props */
export function ReactionPicker({ desk }) {
  const panel = useRef(/** @type {HTMLElement | null} */ (null));
  const close = useRef(() => {
    desk.open.value = "";
  });
  useClosing(panel, close.current, ".reaction-open");
  useLayoutEffect(() => {
    if (panel.current) putBeside(panel.current, desk.together.place());
  }, [desk]);
  useFocus(panel, "button");
  return (
    <section
      class="reaction-picker panel"
      aria-label={desk.t(texts.reactions)}
      ref={panel}
    >
      <ReactionRow desk={desk} />
    </section>
  );
}

/** One press is one reaction. @param {{desk: Desk, done?: () => void}} props */
export function ReactionRow({ desk, done }) {
  return (
    <div class="reaction-row" role="toolbar" aria-label={desk.t(texts.reactions)}>
      {EMOJI.map((emoji) => (
        <button
          key={emoji}
          type="button"
          aria-label={desk.t(texts.react_with, { emoji })}
          onClick={() => {
            desk.together.react(emoji);
            done?.();
          }}
          ref={(button) => {
            if (button && !button.firstChild) showEmoji(button, emoji);
          }}
        />
      ))}
    </div>
  );
}

/**
 * @param {HTMLElement} panel
 * @param {{x: number, y: number}} place
 */
function putBeside(panel, { x, y }) {
  const { offsetWidth: w, offsetHeight: h } = panel;
  const left = Math.min(x - w / 2, window.innerWidth - w - MARGIN_PX);
  const is_below = y + BELOW_PX + h + MARGIN_PX < window.innerHeight;
  const top = is_below ? y + BELOW_PX : y - BELOW_PX - h;
  panel.style.left = `${Math.max(MARGIN_PX, left)}px`;
  panel.style.top = `${Math.max(MARGIN_PX, top)}px`;
}
