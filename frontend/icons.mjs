/**
 * Gives each module those icons of Lucide that it names, and no more.
 *
 * Lucide's index names all of its icons, and esbuild puts what an index names into the
 * chunk of whoever reaches the index: the page's first load held the icons of every
 * dialog. So each module gets an index of its own.
 *
 * @import { Plugin } from "esbuild"
 */

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const FOLDER = join(
  dirname(createRequire(import.meta.url).resolve("lucide/package.json")),
  "dist",
  "esm",
);
const NAMED = /import \{([^}]*)\} from "lucide";/g;
const LISTED = /export \{ ([^}]*) \} from '(\.\/icons\/[^']+)';/g;

/** @returns {Plugin} */
export function icons() {
  return {
    name: "icons",
    setup(build) {
      const fileOf = filesByName();
      build.onResolve({ filter: /^lucide$/ }, ({ importer }) => ({
        path: importer,
        namespace: "icons",
        sideEffects: false,
      }));
      build.onLoad({ filter: /./, namespace: "icons" }, ({ path }) => {
        const lines = namesIn(readFileSync(path, "utf8")).map((name) => {
          const file = fileOf.get(name);
          if (!file)
            throw new Error(`Lucide has no icon ${name}, which ${path} names.`);
          return `export { default as ${name} } from ${JSON.stringify(file)};`;
        });
        return { contents: lines.join("\n"), resolveDir: FOLDER, watchFiles: [path] };
      });
    },
  };
}

/**
 * @param {string} source of a module
 * @returns {string[]} the icons it names, as Lucide names them
 */
function namesIn(source) {
  return [...source.matchAll(NAMED)]
    .flatMap(([, names = ""]) => names.split(","))
    .map((name) => name.split(" as ")[0]?.trim() ?? "")
    .filter((name) => name !== "");
}

/** @returns {Map<string, string>} where Lucide keeps which icon */
function filesByName() {
  const index = readFileSync(join(FOLDER, "lucide.mjs"), "utf8");
  /** @type {Map<string, string>} */
  const files = new Map();
  for (const [, names = "", file = ""] of index.matchAll(LISTED)) {
    for (const name of names.split(",")) {
      files.set(name.replace("default as", "").trim(), file);
    }
  }
  return files;
}
