// Whether a typed date of birth is one, and if not, what is wrong with it.

import { NO_DATE, dayOf } from '../engine/dates.js';

/**
 * In which fields something is wrong (1 day, 2 month, 4 year); what: the first that applies, as its number among the sentences
 * `birth.error.…`, or −1; and the day that was typed.
 *
 * @param {string[]} typed day, month and year
 * @param {number} today
 * @returns {[number, number, number]}
 */
export function readBirth(typed, today) {
  const where = (isWrong) => typed.reduce((fields, word, place) => fields | (isWrong(word) << place), 0);
  const [day, month, year] = typed.map(Number);
  const date = dayOf([year, month, day].map((number) => `${number}`.padStart(2, '0')).join('-'));
  const wrong = [
    where((word) => !word),
    where((word) => /\D/.test(word)),
    year < 1900 || year > 2199 ? 4 : 0,
    month < 1 || month > 12 ? 2 : 0,
    date === NO_DATE ? 3 : 0,
    date > today ? 4 : 0,
  ];
  const mistake = wrong.findIndex(Boolean);
  return [wrong[mistake] ?? 0, mistake, date];
}
