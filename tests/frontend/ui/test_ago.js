/** How long ago something was. */

import assert from "node:assert/strict";
import test from "node:test";
import { ago } from "../../../frontend/src/ui/together/ago.js";

const NOW = Date.UTC(2026, 4, 12, 12);
const MINUTE_MS = 60_000;

test("a moment is said as people say it, in each language", () => {
  /** @param {number} minutes @param {string} [language] */
  const minutesAgo = (minutes, language = "en") =>
    ago(NOW - minutes * MINUTE_MS, NOW, language);

  assert.equal(minutesAgo(0.5), "now");
  assert.equal(minutesAgo(-90), "now", "the server's clock is ahead of mine");
  assert.equal(minutesAgo(1.9), "1 minute ago");
  assert.equal(minutesAgo(59), "59 minutes ago");
  assert.equal(minutesAgo(60), "1 hour ago");
  assert.equal(minutesAgo(24 * 60), "yesterday");
  assert.equal(minutesAgo(6 * 24 * 60), "6 days ago");
  assert.equal(minutesAgo(7 * 24 * 60), "May 5, 2026");
  assert.equal(minutesAgo(5, "de"), "vor 5 Minuten");
});
