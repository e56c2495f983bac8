/**
 * Exports to where a person wants them: a downloaded file, or the clipboard.
 */

/** @import { Desk } from "../desk.js" */
/** @import { Options } from "./options.js" */

import texts from "../../../messages/en/export.json";
import {
  fileNameOf,
  jsonOf,
  letteredPictureOf,
  pngOf,
  Refusal,
  svgTextOf,
} from "./picture.js";

const TYPES = {
  png: "image/png",
  svg: "image/svg+xml",
  json: "application/json",
};
const KEPT_MS = 60_000; // how long a download may take to begin

/**
 * What is most likely wanted: the frame or the selection, else the board.
 * @param {Desk} desk
 * @returns {Options}
 */
export function firstOptions({ exports: { selection, list }, isDark }) {
  const chosen = selection();
  const [only] = chosen.size === 1 ? chosen : [];
  const frame = list().find(({ id, kind }) => id === only && kind === "frame");
  const scope = frame ? `frame:${frame.id}` : chosen.size > 0 ? "selection" : "board";
  const theme = isDark.peek() ? "dark" : "light";
  return { scope, format: "png", scale: 2, hasPaper: true, theme };
}

/**
 * @param {Desk} desk
 * @param {Options} options
 * @returns {Promise<boolean>} whether it worked; if not, the person was told
 */
export async function saveFile(desk, options) {
  return attempt(desk, async () => {
    const url = URL.createObjectURL(await fileOf(desk, options));
    const link = document.createElement("a");
    link.href = url;
    link.download = fileNameOf(desk.title.peek(), options.format);
    link.click();
    setTimeout(() => URL.revokeObjectURL(url), KEPT_MS);
  });
}

/**
 * PNG goes as a picture; SVG and JSON as text, which is what editors take.
 * @param {Desk} desk
 * @param {Options} options
 * @returns {Promise<boolean>}
 */
export async function copyFile(desk, options) {
  return attempt(desk, async () => {
    const file = fileOf(desk, options);
    if (options.format === "png") {
      // The promise goes in at once: Safari forgets the key press while it is awaited.
      await navigator.clipboard.write([new ClipboardItem({ [TYPES.png]: file })]);
    } else await navigator.clipboard.writeText(await (await file).text());
    desk.say(desk.t(texts.copied));
  });
}

/**
 * @param {Desk} desk
 * @param {Options} options
 * @returns {Promise<Blob>}
 * @throws {Refusal} when there is nothing to show or no memory for it
 */
async function fileOf({ exports: source, title }, options) {
  const picture = await letteredPictureOf(source, options.scope);
  if (!picture) throw new Refusal(texts.none);
  if (options.format === "png") return pngOf(picture, source, options);
  const name = title.peek();
  const text =
    options.format === "svg"
      ? await svgTextOf(picture, source, { ...options, title: name })
      : await jsonOf(picture, source, name);
  return new Blob([text], { type: TYPES[options.format] });
}

/**
 * @param {Desk} desk
 * @param {() => Promise<void>} work
 * @returns {Promise<boolean>}
 */
async function attempt(desk, work) {
  try {
    await work();
    return true;
  } catch (fault) {
    const is_ours = fault instanceof Refusal;
    const why = is_ours ? ` ${desk.t(fault.text)}` : "";
    desk.say(desk.t(texts.failed) + why, true);
    return false;
  }
}
