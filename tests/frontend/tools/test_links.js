import assert from "node:assert/strict";
import { test } from "node:test";
import { isFollowed, linkFrom } from "../../../frontend/src/tools/links.js";

const BOARD = "https://chalk.example/b/abc/";

for (const [typed, link] of [
  ["", null],
  ["   ", null],
  ["https://example.com/a?b#c", "https://example.com/a?b#c"],
  ["  HTTP://Example.com ", "http://example.com/"],
  ["example.com", "https://example.com/"],
  ["example.com:8000/x", "https://example.com:8000/x"],
  ["#el=abc", "#el=abc"],
  [`${BOARD}#1,2,3`, "#1,2,3"],
  [BOARD, BOARD],
]) {
  test(`"${typed}" is kept as ${link}`, () => {
    assert.deepEqual(linkFrom(typed ?? "", BOARD), { ok: true, link });
  });
}

for (const typed of [
  "javascript:alert(1)",
  "JavaScript:alert(1)",
  " java\nscript:alert(1)",
  "data:text/html,<script>1</script>",
  "vbscript:x",
  "file:///etc/passwd",
  "mailto:a@b.example",
  "https://",
  "http:// a",
  "https:example.com",
  "two words.example",
  "words",
  "#",
  `https://example.com/${"a".repeat(3000)}`,
  `#${"a".repeat(5_000_000)}`,
]) {
  test(`"${typed.slice(0, 40)}" is refused`, () => {
    const result = linkFrom(typed, BOARD);

    assert.equal(result.ok, false);
    assert.match(result.ok ? "" : result.fault, /^link_(bad|too)/);
  });
}

test("nothing but pages and places is followed, whatever is stored", () => {
  assert.ok(isFollowed("https://example.com"));
  assert.ok(isFollowed("#el=a"));
  for (const link of [null, undefined, "", "javascript:alert(1)", "//x", "https://["]) {
    assert.ok(!isFollowed(link), String(link));
  }
});
