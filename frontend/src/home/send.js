/**
 * A file to the server, with progress: what `fetch` cannot tell.
 *
 * @import { Imported, Send } from "./imports.js"
 */

import { Failure, reasonOf } from "./api.js";

/**
 * @param {string} url of the import
 * @param {string} token against forged requests (CSRF)
 * @returns {Send}
 */
export function sender(url, token) {
  return (file, title, onProgress) => {
    const request = new XMLHttpRequest();
    /** @type {Promise<Imported>} */
    const done = new Promise((resolve, reject) => {
      request.upload.addEventListener("progress", ({ loaded, total }) => {
        if (total > 0) onProgress(loaded / total);
      });
      const fail = () => reject(new Failure({ code: "offline" }));
      request.addEventListener("error", fail);
      request.addEventListener("abort", fail);
      request.addEventListener("load", () => {
        const answer = parsed(request.responseText);
        if (request.status === 201 && answer) resolve(answer);
        else reject(new Failure(reasonOf(request.status, answer)));
      });
    });
    const query = title ? `?title=${encodeURIComponent(title)}` : "";
    request.open("POST", url + query);
    request.setRequestHeader("Accept", "application/json");
    request.setRequestHeader("Content-Type", "application/octet-stream");
    request.setRequestHeader("X-CSRFToken", token);
    request.send(file);
    return { done, cancel: () => request.abort() };
  };
}

/** @param {string} text */
function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null; // a proxy's page
  }
}
