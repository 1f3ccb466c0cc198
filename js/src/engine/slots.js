// Facts of an order into the engine's numbered slots.

import { CATALOGUE } from '../catalogue.js';
import { dayOf } from './dates.js';

/**
 * @typedef {object} Fact how one fact is written
 * @property {string} name
 * @property {number} index its number
 * @property {number} kind see KINDS
 * @property {number} low smallest value
 * @property {number} high largest value
 * @property {string[] | undefined} choices
 * @property {Fact} next the fact that came behind it last: orders of one shop mostly have the same ones in the same order
 * @property {Fact} other the one that came behind it before that
 */

/** What a fact's value is, by the number that the catalogue gives it. */
export const KINDS = ['amount', 'integer', 'boolean', 'date', 'choice', 'country', 'text', 'texts'];
// The places, as numbers that are written out: a minifier puts them where they are used.
const AMOUNT = 0;
const INTEGER = 1;
const BOOLEAN = 2;
const DATE = 3;
const CHOICE = 4;
const COUNTRY = 5;
const TEXT = 6;

const UPPER = 128; // how far the upper half of a value is from the lower
const LIST_MAX = 64;
const LIST_SLOTS = 512;
const OTHER_TEXTS = 4096; // how many texts that the policy does not mention are remembered
const WORD = 4294967296;
const BIRTH_DATE = 'customer.birth_date';

/** Words with their places. */
const numbered = (words) => new Map(words.map((word, place) => [word, place]));

/** No fact; should somebody give one of that name, no amount lies between its bounds. */
const NONE = { name: '', index: 0, kind: 0, low: 1, high: 0, choices: undefined, next: undefined, other: undefined };

/** The slots of one engine. There are several sets of them in the module's memory: the engine reads one, another is written. */
export class Slots {
  #facts = new Map();
  #first = { ...NONE, next: NONE, other: NONE };
  #currency;
  #mentioned;
  #texts; // the texts that the policy mentions, and behind them others that were met
  #words; // the module's memory as words of 32 bits, and places in it:
  #values = 0;
  #present = 0;
  #lists = 0;
  #apart = 0; // from one set to the next
  #which = 0; // where it stands which set the engine reads
  set = 0; // that set
  #used = 0; // list slots that are taken

  /** @param {import('./policy.js').PolicyInfo} policy */
  constructor(policy) {
    const add = (name, index, kind, low, high, choices) =>
      this.#facts.set(name, { name, index, kind, low, high: choices ? choices.length - 1 : high, choices, next: NONE, other: NONE });
    CATALOGUE.forEach(([name, kind, visibility, low, high, choices], index) => {
      if (visibility !== 'derived' && (visibility !== 'server' || !policy.residual)) add(name, index, KINDS.indexOf(kind), low, high, choices);
    });
    for (const { index, name, kind, client } of policy.custom) {
      if (client || !policy.residual) add(name, index, KINDS.indexOf(kind), -Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER);
    }
    this.#currency = policy.currency;
    this.#mentioned = policy.texts;
    this.#texts = numbered(policy.texts);
  }

  /**
   * Where the slots are, in words: of the first set its values, presence bits and lists, then how far the next one is and the place
   * where it stands which of them is read.
   */
  at(words, [values, present, lists, apart], which) {
    this.#words = words;
    this.#values = values >> 2;
    this.#present = present >> 2;
    this.#lists = lists >> 2;
    this.#apart = apart >> 2;
    this.#which = which;
    this.set = words[which];
  }

  /** Between which days somebody alive today was born: not in the future, not more than 130 years back. */
  livesOn(today) {
    const born = this.#facts.get(BIRTH_DATE);
    born.low = today === undefined ? -Infinity : today - 47_482;
    born.high = today === undefined ? Infinity : today;
  }

  /** The cart total as it stands in its slot, the first of all. */
  total() {
    const at = this.#values + this.set * this.#apart;
    return (this.#words[at] >>> 0) + this.#words[at + UPPER] * WORD;
  }

  /**
   * Writes facts into a set; false if one of them is not as the catalogue says, and then the engine goes on reading those before.
   *
   * @param {Record<string, any>} given
   * @param {number} set any but the one that is read
   */
  write(given, set) {
    if (typeof given !== 'object' || given === null || Array.isArray(given)) return false;
    const words = this.#words;
    const base = set * this.#apart;
    const values = this.#values + base;
    const currency = this.#currency;
    // 32 facts a word; the catalogue's lie in the first two, the policy's own, from 96, in the fourth.
    const present = this.#present + base;
    words[present] = words[present + 1] = words[present + 3] = 0;
    let fact = this.#first;
    this.#used = 0;
    if (this.#texts.size > this.#mentioned.length + OTHER_TEXTS) this.#texts = numbered(this.#mentioned);
    for (const name in given) {
      const value = given[name];
      let next = fact.next;
      if (next.name !== name) {
        if (value === undefined) continue;
        next = fact.other;
        if (next.name !== name) {
          next = this.#facts.get(name);
          if (next === undefined) return false;
        }
        fact.other = fact.next;
        fact.next = next;
      } else if (value === undefined) continue;
      fact = next;
      const { index, kind } = fact;
      // All that is computed here fits 32 bits; only a large number has something in its upper word.
      let number = 0;
      let high = 0;
      if (kind === BOOLEAN) {
        if (typeof value !== 'boolean') return false;
        number = value ? 1 : 0;
      } else if (kind <= INTEGER) {
        let whole = value;
        if (kind === AMOUNT) {
          if (value?.currency !== currency) return false;
          whole = value.minor;
          // Nothing stands beside the two parts. Counting is quick, and mostly enough.
          let parts = 0;
          for (const _ in value) parts += 1;
          if (parts !== 2 && hasMore(value)) return false;
        }
        number = whole | 0;
        high = number >> 31;
        if (number !== whole) {
          if (!Number.isSafeInteger(whole)) return false;
          high = Math.floor(whole / WORD);
        }
        if (whole < fact.low || whole > fact.high) return false;
      } else if (kind === DATE) {
        number = dayOf(value);
        high = number >> 31;
        if (number < fact.low || number > fact.high) return false;
      } else {
        number =
          kind === CHOICE ? placeOf(value, fact.choices) : kind === COUNTRY ? country(value) : kind === TEXT ? this.#text(value) : this.#list(value, base);
        if (number < 0 || number > fact.high) return false;
      }
      const at = values + index;
      words[at] = number;
      words[at + UPPER] = high;
      words[present + (index >> 5)] |= 1 << index;
    }
    // Everything was as it should be: from now on the engine reads this set.
    words[this.#which] = this.set = set;
    return true;
  }

  /** The number of a text, −1 for what is none; one that the policy does not mention is equal to itself and to nothing else. */
  #text(value) {
    if (typeof value !== 'string') return -1;
    let number = this.#texts.get(value);
    if (number === undefined) {
      number = this.#texts.size;
      this.#texts.set(value, number);
    }
    return number;
  }

  /** First slot and length of a list as one number, −1 for what is none. */
  #list(value, base) {
    const first = this.#used;
    if (!Array.isArray(value) || value.length > LIST_MAX || first + value.length > LIST_SLOTS) return -1;
    const at = this.#lists + base + first;
    for (let place = 0; place < value.length; place += 1) {
      const text = value[place];
      if (typeof text !== 'string') return -1;
      // Which text it is that the policy does not mention, nobody asks of a list: one number stands for all of them.
      this.#words[at + place] = placeOf(text, this.#mentioned);
    }
    this.#used += value.length;
    return first * 256 + value.length;
  }
}

/** The place of a word among some, or how many they are; quicker here than a search that is called. */
function placeOf(word, words) {
  let place = 0;
  while (place < words.length && words[place] !== word) place += 1;
  return place;
}

/** Whether an amount has something beside its two parts. */
function hasMore(amount) {
  for (const name in amount) if (name !== 'minor' && name !== 'currency' && amount[name] !== undefined) return true;
  return false;
}

/** Two capitals as one number, −1 for anything else. */
function country(value) {
  if (typeof value !== 'string' || value.length !== 2) return -1;
  const [first, second] = [value.charCodeAt(0), value.charCodeAt(1)];
  return first > 64 && first < 91 && second > 64 && second < 91 ? first * 256 + second : -1;
}
