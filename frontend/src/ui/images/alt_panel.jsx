/**
 * What a picture, or anything else, is called for people who cannot see it; and for a
 * picture the way to its crop. Loaded when one element is selected.
 */

/** @import { Desk } from "../desk.js" */
/** @import { Element } from "../../protocol.js" */

import { Crop } from "lucide";
import { useEffect, useRef } from "preact/hooks";
import texts from "../../../messages/en/describe.json";
import { Icon } from "../icon.jsx";
import { offerWords } from "../lost_words.js";
import { useTyped } from "../typed.js";

const MOST_CHARS = 1_000; // as the wire has it

/** @param {{desk: Desk}} props */
export function AltPanel({ desk }) {
  const element = desk.only.value;
  if (!element || element.kind === "text") return null; // its words are read out as such
  return (
    <>
      {element.kind === "image" && !element.locked && (
        <button
          type="button"
          class="button button-plain crop-button"
          title={desk.t(texts.crop_hint)}
          aria-pressed={desk.bench.cropping.value === element.id}
          onClick={() => desk.run("edit")}
        >
          <Icon of={Crop} />
          {desk.t(texts.crop)}
        </button>
      )}
      <Description key={element.id} desk={desk} element={element} />
    </>
  );
}

/** @param {{desk: Desk, element: Element}} props */
function Description({ desk, element }) {
  const pending = useRef(/** @type {string | null} typed and not kept yet */ (null));
  /** @param {string} text */
  const take = (text) => {
    const is_kept = desk.describe(element.id, text);
    if (is_kept) pending.current = null;
    return is_kept;
  };
  // It may be gone because somebody deleted the element, or froze the board.
  useEffect(() => {
    return () => {
      const words = pending.current;
      if (words !== null && !take(words)) offerWords(words, desk.t, desk.say);
    };
  }, []);
  const { field } = useTyped(element.alt ?? "", take);
  return (
    <label class="style-row">
      <span class="style-title">{desk.t(texts.description)}</span>
      <textarea
        class="field alt-field"
        rows={2}
        maxLength={MOST_CHARS}
        disabled={element.locked}
        placeholder={desk.t(texts.description_hint)}
        onKeyDown={(event) => {
          if (event.key === "Escape") event.currentTarget.blur();
        }}
        {...field}
        onInput={(event) => {
          const text = event.currentTarget.value;
          pending.current = text === (element.alt ?? "") ? null : text;
          field.onInput(event);
        }}
      />
    </label>
  );
}
