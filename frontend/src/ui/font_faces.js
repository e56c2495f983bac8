/**
 * The bundled fonts (all under the SIL Open Font License), each in parts by script.
 *
 * Making the faces known loads nothing: a browser fetches a part when a text in that font
 * has a character of it. Loaded with the first text on a board.
 */

import sansCyrillic from "@fontsource/inter/files/inter-cyrillic-400-normal.woff2";
import sansCyrillicExt from "@fontsource/inter/files/inter-cyrillic-ext-400-normal.woff2";
import sansGreek from "@fontsource/inter/files/inter-greek-400-normal.woff2";
import sansLatin from "@fontsource/inter/files/inter-latin-400-normal.woff2";
import sansLatinExt from "@fontsource/inter/files/inter-latin-ext-400-normal.woff2";
import sansRanges from "@fontsource/inter/unicode.json";
import monoCyrillic from "@fontsource/jetbrains-mono/files/jetbrains-mono-cyrillic-400-normal.woff2";
import monoGreek from "@fontsource/jetbrains-mono/files/jetbrains-mono-greek-400-normal.woff2";
import monoLatin from "@fontsource/jetbrains-mono/files/jetbrains-mono-latin-400-normal.woff2";
import monoLatinExt from "@fontsource/jetbrains-mono/files/jetbrains-mono-latin-ext-400-normal.woff2";
import monoRanges from "@fontsource/jetbrains-mono/unicode.json";
import handCyrillic from "@fontsource/shantell-sans/files/shantell-sans-cyrillic-400-normal.woff2";
import handCyrillicExt from "@fontsource/shantell-sans/files/shantell-sans-cyrillic-ext-400-normal.woff2";
import handLatin from "@fontsource/shantell-sans/files/shantell-sans-latin-400-normal.woff2";
import handLatinExt from "@fontsource/shantell-sans/files/shantell-sans-latin-ext-400-normal.woff2";
import handRanges from "@fontsource/shantell-sans/unicode.json";
import serifCyrillic from "@fontsource/source-serif-4/files/source-serif-4-cyrillic-400-normal.woff2";
import serifGreek from "@fontsource/source-serif-4/files/source-serif-4-greek-400-normal.woff2";
import serifLatin from "@fontsource/source-serif-4/files/source-serif-4-latin-400-normal.woff2";
import serifLatinExt from "@fontsource/source-serif-4/files/source-serif-4-latin-ext-400-normal.woff2";
import serifRanges from "@fontsource/source-serif-4/unicode.json";

/** @import { FontName } from "../draw/fonts.js" */

/**
 * @type {readonly {font: FontName, family: string,
 *   ranges: Readonly<Record<string, string>>, files: Readonly<Record<string, string>>}[]}
 */
const FAMILIES = [
  {
    font: "hand",
    family: "Shantell Sans",
    ranges: handRanges,
    files: {
      latin: handLatin,
      "latin-ext": handLatinExt,
      cyrillic: handCyrillic,
      "cyrillic-ext": handCyrillicExt,
    },
  },
  {
    font: "sans",
    family: "Inter",
    ranges: sansRanges,
    files: {
      latin: sansLatin,
      "latin-ext": sansLatinExt,
      cyrillic: sansCyrillic,
      "cyrillic-ext": sansCyrillicExt,
      greek: sansGreek,
    },
  },
  {
    font: "mono",
    family: "JetBrains Mono",
    ranges: monoRanges,
    files: {
      latin: monoLatin,
      "latin-ext": monoLatinExt,
      cyrillic: monoCyrillic,
      greek: monoGreek,
    },
  },
  {
    font: "serif",
    family: "Source Serif 4",
    ranges: serifRanges,
    files: {
      latin: serifLatin,
      "latin-ext": serifLatinExt,
      cyrillic: serifCyrillic,
      greek: serifGreek,
    },
  },
];

/**
 * One part of a bundled font.
 * @typedef {object} Face
 * @property {FontName} font
 * @property {string} family
 * @property {string} url
 * @property {string} unicodeRange the characters that it has, as CSS says it
 */

/** @returns {Face[]} every part of every font */
export function facesKnown() {
  return FAMILIES.flatMap(({ font, family, ranges, files }) =>
    Object.entries(files).map(([script, file]) => {
      const { href } = new URL(file, import.meta.url);
      return { font, family, url: href, unicodeRange: ranges[script] ?? "U+0-10FFFF" };
    }),
  );
}

/**
 * Make the fonts known to a page, once; painting again when they come is the caller's.
 * @param {FontFaceSet} fonts of the page
 * @returns {void}
 */
export function addFaces(fonts) {
  const faces = facesKnown();
  const known = new Set([...fonts].map(({ family }) => family.replaceAll('"', "")));
  for (const { family, url, unicodeRange } of faces) {
    if (known.has(family)) continue;
    const source = `url("${url}") format("woff2")`;
    fonts.add(new FontFace(family, source, { unicodeRange, display: "swap" }));
  }
}
