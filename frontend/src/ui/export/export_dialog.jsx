/**
 * The export dialog: what, as which file, how large; with a picture of what comes out.
 */

/** @import { Words } from "../../words/words.js" */
/** @import { Desk } from "../desk.js" */
/** @import { Format, Options } from "./options.js" */
/** @import { Picture, Scope, Source } from "./picture.js" */

import { Copy, Download } from "lucide";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import texts from "../../../messages/en/export.json";
import { Dialog } from "../dialog.jsx";
import { Icon } from "../icon.jsx";
import { copyFile, firstOptions, saveFile } from "./files.js";
import { fetchFonts } from "./lettering.js";
import { fetchPictures, paintPicture, pictureOf } from "./picture.js";
import { sizeOf } from "./size.js";

const SCALES = [1, 2, 3, 4];
const FORMATS = /** @type {const} */ ([
  { format: "png", label: "PNG" },
  { format: "svg", label: "SVG" },
  { format: "json", label: "JSON" },
]);
const PREVIEW_PX = 520; // the longer side of the preview, enough for a sharp one

/** @param {{desk: Desk}} props */
export function ExportDialog({ desk }) {
  const { exports: source, t } = desk;
  const close = () => desk.close("export");
  const [options, setOptions] = useState(() => firstOptions(desk));
  /** @param {Partial<Options>} change */
  const change = (change) => setOptions((before) => ({ ...before, ...change }));
  const picture = usePicture(source, options.scope);
  const size = picture && sizeOf(picture.box, options.scale);
  const is_png = options.format === "png";
  const mayGo = picture !== null;
  /** @param {(desk: Desk, options: Options) => Promise<boolean>} work */
  const run = async (work) => {
    if (await work(desk, options)) close();
  };
  return (
    <Dialog t={t} title={t(texts.title)} onClose={close}>
      <div class="export">
        <Preview desk={desk} options={options} picture={picture} />
        <div class="export-options">
          <Scopes desk={desk} options={options} change={change} />
          <Choices
            label={t(texts.file)}
            name="format"
            options={FORMATS.map(({ format, label }) => ({ value: format, label }))}
            value={options.format}
            onChoose={(value) => change({ format: /** @type {Format} */ (value) })}
          />
          {is_png && (
            <Choices
              label={t(texts.size)}
              name="scale"
              options={SCALES.map((n) => ({ value: String(n), label: `${n}×` }))}
              value={String(options.scale)}
              onChoose={(value) => change({ scale: Number(value) })}
            />
          )}
          {options.format !== "json" && (
            <>
              <Switch
                label={t(texts.background)}
                isOn={options.hasPaper}
                onChange={(hasPaper) => change({ hasPaper })}
              />
              <Switch
                label={t(texts.dark)}
                isOn={options.theme === "dark"}
                onChange={(is_on) => change({ theme: is_on ? "dark" : "light" })}
              />
            </>
          )}
          <p class="dialog-note" role="status">
            {sizeWords(t, options, picture?.elements.length ?? 0, size)}
          </p>
          <div class="export-actions">
            <button
              type="button"
              class="button button-primary"
              disabled={!mayGo}
              onClick={() => run(saveFile)}
            >
              <Icon of={Download} />
              {t(texts.download)}
            </button>
            <button
              type="button"
              class="button"
              disabled={!mayGo}
              onClick={() => run(copyFile)}
            >
              <Icon of={Copy} />
              {t(texts.copy)}
            </button>
          </div>
        </div>
      </div>
    </Dialog>
  );
}

/**
 * What is to be seen: at once, and again when the fonts are there that it is set in.
 * @param {Source} source
 * @param {Scope} scope
 * @returns {Picture | null}
 */
function usePicture(source, scope) {
  const [fonts, setFonts] = useState("coming");
  useEffect(() => {
    void fetchFonts(source.list()).then(() => setFonts("here"));
  }, [source]);
  return useMemo(() => pictureOf(source, scope), [source, scope, fonts]);
}

/** @param {{desk: Desk, options: Options, picture: Picture | null}} props */
function Preview({ desk, options, picture }) {
  const { exports: source, t } = desk;
  const canvas = useRef(/** @type {HTMLCanvasElement | null} */ (null));
  const { theme, hasPaper } = options;
  useEffect(() => {
    if (!canvas.current || !picture) return;
    const { left, top, right, bottom } = picture.box;
    const fit = PREVIEW_PX / Math.max(right - left, bottom - top);
    const scale = Math.min(fit, window.devicePixelRatio);
    const look = { theme, hasPaper, scale };
    const paint = () => {
      if (canvas.current) paintPicture(canvas.current, picture, source, look);
    };
    paint();
    void fetchPictures(picture.elements, source, scale).then(paint);
  }, [source, picture, theme, hasPaper]);
  return (
    <div class="export-preview">
      {picture ? (
        <canvas ref={canvas} role="img" aria-label={t(texts.preview)} />
      ) : (
        <p>{t(texts.nothing)}</p>
      )}
    </div>
  );
}

/**
 * @param {{desk: Desk, options: Options, change: (change: Partial<Options>) => void}} props
 */
function Scopes({ desk, options, change }) {
  const { t } = desk;
  const frames = desk.exports.list().filter(({ kind }) => kind === "frame");
  const has_selection = desk.exports.selection().size > 0;
  return (
    <label class="dialog-field">
      {t(texts.what)}
      <select
        class="field"
        value={options.scope}
        onChange={(event) => change({ scope: event.currentTarget.value })}
      >
        <option value="board">{t(texts.board)}</option>
        {has_selection && <option value="selection">{t(texts.selection)}</option>}
        {frames.map((frame, i) => (
          <option key={frame.id} value={`frame:${frame.id}`}>
            {("title" in frame && frame.title) || t(texts.frame, { n: i + 1 })}
          </option>
        ))}
      </select>
    </label>
  );
}

/**
 * @param {{label: string, name: string, value: string,
 *   options: readonly {value: string, label: string}[],
 *   onChoose: (value: string) => void}} props
 */
function Choices({ label, name, options, value, onChoose }) {
  return (
    <fieldset class="dialog-field">
      <legend>{label}</legend>
      <div class="segments">
        {options.map((option) => (
          <label class="segment" key={option.value}>
            <input
              type="radio"
              name={name}
              value={option.value}
              checked={option.value === value}
              onChange={() => onChoose(option.value)}
            />
            <span>{option.label}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

/**
 * @param {{label: string, isOn: boolean, onChange: (is_on: boolean) => void}} props
 */
function Switch({ label, isOn, onChange }) {
  return (
    <label class="radio">
      <input
        type="checkbox"
        checked={isOn}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
      {label}
    </label>
  );
}

/**
 * @param {Words} t
 * @param {Options} options
 * @param {number} n_elements
 * @param {{width: number, height: number, is_capped: boolean} | null} size
 * @returns {string}
 */
function sizeWords(t, { format }, n_elements, size) {
  if (!size) return "";
  if (format !== "png") return t(texts.elements, { n: n_elements });
  const { width, height, is_capped } = size;
  return t(is_capped ? texts.most_pixels : texts.pixels, { width, height });
}
