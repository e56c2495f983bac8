/**
 * The link of what is selected: set it, change it, take it away.
 */

/** @import { Desk } from "./desk.js" */

import { useEffect, useRef, useState } from "preact/hooks";
import texts from "../../messages/en/navigation.json";
import { linkFrom, linkOf, linkOps } from "../tools/links.js";
import { Dialog } from "./dialog.jsx";

/** @param {{desk: Desk}} props */
export function LinkDialog({ desk }) {
  const { t } = desk;
  const field = useRef(/** @type {HTMLInputElement | null} */ (null));
  useEffect(() => field.current?.select(), []); // after the dialog has taken the focus
  const [before] = useState(() => linkOf(desk.selected()));
  const [typed, setTyped] = useState(before);
  const [fault, setFault] = useState("");
  const close = () => desk.close("link");
  /** @param {string} text */
  const keep = (text) => {
    const result = linkFrom(text, desk.url);
    if (!result.ok) return setFault(t(texts[result.fault]));
    // It may have been deleted or locked meanwhile, or the board frozen.
    const is_there = desk.selected().some(({ locked }) => !locked);
    if (!is_there || !desk.mayEdit.peek()) return setFault(t(texts.link_no_bearer));
    desk.submit(linkOps(desk.selected(), result.link));
    close();
  };
  return (
    <Dialog t={t} title={t(texts.link)} onClose={close}>
      <form
        class="dialog-form"
        onSubmit={(event) => {
          event.preventDefault();
          keep(typed);
        }}
      >
        <label class="dialog-field">
          {t(texts.link_address)}
          <input
            ref={field}
            class="field"
            type="text"
            inputmode="url"
            autocomplete="off"
            spellcheck={false}
            placeholder="https://"
            aria-invalid={fault !== ""}
            aria-describedby="link-fault"
            value={typed}
            onInput={(event) => {
              setTyped(event.currentTarget.value);
              setFault("");
            }}
          />
        </label>
        <p id="link-fault" class="link-fault" role="alert">
          {fault}
        </p>
        <div class="link-buttons">
          {before !== "" && (
            <button type="button" class="button" onClick={() => keep("")}>
              {t(texts.link_remove)}
            </button>
          )}
          <button type="submit" class="button button-primary">
            {t(texts.link_set)}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
