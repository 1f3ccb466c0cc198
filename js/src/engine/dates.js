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
  // Written out, for whoever writes the facts of a million orders has no time for calls.
  const a = text.charCodeAt(0) - 48;
  const b = text.charCodeAt(1) - 48;
  const c = text.charCodeAt(2) - 48;
  const d = text.charCodeAt(3) - 48;
  const e = text.charCodeAt(5) - 48;
  const f = text.charCodeAt(6) - 48;
  const g = text.charCodeAt(8) - 48;
  const h = text.charCodeAt(9) - 48;
  if ((a | b | c | d | e | f | g | h | (9 - a) | (9 - b) | (9 - c) | (9 - d) | (9 - e) | (9 - f) | (9 - g) | (9 - h)) < 0) return NO_DATE;
  const year = a * 1000 + b * 100 + c * 10 + d;
  const month = e * 10 + f;
  const day = g * 10 + h;
  if (year < 1900 || year > 2199 || day < 1) return NO_DATE;
  const leap = month === 2 && (year & 3) === 0 && (year % 100 !== 0 || year % 400 === 0);
  // A month that there is not has no days.
  if (!(day <= LENGTH[month] + (leap ? 1 : 0))) return NO_DATE;
  // Which half of the year or of the century it is, no processor can guess: it is computed.
  const from = year - ((month - 3) >>> 31);
  const century = (from * 5243) >> 19;
  return from * 365 + (from >> 2) - century + (century >> 2) + BEFORE[month] + day - 719_469;
}

/**
 * `2026-11-21` for a day.
 * @param {number} day
 */
export function isoOf(day) {
  return new Date(day * 86_400_000).toISOString().slice(0, 10);
}
