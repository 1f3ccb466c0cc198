// Local dates as days since 1970-01-01, as the engine counts them: 1900-01-01 to 2199-12-31.

// Days of a year that begins on 1 March before each month, so that the leap day comes last; and the days of each month.
const BEFORE = [0, 306, 337, 0, 31, 61, 92, 122, 153, 184, 214, 245, 275];
const LENGTH = [0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** What stands for no date: a day before all that can be named. */
export const NO_DATE = -99_999;

/**
 * The day of `2026-11-21`, or NO_DATE for anything that is no such date.
 * @param {unknown} text
 */
export function dayOf(text) {
  if (typeof text !== 'string' || text.length !== 10 || text.charCodeAt(4) !== 45 || text.charCodeAt(7) !== 45) return NO_DATE;
  const year = pair(text, 0) * 100 + pair(text, 2);
  const month = pair(text, 5);
  const day = pair(text, 8);
  if (!(year >= 1900 && year <= 2199 && month >= 1 && month <= 12 && day >= 1)) return NO_DATE;
  const leap = month === 2 && (year & 3) === 0 && (year % 100 !== 0 || year % 400 === 0);
  if (day > LENGTH[month] + (leap ? 1 : 0)) return NO_DATE;
  // Which half of the year or of the century it is, no processor can guess: it is computed.
  const from = year - ((month - 3) >>> 31);
  const century = (from * 5243) >> 19;
  return from * 365 + (from >> 2) - century + (century >> 2) + BEFORE[month] + day - 719_469;
}

/** Two digits as a number; one that no date has where they are none. */
function pair(text, at) {
  const tens = text.charCodeAt(at) - 48;
  const ones = text.charCodeAt(at + 1) - 48;
  return (tens | ones | (9 - tens) | (9 - ones)) < 0 ? -9999 : tens * 10 + ones;
}

/**
 * `2026-11-21` for a day.
 * @param {number} day
 */
export function isoOf(day) {
  return new Date(day * 86_400_000).toISOString().slice(0, 10);
}
