/**
 * Keeps what a page needs at first in one chunk, its core, however many panels are loaded
 * later.
 *
 * esbuild puts each module into the chunk of those entry points that reach it: every
 * `import()` would cut the first load into more and smaller pieces, which compress worse.
 * So the page's entry point does nothing but import its script, and every module that is
 * loaded later imports that script, too: then all of them reach all of it. A module runs
 * once, however often it is imported.
 *
 * @import { Plugin } from "esbuild"
 */

import { readFileSync } from "node:fs";
import { extname, join } from "node:path";

/**
 * The entry point of a page.
 * @param {string} script its path
 */
export function entryOf(script) {
  return `page:${script}`;
}

/** @returns {Plugin} */
export function core() {
  return {
    name: "core",
    setup(build) {
      let script = "";
      build.onResolve({ filter: /^page:/ }, ({ path }) => {
        script = path.slice("page:".length);
        return { path: script, namespace: "page" };
      });
      build.onLoad({ filter: /./, namespace: "page" }, ({ path }) => ({
        contents: `import ${JSON.stringify(path)};`,
        resolveDir: build.initialOptions.outdir ?? "",
      }));
      build.onResolve({ filter: /^\.\.?\// }, ({ path, kind, resolveDir }) => {
        if (kind !== "dynamic-import") return undefined;
        return { path: join(resolveDir, path), pluginData: { isLate: true } };
      });
      build.onLoad({ filter: /\.jsx?$/ }, ({ path, pluginData }) => {
        if (!pluginData?.isLate) return undefined;
        const contents = `${readFileSync(path, "utf8")}\nimport ${JSON.stringify(script)};`;
        return { contents, loader: extname(path) === ".jsx" ? "jsx" : "js" };
      });
    },
  };
}
