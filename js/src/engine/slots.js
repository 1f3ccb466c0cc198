// The engine's numbered slots from JavaScript: what the generated codec is made of.

import { dayOf } from './dates.js';

/**
 * @typedef {object} Slots
 * @property {import('./policy.js').PolicyInfo} policy
 * @property {Map<string, number>} texts the texts that the policy mentions
 * @property {number} youngest the last day somebody can be born on: today
 * @property {number} oldest the first day somebody alive can be born on: 130 years back
 * @property {Int32Array} scratch values as they will be, low and high word
 * @property {Uint32Array} scratchLists lists as they will be
 * @property {number} used how many list slots are taken
 * @property {string[] | null} unknown texts of this order that the policy does not mention
 * @property {Int32Array} values the engine's values
 * @property {Int32Array} present the engine's presence bits
 * @property {Uint32Array} lists the engine's lists
 */

const LIST_MAX = 64;
const LIST_SLOTS = 512;
const BAD = -100_000;

/** @returns {Slots} */
export function newSlots(policy) {
  return {
    policy,
    texts: new Map(policy.texts.map((text, place) => [text, place])),
    youngest: Infinity,
    oldest: -Infinity,
    scratch: new Int32Array(256),
    scratchLists: new Uint32Array(LIST_SLOTS),
    used: 0,
    unknown: null,
    values: null,
    present: null,
    lists: null,
  };
}

/** Between which days somebody alive today was born: not in the future, not more than 130 years back. */
export function livesOn(slots, today) {
  slots.youngest = today === undefined ? Infinity : today;
  slots.oldest = today === undefined ? -Infinity : today - 47_482;
}

/** A whole number into a slot of 64 bits. */
export function put(scratch, index, value) {
  scratch[index * 2] = value;
  scratch[index * 2 + 1] = Math.floor(value / 4294967296);
}

export function whole(value, low, high) {
  return Number.isSafeInteger(value) && value >= low && value <= high;
}

export function amount(value, currency, low, high) {
  return typeof value === 'object' && value !== null && value.currency === currency && whole(value.minor, low, high) && count(value) === 2;
}

/** Two capitals as one number, −1 for anything else. */
export function country(value) {
  if (typeof value !== 'string' || value.length !== 2) return -1;
  const [first, second] = [value.charCodeAt(0), value.charCodeAt(1)];
  return first > 64 && first < 91 && second > 64 && second < 91 ? first * 256 + second : -1;
}

/** The day of a date, far below all days for anything else. */
export function dayIn(value) {
  const day = dayOf(value);
  return day === day ? day : BAD;
}

/** The number of a text, far below all numbers for anything else. */
export function text(value, slots) {
  if (typeof value !== 'string') return BAD;
  const place = slots.texts.get(value);
  if (place !== undefined) return place;
  // Equal to itself and to nothing else: a number beyond the policy's list, for this order only.
  slots.unknown ??= [];
  let own = slots.unknown.indexOf(value);
  if (own < 0) own = slots.unknown.push(value) - 1;
  return slots.texts.size + own;
}

/** First slot and length of a list as one number, far below all numbers for anything else. */
export function list(value, slots) {
  if (!Array.isArray(value) || value.length > LIST_MAX || slots.used + value.length > LIST_SLOTS) return BAD;
  const first = slots.used;
  for (const item of value) {
    const number = text(item, slots);
    if (number < 0) return BAD;
    slots.scratchLists[slots.used] = number;
    slots.used += 1;
  }
  return first * 256 + value.length;
}

/** How many facts an object holds; one that is undefined is missing. */
export function count(facts) {
  let number = 0;
  for (const name in facts) if (facts[name] !== undefined) number += 1;
  return number;
}

/** Everything was as it should be: now it goes into the engine's memory. */
export function finish(slots, p0, p1, p2, p3) {
  slots.values.set(slots.scratch);
  if (slots.used > 0) slots.lists.set(slots.scratchLists.subarray(0, slots.used));
  const { present } = slots;
  present[0] = p0;
  present[1] = p1;
  present[2] = p2;
  present[3] = p3;
}
