// Local dates as days since 1970-01-01, as the engine counts them: 1900-01-01 to 2199-12-31.

/**
 * The day of `2026-11-21`, or NaN for anything that is no such date.
 * @param {unknown} text
 */
export function dayOf(text) {
  if (typeof text !== 'string' || text.length !== 10 || text[4] !== '-' || text[7] !== '-') return NaN;
  const [year, month, day] = [digits(text, 0, 4), digits(text, 5, 7), digits(text, 8, 10)];
  if (!(year >= 1900 && year <= 2199 && month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month))) return NaN;
  // Years that begin on 1 March put the leap day last, so that months have fixed beginnings.
  const from = month > 2 ? year : year - 1;
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
  return from * 365 + Math.floor(from / 4) - Math.floor(from / 100) + Math.floor(from / 400) + dayOfYear - 719_468;
}

function digits(text, start, end) {
  let number = 0;
  for (let at = start; at < end; at += 1) {
    const digit = text.charCodeAt(at) - 48;
    if (!(digit >= 0 && digit <= 9)) return NaN;
    number = number * 10 + digit;
  }
  return number;
}

function daysIn(year, month) {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/**
 * `2026-11-21` for a day.
 * @param {number} day
 */
export function isoOf(day) {
  return new Date(day * 86_400_000).toISOString().slice(0, 10);
}
