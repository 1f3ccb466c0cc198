// Facts of an order into the engine's numbered slots.

import { CATALOGUE } from '../catalogue.js';
import { dayOf } from './dates.js';

/**
 * @typedef {object} Fact how one fact is written
 * @property {string} name
 * @property {number} index its number
 * @property {string} kind
 * @property {number} low smallest value
 * @property {number} high largest value
 * @property {Map<string, number> | undefined} choices
 *
 * @typedef {object} Slots
 * @property {Map<string, Fact>} facts what may be set here
 * @property {Fact[]} order the facts as they came last: orders of one shop mostly have the same ones in the same order
 * @property {string} currency
 * @property {Map<string, number>} texts the texts that the policy mentions, and behind them others that were met
 * @property {string[]} mentioned the texts that the policy mentions
 * @property {Int32Array} scratch values as they will be, low and high word
 * @property {Uint32Array} scratchLists lists as they will be
 * @property {number} used how many list slots are taken
 * @property {Int32Array | null} values the engine's values
 * @property {Int32Array | null} present the engine's presence bits
 * @property {Uint32Array | null} lists the engine's lists
 */

const LIST_MAX = 64;
const LIST_SLOTS = 512;
const OTHER_TEXTS = 4096; // how many texts that the policy does not mention are remembered
const WORD = 4294967296;
const BAD = NaN;
const BIRTH_DATE = 'customer.birth_date';

/** @param {import('./policy.js').PolicyInfo} policy @returns {Slots} */
export function newSlots(policy) {
  const facts = new Map();
  CATALOGUE.forEach(([name, kind, visibility, low, high, choices], index) => {
    if (visibility === 'client' || (visibility === 'server' && !policy.residual)) facts.set(name, { name, index, kind, low, high, choices: choices && numbered(choices) });
  });
  for (const { index, name, kind, client } of policy.custom) {
    if (client || !policy.residual) facts.set(name, { name, index, kind, low: -Number.MAX_SAFE_INTEGER, high: Number.MAX_SAFE_INTEGER, choices: undefined });
  }
  return {
    facts,
    order: [],
    currency: policy.currency,
    texts: numbered(policy.texts),
    mentioned: policy.texts,
    scratch: new Int32Array(256),
    scratchLists: new Uint32Array(LIST_SLOTS),
    used: 0,
    values: null,
    present: null,
    lists: null,
  };
}

/** Words with their places. */
export const numbered = (words) => new Map(words.map((word, place) => [word, place]));

/** Between which days somebody alive today was born: not in the future, not more than 130 years back. */
export function livesOn(slots, today) {
  const born = slots.facts.get(BIRTH_DATE);
  born.low = today === undefined ? -Infinity : today - 47_482;
  born.high = today === undefined ? Infinity : today;
}

/**
 * Writes facts into the slots; false if one of them is not as the catalogue says, and then nothing is written.
 *
 * @param {Record<string, any>} given
 * @param {Slots} slots
 */
export function writeFacts(given, slots) {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) return false;
  const { facts, order, scratch, currency } = slots;
  let [first, last, at] = [0, 0, 0];
  slots.used = 0;
  if (slots.texts.size > slots.mentioned.length + OTHER_TEXTS) slots.texts = numbered(slots.mentioned);
  for (const name in given) {
    let value = given[name];
    if (value === undefined) continue;
    let fact = order[at];
    if (fact === undefined || fact.name !== name) {
      fact = facts.get(name);
      if (fact === undefined) return false;
      order[at] = fact;
    }
    at += 1;
    const { index, kind } = fact;
    let number;
    if (kind === 'amount') {
      if (typeof value !== 'object' || value === null || value.currency !== currency || !isBare(value)) return false;
      number = value.minor;
      if (!(Number.isSafeInteger(number) && number >= fact.low && number <= fact.high)) return false;
    } else if (kind === 'integer') {
      number = value;
      if (!(Number.isSafeInteger(number) && number >= fact.low && number <= fact.high)) return false;
    } else if (kind === 'boolean') {
      if (typeof value !== 'boolean') return false;
      number = +value;
    } else if (kind === 'date') {
      number = dayOf(value);
      if (!(number >= fact.low && number <= fact.high)) return false;
    } else {
      number = kind === 'choice' ? fact.choices.get(value) : kind === 'country' ? country(value) : kind === 'text' ? text(value, slots) : list(value, slots);
      if (!(number >= 0)) return false;
    }
    scratch[index * 2] = number;
    scratch[index * 2 + 1] = number === (number | 0) ? number >> 31 : Math.floor(number / WORD);
    // The catalogue's facts lie in the first word of presence bits, the policy's own, from 96, in the fourth.
    if (index < 32) first |= 1 << index;
    else last |= 1 << (index & 31);
  }
  // Everything was as it should be: now it goes into the engine's memory.
  const { values, lists, present, scratchLists, used } = slots;
  values.set(scratch);
  for (let place = 0; place < used; place += 1) lists[place] = scratchLists[place];
  present[0] = first;
  present[1] = 0;
  present[2] = 0;
  present[3] = last;
  return true;
}

/** Whether an amount has nothing beside its two parts. */
function isBare(amount) {
  for (const name in amount) if (name !== 'minor' && name !== 'currency' && amount[name] !== undefined) return false;
  return true;
}

/** Two capitals as one number. */
function country(value) {
  if (typeof value !== 'string' || value.length !== 2) return BAD;
  const [first, second] = [value.charCodeAt(0), value.charCodeAt(1)];
  return first > 64 && first < 91 && second > 64 && second < 91 ? first * 256 + second : BAD;
}

/** The number of a text; one that the policy does not mention is equal to itself and to nothing else. */
function text(value, slots) {
  if (typeof value !== 'string') return BAD;
  const { texts } = slots;
  let number = texts.get(value);
  if (number === undefined) {
    number = texts.size;
    texts.set(value, number);
  }
  return number;
}

/** First slot and length of a list as one number. */
function list(value, slots) {
  if (!Array.isArray(value) || value.length > LIST_MAX || slots.used + value.length > LIST_SLOTS) return BAD;
  const first = slots.used;
  for (let place = 0; place < value.length; place += 1) {
    const number = text(value[place], slots);
    if (!(number >= 0)) return BAD;
    slots.scratchLists[slots.used] = number;
    slots.used += 1;
  }
  return first * 256 + value.length;
}
