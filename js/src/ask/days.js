// Days as they are spoken of: `15.12.`, Friday, in two weeks, the end of the month.

const DAY_MS = 86_400_000;
export const MONTHS = 12;

const iso = (time) => new Date(time).toISOString().slice(0, 10);

export const plusDays = (day, days) => iso(Date.parse(day) + days * DAY_MS);

/** A day of the month that comes so many months later; `0` is the last of the one before. */
export function dayOfMonth(today, months, day) {
  const [year, month] = today.split('-').map(Number);
  return iso(Date.UTC(year, month - 1 + months, day));
}

/** The same day so many months later, or the last of that month. */
export function plusMonths(today, months) {
  const [day, last] = [dayOfMonth(today, months, +today.slice(8)), dayOfMonth(today, months + 1, 0)];
  return day > last ? last : day;
}

/** The first day of that weekday, counted from Monday, after today. */
export const nextWeekday = (today, weekday) => plusDays(today, ((weekday - ((new Date(today).getUTCDay() + 6) % 7) + 6) % 7) + 1);

/** The next day of that number; of a month that has no such day, none. */
export function nextOfMonth(today, day) {
  const found = [0, 1].map((months) => dayOfMonth(today, months, day)).find((one) => one >= today);
  return found && +found.slice(8) === day ? found : undefined;
}

/** A day of the calendar; where no year is said, the one that is nearest. */
export function dayOf(today, day, month, year) {
  if (month < 1 || month > MONTHS) return undefined;
  const now = +today.slice(0, 4);
  const years = year === undefined ? [now - 1, now, now + 1] : [year < 100 ? 2000 + year : year];
  const all = years.map((one) => iso(Date.UTC(one, month - 1, day))).filter((one) => +one.slice(8) === day);
  const far = (one) => Math.abs(Date.parse(one) - Date.parse(today));
  return all.sort((one, other) => far(one) - far(other))[0];
}
