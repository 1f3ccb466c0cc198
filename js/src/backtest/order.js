// An order of the past, one line: what was known of it, how it was paid, what it earned. src/wire/order.rs again, but for two things that
// a browser's own JSON does not tell: a key that stands twice counts as it stands last, and 1.0 is 1.

import { NO_DATE, dayOf } from '../engine/dates.js';
import { TOO_LONG } from './lines.js';

const BESIDE_FACTS = ['today', 'outcome', 'margin'];
const PAID = ['on_time', 'late', 'unpaid'];
const SHARE = /^(0|1)(?:\.([0-9]{1,6}))?$/;
const WHOLE_PPM = 1_000_000;

/**
 * @typedef {{ code: string, message: string, help: string, at: string }} Problem
 * @typedef {object} Order
 * @property {number} line its number, from 1
 * @property {string} today
 * @property {Record<string, any>} facts
 * @property {string} at where the facts stand in the line: `/facts`, or nothing if they are the whole line
 * @property {{ method: string | undefined, paid: string, lost: number | null } | null} outcome `lost` in minor units
 * @property {{ minor: number } | { ppm: number } | null} margin
 * @property {Problem[]} problems what is wrong beside the facts
 */

const problem = (code, at, message, help) => ({ code, message, help, at });
const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
const escaped = (key) => key.replaceAll('~', '~0').replaceAll('/', '~1');

/**
 * @param {[number, unknown]} numbered a line as text or as what it says
 * @param {{ today: string, currency: string }} defaults the day of orders that name none, and the policy's currency
 * @returns {{ order: Order } | { refused: Problem[] }} refused is what cannot be looked into any further
 */
export function readOrder([line, given], { today, currency }) {
  if (given === TOO_LONG) return { refused: [problem('json.too_long', '', 'the line is longer than 1 MiB', 'write one order a line')] };
  let whole = given;
  if (typeof given === 'string') {
    try {
      whole = JSON.parse(given.charCodeAt(0) === 0xfeff ? given.slice(1) : given);
    } catch (error) {
      return { refused: [problem('json.malformed', '', error.message, 'write one JSON object a line')] };
    }
  }
  if (!isObject(whole)) return { refused: [noObject('', 'the line is')] };
  if (whole.facts === undefined) return { order: { line, today, facts: whole, at: '', outcome: null, margin: null, problems: [] } };
  const unknown = Object.keys(whole).find((key) => key !== 'facts' && !BESIDE_FACTS.includes(key));
  if (unknown !== undefined) {
    return { refused: [problem('json.key_unknown', `/${escaped(unknown)}`, `unknown key \`${unknown}\``, 'beside `facts` there is only `today`, `outcome`, `margin`')] };
  }
  if (!isObject(whole.facts)) return { refused: [noObject('/facts', 'the facts are')] };
  const day = whole.today === undefined ? today : whole.today;
  if (dayOf(day) === NO_DATE) return { refused: [problem('fact.date_malformed', '/today', '`today` is not a date', 'write it as `2026-11-21`')] };
  const problems = [];
  const tell = (...told) => problems.push(problem(...told));
  const outcome = whole.outcome === undefined ? null : outcomeOf(whole.outcome, currency, tell);
  const margin = whole.margin === undefined ? null : marginOf(whole.margin, currency, tell);
  return { order: { line, today: day, facts: whole.facts, at: '/facts', outcome, margin, problems } };
}

const noObject = (at, what) => problem('fact.type', at, `${what} not an object`, 'write `{"cart.total": …}`');

function outcomeOf(outcome, currency, tell) {
  if (!isObject(outcome)) return void tell('order.type', '/outcome', '`outcome` is not an object', 'write `{"paid": "on_time"}`');
  const { method, paid } = outcome;
  for (const key of Object.keys(outcome)) {
    if (!['method', 'paid', 'lost'].includes(key)) tell('json.key_unknown', `/outcome/${escaped(key)}`, `unknown key \`${key}\``, 'an outcome has `paid`, `method` and `lost`');
  }
  const listed = `write one of ${PAID.map((word) => `\`${word}\``).join(', ')}`;
  if (paid === undefined) tell('order.paid.missing', '/outcome', 'the outcome does not say how it was `paid`', listed);
  else if (typeof paid !== 'string') tell('order.type', '/outcome/paid', '`paid` is not a text', listed);
  else if (!PAID.includes(paid)) tell('order.paid.unknown', '/outcome/paid', `\`paid\` is \`${paid}\``, listed);
  if (method !== undefined && typeof method !== 'string') tell('order.type', '/outcome/method', '`method` is not a text', 'write the id of the method it was bought with');
  const lost = outcome.lost === undefined ? null : minorOf(outcome.lost, '/outcome/lost', 'lost', currency, tell);
  if (lost < 0) tell('order.lost.negative', '/outcome/lost/minor', '`lost` is below zero', 'write what was lost as a positive amount, or leave it out');
  if (paid === 'on_time' && outcome.lost !== undefined) {
    tell('order.lost.unexpected', '/outcome/lost', 'something was lost though it was paid `on_time`', 'leave `lost` out, or say that it was paid `late` or is `unpaid`');
  }
  return { method, paid, lost };
}

function marginOf(margin, currency, tell) {
  if (isObject(margin)) return { minor: minorOf(margin, '/margin', 'margin', currency, tell) };
  const [, whole, fraction = ''] = (typeof margin === 'string' && SHARE.exec(margin)) || [];
  const ppm = Number(whole) * WHOLE_PPM + Number(fraction.padEnd(6, '0'));
  if (ppm <= WHOLE_PPM) return { ppm };
  const help = `write \`{"minor": 1250, "currency": "${currency}"}\`, or a share of the total, \`"0.35"\``;
  return void tell('order.margin', '/margin', '`margin` is neither an amount nor a share between 0 and 1', help);
}

/** The minor units of an amount of the policy's currency, or null. */
function minorOf(value, at, name, currency, tell) {
  const keys = isObject(value) ? Object.keys(value).filter((key) => value[key] !== undefined) : [];
  if (keys.length !== 2 || !Number.isSafeInteger(value.minor) || typeof value.currency !== 'string') {
    tell('order.amount', at, `\`${name}\` is not an amount in minor units`, `write \`{"minor": 1250, "currency": "${currency}"}\` and nothing else`);
    return null;
  }
  if (value.currency !== currency) {
    tell('order.currency', `${at}/currency`, `\`${name}\` is in \`${value.currency}\`, and the policy in ${currency}`, `write the amount in ${currency}`);
    return null;
  }
  return value.minor;
}
