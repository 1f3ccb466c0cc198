// Something for every path of the interface: a policy, sessions, decisions, a payment, a customer, spare keys.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { ask } from '../service/service.mjs';

const policy = readFileSync(new URL('../../examples/policies/de-own-invoice.json', import.meta.url), 'utf8');
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
  for (const number of numbers) {
    const opened = await made('/v1/sessions', { customer: { reference: reference[number], signed_in: true }, facts });
    session.push(opened.session);
    if (number % 4 === 0) confirmed.push(await made(`/v1/sessions/${opened.session}/confirm`, order(number, number % 8 === 0 ? 'card' : 'prepayment'), { 'idempotency-key': `o${number}` }));
  }
  const guest = numbers.map((number) => `visit_${number}`);
  for (const visit of guest) await made('/v1/sessions', { customer: { guest_reference: visit, signed_in: false }, facts });
  const keys = await Promise.all(numbers.map(() => made('/v1/api_keys', { kind: 'publishable' })));
  const payment = confirmed.map((answer) => answer.payment?.id).filter(Boolean);
  assert.ok(payment.length > 0, 'there is no payment');
  const review = [];
  for (const asked of session) review.push((await made('/v1/reviews', { session: asked, method: 'invoice' })).review);
  return { session, reference, guest, decision: confirmed.map((answer) => answer.decision_id), payment, key: keys.map(({ id }) => id), review };
}

const eur = (minor) => ({ minor, currency: 'EUR' });

const order = (number, method) => ({
  order: `order-${number}`,
  method,
  amount: eur(5000),
  cart: { lines: [{ sku: 'KL-101', name: 'Wolldecke „Moor“', quantity: 1, amount: eur(5000) }], total: eur(5000) },
});
