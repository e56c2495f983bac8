/**
 * A small field at the end of a row's title: any value, where the row offers a few.
 */

import { toBoard } from "../keyboard.js";
import { useTyped } from "../typed.js";

/**
 * @param {{label: string, value: string, hint: string, is_number?: boolean,
 *   onSet: (text: string) => void}} props `hint` is shown where there is no value
 */
export function SideField({ label, value, hint, is_number = false, onSet }) {
  const { drop, field } = useTyped(value, (text) => onSet(text.trim()));
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
      onFocus={(event) => event.currentTarget.select()}
      onKeyDown={(event) => {
        if (event.key === "Enter") {
          toBoard(); // the blur takes it
        } else if (event.key === "Escape") {
          drop(event.currentTarget);
          toBoard();
        }
      }}
      {...field}
    />
  );
}
