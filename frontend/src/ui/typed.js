/**
 * Fields for what the board has, too. One whose `value` is bound to that alone loses what
 * is typed, or where a slider is held, as soon as it is drawn anew: by any peer's change.
 */

import { useRef, useState } from "preact/hooks";

/**
 * @param {string} value what the board has
 * @param {(text: string) => unknown} take what to do with another text, once the field is
 *   left; where it answers false, or a promise of it, the text stays in the field
 */
export function useTyped(value, take) {
  const [typed, show] = useState(/** @type {string | null} */ (null));
  const latest = useRef(typed);
  const asked = useRef(typed); // the text that is being taken, until that is answered
  /** @param {string | null} text */
  const setTyped = (text) => {
    latest.current = text;
    show(text);
  };
  // Not what the field says: a slider rounds a value that nobody touched.
  const takeTyped = async () => {
    const text = latest.current;
    if (text === null || text === asked.current) return;
    asked.current = text;
    const is_taken = (await take(text)) !== false;
    if (asked.current === text) asked.current = null;
    if (is_taken && latest.current === text) setTyped(null); // or more was typed since
  };
  return {
    typed,
    takeTyped,
    /** Back to what the board has. @param {{value: string}} field */
    drop(field) {
      setTyped(null);
      field.value = value; // at once: it may be left next
    },
    field: {
      value: typed ?? value,
      /** @param {{currentTarget: {value: string}}} event */
      onInput({ currentTarget: { value: text } }) {
        setTyped(text === value && asked.current === null ? null : text);
      },
      onBlur: takeTyped,
    },
  };
}
