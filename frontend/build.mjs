/**
 * Bundles the pages: `frontend/src` and `frontend/css` to `frontend/dist`.
 *
 * A page is one module and one style sheet, minified, with source maps; nothing is
 * loaded from another host. What a module loads by `import()` becomes a chunk of its own,
 * and so does what such a chunk shares with its page. Chunks carry a hash of their content
 * in their names: the server never renames them, so that paths inside scripts hold.
 * `preloads.json` names the chunks that each page needs at once.
 *
 * The service worker is built last: it knows all chunks.
 *
 * It prints what each page weighs gzipped and fails when the board page is above its
 * budget. Called by `npm run build` and, with `--watch`, `npm run watch`.
 *
 * @import { BuildOptions, Metafile } from "esbuild"
 */

import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build, context } from "esbuild";
import { core, entryOf } from "./core.mjs";
import { icons } from "./icons.mjs";
import { messages } from "./messages.mjs";

const HERE = dirname(fileURLToPath(import.meta.url));
const DIST = join(HERE, "dist");

/** What a page may weigh gzipped, script and style together; a phone on 3G: 2 s. */
const BOARD_BUDGET_BYTES = 100 * 1024;

/** The pages: the name in `dist` and the entry points behind it. */
const PAGES = {
  board: ["src/main.js", "css/board.css"],
  home: ["src/home.js", "css/home.css"],
  check: ["src/check.js", "css/check.css"],
};
/** Style sheets that a page asks for itself, when it is shown. */
const LATER = { later: ["css/later.css"] };
/** A classic script: in the head of every page, before anything is painted. */
const HEAD = { theme: ["src/theme.js"] };

/**
 * @param {string} name of the page
 * @param {readonly string[]} sources
 * @returns {BuildOptions} each page is built apart, so that it shares chunks with nobody
 */
function optionsOf(name, sources) {
  const is_page = name in PAGES;
  return {
    entryPoints: sources.map((source) => ({ in: inputOf(source, is_page), out: name })),
    outdir: DIST,
    bundle: true,
    minify: true,
    legalComments: "linked", // licences lie beside what is loaded, not in it
    sourcemap: true,
    format: is_page ? "esm" : "iife",
    splitting: is_page,
    chunkNames: "chunks/[name]-[hash]",
    assetNames: "chunks/[name]-[hash]", // fonts, cached for ever like scripts
    target: ["es2022"],
    jsx: "automatic",
    jsxImportSource: "preact",
    loader: { ".woff2": "file", ".svg": "text" },
    plugins: is_page ? [core(), icons(), messages(name)] : [messages(name)],
    logLevel: "warning",
  };
}

/**
 * @param {string} source
 * @param {boolean} is_page
 * @returns {string} what esbuild begins with
 */
function inputOf(source, is_page) {
  const path = join(HERE, source);
  return is_page && source.endsWith(".js") ? entryOf(path) : path;
}

/**
 * The files of a page, by when they are loaded. Paths are relative to `dist`.
 * @param {string} name
 * @param {Metafile} metafile
 * @returns {{first: string[], later: string[]}} the page's own files come first
 */
function filesOf(name, metafile) {
  const outputs = new Map(
    Object.entries(metafile.outputs).map(([path, output]) => [inDist(path), output]),
  );
  const first = new Set([`${name}.js`, `${name}.css`].filter((f) => outputs.has(f)));
  for (const file of first) {
    for (const { path, kind } of outputs.get(file)?.imports ?? []) {
      if (kind === "import-statement") first.add(inDist(path)); // the loop goes on to it
    }
  }
  const scripts = [...outputs.keys()].filter((file) => /\.(js|css)$/.test(file));
  for (const [file, { imports }] of outputs) {
    if (imports.some(({ path }) => inDist(path) === `${name}.js`)) {
      throw new Error(`${file} imports its page, which would run twice.`);
    }
  }
  return { first: [...first], later: scripts.filter((file) => !first.has(file)) };
}

/** @param {string} path as esbuild gives it, from where it was started */
function inDist(path) {
  return relative(DIST, join(process.cwd(), path)).replaceAll("\\", "/");
}

/**
 * @param {readonly string[]} chunks
 * @returns {BuildOptions}
 */
function workerOptions(chunks) {
  const urls = chunks.map((chunk) => `/static/${chunk}`);
  return {
    entryPoints: [join(HERE, "worker", "worker.js")],
    outdir: DIST,
    bundle: true,
    minify: true,
    format: "iife",
    target: ["es2022"],
    define: {
      CHUNKS: JSON.stringify(urls),
      "process.env.NODE_ENV": '"production"',
    },
    logLevel: "warning",
  };
}

/** @param {readonly string[]} files @returns {number} bytes, gzipped */
function weigh(files) {
  let bytes = 0;
  for (const file of files) {
    const gzipped = gzipSync(readFileSync(join(DIST, file)), { level: 9 }).length;
    console.log(`  ${file.padEnd(36)} ${kilobytes(gzipped)}`);
    bytes += gzipped;
  }
  return bytes;
}

/** @param {number} bytes */
function kilobytes(bytes) {
  return `${(bytes / 1024).toFixed(1).padStart(5)} KB`;
}

async function buildAll() {
  /** @type {Record<string, string[]>} */
  const preloads = {};
  /** @type {Set<string>} */
  const chunks = new Set();
  let board_bytes = 0;
  for (const [name, sources] of Object.entries({ ...PAGES, ...LATER, ...HEAD })) {
    const { metafile } = await build({ ...optionsOf(name, sources), metafile: true });
    const { first, later } = filesOf(name, metafile);
    console.log(`${name}: gzipped`);
    const bytes = weigh(first);
    if (later.length > 0) {
      console.log("  and on demand");
      weigh(later);
    }
    if (name === "board" || name in HEAD) board_bytes += bytes;
    for (const file of [...first, ...later]) {
      if (/^chunks\/.*\.(js|css)$/.test(file)) chunks.add(file);
    }
    preloads[name] = first.filter((file) => file.startsWith("chunks/"));
  }
  await build(workerOptions([...chunks].sort()));
  writeFileSync(join(DIST, "preloads.json"), `${JSON.stringify(preloads)}\n`);
  console.log(`The board page loads ${kilobytes(board_bytes).trim()}.`);
  if (board_bytes > BOARD_BUDGET_BYTES) {
    const budget = kilobytes(BOARD_BUDGET_BYTES).trim();
    console.error(`That is above its budget of ${budget}.`);
    process.exitCode = 1;
  }
}

async function watchAll() {
  for (const [name, sources] of Object.entries({ ...PAGES, ...HEAD })) {
    const watcher = await context(optionsOf(name, sources));
    await watcher.watch();
  }
  await build(workerOptions([])); // without a network there is nothing to watch
  console.log(`Watching; bundles go to ${DIST}`);
}

rmSync(DIST, { recursive: true, force: true });
mkdirSync(DIST, { recursive: true });
await (process.argv.includes("--watch") ? watchAll() : buildAll());
