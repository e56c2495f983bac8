/**
 * Drawings of other programs, and our own exports, that are dropped or pasted: the server
 * reads them, here they are put where they were meant. Loaded when the first one comes.
 */

/** @import { Element } from "../../protocol.js" */
/** @import { Door } from "./batch.js" */

import texts from "../../../messages/en/scenes.json";
import { MAX_CLIP_ELEMENTS } from "../../tools/clip.js";
import { pasteElements } from "../../tools/paste.js";
import { csrfToken } from "../rest.js";

const NO_DRAWING = 400;

/**
 * @param {Blob} file
 * @param {{x: number, y: number}} at board units: where its middle belongs
 * @param {Door} door
 * @returns {Promise<void>}
 */
export async function bring(file, at, { bench, url, say, t }) {
  const answer = await sent(file, new URL("../import/", new URL(url, location.href)));
  if (typeof answer === "number") {
    return say(t(answer === NO_DRAWING ? texts.no_drawing : texts.failed), true);
  }
  const { elements, skipped } = answer;
  if (!bench.mayEdit()) return;
  if (elements.length > MAX_CLIP_ELEMENTS) {
    say(t(texts.only_first, { n: MAX_CLIP_ELEMENTS }), true);
  }
  const n = Object.values(skipped).reduce((all, some) => all + some, 0);
  if (n > 0) say(t(texts.skipped, { n }));
  pasteElements(bench, elements.slice(0, MAX_CLIP_ELEMENTS), at);
}

/**
 * @param {Blob} file
 * @param {URL} url
 * @returns {Promise<number | {elements: Element[], skipped: Record<string, number>}>} the
 *   status where it was refused, 0 where nobody answered
 */
async function sent(file, url) {
  try {
    const answer = await fetch(url, {
      method: "POST",
      headers: {
        "Content-Type": "application/octet-stream",
        "X-CSRFToken": csrfToken(),
      },
      body: file,
    });
    return answer.ok ? await answer.json() : answer.status;
  } catch {
    return 0;
  }
}
