// The order: what stands in the form, as facts.

import { say } from './language.js';

const DAY_MS = 86_400_000;
const ago = (days) => new Date(Date.now() - days * DAY_MS).toISOString().slice(0, 10);

const KNOWN = { kind: 'consumer', total: '168.40', birth: '1985-03-27', country: 'DE', same: true, signed: true, known: true, on_time: '14', overdue: '0', declines: '0', channel: 'web_shop', more: '' };

/** Whom to begin with: what stands in the form for each. */
export const PEOPLE = {
  'A regular customer': KNOWN,
  'A guest': { ...KNOWN, birth: '', signed: false, known: false, on_time: '', overdue: '', declines: '' },
  'Somebody who owes 74.90': { ...KNOWN, on_time: '3', overdue: '74.90' },
  'Somebody who moved nine days ago': { ...KNOWN, on_time: '5', same: false, more: `{"history.address_changed_on": "${ago(9)}"}` },
  'Somebody who is seventeen': { ...KNOWN, on_time: '0', birth: ago(17 * 365.25 + 5) },
  'A company': { ...KNOWN, kind: 'company', birth: '', total: '1240.00', on_time: '9' },
};

export function fill(form, values) {
  for (const [name, value] of Object.entries(values)) {
    const field = form.elements[name];
    if (!field) continue;
    if (field.type === 'checkbox') field.checked = value;
    else field.value = value;
  }
  form.elements.slide.value = form.elements.total.value;
}

export const valuesOf = (form) => Object.fromEntries(Object.keys(KNOWN).map((name) => [name, form.elements[name].type === 'checkbox' ? form.elements[name].checked : form.elements[name].value]));

const wrong = (message, help) => ({ code: 'playground.facts', severity: 'error', message, help, at: '' });

/** `{ facts }`, or `{ problem }` where something typed is no fact. An empty field is a fact that nobody knows. */
export function factsOf(form) {
  const { kind, total, birth, country, same, signed, known, on_time: onTime, overdue, declines, channel, more } = valuesOf(form);
  const { value: policy } = form.elements.policy;
  const currency = /"currency"\s*:\s*"([A-Z]{3})"/.exec(policy)?.[1] ?? 'EUR';
  const money = (text) => ({ minor: Math.round(Number(text) * 100), currency });
  const facts = { 'customer.kind': kind, 'billing.country': country, 'shipping.country': country, 'shipping.same_as_billing': same, 'order.origin_channel': channel, 'customer.signed_in': signed, 'customer.known': known };
  // Every provider that the policy names is connected, unless the other facts say who is.
  facts['shop.providers'] = [...new Set(Array.from(policy.matchAll(/"provider"\s*:\s*"([\w.-]+)"/g), ([, provider]) => provider))];
  if (total !== '') facts['cart.total'] = money(total);
  if (birth !== '') facts['customer.birth_date'] = birth;
  if (onTime !== '') Object.assign(facts, { 'history.paid_on_time': Number(onTime), 'history.orders_paid': Number(onTime) });
  if (declines !== '') facts['history.declines_30_days'] = Number(declines);
  if (overdue !== '') {
    const owed = money(overdue);
    const count = owed.minor > 0 ? 1 : 0;
    Object.assign(facts, { 'account.open_balance': owed, 'account.overdue_balance': owed, 'account.overdue_count': count, 'account.overdue_days_max': count * 21 });
  }
  if (more.trim() === '') return { facts };
  try {
    const others = JSON.parse(more);
    if (typeof others !== 'object' || others === null || Array.isArray(others)) throw new Error('it is no object');
    return { facts: { ...facts, ...others } };
  } catch (error) {
    return { problem: wrong(say('the other facts cannot be read: {message}', { message: error.message }), say('write them as JSON, such as `{"bureau.outcome": "found"}`')) };
  }
}

/** What a browser would have of these facts; the rest is folded into the policy. */
export const clientFacts = (facts) => Object.fromEntries(Object.entries(facts).filter(([name]) => /^(cart|billing|shipping|order)\.|^customer\.(kind|birth_date)$/.test(name)));
