/**
 * One of a few values, as a radio group: Tab comes to the chosen one, arrow keys choose
 * the next, Home and End the outer ones.
 */

/** @import { ComponentChildren } from "preact" */

/** Where each key goes from one of n. @type {Record<string, (i: number, n: number) => number>} */
const STEPS = {
  ArrowRight: (i, n) => (i + 1) % n,
  ArrowDown: (i, n) => (i + 1) % n,
  ArrowLeft: (i, n) => (i - 1 + n) % n,
  ArrowUp: (i, n) => (i - 1 + n) % n,
  Home: () => 0,
  End: (_, n) => n - 1,
};

/** @type {Readonly<Record<string, string>>} */
const MIRRORED = { ArrowLeft: "ArrowRight", ArrowRight: "ArrowLeft" };

/**
 * @template {string | number} Value
 * @typedef {object} Radio
 * @property {Value} value
 * @property {string} label for those who do not see it
 * @property {string} title
 * @property {string} look classes
 * @property {Record<string, string | number>} [more] attributes
 * @property {ComponentChildren} [drawing]
 */

/**
 * @template {string | number} Value
 * @param {{label: string, look: string, value: Value | null,
 *   radios: readonly Radio<Value>[], onPick: (value: Value) => void,
 *   children?: ComponentChildren}} props `value` null: none, or several of them
 */
export function Radios({ label, look, value, radios, onPick, children }) {
  const chosen = radios.findIndex((radio) => radio.value === value);
  /** @param {import("preact").TargetedKeyboardEvent<HTMLElement>} event */
  const press = (event) => {
    const mirrored = document.dir === "rtl" ? MIRRORED[event.key] : undefined;
    const step = STEPS[mirrored ?? event.key];
    /** @type {(EventTarget | null)[]} */
    const all = [...event.currentTarget.querySelectorAll("[role=radio]")];
    const at = all.indexOf(event.target);
    if (!step || at < 0 || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    event.stopPropagation(); // the board would move what is selected
    const to = step(at, all.length);
    const next = all[to];
    if (next instanceof HTMLElement) next.focus();
    const radio = radios[to];
    if (radio) onPick(radio.value);
  };
  return (
    <div class={look} role="radiogroup" aria-label={label} onKeyDown={press}>
      {radios.map((radio, i) => (
        // biome-ignore lint/a11y/useSemanticElements: an input cannot hold a drawing
        <button
          {...radio.more}
          key={radio.value}
          type="button"
          role="radio"
          class={radio.look}
          aria-label={radio.label}
          title={radio.title}
          aria-checked={i === chosen}
          tabIndex={i === Math.max(0, chosen) ? 0 : -1}
          onClick={() => onPick(radio.value)}
        >
          {radio.drawing}
        </button>
      ))}
      {children}
    </div>
  );
}
