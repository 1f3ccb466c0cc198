// The day, the amount, the share and the number of rates that stand in a question. What is read leaves a sign among its words: `@`, `#`, `%`, `&`.

import { MONTHS, dayOf, dayOfMonth, nextOfMonth, nextWeekday, plusDays, plusMonths } from './days.js';
import { fold, isOneOf, isWord } from './fold.js';

const TOKEN = /\d+(?:[.,'’/-]\d+|[ \u00a0\u202f]\d{3}(?!\d))*\.?|[€%]|\p{L}+/gu;

/** Whole numbers as they are typed, also where a sentence ends with them. */
const NUMBER = /^\d{1,3}\.?$/;
const NUMERIC = /^(\d{1,2})([./-])(\d{1,2})(?:\2(\d{4}|\d{2})|(\.))?\.?$/;
const ISO = /^(\d{4})-(\d\d)-(\d\d)$/;
const YEAR = /^20\d\d\.?$/;
const SHARE = /^1\/([234])$/;

/** Names of months are known by as many letters too. */
const SHORTEST = 3;
const DAYS = 31;
const WEEK = 7;

/** What is read, by its sign. */
const NAMES = { '&': 'rates', '@': 'date', '%': 'share', '#': 'amount' };

/**
 * @param {string} question
 * @param {object} known `today`, `words` of the language, `minorOf`, which reads an amount, and `isMonthFirst`, where `5/12` may be either
 * @returns `tokens`, and what is there of `rates`, `date`, `share` and `amount`, of each the first
 */
export function read(question, known) {
  const tokens = (question.match(TOKEN) ?? []).map(fold);
  const reader = new Reader(tokens, known);
  const [found, left] = [{}, []];
  for (let place = 0; place < tokens.length; ) {
    const [sign, value, width] = reader.at(place) ?? [tokens[place], undefined, 1];
    if (value !== undefined) found[NAMES[sign]] ??= value;
    left.push(sign);
    place += width;
  }
  return { tokens: left, ...found };
}

/** What stands at a place: the sign, the value, and how many words it takes; or nothing but a word. */
class Reader {
  #tokens;
  #known;

  constructor(tokens, known) {
    this.#tokens = tokens;
    this.#known = known;
  }

  at(place) {
    const { today, minorOf } = this.#known;
    const [before, token, next] = [-1, 0, 1].map((step) => this.#tokens[place + step]);
    const isDigits = /^\d/.test(token);
    // 20 euros a month: no number, but what it is for.
    const count = this.#is('currency', before) ? NaN : NUMBER.test(token) ? parseInt(token, 10) : +(this.#named('numbers', token) ?? NaN);
    if (count > 0) {
      if (count > 1 && this.#is('rates', next)) return ['&', count, 2];
      if (this.#is('days', next)) return ['@', plusDays(today, count), 2];
      if (this.#is('weeks', next)) return ['@', plusDays(today, WEEK * count), 2];
      if (this.#is('months', next)) return count > 1 && this.#is('over', before) ? ['&', count, 2] : ['@', plusMonths(today, count), 2];
      if (this.#is('percent', next)) return ['%', count / 100, 2];
      if (this.#is('currency', next) && !isDigits) return ['#', minorOf(`${count}`), 2];
      if (count > 1 && this.#named('shares', next)) return ['%', count / this.#named('shares', next), 2];
    }
    return isDigits ? this.#number(place, count) : this.#word(place);
  }

  #word(place) {
    const { today } = this.#known;
    const [before, token, next] = [-1, 0, 1].map((step) => this.#tokens[place + step]);
    const share = this.#named('shares', token);
    if (share) return ['%', 1 / share, 1];
    const days = this.#named('near', token);
    if (days) return ['@', plusDays(today, +days), 1];
    const weekday = this.#placed('date.weekdays', token);
    if (weekday >= 0) return ['@', nextWeekday(today, weekday), 1];
    // Next week, la semaine prochaine.
    const comes = this.#is('next', token) ? next : this.#is('next', next) && token;
    if (comes && this.#is('weeks', comes)) return ['@', plusDays(today, WEEK), 2];
    if (comes && this.#is('months', comes)) return ['@', dayOfMonth(today, 1, 1), 2];
    if (this.#is('last', token)) return this.#last(place);
    const month = this.#month(token);
    if (month && NUMBER.test(next ?? '') && parseInt(next, 10) <= DAYS) return ['@', dayOf(today, parseInt(next, 10), month), this.#is('th', this.#tokens[place + 2]) ? 3 : 2];
    return month && token.length > SHORTEST && this.#is('in', before) ? ['@', dayOf(today, 1, month), 1] : undefined;
  }

  #number(place, count) {
    const { today, minorOf } = this.#known;
    const [before, token, next] = [-1, 0, 1].map((step) => this.#tokens[place + step]);
    const isMoney = this.#is('currency', next) || before === '€';
    const isBy = this.#is('by', before);
    const share = SHARE.exec(token);
    if (share && !isBy) return ['%', 1 / share[1], 1];
    const day = isMoney ? undefined : this.#dated(token, isBy);
    if (day) return ['@', day.day, 1];
    if (count <= DAYS && !isMoney) {
      const over = this.#is('th', next) ? place + 2 : place + 1;
      const month = this.#month(this.#tokens[over]);
      const year = YEAR.test(this.#tokens[over + 1] ?? '') ? parseInt(this.#tokens[over + 1], 10) : undefined;
      if (month) return ['@', dayOf(today, count, month, year), over - place + (year ? 2 : 1)];
      if (isBy || over > place + 1) return ['@', nextOfMonth(today, count), over - place];
    }
    const minor = minorOf(token.replace(/\.$/, ''));
    return minor === null ? undefined : ['#', minor, this.#is('currency', next) ? 2 : 1];
  }

  /** A day in digits; `day` is not there where nobody knows which is meant. */
  #dated(token, isBy) {
    const { today, isMonthFirst } = this.#known;
    const [, year, month, day] = ISO.exec(token) ?? [];
    if (year) return { day: dayOf(today, +day, +month, +year) };
    const [, one, sign, other, ofYear, dot] = NUMERIC.exec(token) ?? [];
    if (!one || !(ofYear || dot || sign === '/' || isBy)) return undefined;
    const isOpen = isMonthFirst && sign === '/' && +one <= MONTHS && +other <= MONTHS && one !== other;
    const [first, second] = isMonthFirst && sign === '/' && +other > MONTHS ? [+other, +one] : [+one, +other];
    const found = isOpen ? undefined : dayOf(today, first, second, ofYear && +ofYear);
    // 12.50 at the end of a sentence is an amount.
    return found || sign !== '.' || isBy ? { day: found } : undefined;
  }

  /** The end of this month, of the next, or of one that is named. */
  #last(place) {
    const { today } = this.#known;
    const isEnd = (step) => this.#is('months', this.#tokens[place + step]) || this.#month(this.#tokens[place + step]);
    const ahead = [1, 2, 3].find(isEnd);
    if (!ahead) return isEnd(0) ? ['@', dayOfMonth(today, 1, 0), 1] : undefined;
    const which = this.#month(this.#tokens[place + ahead]);
    const isNext = this.#is('next', this.#tokens[place + ahead - 1]);
    return ['@', which ? dayOfMonth(dayOf(today, 1, which), 1, 0) : dayOfMonth(today, isNext ? 2 : 1, 0), ahead + 1];
  }

  #list(key) {
    return fold(this.#known.words.text(key));
  }

  #is(key, token) {
    return isOneOf(this.#list(`read.${key}`), token, true);
  }

  /** What a word stands for, such as 3 for `three`. */
  #named(key, token) {
    const pairs = this.#list(`read.${key}`).split('|').map((pair) => pair.split('='));
    return pairs.find(([patterns]) => isOneOf(patterns, token, true))?.[1];
  }

  #placed(key, token) {
    return this.#list(key).split('|').findIndex((name) => isWord(name, token) || (key === 'date.months' && token.length === SHORTEST && name.startsWith(token)));
  }

  /** The number of a month that is named, or 0. */
  #month(token) {
    return token ? this.#placed('date.months', token) + 1 : 0;
  }
}
