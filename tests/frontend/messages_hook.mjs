/**
 * Lets Node import the texts as the build makes them. A hook of the module loader, see
 * `run.mjs`; `frontend/messages.mjs` does the work.
 */

import { fileURLToPath, pathToFileURL } from "node:url";
import { compileEnglish, compileLanguage } from "../../frontend/messages.mjs";

const BASE = new URL("../../frontend/messages/", import.meta.url);

/**
 * @param {string} specifier
 * @param {object} context
 * @param {(specifier: string, context: object) => unknown} next
 */
export function resolve(specifier, context, next) {
  if (!specifier.startsWith("messages:")) return next(specifier, context);
  const url = new URL(`${specifier.slice("messages:".length)}.messages`, BASE).href;
  return { url, shortCircuit: true };
}

/**
 * @param {string} url
 * @param {object} context
 * @param {(url: string, context: object) => unknown} next
 */
export function load(url, context, next) {
  const { href } = pathToFileURL(fileURLToPath(BASE));
  if (url.startsWith(`${href}en/`)) {
    const source = compileEnglish(fileURLToPath(url));
    return { format: "module", source, shortCircuit: true };
  }
  if (url.endsWith(".messages")) {
    const language = url.slice(href.length, -".messages".length);
    const source = compileLanguage(language);
    return { format: "module", source, shortCircuit: true };
  }
  return next(url, context);
}
