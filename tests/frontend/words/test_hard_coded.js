import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { transformSync } from "esbuild";
import { readMessages } from "../../../frontend/messages.mjs";

/** What people read or hear: children, attributes that are said, and what `say` says. */
const SAID =
  /(?:\bchildren|"aria-label"|\b(?:title|placeholder|alt|label)): ("(?:[^"\\]|\\.)*"|`[^`]*`)|\bsay\(\s*("(?:[^"\\]|\\.)*"|`[^`]*`)|^\s*("(?:[^"\\]|\\.)* (?:[^"\\]|\\.)*"),?$/gm;
const SENTENCE = /^\p{Lu}\p{Ll}[^+]*$/u; // neither the name of a command nor a chord
/** The product, and the names of what a style may be, which `named` says. */
const NAMES = new Set(["Chalkline", ...Object.keys(readMessages("en").style ?? {})]);

/**
 * @param {string} source
 * @returns {string[]} what stands in the code instead of in a message file
 */
function hardCoded(source) {
  const { code } = transformSync(source, { loader: "jsx", jsx: "automatic" });
  return [...code.matchAll(SAID)]
    .map((match) => (match[1] ?? match[2] ?? match[3] ?? "").slice(1, -1))
    .map((text) => text.replace(/\$\{[^}]*\}/g, "").trim())
    .filter((text) => SENTENCE.test(text) && !NAMES.has(text));
}

test("no text stands in the code of the panels", () => {
  const paths = ["ui", "home"].flatMap((folder) =>
    readdirSync(`frontend/src/${folder}`, { recursive: true, encoding: "utf8" })
      .filter((name) => /\.jsx?$/.test(name))
      .map((name) => `frontend/src/${folder}/${name}`),
  );
  const found = paths.flatMap((path) =>
    hardCoded(readFileSync(path, "utf8")).map((text) => `${path}: ${text}`),
  );

  assert.ok(paths.length > 50);
  assert.deepEqual(found, []);
});

test("a text in the code is found, wherever it is said", () => {
  const source = `const A = () => <p title="Tip">Read me <b>Now</b>{say("Done.")}</p>;
    desk.say(\`Moved \${n}\`); <i class="row" aria-label={t(texts.a)}>×</i>;`;

  assert.deepEqual(hardCoded(source).sort(), [
    "Done.",
    "Moved",
    "Now",
    "Read me",
    "Tip",
  ]);
});
