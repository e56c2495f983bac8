/**
 * What a picture, or anything else, is called for people who cannot see it; and for a
 * picture the way to its crop. Loaded when one element is selected.
 */

/** @import { Desk } from "../desk.js" */

import { Crop } from "lucide";
import texts from "../../../messages/en/describe.json";
import { Icon } from "../icon.jsx";

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
      <label class="style-row">
        <span class="style-title">{desk.t(texts.description)}</span>
        <textarea
          key={element.id}
          class="field alt-field"
          rows={2}
          maxLength={MOST_CHARS}
          disabled={element.locked}
          placeholder={desk.t(texts.description_hint)}
          value={element.alt ?? ""}
          onKeyDown={(event) => {
            if (event.key === "Escape") event.currentTarget.blur();
          }}
          onChange={(event) => desk.describe(element.id, event.currentTarget.value)}
        />
      </label>
    </>
  );
}
