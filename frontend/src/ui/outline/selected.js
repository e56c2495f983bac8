/**
 * Says what is selected, and what was written or copied.
 */

/** @import { Bench } from "../../tools/bench.js" */
/** @import { Desk } from "../desk.js" */

import { effect } from "@preact/signals-core";
import actions from "../../../messages/en/actions.json";
import texts from "../../../messages/en/outline.json";
import { describe } from "./describe.js";

const CALM_MS = 250; // a selection that is still changing is not read out

/**
 * @param {(text: string) => void} say
 * @param {Desk} desk
 * @param {Bench} bench
 * @returns {void}
 */
export function tellSelection(say, desk, bench) {
  tellCopies(say, desk, bench);
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  let had_some = false;
  let written = ""; // whose words are being written
  const is_escape = () => desk.ran.peek()?.command === "escape";
  effect(() => {
    const selected = [...bench.selection.value];
    const left = written;
    written = bench.editing.value?.element.id ?? "";
    clearTimeout(timer);
    const ids = selected.length === 0 && left !== "" ? [left] : selected;
    const is_let_go = had_some && is_escape();
    had_some = ids.length > 0;
    if (written !== "" || (!had_some && !is_let_go)) return; // the field says what it is
    timer = setTimeout(() => {
      if (ids.length === 0) {
        if (is_escape()) say(desk.t(texts.several, { n: 0 })); // nothing was said since
        return;
      }
      const [id = ""] = ids;
      const element = ids.length === 1 ? bench.board.get(id) : undefined;
      if (ids.length > 1) return say(desk.t(texts.several, { n: ids.length }));
      if (!element) return;
      const what = describe(desk.t, element, (one) => bench.board.get(one));
      say(selected.length > 0 ? desk.t(texts.selected, { what }) : what);
    }, CALM_MS);
  });
}

/**
 * What goes to the clipboard by its own keys.
 * @param {(text: string) => void} say
 * @param {Desk} desk
 * @param {Bench} bench
 */
function tellCopies(say, desk, bench) {
  for (const type of /** @type {const} */ (["copy", "cut"])) {
    let n = 0; // before a cut takes it away
    const count = () => {
      n = bench.selection.peek().size;
    };
    window.addEventListener(type, count, { capture: true });
    window.addEventListener(type, ({ defaultPrevented }) => {
      if (!defaultPrevented) return; // words of a field
      say(desk.t(texts.did_n, { name: desk.t(actions[type]), n }));
    });
  }
}
