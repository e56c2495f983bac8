/**
 * The dialogs about people and sharing; loaded when the first of them is opened.
 */

/** @import { Desk } from "./desk.js" */

import { Check, Copy } from "lucide";
import { useEffect, useRef, useState } from "preact/hooks";
import { Dialog } from "./dialog.jsx";
import { Icon } from "./icon.jsx";

/** Colours that differ from each other and from paper in both themes. */
const PERSON_COLORS = [
  "#e03131",
  "#e8590c",
  "#e67700",
  "#2f9e44",
  "#0c8599",
  "#1971c2",
  "#6741d9",
  "#c2255c",
];
const LINK_ROLES = [
  { role: "edit", label: "Everybody with the link may draw" },
  { role: "view", label: "Everybody with the link may look" },
  { role: "none", label: "Only I may open it" },
];
const COPIED_MS = 2_000;

/** @param {{desk: Desk}} props */
export function Dialogs({ desk }) {
  const close = () => {
    desk.open.value = "";
  };
  return desk.open.value === "person" ? (
    <PersonDialog desk={desk} onClose={close} />
  ) : (
    <ShareDialog desk={desk} onClose={close} />
  );
}

/** @param {{desk: Desk, onClose: () => void}} props */
function PersonDialog({ desk, onClose }) {
  const [name, setName] = useState(desk.me.value.name);
  const [color, setColor] = useState(desk.me.value.color);
  return (
    <Dialog title="You on this board" onClose={onClose}>
      <form
        class="dialog-form"
        onSubmit={(event) => {
          event.preventDefault();
          desk.introduce(name.trim(), color);
          onClose();
        }}
      >
        <label class="dialog-field">
          Your name
          <input
            class="field"
            value={name}
            maxlength={64}
            autocomplete="nickname"
            placeholder="Guest"
            onInput={(event) => setName(event.currentTarget.value)}
          />
        </label>
        <fieldset class="dialog-field">
          <legend>Your cursor</legend>
          <div class="swatches">
            {PERSON_COLORS.map((value) => (
              <button
                key={value}
                type="button"
                class="swatch"
                style={{ "--swatch": value }}
                aria-label={`Colour ${value}`}
                aria-pressed={value === color}
                onClick={() => setColor(value)}
              />
            ))}
          </div>
        </fieldset>
        <button type="submit" class="button button-primary">
          Done
        </button>
      </form>
    </Dialog>
  );
}

/** @param {{desk: Desk, onClose: () => void}} props */
function ShareDialog({ desk, onClose }) {
  const field = useRef(/** @type {HTMLInputElement | null} */ (null));
  const [is_copied, setCopied] = useState(false);
  useEffect(() => {
    if (!is_copied) return undefined;
    const timer = setTimeout(() => setCopied(false), COPIED_MS);
    return () => clearTimeout(timer);
  }, [is_copied]);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(desk.url);
      setCopied(true);
    } catch {
      field.current?.select(); // no clipboard here: ready for Ctrl+C
    }
  };
  return (
    <Dialog title="Share this board" onClose={onClose}>
      <div class="share-link">
        <input
          ref={field}
          class="field"
          readonly
          aria-label="Link to this board"
          value={desk.url}
          onFocus={(event) => event.currentTarget.select()}
        />
        <button type="button" class="button button-primary" onClick={copy}>
          <Icon of={is_copied ? Check : Copy} />
          {is_copied ? "Copied" : "Copy link"}
        </button>
      </div>
      {desk.mayOwn.value ? (
        <fieldset class="dialog-field">
          <legend>Who may do what</legend>
          {LINK_ROLES.map(({ role, label }) => (
            <label class="radio" key={role}>
              <input
                type="radio"
                name="link_role"
                value={role}
                checked={desk.linkRole.value === role}
                onChange={() => desk.save({ link_role: role })}
              />
              {label}
            </label>
          ))}
        </fieldset>
      ) : (
        <p class="dialog-note">
          {LINK_ROLES.find(({ role }) => role === desk.linkRole.value)?.label}.
        </p>
      )}
    </Dialog>
  );
}
