// Something for every path of the interface: a policy, sessions, decisions, a payment, a customer, spare keys.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { ask } from '../service/service.mjs';

const STEPS = ['birth_date', 'email', 'phone', 'address', 'identity'];
const ready = JSON.parse(readFileSync(new URL('../../examples/policies/de-own-invoice.json', import.meta.url), 'utf8'));
/** The ready policy, which asks for every step beside. */
const asksFor = (step) => ({ id: `asks_for_${step}`, when: { fact: 'customer.confirmed', operator: 'doesNotContain', value: step }, withhold: ['invoice'], reason: 'identity.unconfirmed' });
const policy = JSON.stringify({ ...ready, rules: [...ready.rules, ...STEPS.map(asksFor)] });
const SESSIONS = 40;

/** Ids by the name of the parameter that asks for one. */
export async function furnish(service) {
  const made = async (path, body, headers) => {
    const answer = await ask(service, 'POST', path, body, headers);
    assert.ok(answer.status < 300, answer.text);
    return answer.json;
  };
  await made('/v1/policies', policy);
  const numbers = Array.from({ length: SESSIONS }, (_, number) => number);
  const reference = numbers.map((number) => `cus_${number}`);
  const facts = { 'cart.total': eur(5000), 'customer.kind': 'consumer', 'billing.country': 'DE', 'shipping.same_as_billing': true, 'customer.birth_date': '1984-05-06' };
  const session = [];
  const confirmed = [];
  const check = [];
  for (const number of numbers) {
    const opened = await made('/v1/sessions', { customer: { reference: reference[number], signed_in: true, email: `person${number}@example.org` }, facts });
    session.push(opened.session);
    const { url } = await made(`/v1/checkout/${opened.session}/steps/identity`, {});
    check.push(url.split('/').at(-1));
    await made(`/v1/checkout/${opened.session}/steps/email`, {});
    if (number % 4 === 0) confirmed.push(await made(`/v1/sessions/${opened.session}/confirm`, order(number, number % 8 === 0 ? 'card' : 'prepayment'), { 'idempotency-key': `o${number}` }));
  }
  const guest = numbers.map((number) => `visit_${number}`);
  for (const visit of guest) await made('/v1/sessions', { customer: { guest_reference: visit, signed_in: false }, facts });
  const keys = await Promise.all(numbers.map(() => made('/v1/api_keys', { kind: 'publishable' })));
  const payment = confirmed.map((answer) => answer.payment?.id).filter(Boolean);
  assert.ok(payment.length > 0, 'there is no payment');
  const review = [];
  for (const asked of session) review.push((await made('/v1/reviews', { session: asked, method: 'invoice' })).review);
  const decision = confirmed.map((answer) => answer.decision_id);
  return { session, reference, guest, decision, payment, check, step: STEPS, key: keys.map(({ id }) => id), review };
}

const eur = (minor) => ({ minor, currency: 'EUR' });

const order = (number, method) => ({
  order: `order-${number}`,
  method,
  amount: eur(5000),
  cart: { lines: [{ sku: 'KL-101', name: 'Wolldecke „Moor“', quantity: 1, amount: eur(5000) }], total: eur(5000) },
});
