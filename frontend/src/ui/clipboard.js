/**
 * The browser's clipboard events: copy, cut and paste of elements and of plain text.
 *
 * Elements go under a type of our own, their words as plain text for other programs.
 */

/** @import { Element } from "../protocol.js" */
/** @import { Bench } from "../tools/bench.js" */
/** @import { Words } from "../words/words.js" */
/** @import { Images } from "./images/door.js" */

import texts from "../../messages/en/clipboard.json";
import { MAX_TEXT_CHARS } from "../protocol.js";
import {
  CLIP_TYPE,
  clipOf,
  elementsOf,
  MAX_CLIP_ELEMENTS,
  sourceOf,
} from "../tools/clip.js";
import { COMMANDS } from "../tools/commands.js";
import { openNewText } from "../tools/text.js";
import { arePictures, isDrawing } from "./images/door.js";
import { isTyping } from "./keyboard.js";

/** @import { Controller } from "../tools/controller.js" */

/** What Excalidraw puts on the clipboard, and the beginning of its files. */
const EXCALIDRAW = /^\s*\{\s*"type":\s*"excalidraw/;

/**
 * @param {Bench} bench
 * @param {Controller} controller
 * @param {object} page
 * @param {string} page.board the id of this board
 * @param {Images} page.images
 * @param {() => {x: number, y: number} | null} page.hovering where the pointer is, CSS
 *   pixels from the canvas' corner
 * @param {(text: string) => void} page.say to the person
 * @param {Words} page.t
 * @returns {{paste: () => Promise<void>}} what a menu does, which no event comes with
 */
export function listenToClipboard(bench, controller, page) {
  const { board, images, hovering, say, t } = page;
  /** What was copied here last; a menu may read words only. */
  let copied = { elements: "", words: "" };
  /** @param {ClipboardEvent} event */
  const copy = (event) => {
    const clip = isTyping(event.target) ? null : clipOf(bench, { board });
    if (!clip || !event.clipboardData) return false;
    copied = { elements: clip.elements, words: clip.words || clip.elements };
    event.clipboardData.setData(CLIP_TYPE, clip.elements);
    event.clipboardData.setData("text/plain", clip.words || clip.elements);
    event.preventDefault();
    return true;
  };
  document.addEventListener("copy", copy);
  document.addEventListener("cut", (event) => {
    if (bench.mayEdit() && copy(event)) COMMANDS.delete?.(bench, controller);
  });
  let isMiddle = false; // let go just now: that pans, though on X11 it pastes as well
  document.addEventListener("pointerup", ({ button }) => {
    isMiddle = button === 1;
    setTimeout(() => {
      isMiddle = false;
    });
  });
  document.addEventListener("paste", (event) => {
    const { clipboardData: data } = event;
    if (!data || isMiddle || !bench.mayEdit() || isTyping(event.target)) return;
    event.preventDefault();
    take(data.getData(CLIP_TYPE), data.getData("text/plain"), [...data.files]);
  });
  /** @param {Element[]} elements @param {{x: number, y: number}} at board units */
  const put = (elements, at) =>
    bench.late((how) => how.pasteElements(bench, elements, at));
  /**
   * @param {string} clip
   * @param {string} words
   * @param {File[]} [files]
   */
  const take = (clip, words, files = []) => {
    const { width, height } = bench.view.size.peek();
    const place = hovering() ?? { x: width / 2, y: height / 2 };
    const [x, y] = bench.view.toBoard(place.x, place.y);
    const text = clip || words;
    const elements = elementsOf(text);
    if (elements) {
      bench.pick("select");
      const n = MAX_CLIP_ELEMENTS;
      if (elements.length === n) say(t(texts.first_elements, { n }));
      const source = sourceOf(text);
      if (source.board === board || !elements.some(({ kind }) => kind === "image")) {
        return put(elements, { x, y });
      }
      return void images.carry(elements, source).then((had) => put(had, { x, y }));
    }
    if (arePictures(files, words)) return void images.take(files, { x, y });
    const drawing = files.find(isDrawing); // its name lies beside it as words
    if (drawing) return images.draw(drawing, { x, y });
    if (EXCALIDRAW.test(words)) return images.draw(new Blob([words]), { x, y });
    if (words.trim() === "") return say(t(texts.nothing));
    if (words.length > MAX_TEXT_CHARS) {
      say(t(texts.first, { n: MAX_TEXT_CHARS }));
    }
    bench.pick("select");
    openNewText(bench, { x, y });
    const session = bench.editing.peek();
    session?.input(words.slice(0, MAX_TEXT_CHARS));
    session?.finish();
  };
  return {
    async paste() {
      try {
        const { words, files } = await readClipboard();
        take(words === copied.words ? copied.elements : "", words, files);
      } catch {
        say(t(texts.no_reading));
      }
    },
  };
}

/**
 * Words and pictures on the clipboard, where the browser lets a page read them.
 * @returns {Promise<{words: string, files: File[]}>}
 */
async function readClipboard() {
  if (!navigator.clipboard.read) {
    return { words: await navigator.clipboard.readText(), files: [] };
  }
  let words = "";
  const files = [];
  for (const item of await navigator.clipboard.read()) {
    for (const type of item.types) {
      if (type !== "text/plain" && !type.startsWith("image/")) continue;
      const blob = await item.getType(type);
      if (type === "text/plain") words += await blob.text();
      else files.push(new File([blob], "", { type }));
    }
  }
  return { words, files };
}
