/**
 * Compiles what the pages say: `frontend/messages/<language>/<panel>.json` to modules.
 *
 * A file holds texts in ICU MessageFormat by name; English is the source. An English file
 * is imported by the parts that say its texts, and each of them knows its key:
 * `{key: "toolbar.more", say: (values) => "…"}`. Another language is one module,
 * `messages:de`, with every text by its key. No parser of messages reaches the browser.
 *
 * Called by `build.mjs`, and for the tests by `tests/frontend/messages_hook.mjs`.
 *
 * @import { Plugin } from "esbuild"
 */

import { readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join, sep } from "node:path";
import { fileURLToPath } from "node:url";
import MessageFormat from "@messageformat/core";
import compileModule from "@messageformat/core/compile-module.js";

const HERE = dirname(fileURLToPath(import.meta.url));
const FOLDER = join(HERE, "messages");
const ENGLISH = /[\\/]messages[\\/]en[\\/][^\\/]+\.json$/;
const LANGUAGE = /^messages:([a-z]+)$/;
/** What runs on pages of their own: the board need not know it. */
const APART = { home: ["home", "shared"], check: ["check"], pages: ["pages"] };

/** @returns {string[]} every language there are texts in, English among them */
export function languages() {
  return readdirSync(FOLDER).sort();
}

/**
 * @param {string} language
 * @returns {Record<string, Record<string, string>>} the texts by panel
 */
export function readMessages(language) {
  const files = readdirSync(join(FOLDER, language)).sort();
  return Object.fromEntries(
    files.map((file) => [
      basename(file, ".json"),
      JSON.parse(readFileSync(join(FOLDER, language, file), "utf8")),
    ]),
  );
}

/**
 * @param {string} file of English texts
 * @returns {string} a module
 */
export function compileEnglish(file) {
  const compiled = compile("en", JSON.parse(readFileSync(file, "utf8")));
  const panel = JSON.stringify(`${basename(file, ".json")}.`);
  return `${compiled.replace("export default", "const texts =")};
export default /* @__PURE__ */ Object.fromEntries(
  Object.entries(texts).map(([name, say]) => [name, {key: ${panel} + name, say}]));`;
}

/**
 * @param {string} language
 * @param {string} [page] leaves out what only other pages say
 * @returns {string} a module
 */
export function compileLanguage(language, page) {
  /** @type {Record<string, string>} */
  const texts = {};
  for (const [panel, messages] of Object.entries(readMessages(language))) {
    if (!isFor(panel, page)) continue;
    for (const [name, text] of Object.entries(messages)) {
      texts[`${panel}.${name}`] = text;
    }
  }
  return compile(language, texts);
}

/**
 * @param {string} panel
 * @param {string} [page]
 */
function isFor(panel, page) {
  if (page === "home" || page === "check") return APART[page].includes(panel);
  return page === undefined || panel === "shared" || !(panel in APART);
}

/**
 * @param {string} language
 * @param {Record<string, string>} texts
 * @returns {string}
 */
function compile(language, texts) {
  return compileModule(new MessageFormat(language), texts);
}

/**
 * @param {string} page whose bundle is made
 * @returns {Plugin}
 */
export function messages(page) {
  return {
    name: "messages",
    setup(build) {
      build.onLoad({ filter: /\.json$/ }, ({ path }) => {
        if (!ENGLISH.test(path) || !path.startsWith(FOLDER + sep)) return undefined;
        return { contents: compileEnglish(path), loader: "js", resolveDir: HERE };
      });
      build.onResolve({ filter: LANGUAGE }, ({ path }) => ({
        path: path.replace(LANGUAGE, "$1"),
        namespace: "messages",
      }));
      build.onLoad({ filter: /.*/, namespace: "messages" }, ({ path }) => ({
        contents: compileLanguage(path, page),
        loader: "js",
        resolveDir: HERE,
        watchFiles: readdirSync(join(FOLDER, path)).map((f) => join(FOLDER, path, f)),
      }));
    },
  };
}
