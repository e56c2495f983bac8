/**
 * Instants in the words of a person: "3 minutes ago", "yesterday", "12 May".
 *
 * Pure: the present is an argument. Clocks differ, so what seems to be a little in the
 * future counts as now.
 *
 * @import { Words } from "../words/words.js"
 */

import texts from "../../messages/en/home.json";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const TRASH_DAYS = 30; // the server removes for good what is longer in the trash

/**
 * How long ago an instant was.
 * @param {Words} t
 * @param {string} instant ISO 8601
 * @param {number} nowMs
 * @param {string} [zone] the time zone that days are counted in; the browser's
 * @returns {string}
 */
export function ago(t, instant, nowMs, zone) {
  const then = Date.parse(instant);
  const past = nowMs - then;
  if (past < MINUTE_MS) return t(texts.just_now);
  const before = new Intl.RelativeTimeFormat(localeOf(t), { numeric: "auto" });
  if (past < HOUR_MS) return before.format(-Math.floor(past / MINUTE_MS), "minute");
  const days = dayNumber(nowMs, zone) - dayNumber(then, zone);
  if (days === 0) return before.format(-Math.floor(past / HOUR_MS), "hour");
  if (days < 7) return before.format(-days, "day");
  return date(t, then, nowMs, zone);
}

/**
 * An instant in full, for a tool tip.
 * @param {Words} t
 * @param {string} instant ISO 8601
 * @param {string} [zone]
 * @returns {string}
 */
export function inFull(t, instant, zone) {
  return new Intl.DateTimeFormat(localeOf(t), {
    ...{ dateStyle: "long", timeStyle: "short", timeZone: zone },
  }).format(Date.parse(instant));
}

/**
 * How long the trash still keeps a board.
 * @param {Words} t
 * @param {string} deletedAt ISO 8601
 * @param {number} nowMs
 * @returns {string}
 */
export function kept(t, deletedAt, nowMs) {
  const left = Date.parse(deletedAt) + TRASH_DAYS * DAY_MS - nowMs;
  const days = Math.min(Math.ceil(left / DAY_MS), TRASH_DAYS);
  return t(texts.kept, { n: Math.max(0, days) });
}

/**
 * @param {Words} t
 * @returns {string} days before months in English, too
 */
function localeOf({ language }) {
  return language === "en" ? "en-GB" : language;
}

/**
 * @param {Words} t
 * @param {number} then
 * @param {number} nowMs
 * @param {string} [zone]
 */
function date(t, then, nowMs, zone) {
  const isThisYear = yearOf(then, zone) === yearOf(nowMs, zone);
  return new Intl.DateTimeFormat(localeOf(t), {
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
