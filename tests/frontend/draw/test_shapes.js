import assert from "node:assert/strict";
import { test } from "node:test";
import { paintBounds } from "../../../frontend/src/draw/bounds.js";
import { inkPath } from "../../../frontend/src/draw/ink.js";
import { isShape, outlinePoints } from "../../../frontend/src/draw/outlines.js";
import { FILLS, INKS } from "../../../frontend/src/draw/palette.js";
import { display } from "../../../frontend/src/draw/shapes.js";
import { layoutText } from "../../../frontend/src/draw/text.js";
import { colorMap, darkColor } from "../../../frontend/src/draw/theme.js";
import { KINDS } from "../../../frontend/src/protocol.js";
import { measure, oneOfEach, pen, rect, text } from "./elements.js";

/** @import { Element } from "../../../frontend/src/protocol.js" */

test("every kind of the wire has a display", () => {
  assert.deepEqual(
    oneOfEach.map((element) => element.kind),
    [...KINDS],
  );
  for (const element of oneOfEach) {
    const { items } = display(element, measure);
    assert.ok(items.length > 0, element.kind);
    for (const item of items) {
      if (item.type === "path")
        assert.match(item.d, /^M[-\d.MLHVCQaZ ]+$/, element.kind);
    }
  }
});

test("a kind that only a newer server knows is not painted, and nothing throws", () => {
  const newer = /** @type {import("../../../frontend/src/protocol.js").Element} */ (
    /** @type {unknown} */ ({ kind: "galaxy", id: "c", x: 5, y: 5 })
  );

  assert.deepEqual(display(newer, measure).items, []);
  assert.ok(Number.isFinite(paintBounds(newer, measure).right));
});

test("a pen stroke is a filled outline around its points", () => {
  const [item] = display(pen, measure).items;

  assert.ok(item?.type === "path");
  assert.equal(item.fill, "#1e1e1e");
  assert.equal(item.stroke, undefined);
});

test("the same points give the same ink, wherever the stroke lies", () => {
  const moved = { ...pen, x: 900, y: -3 };

  assert.deepEqual(display(moved, measure).items, display(pen, measure).items);
});

test("a tap is a dot, with and without pressure", () => {
  const soft = inkPath({ points: [0, 0], pressure: [0.1] }, 4);
  const hard = inkPath({ points: [0, 0], pressure: [0.9] }, 4);

  assert.match(soft, /^M-[\d.]+ 0a[\d.]+ /);
  assert.notEqual(soft, hard);
  assert.match(inkPath({ points: [0, 0, 0.1, 0.1] }, 4), /a/);
});

test("real pressure changes the outline", () => {
  const points = [0, 0, 10, 0, 20, 0, 30, 0, 40, 0];
  const even = inkPath({ points, pressure: [0.5, 0.5, 0.5, 0.5, 0.5] }, 8);
  const rising = inkPath({ points, pressure: [0.1, 0.3, 0.5, 0.7, 0.9] }, 8);

  assert.notEqual(even, rising);
});

test("shapes carry fill, stroke, width and dash", () => {
  const [item] = display(
    { ...rect, fill: "#ffc9c9", stroke: "#e03131", width: 4, dash: "dashed" },
    measure,
  ).items;

  assert.deepEqual(item, {
    type: "path",
    d: "M0 0L100 0L100 50L0 50Z",
    fill: "#ffc9c9",
    stroke: "#e03131",
    width: 4,
    dash: [12, 12],
  });
});

test("what is very long has larger dashes, so that they can be counted and painted", () => {
  const far = 1_900_000;
  const zigzag = Array.from({ length: 5_000 }, (_, i) => [i, i % 2 ? far : 0]).flat();
  const line = /** @type {const} */ ({ kind: "line", id: "l", x: 0, y: 0 });
  for (const dash of /** @type {const} */ (["dashed", "dotted"])) {
    for (const [element, length] of /** @type {[Element, number][]} */ ([
      [{ ...line, points: [0, 0, far, 1] }, far],
      [{ ...line, points: [0, 0, far, far], route: "elbow" }, 2 * far],
      [{ ...line, points: zigzag }, 4_999 * far],
      [{ ...rect, w: far, h: far }, 4 * far],
      [{ kind: "frame", id: "f", x: 0, y: 0, w: far, h: 1 }, 2 * far],
    ])) {
      const [item] = display({ ...element, dash, width: 0.001 }, measure).items;

      assert.ok(item?.type === "path" && item.dash);
      const [ink = 0, gap = 0] = item.dash;
      assert.ok(length / (ink + gap) < 5_100 && gap >= ink);
    }
  }
});

test("dots are as far apart on a line across many screens as on a short one", () => {
  for (const length of [1, 1_000, 20_000]) {
    const line = /** @type {const} */ ({ kind: "line", id: "l", x: 0, y: 0 });
    const points = [0, 0, length, 0];
    const [item] = display({ ...line, points, dash: "dotted" }, measure).items;

    assert.deepEqual(item?.type === "path" && item.dash, [0.01, 5]);
  }
});

test("a label stands in the middle of its shape, and what it covers is repainted", () => {
  const labelled = { ...rect, label: "ab cd ef gh ij kl mn op qr", size: 20 };

  const letters = display(labelled, measure).items.filter(
    ({ type }) => type === "text",
  );

  assert.equal(letters.length, 3); // 84 units hold eight letters of ten
  const [first] = letters;
  assert.ok(first?.type === "text" && first.x > 8 && first.fill === "#1e1e1e");
  const bounds = paintBounds(labelled, measure);
  assert.ok(bounds.top <= -12.5 && bounds.bottom >= 62.5); // 75 high on a box of 50
});

test("round corners stay within the box and take curves", () => {
  const [sharp] = display(rect, measure).items;
  const [round] = display({ ...rect, corner: "round" }, measure).items;

  assert.ok(sharp?.type === "path" && !sharp.d.includes("Q"));
  assert.ok(round?.type === "path" && round.d.match(/Q/g)?.length === 4);
});

test("every outline touches all four sides of its box", () => {
  for (const element of oneOfEach) {
    if (!isShape(element)) continue;
    const points = outlinePoints(element);
    const xs = points.filter((_, i) => i % 2 === 0);
    const ys = points.filter((_, i) => i % 2 === 1);
    const sides = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
    [0, 100, 0, 50].forEach((side, i) => {
      assert.ok(Math.abs((sides[i] ?? NaN) - side) < 0.5, `${element.kind} ${sides}`);
    });
  }
});

test("an arrow has the heads it asks for, at both ends", () => {
  const arrow = /** @type {const} */ ({ kind: "arrow", id: "a", x: 0, y: 0 });
  const points = [0, 0, 100, 0];

  const { items } = display({ ...arrow, points, head: "dot", tail: "bar" }, measure);
  const none = display({ ...arrow, points, head: "none" }, measure);

  assert.equal(items.length, 3);
  const [, head, tail] = items;
  assert.ok(head?.type === "path" && head.fill === "#1e1e1e");
  assert.ok(tail?.type === "path" && tail.fill === undefined);
  assert.equal(none.items.length, 1);
});

test("an arrow without a direction has no head and does not throw", () => {
  const arrow = /** @type {const} */ ({ kind: "arrow", id: "a", x: 0, y: 0 });

  assert.equal(display({ ...arrow, points: [0, 0, 0, 0] }, measure).items.length, 1);
  assert.equal(display({ ...arrow, points: [0, 0] }, measure).items.length, 1);
});

test("text lines sit on baselines one line height apart", () => {
  const items = display(text, measure).items;

  assert.deepEqual(
    items.map((item) => item.type === "text" && item.text),
    ["ab", "abcd"],
  );
  const [first, second] = items;
  assert.ok(first?.type === "text" && second?.type === "text");
  assert.equal(second.y - first.y, 25);
});

test("text wraps at spaces, long words inside, and keeps empty lines", () => {
  const lettering = /** @type {const} */ ({ font: "sans", size: 20, align: "left" });
  /** @param {string} words */
  const linesOf = (words) =>
    layoutText({ ...lettering, text: words, width: 60 }, measure).lines.map(
      (line) => line.text,
    );

  assert.deepEqual(linesOf("one two three"), ["one", "two", "three"]);
  assert.deepEqual(linesOf("abcdefghij"), ["abcdef", "ghij"]);
  assert.deepEqual(linesOf("a\n\nb"), ["a", "", "b"]);
  assert.deepEqual(linesOf("👩‍🚀👩‍🚀").join(""), "👩‍🚀👩‍🚀");
});

test("centred lines share their middle", () => {
  const { lines } = layoutText(
    { text: "ab\nabcd", font: "sans", size: 20, align: "center", width: 0 },
    measure,
  );

  assert.deepEqual(
    lines.map((line) => line.x),
    [10, 0],
  );
});

test("the light theme shows what is stored", () => {
  assert.equal(colorMap("light")("#e03131"), "#e03131");
});

test("the dark theme turns ink light, white dark, keeps alpha and none", () => {
  const map = colorMap("dark");

  assert.ok(luminance(map("#1e1e1e")) > 0.7);
  assert.ok(luminance(map("#ffffff")) < 0.05);
  assert.equal(map("#e0313180").slice(7), "80");
  assert.equal(map("none"), "none");
});

test("every ink of the palette reads on both papers", () => {
  for (const { name, value } of INKS) {
    assert.ok(contrast(value, "#fbfaf7") >= 2.2, `${name} on light paper`);
    assert.ok(contrast(darkColor(value), "#17191c") >= 3.5, `${name} on dark paper`);
  }
});

test("graphite reads on every fill in both themes", () => {
  for (const { name, value } of FILLS.filter((fill) => fill.value !== "none")) {
    assert.ok(contrast("#1e1e1e", value) >= 7, name);
    assert.ok(contrast(darkColor("#1e1e1e"), darkColor(value)) >= 4.5, `dark ${name}`);
  }
});

/**
 * Relative luminance as WCAG defines it.
 * @param {string} hex
 * @returns {number}
 */
function luminance(hex) {
  const [r, g, b] = [1, 3, 5].map((i) => {
    const value = Number.parseInt(hex.slice(i, i + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * (r ?? 0) + 0.7152 * (g ?? 0) + 0.0722 * (b ?? 0);
}

/**
 * @param {string} a
 * @param {string} b
 * @returns {number}
 */
function contrast(a, b) {
  const [light, dark] = [luminance(a), luminance(b)].sort((p, q) => q - p);
  return ((light ?? 0) + 0.05) / ((dark ?? 0) + 0.05);
}
