/**
 * What fingers press that have neither keys nor a right button: what is done most to a
 * selection, and the end of a toolbar that is wider than its screen, which unfolds it
 * into rows with every tool. Folded, it shows the tool in hand.
 */

/** @import { Desk } from "./desk.js" */
/** @import { IconNode } from "./icon.jsx" */

import { ChevronDown, ChevronUp, Copy, Trash2 } from "lucide";
import { useEffect } from "preact/hooks";
import actions from "../../messages/en/actions.json";
import texts from "../../messages/en/palette.json";
import { Icon } from "./icon.jsx";

/** Three dots. @type {IconNode} */
const DOTS = [5, 12, 19].map((cx) => ["circle", { cx, cy: 12, r: 1 }]);

/** @param {{desk: Desk}} props */
export function FingerPanels({ desk }) {
  if (desk.isZen.value || !desk.mayEdit.value) return null;
  return (
    <>
      {desk.selection.value.size > 0 && <SelectionRow desk={desk} />}
      <Unfold desk={desk} />
    </>
  );
}

/** @param {{desk: Desk}} props */
function SelectionRow({ desk }) {
  return (
    <fieldset class="on-selection panel row" aria-label={desk.t(texts.actions)}>
      <Act
        label={desk.t(actions.duplicate)}
        icon={Copy}
        run={() => desk.run("duplicate")}
      />
      <Act
        label={desk.t(actions.delete)}
        icon={Trash2}
        run={() => desk.run("delete")}
      />
      <Act
        label={desk.t(texts.actions)}
        icon={DOTS}
        run={(button) => {
          const { right: x, top: y } = button.getBoundingClientRect();
          desk.menu.value = { anchor: null, at: { x, y } };
        }}
      />
    </fieldset>
  );
}

/** @param {{label: string, icon: IconNode, run: (button: HTMLElement) => void}} props */
function Act({ label, icon, run }) {
  return (
    <button
      type="button"
      class="icon-button"
      aria-label={label}
      title={label}
      onClick={(event) => run(event.currentTarget)}
    >
      <Icon of={icon} />
    </button>
  );
}

/** @param {{desk: Desk}} props */
function Unfold({ desk }) {
  const is_open = desk.open.value === "tools";
  const tool = desk.tool.value;
  const selection = desk.selection.value; // a picture that comes is selected
  useEffect(() => desk.close("tools"), [desk, tool, selection]);
  useEffect(() => {
    const bar = document.querySelector(".toolbar");
    bar?.classList.toggle("is-unfolded", is_open);
    if (bar && !is_open) showPicked(bar);
  }, [tool, is_open]);
  const label = desk.t(texts.all_tools);
  return (
    <button
      type="button"
      class="unfold tool"
      aria-expanded={is_open}
      aria-label={label}
      title={label}
      onClick={() => {
        desk.open.value = is_open ? "" : "tools";
      }}
    >
      <Icon of={is_open ? ChevronDown : ChevronUp} />
    </button>
  );
}

/**
 * Scroll a toolbar, and nothing around it, to the tool in hand.
 * @param {Element} bar
 */
function showPicked(bar) {
  const picked = bar.querySelector("[aria-pressed='true']");
  if (!picked) return;
  const [own, its] = [bar.getBoundingClientRect(), picked.getBoundingClientRect()];
  bar.scrollBy({ left: (its.left + its.right - own.left - own.right) / 2 });
}
