// What is wrong with a set of facts, all of it: for the people who integrate. The codec only says that something is.

import { CATALOGUE } from './catalogue.js';
import { NO_DATE, dayOf } from './engine/dates.js';

const LIST_MAX = 64;
const LIST_SLOTS = 512;

const KINDS = {
  boolean: 'true or false',
  integer: 'a whole number',
  amount: 'an amount such as {"minor": 1250, "currency": "EUR"}',
  date: 'a date such as "2026-11-21"',
  choice: 'one of its choices',
  country: 'a country code such as "DE"',
  text: 'a text',
  texts: 'a list of texts',
};

/**
 * @param {unknown} facts
 * @param {import('./engine/policy.js').PolicyInfo} policy
 * @param {number | undefined} today
 */
export function checkFacts(facts, policy, today) {
  const found = [];
  const tell = (name, code, message, help, below = '') =>
    found.push({ code, message, help, at: name === null ? '' : `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}${below}` });
  if (typeof facts !== 'object' || facts === null || Array.isArray(facts)) {
    tell(null, 'fact.type', 'the facts are not an object', 'give an object such as {"cart.total": {"minor": 1250, "currency": "EUR"}}');
    return found;
  }
  const room = { left: LIST_SLOTS };
  // By their names, as the service reads them: of lists that are too long together it is the same one that finds no room.
  for (const [name, value] of Object.entries(facts).sort(([one], [other]) => (one < other ? -1 : 1))) {
    if (value === undefined) continue;
    const fact = describe(name, policy);
    if (!fact) tell(name, 'fact.unknown', `there is no fact \`${name}\``, 'see the catalogue of facts, or declare it in the policy');
    else if (fact.visibility === 'derived') tell(name, 'fact.derived', `\`${name}\` is computed by the engine`, 'leave it out');
    else if (fact.visibility === 'server' && policy.residual) tell(name, 'fact.server_only', `\`${name}\` may only come from the shop's server`, 'give it when the session is opened');
    else checkValue(tell, name, value, fact, policy, today, room);
  }
  return found;
}

function describe(name, policy) {
  const known = CATALOGUE.find((row) => row?.[0] === name);
  if (known) return { kind: known[1], visibility: known[2], low: known[3], high: known[4], choices: known[5] };
  const own = policy.custom.find((fact) => fact.name === name);
  return own && { kind: own.kind, visibility: own.client ? 'client' : 'server', low: -Number.MAX_SAFE_INTEGER, high: Number.MAX_SAFE_INTEGER };
}

function checkValue(tell, name, value, { kind, low, high, choices }, policy, today, room) {
  const type = (below) => tell(name, 'fact.type', `\`${name}\` is not ${KINDS[kind]}`, `give ${KINDS[kind]}`, below);
  const range = (text, below) => tell(name, 'fact.range', `\`${name}\` is out of range`, text, below);
  const number = (found, below) => {
    if (typeof found !== 'number') type(below);
    else if (!Number.isInteger(found)) tell(name, kind === 'amount' ? 'fact.precision' : 'fact.type', `\`${name}\` is not whole`, 'amounts are whole minor units, counts are whole numbers', below);
    else if (!Number.isSafeInteger(found) || found < low || found > high) range(`give a number from ${low} to ${high}`, below);
  };
  if (kind === 'boolean') {
    if (typeof value !== 'boolean') type();
  } else if (kind === 'integer') {
    number(value);
  } else if (kind === 'amount') {
    if (typeof value !== 'object' || value === null || Object.keys(value).sort().join() !== 'currency,minor' || typeof value.currency !== 'string') type();
    else {
      number(value.minor, '/minor');
      if (value.currency !== policy.currency) tell(name, 'fact.currency', `\`${name}\` is in ${value.currency}`, `the policy decides in ${policy.currency}`, '/currency');
    }
  } else if (kind === 'date') {
    const day = dayOf(value);
    if (typeof value !== 'string') type();
    else if (isOfAnotherTime(value)) range('give a day from 1900 to 2199');
    else if (day === NO_DATE) tell(name, 'fact.date_malformed', `\`${name}\` is not a date`, 'give a day that exists, such as 2026-11-21');
    else if (name === 'customer.birth_date' && today !== undefined && (day > today || day < today - 47_482)) range('give a day in the last 130 years');
  } else if (kind === 'choice') {
    if (typeof value !== 'string') type();
    else if (!choices.includes(value)) tell(name, 'fact.choice_unknown', `\`${name}\` has no choice \`${value}\``, `give one of ${choices.join(', ')}`);
  } else if (kind === 'country') {
    if (typeof value !== 'string') type();
    else if (!/^[A-Z]{2}$/.test(value)) tell(name, 'fact.country_malformed', `\`${name}\` is not a country code`, 'give two capitals, such as DE');
  } else if (kind === 'text') {
    if (typeof value !== 'string') type();
  } else if (!Array.isArray(value)) {
    type();
  } else {
    const wrong = value.slice(0, LIST_MAX).findIndex((item) => typeof item !== 'string');
    if (wrong >= 0) type(`/${wrong}`);
    else if (value.length > LIST_MAX || value.length > room.left) tell(name, 'fact.list_too_long', `\`${name}\` has more entries than there is room for`, 'give at most 64 a list, and 512 in all');
    else room.left -= value.length;
  }
}

/** A date, though not one that can be named. The year 2000 has every day that any year has. */
const isOfAnotherTime = (text) => /^\d{4}-\d{2}-\d{2}$/.test(text) && !/^(19|20|21)/.test(text) && dayOf(`2000${text.slice(4)}`) !== NO_DATE;
