/**
 * Importing on the page: the button, what is on its way, and files dropped anywhere.
 *
 * @import { Words } from "../words/words.js"
 * @import { Imports } from "./imports.js"
 */

import { FileInput } from "lucide";
import { useEffect, useState } from "preact/hooks";
import texts from "../../messages/en/home.json";
import { Icon } from "../ui/icon.jsx";

/** @param {{ imports: Imports, t: Words }} props */
export function ImportButton({ imports, t }) {
  return (
    <button
      type="button"
      class="button import-button"
      title={t(texts.import_hint)}
      onClick={() => imports.choose()}
    >
      <Icon of={FileInput} />
      <span>{t(texts.import)}</span>
    </button>
  );
}

/** @param {{ imports: Imports, t: Words }} props */
export function Importing({ imports, t }) {
  const is_over = useDrop((files) => void imports.take(files));
  const current = imports.current.value;
  return (
    <>
      {is_over && (
        <div class="drop-here">
          <p>
            <Icon of={FileInput} />
            {t(texts.import_drop)}
          </p>
        </div>
      )}
      {current && (
        <section class="importing" aria-label={t(texts.import)}>
          <p role="status">
            {t(current.share < 1 ? texts.importing : texts.import_reading, {
              name: current.name,
            })}
          </p>
          <progress
            aria-label={t(texts.import)}
            max="1"
            {...(current.share < 1 ? { value: current.share } : {})}
          />
          <button type="button" class="button" onClick={() => imports.cancel()}>
            {t(texts.import_cancel)}
          </button>
        </section>
      )}
    </>
  );
}

/**
 * Files dropped anywhere on the page.
 * @param {(files: File[]) => void} take
 * @returns {boolean} whether some are held over the page
 */
function useDrop(take) {
  const [is_over, setOver] = useState(false);
  useEffect(() => {
    const gone = new AbortController();
    const { signal } = gone;
    /** @param {DragEvent} event */
    const onOver = (event) => {
      if (!event.dataTransfer?.types.includes("Files")) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = "copy";
      setOver(true);
    };
    /** @param {DragEvent} event */
    const onLeave = (event) => {
      if (event.relatedTarget === null) setOver(false); // out of the window
    };
    /** @param {DragEvent} event */
    const onDrop = (event) => {
      setOver(false);
      const files = [...(event.dataTransfer?.files ?? [])];
      if (files.length === 0) return;
      event.preventDefault();
      take(files);
    };
    addEventListener("dragover", onOver, { signal });
    addEventListener("dragleave", onLeave, { signal });
    addEventListener("drop", onDrop, { signal });
    return () => gone.abort();
  }, []);
  return is_over;
}

/**
 * Asks for files; the field lives no longer than the question.
 * @param {(files: File[]) => void} take
 */
export function chooseFiles(take) {
  const field = document.createElement("input");
  field.type = "file";
  field.multiple = true;
  field.accept = ".excalidraw,.json,application/json";
  field.addEventListener("change", () => take([...(field.files ?? [])]));
  field.click();
}
