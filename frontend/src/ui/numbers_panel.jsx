/**
 * The selection in numbers, to be read and typed, and what shape it is.
 */

/** @import { Converted } from "../tools/convert.js" */
/** @import { NumberName } from "../tools/numbers.js" */
/** @import { Desk } from "./desk.js" */

import { useEffect, useState } from "preact/hooks";
import texts from "../../messages/en/numbers.json";
import { convertOps, SHAPE_KINDS } from "../tools/convert.js";
import { numberOps, numbersOf, typedValue } from "../tools/numbers.js";
import { toBoard } from "./keyboard.js";
import { TOOL_TITLES } from "./tool_titles.js";
import { useTyped } from "./typed.js";

/** @type {readonly {name: NumberName, sign: string, title: string}[]} */
const FIELDS = [
  { name: "x", sign: "X", title: texts.x },
  { name: "y", sign: "Y", title: texts.y },
  { name: "w", sign: "W", title: texts.width },
  { name: "h", sign: "H", title: texts.height },
  { name: "angle", sign: "∠", title: texts.angle },
];
const LINES = /** @type {const} */ (["line", "arrow"]);
const FAR = 10; // with Shift, as nudging by the arrow keys

/** @param {{desk: Desk}} props */
export function NumbersPanel({ desk }) {
  const { bench } = desk;
  const [, tell] = useState(0);
  useEffect(() => bench.draft.subscribe(() => tell((n) => n + 1)), [bench]);
  desk.revision.value;
  desk.selection.value;
  const found = numbersOf(bench);
  if (!found) return null;
  /** @param {NumberName} name @param {number} value */
  const set = (name, value) => desk.submit(numberOps(bench, name, value));
  const turns = desk.kinds.value.some((kind) => kind !== "frame");
  return (
    <fieldset class="style-row" disabled={found.isFixed}>
      <legend class="style-title">{desk.t(texts.place)}</legend>
      <div class="numbers">
        {FIELDS.filter(({ name }) => turns || name !== "angle").map(
          ({ name, sign, title }) => (
            <NumberField
              key={name}
              sign={sign}
              title={desk.t(title)}
              value={found.numbers[name]}
              onSet={(value) => set(name, value)}
              onUndo={(command) => desk.run(command)}
            />
          ),
        )}
        <KindField desk={desk} />
      </div>
    </fieldset>
  );
}

/**
 * @param {{sign: string, title: string, value: number,
 *   onSet: (value: number) => void, onUndo: (command: "undo" | "redo") => void}} props
 */
function NumberField({ sign, title, value, onSet, onUndo }) {
  const shown = String(Math.round(value * 10) / 10);
  const { typed, drop, field } = useTyped(shown, (text) => {
    const next = typedValue(text, value);
    if (next !== null) onSet(next);
  });
  /** @param {import("preact").TargetedKeyboardEvent<HTMLInputElement>} event */
  const press = (event) => {
    const { key, shiftKey, currentTarget } = event;
    const isUndo = (event.ctrlKey || event.metaKey) && key.toLowerCase() === "z";
    if (isUndo && typed === null) {
      event.preventDefault(); // nothing was typed here: the board's last step is meant
      onUndo(shiftKey ? "redo" : "undo");
    } else if (key === "Enter") {
      toBoard(); // the blur takes it
    } else if (key === "Escape") {
      drop(currentTarget);
      toBoard();
    } else if (key === "ArrowUp" || key === "ArrowDown") {
      event.preventDefault();
      const by = (key === "ArrowUp" ? 1 : -1) * (shiftKey ? FAR : 1);
      const from = typedValue(currentTarget.value, value) ?? value;
      drop(currentTarget);
      onSet(Math.round(from * 10) / 10 + by);
    } else return;
    event.stopPropagation();
  };
  return (
    <label class="number" title={title}>
      <span class="number-sign" aria-hidden="true">
        {sign}
      </span>
      <input
        class="number-input"
        inputMode="decimal"
        autoComplete="off"
        spellcheck={false}
        aria-label={title}
        onFocus={(event) => event.currentTarget.select()}
        onKeyDown={press}
        {...field}
      />
    </label>
  );
}

/** What shape the selection is, where that can be changed. @param {{desk: Desk}} props */
function KindField({ desk }) {
  const kinds = /** @type {readonly string[]} */ (desk.kinds.value);
  const offered = [SHAPE_KINDS, LINES].find((some) =>
    kinds.some((kind) => /** @type {readonly string[]} */ (some).includes(kind)),
  );
  if (!offered) return null;
  const [kind = ""] = kinds.length === 1 ? kinds : [];
  return (
    <select
      class="number-kind"
      aria-label={desk.t(texts.shape)}
      value={kind}
      onChange={(event) => {
        const chosen = /** @type {Converted} */ (event.currentTarget.value);
        desk.submit(convertOps(desk.bench, chosen));
      }}
    >
      {kind === "" && (
        <option value="" disabled>
          {desk.t(texts.mixed)}
        </option>
      )}
      {offered.map((name) => (
        <option key={name} value={name}>
          {desk.t(TOOL_TITLES[name])}
        </option>
      ))}
    </select>
  );
}
