/**
 * Runs the front end's tests: every `test_*.js` below this folder, by `node:test`.
 *
 * All in one process: one for each file, as `node --test` has it, takes three times as
 * long, most of it for starting. Words given on the command line pick the files whose
 * path contains one of them.
 */

import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const HERE = dirname(fileURLToPath(import.meta.url));
const REGISTER = new URL("register.mjs", import.meta.url).href;
const ALL = join(HERE, "all.mjs");
const words = process.argv.slice(2);

const files = readdirSync(HERE, { recursive: true })
  .map(String)
  .filter((path) => /(^|[\\/])test_[^\\/]*\.m?js$/.test(path))
  .filter((path) => words.length === 0 || words.some((word) => path.includes(word)))
  .sort()
  .map((path) => join(HERE, path));

if (files.length === 0) {
  console.error("No test file matches.");
  process.exit(1);
}
const { status } = spawnSync(
  process.execPath,
  ["--import", REGISTER, "--test-reporter=spec", ALL, ...files],
  { stdio: "inherit" },
);
process.exit(status ?? 1);
