/**
 * One picture to the server: progress on the way, and in plain words why not.
 */

import texts from "../../../messages/en/uploads.json";
import { csrfToken } from "../rest.js";

/**
 * What became of it; `words` are a text of ours or what the server said, `most` is the
 * bound in them.
 * @typedef {{ok: true, asset: {hash: string, w: number, h: number}}
 *   | {ok: false, words: string, most: number, mayRetry: boolean,
 *       wait_ms: number | null}} Outcome
 */

/** Texts by the reason that the server gives, else by the code. */
const WHY = new Map([
  ["no_picture", texts.no_picture],
  ["damaged", texts.damaged],
  ["entities", texts.entities],
  ["blank", texts.blank],
  ["pixels", texts.pixels],
  ["frames", texts.frames],
  ["heavy", texts.heavy],
  ["full", texts.full],
  ["invalid", texts.damaged],
  ["too_large", texts.heavy],
  ["forbidden", texts.no_right],
  ["not_found", texts.no_board],
  ["gone", texts.no_board],
  ["too_fast", texts.busy],
  ["busy", texts.busy],
  ["unavailable", texts.busy],
]);

/**
 * @param {string} url
 * @param {Blob} file
 * @param {(share: number) => void} onProgress 0…1
 * @returns {{done: Promise<Outcome>, cancel: () => void}} cancelled, it is never done
 */
export function send(url, file, onProgress) {
  const request = new XMLHttpRequest();
  const done = new Promise((resolve) => {
    request.upload.addEventListener("progress", ({ loaded, total }) => {
      if (total > 0) onProgress(loaded / total);
    });
    request.addEventListener("load", () => resolve(outcomeOf(request)));
    request.addEventListener("error", () =>
      resolve({
        ...{ ok: false, words: texts.unreached, most: 0 },
        ...{ mayRetry: true, wait_ms: null },
      }),
    );
  });
  request.open("POST", url);
  request.setRequestHeader("Content-Type", "application/octet-stream");
  request.setRequestHeader("X-CSRFToken", csrfToken());
  request.send(file);
  return { done, cancel: () => request.abort() };
}

/**
 * @param {XMLHttpRequest} request
 * @returns {Outcome}
 */
function outcomeOf({ status, responseText }) {
  const answer = parsed(responseText);
  if (status === 200 || status === 201) {
    const { hash, w, h } = answer;
    if (typeof hash === "string" && Number(w) > 0 && Number(h) > 0) {
      return { ok: true, asset: { hash, w: Number(w), h: Number(h) } };
    }
  }
  const error = /** @type {Record<string, unknown>} */ (answer.error ?? {});
  const { code, reason, most, detail, wait_ms } = error;
  const said = typeof detail === "string" ? detail : texts.odd;
  return {
    ok: false,
    words: WHY.get(String(reason)) ?? WHY.get(String(code)) ?? said,
    most: typeof most === "number" ? most : 0,
    mayRetry: status === 429 || status >= 500,
    wait_ms: typeof wait_ms === "number" ? wait_ms : null,
  };
}

/**
 * @param {string} text
 * @returns {Record<string, unknown>}
 */
function parsed(text) {
  try {
    return JSON.parse(text) ?? {};
  } catch {
    return {};
  }
}
