// The sentences of what only some checkouts load, in one language.

import { STRONG, rich } from '../element/page.js';

const BLANK = /\{(\w+)\}/;

export class Words {
  #sentences;
  /** The file that it is from, such as `de-du` */
  language;
  #plans;

  /**
   * @param {Record<string, string>} sentences by their keys
   * @param {string} language
   */
  constructor(sentences, language) {
    this.#sentences = sentences;
    this.language = language;
  }

  /** The same with other sentences beside these. */
  with(sentences) {
    return new Words({ ...this.#sentences, ...sentences }, this.language);
  }

  /** Amounts and percentages are written by the plans of a policy, where there are any. */
  writtenBy(plans) {
    this.#plans = plans;
  }

  has(key) {
    return key in this.#sentences;
  }

  /** A sentence with what stands in its blanks; what is filled in may hold braces of its own. */
  text(key, blanks = {}) {
    return this.#sentences[key].replace(new RegExp(BLANK, 'g'), (_, name) => blanks[name] ?? '');
  }

  /** The same as nodes: what is strong is strong, and a blank may hold an element. */
  nodes(key, blanks = {}) {
    const parts = this.#sentences[key].replaceAll('*', STRONG).split(BLANK);
    return parts.flatMap((part, place) => (place & 1 ? blanks[part] ?? '' : rich(part)));
  }

  /** A day with its year: `21. Dezember 2026`. */
  date(iso) {
    const [year, month, day] = iso.split('-').map(Number);
    return this.text('plan.date', { day, month: this.#list('date.months')[month - 1], year });
  }

  /** A day of the coming months with its weekday: `Montag, 21. Dezember`. */
  day(iso) {
    const [, month, day] = iso.split('-').map(Number);
    const weekday = this.#list('date.weekdays')[(new Date(iso).getUTCDay() + 6) % 7];
    return this.text('date.short', { weekday, day, month: this.#list('date.months')[month - 1] });
  }

  /** `3, 6 oder 12` */
  either(items) {
    const last = items.slice(-1);
    return items.length > 1 ? `${items.slice(0, -1).join(', ')} ${this.text('plan.or')} ${last}` : `${last}`;
  }

  amount(money) {
    return this.#plans.amountText(money, this.language);
  }

  /** An amount in a sentence that nobody agrees to, as the browser writes it. */
  money({ minor, currency }) {
    const writer = new Intl.NumberFormat(this.language.slice(0, 2), { style: 'currency', currency });
    return writer.format(minor / 10 ** writer.resolvedOptions().maximumFractionDigits);
  }

  /** Without its sign */
  percent(plain) {
    return this.#plans.percentText(plain, this.language);
  }

  /** With its sign, as core writes it */
  rate(plain) {
    return `${this.percent(plain)}${this.language.startsWith('en') ? '' : '\u00a0'}%`;
  }

  #list(key) {
    return this.#sentences[key].split('|');
  }
}
