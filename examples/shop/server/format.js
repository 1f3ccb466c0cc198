// Amounts and dates for people.

const amounts = new Map();
const days = new Map();

export function amount({ minor, currency }, tag) {
  const key = `${tag} ${currency}`;
  if (!amounts.has(key)) amounts.set(key, new Intl.NumberFormat(tag, { style: 'currency', currency }));
  return amounts.get(key).format(minor / 100);
}

/** `2026-11-24` as "Dienstag, 24. November", which breaks after the comma only. A date without a time has no zone: it is read and written as UTC. */
export function day(date, tag) {
  if (!days.has(tag)) days.set(tag, new Intl.DateTimeFormat(tag, { weekday: 'long', day: 'numeric', month: 'long', timeZone: 'UTC' }));
  return days.get(tag).format(new Date(`${date}T00:00:00Z`)).replace(/(\d\.?) /, '$1\u00a0');
}

const shortDays = new Map();

/** `2026-11-24` as "Di., 24. Nov." */
export function shortDay(date, tag) {
  if (!shortDays.has(tag)) shortDays.set(tag, new Intl.DateTimeFormat(tag, { weekday: 'short', day: 'numeric', month: 'short', timeZone: 'UTC' }));
  return shortDays.get(tag).format(new Date(`${date}T00:00:00Z`)).replaceAll(' ', '\u00a0');
}

const BERLIN = 'Europe/Berlin';
const localDay = new Intl.DateTimeFormat('sv-SE', { timeZone: BERLIN });

/** Today where the shop is. */
export const todayInBerlin = (now = new Date()) => localDay.format(now);

/** The day of an instant where the shop is. */
export const dayOf = (instant) => localDay.format(new Date(instant));

const times = new Map();

/** The time of day of an instant where the shop is: "08:05" */
export function timeOf(instant, tag) {
  if (!times.has(tag)) times.set(tag, new Intl.DateTimeFormat(tag, { hour: '2-digit', minute: '2-digit', timeZone: BERLIN }));
  return times.get(tag).format(new Date(instant));
}

/** Three days on, and never on a Sunday. */
export function expectedDelivery(today) {
  const date = new Date(`${today}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + 3);
  if (date.getUTCDay() === 0) date.setUTCDate(date.getUTCDate() + 1);
  return date.toISOString().slice(0, 10);
}
