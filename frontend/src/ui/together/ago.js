/**
 * How long ago something was, in the words of a language. Pure.
 */

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const MAX_DAYS = 7; // then the date says more

/**
 * @param {number} at ms since 1970
 * @param {number} now ms since 1970; a clock that is late shows "now"
 * @param {string} language
 * @returns {string}
 */
export function ago(at, now, language) {
  const passed = Math.max(0, now - at);
  const format = new Intl.RelativeTimeFormat(language, { numeric: "auto" });
  if (passed < MINUTE_MS) return format.format(0, "second");
  if (passed < HOUR_MS) return format.format(-Math.floor(passed / MINUTE_MS), "minute");
  if (passed < DAY_MS) return format.format(-Math.floor(passed / HOUR_MS), "hour");
  const days = Math.floor(passed / DAY_MS);
  if (days < MAX_DAYS) return format.format(-days, "day");
  return new Intl.DateTimeFormat(language, { dateStyle: "medium" }).format(at);
}
