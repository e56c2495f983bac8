/**
 * Instants in the words of a person: "3 minutes ago", "yesterday", "12 May".
 *
 * Pure: the present is an argument. Clocks differ, so what seems to be a little in the
 * future counts as now.
 */

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const TRASH_DAYS = 30; // the server removes for good what is longer in the trash

/**
 * How long ago an instant was.
 * @param {string} instant ISO 8601
 * @param {number} nowMs
 * @param {string} [zone] the time zone that days are counted in; the browser's
 * @returns {string}
 */
export function ago(instant, nowMs, zone) {
  const then = Date.parse(instant);
  const past = nowMs - then;
  if (past < MINUTE_MS) return "just now";
  if (past < HOUR_MS) return counted(past / MINUTE_MS, "minute");
  const days = dayNumber(nowMs, zone) - dayNumber(then, zone);
  if (days === 0) return counted(past / HOUR_MS, "hour");
  if (days === 1) return "yesterday";
  if (days < 7) return `${days} days ago`;
  return date(then, nowMs, zone);
}

/**
 * An instant in full, for a tool tip.
 * @param {string} instant ISO 8601
 * @param {string} [zone]
 * @returns {string}
 */
export function inFull(instant, zone) {
  return new Intl.DateTimeFormat("en-GB", {
    ...{ dateStyle: "long", timeStyle: "short", timeZone: zone },
  }).format(Date.parse(instant));
}

/**
 * How long the trash still keeps a board.
 * @param {string} deletedAt ISO 8601
 * @param {number} nowMs
 * @returns {string}
 */
export function kept(deletedAt, nowMs) {
  const left = Date.parse(deletedAt) + TRASH_DAYS * DAY_MS - nowMs;
  const days = Math.min(Math.ceil(left / DAY_MS), TRASH_DAYS);
  if (days <= 0) return "goes any moment";
  return days === 1 ? "kept for one more day" : `kept for ${days} more days`;
}

/**
 * @param {number} amount
 * @param {string} unit
 */
function counted(amount, unit) {
  const whole = Math.floor(amount);
  return whole === 1 ? `1 ${unit} ago` : `${whole} ${unit}s ago`;
}

/**
 * @param {number} then
 * @param {number} nowMs
 * @param {string} [zone]
 */
function date(then, nowMs, zone) {
  const isThisYear = yearOf(then, zone) === yearOf(nowMs, zone);
  return new Intl.DateTimeFormat("en-GB", {
    day: "numeric",
    month: "long",
    ...(isThisYear ? {} : { year: "numeric" }),
    timeZone: zone,
  }).format(then);
}

/**
 * @param {number} ms
 * @param {string} [zone]
 */
function yearOf(ms, zone) {
  const year = new Intl.DateTimeFormat("en-GB", { year: "numeric", timeZone: zone });
  return year.format(ms);
}

/**
 * The calendar day an instant falls on, counted from 1970.
 * @param {number} ms
 * @param {string} [zone]
 */
function dayNumber(ms, zone) {
  const day = new Intl.DateTimeFormat("en-CA", {
    ...{ year: "numeric", month: "2-digit", day: "2-digit", timeZone: zone },
  });
  return Date.parse(`${day.format(ms)}T00:00:00Z`) / DAY_MS;
}
