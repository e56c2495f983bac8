/**
 * A small field at the end of a row's title: any value, where the row offers a few.
 */

import { useState } from "preact/hooks";
import { toBoard } from "../keyboard.js";

/**
 * @param {{label: string, value: string, hint: string, is_number?: boolean,
 *   onSet: (text: string) => void}} props `hint` is shown where there is no value
 */
export function SideField({ label, value, hint, is_number = false, onSet }) {
  const [typed, setTyped] = useState(/** @type {string | null} */ (null));
  /** @param {string} text */
  const take = (text) => {
    setTyped(null);
    if (text.trim() !== value) onSet(text.trim());
  };
  return (
    <input
      class="side-field"
      type="text"
      inputMode={is_number ? "decimal" : "text"}
      autoComplete="off"
      spellcheck={false}
      maxLength={9}
      aria-label={label}
      placeholder={hint}
      value={typed ?? value}
      onFocus={(event) => event.currentTarget.select()}
      onInput={(event) => setTyped(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === "Enter") {
          toBoard(); // the blur takes it
        } else if (event.key === "Escape") {
          event.currentTarget.value = value;
          setTyped(null);
          toBoard();
        }
      }}
      onBlur={(event) => take(event.currentTarget.value)}
    />
  );
}
