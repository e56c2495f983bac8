/**
 * Fields for what the board has, too. One whose `value` is bound to that alone loses what
 * is typed, or where a slider is held, as soon as it is drawn anew: by any peer's change.
 */

import { useState } from "preact/hooks";

/**
 * @param {string} value what the board has
 * @param {(text: string) => unknown} take what to do with another text, once the field is
 *   left; where it answers false, or a promise of it, the text stays in the field
 */
export function useTyped(value, take) {
  const [typed, setTyped] = useState(/** @type {string | null} */ (null));
  /** @param {{currentTarget: {value: string}}} event */
  const takeFrom = async ({ currentTarget }) => {
    const text = currentTarget.value;
    const is_taken = text === value || (await take(text)) !== false;
    if (is_taken) setTyped((now) => (now === text ? null : now)); // or typed since
  };
  return {
    typed,
    takeFrom,
    /** Back to what the board has. @param {{value: string}} field */
    drop(field) {
      setTyped(null);
      field.value = value; // at once: it may be left next
    },
    field: {
      value: typed ?? value,
      /** @param {{currentTarget: {value: string}}} event */
      onInput: ({ currentTarget }) => setTyped(currentTarget.value),
      onBlur: takeFrom,
    },
  };
}
