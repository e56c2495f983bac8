import assert from "node:assert/strict";
import { test } from "node:test";
import { NOTE_PAPER } from "../../../frontend/src/draw/look.js";
import { FILLS } from "../../../frontend/src/draw/palette.js";
import { darkColor, darkMarker, PAPER } from "../../../frontend/src/draw/theme.js";

/** @param {string} color `#rrggbb` @returns {number} relative luminance of WCAG */
function luminance(color) {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((i) => {
    const value = Number.parseInt(color.slice(i, i + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** @param {string} a @param {string} b */
function contrast(a, b) {
  const [low = 0, high = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

const TINTS = [...FILLS.map(({ value }) => value).slice(3), NOTE_PAPER];

test("pale fills are sheets on dark paper: seen from it, and read on", () => {
  const ink = darkColor("#1e1e1e");
  for (const tint of TINTS) {
    const shown = darkColor(tint);
    assert.ok(contrast(shown, PAPER.dark) > 1.7, `${tint} ${shown} is lost on paper`);
    assert.ok(contrast(shown, ink) > 4.5, `${tint} ${shown} hides its words`);
  }
});

test("every pale fill stays a colour of its own", () => {
  assert.equal(new Set(TINTS.map(darkColor)).size, TINTS.length);
});

test("white is as dark as paper, and what is no colour stays as it is", () => {
  assert.ok(contrast(darkColor("#ffffff"), PAPER.dark) < 1.2);
  assert.equal(darkColor("none"), "none");
});

test("markers light dark paper up, whatever their colour", () => {
  assert.equal(darkMarker("#fcc419"), "#fcc419");
  assert.equal(darkMarker("#1e1e1e"), darkColor("#1e1e1e"));
  assert.equal(darkMarker("none"), "none");
});
