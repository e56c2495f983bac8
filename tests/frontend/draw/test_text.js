/**
 * Where the lines of a text break, and how much is measured for it.
 */

import assert from "node:assert/strict";
import { test } from "node:test";
import { resolved } from "../../../frontend/src/draw/binding.js";
import { plainBox } from "../../../frontend/src/draw/bounds.js";
import { forgetLayouts } from "../../../frontend/src/draw/look.js";
import { authorItems } from "../../../frontend/src/draw/note.js";
import { layoutText } from "../../../frontend/src/draw/text.js";

/** @import { Arrow, Text } from "../../../frontend/src/protocol.js" */

const LETTERS = ["i", "W", "e", "n", "-", "é", "😀", "ש", " ", " ", "  ", "\t"];
const WIDTHS = new Map(LETTERS.map((letter, i) => [letter, 0.2 + i / 16]));

/**
 * Letters are of different widths.
 * @param {string} text
 * @param {string} _font
 * @param {number} size
 */
function uneven(text, _font, size) {
  return [...text].reduce((sum, letter) => sum + (WIDTHS.get(letter) ?? 0.5), 0) * size;
}

/** @param {string} text @param {number} width @param {typeof uneven} measure */
function linesOf(text, width, measure) {
  const lettering = /** @type {const} */ ({ font: "sans", size: 20, align: "left" });
  return layoutText({ ...lettering, text, width }, measure).lines.map(
    (line) => line.text,
  );
}

/** How many letters are measured. @param {string} text @param {number} width */
function measuredFor(text, width) {
  const { count, measure } = counting();
  linesOf(text, width, measure);
  return count.n_letters;
}

/** A measure that says how many letters it was given. */
function counting() {
  const count = { n_letters: 0 };
  /** @type {typeof uneven} */
  const measure = (text, font, size) => {
    count.n_letters += text.length;
    return uneven(text, font, size);
  };
  return { count, measure };
}

/**
 * Word by word and letter by letter, whatever it costs.
 * @param {string} line
 * @param {number} width
 * @returns {string[]}
 */
function patiently(line, width) {
  /** @param {string} text */
  const isTooWide = (text) => uneven(text.trimEnd(), "sans", 20) > width;
  const lines = [];
  let current = "";
  for (const piece of line.split(/(?<=\s)/u)) {
    if (current !== "" && isTooWide(current + piece)) {
      lines.push(current.trimEnd());
      current = "";
    }
    current += piece;
    while (isTooWide(current)) {
      let part = "";
      for (const char of current) {
        if (part !== "" && uneven(part + char, "sans", 20) > width) break;
        part += char;
      }
      if (part.length >= current.length) break;
      lines.push(part);
      current = current.slice(part.length);
    }
  }
  return [...lines, current.trimEnd()];
}

/** Numbers 0…n − 1, the same at each run. @param {number} seed */
function numbers(seed) {
  let state = seed;
  return (/** @type {number} */ n) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * n);
  };
}

test("lines break where the next word or, in a long one, the next letter is too much", () => {
  for (let seed = 1; seed <= 300; seed++) {
    const next = numbers(seed);
    const letters = Array.from({ length: next(120) }, () => LETTERS[next(12)] ?? "");
    const text = letters.join("");
    for (const width of [1, 11, 20, 60, 150, 400, 3_000]) {
      const lines = linesOf(text, width, uneven);

      assert.deepEqual(lines, patiently(text, width), `seed ${seed}, width ${width}`);
    }
  }
});

test("for a line no more is measured than it can hold, or a few times as much", () => {
  const word = "Wine".repeat(2_500);
  const words = "a ".repeat(5_000);

  for (const width of [1, 30, 200, 2_000, 20_000, 200_000]) {
    assert.ok(measuredFor(word, width) < 40 * word.length, `word, ${width}`);
    assert.ok(measuredFor(words, width) < 40 * words.length, `words, ${width}`);
  }
});

test("a name that is too long for its note is cut without a look at each letter", () => {
  const author = "Wine".repeat(1_000);
  const note = { kind: /** @type {const} */ ("note"), id: "n", x: 0, y: 0, text: "" };
  const { count, measure } = counting();

  const [name] = authorItems({ ...note, w: 100, h: 100, author }, measure);

  assert.ok(name && /^Wine.*…$/.test(name.text));
  assert.ok(uneven(name.text, "sans", 12) <= 68); // without the margins
  assert.ok(count.n_letters < 10 * author.length);
});

test("an element is laid out once, however many lines hold on to it", () => {
  /** @type {Text} */
  const text = { kind: "text", id: "t", x: 0, y: 0, w: 400, text: "word ".repeat(200) };
  /** @type {Arrow} */
  const arrow = {
    ...{ kind: "arrow", id: "a", x: 0, y: 0, points: [0, 0, 50, 50], route: "elbow" },
    ...{ start: { id: "t", x: 0, y: 0 }, end: { id: "t", x: 1, y: 1 } },
  };
  const { count, measure } = counting();

  resolved(arrow, () => text, measure);
  const n_once = count.n_letters;
  for (let i = 0; i < 50; i++) resolved({ ...arrow }, () => text, measure);

  assert.ok(n_once > 0);
  assert.equal(count.n_letters, n_once);
});

test("other words, another width and other fonts are laid out anew", () => {
  /** @type {Text} */
  const text = { kind: "text", id: "t", x: 0, y: 0, w: 30, text: "one two" };
  let em = 0.25;
  /** @type {typeof uneven} */
  const measure = (some, _font, size) => some.length * em * size;
  /** @param {Text} one */
  const heightOf = (one) => plainBox(one, measure).bottom;

  const height = heightOf(text);

  assert.ok(heightOf({ ...text, text: "one two three" }) > height);
  assert.ok(heightOf({ ...text, w: 100 }) < height);
  em = 0.75;
  forgetLayouts(measure);
  assert.ok(heightOf({ ...text }) === heightOf(text) && heightOf(text) > height);
});
