/**
 * Bundles the pages: `frontend/src` and `frontend/css` to `frontend/dist`.
 *
 * One script and one style sheet a page, minified, with source maps; nothing is loaded
 * from another host. It prints what each page weighs gzipped and fails when the board
 * page is above its budget. Called by `npm run build` and, with `--watch`, `npm run watch`.
 */

import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build, context } from "esbuild";

const HERE = dirname(fileURLToPath(import.meta.url));
const DIST = join(HERE, "dist");

/** What a page may weigh gzipped, script and style together; a phone on 3G: 2 s. */
const BOARD_BUDGET_BYTES = 100 * 1024;

/** The pages: the name in `dist` and the entry points behind it. */
const PAGES = {
  board: ["src/main.js", "css/board.css"],
  home: ["src/home.js", "css/home.css"],
  check: ["src/check.js", "css/check.css"],
  theme: ["src/theme.js"], // in the head of every page, before anything is painted
};

const entryPoints = Object.entries(PAGES).flatMap(([page, sources]) =>
  sources.map((source) => ({ in: join(HERE, source), out: page })),
);

/** @type {import("esbuild").BuildOptions} */
const options = {
  entryPoints,
  outdir: DIST,
  bundle: true,
  minify: true,
  sourcemap: true,
  format: "iife",
  target: ["es2022"],
  jsx: "automatic",
  jsxImportSource: "preact",
  loader: { ".woff2": "file", ".svg": "text" },
  logLevel: "warning",
};

/**
 * @param {string} page
 * @returns {number} the bytes of the page's script and style, gzipped
 */
function weigh(page) {
  let bytes = 0;
  for (const ending of ["js", "css"]) {
    const path = join(DIST, `${page}.${ending}`);
    if (!existsSync(path)) continue;
    const gzipped = gzipSync(readFileSync(path), { level: 9 }).length;
    console.log(`${page}.${ending}`.padEnd(12), `${kilobytes(gzipped)} gzipped`);
    bytes += gzipped;
  }
  return bytes;
}

/** @param {number} bytes */
function kilobytes(bytes) {
  return `${(bytes / 1024).toFixed(1)} KB`;
}

rmSync(DIST, { recursive: true, force: true });
mkdirSync(DIST, { recursive: true });

if (process.argv.includes("--watch")) {
  const watcher = await context(options);
  await watcher.watch();
  console.log(`Watching; bundles go to ${DIST}`);
} else {
  await build(options);
  const weights = new Map(Object.keys(PAGES).map((page) => [page, weigh(page)]));
  const bytes = (weights.get("board") ?? 0) + (weights.get("theme") ?? 0);
  console.log(`The board page loads ${kilobytes(bytes)}.`);
  if (bytes > BOARD_BUDGET_BYTES) {
    console.error(`That is above its budget of ${kilobytes(BOARD_BUDGET_BYTES)}.`);
    process.exitCode = 1;
  }
}
