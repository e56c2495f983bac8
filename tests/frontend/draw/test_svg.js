import assert from "node:assert/strict";
import { test } from "node:test";
import { display } from "../../../frontend/src/draw/shapes.js";
import { fontsOf, svgOf } from "../../../frontend/src/draw/svg.js";

/** @import { Element } from "../../../frontend/src/protocol.js" */

/** @type {import("../../../frontend/src/draw/text.js").Measure} */
const measure = (text, _font, size) => text.length * size * 0.5;
const SHEET = {
  box: { left: -10, top: -10, right: 190, bottom: 90 },
  background: "none",
  color: (/** @type {string} */ stored) => stored,
  title: "",
};

/** @param {readonly Element[]} elements */
function svg(elements, sheet = {}) {
  const displays = elements.map((element) => display(element, measure));
  return svgOf(displays, { ...SHEET, ...sheet });
}

test("the document has the size of its box", () => {
  const text = svg([], { background: "#fbfaf7" });

  assert.match(text, /width="200" height="100" viewBox="-10 -10 200 100"/);
  assert.match(
    text,
    /<rect x="-10" y="-10" width="200" height="100" fill="#fbfaf7"\/>/,
  );
});

test("each paragraph is read the way of its first letter, from the same left end", () => {
  const text = svg([
    {
      kind: "text",
      id: "t",
      x: 0,
      y: 0,
      align: "left",
      text: "1) مرحبا Ada!\nAda مرحبا!",
      size: 20,
    },
  ]);

  assert.match(text, /x="0"[^>]*direction="rtl" text-anchor="end"[^>]*>1\) مرحبا Ada!/);
  assert.match(text, /x="0"[^>]*>Ada مرحبا!/);
  assert.equal(text.match(/direction=/g)?.length, 1);
});

test("words that are read from right to left begin at the right of their note", () => {
  const note = /** @type {const} */ ({
    kind: "note",
    id: "n",
    x: 0,
    y: 0,
    w: 200,
    h: 90,
  });

  const right = svg([{ ...note, text: "نعم" }]);
  const left = svg([{ ...note, text: "Yes" }]);

  const placeOf = (/** @type {string} */ text) =>
    Number(/<text x="([\d.]+)"/.exec(text)?.[1]);
  assert.ok(placeOf(right) > 100);
  assert.ok(placeOf(left) < 20);
});

test("a turned, dashed, faded rectangle keeps its look", () => {
  const text = svg([
    {
      kind: "rect",
      id: "r",
      x: 10,
      y: 20,
      w: 100,
      h: 40,
      angle: Math.PI / 2,
      dash: "dashed",
      opacity: 0.5,
      stroke: "#ff0000",
      fill: "#00ff00",
    },
  ]);

  assert.match(text, /transform="translate\(10 20\) rotate\(90 50 20\)"/);
  assert.match(text, /stroke="#ff0000"/);
  assert.match(text, /fill="#00ff00"/);
  assert.match(text, /stroke-dasharray="8 8"/);
  assert.match(text, /opacity="0.5"/);
});

test("words cannot become markup, and what XML cannot hold is left out", () => {
  const text = svg(
    [
      {
        kind: "text",
        id: "t",
        x: 0,
        y: 0,
        text: '</text><script>alert("1")</script>&\u0001\ud800',
      },
    ],
    { title: "<b>&" },
  );

  assert.ok(!text.includes("<script>"));
  assert.match(
    text,
    />&lt;\/text&gt;&lt;script&gt;alert\(&quot;1&quot;\)&lt;\/script&gt;&amp;<\/text>/,
  );
  assert.match(text, /<title>&lt;b&gt;&amp;<\/title>/);
});

test("a highlighter mixes with what is below it", () => {
  const text = svg([{ kind: "highlight", id: "h", x: 0, y: 0, points: [0, 0, 9, 0] }]);

  assert.match(text, /style="mix-blend-mode:multiply"/);
});

test("the fonts of the words are known", () => {
  const displays = [
    display({ kind: "text", id: "t", x: 0, y: 0, text: "a", font: "mono" }, measure),
    display({ kind: "pen", id: "p", x: 0, y: 0, points: [0, 0] }, measure),
  ];

  assert.deepEqual([...fontsOf(displays)], ["mono"]);
});

test("what lies in a frame is cut off at its border", () => {
  /** @type {Element} */
  const rect = { kind: "rect", id: "r", x: 90, y: 0, w: 40, h: 40 };
  const clip = [0, 0, 100, 0, 100, 50, 0, 50];

  const text = svgOf([{ ...display(rect, measure), clip }], SHEET);

  assert.match(
    text,
    /<clipPath id="clip-0"><polygon points="0 0 100 0 100 50 0 50"\/><\/clipPath>/,
  );
  assert.match(text, /<g clip-path="url\(#clip-0\)"><g transform/);
});
