// Something for every path of the interface: a policy, sessions, decisions, a payment, a customer, spare keys.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { ask } from '../service/service.mjs';
import { reached, reminded } from './reminded.mjs';

const STEPS = ['birth_date', 'email', 'phone', 'address', 'identity'];
const ready = JSON.parse(readFileSync(new URL('../../examples/policies/de-own-invoice.json', import.meta.url), 'utf8'));
/** The ready policy, which asks for every step beside. */
const asksFor = (step) => ({ id: `asks_for_${step}`, when: { fact: 'customer.confirmed', operator: 'doesNotContain', value: step }, withhold: ['invoice'], reason: 'identity.unconfirmed' });
const policy = JSON.stringify({ ...ready, rules: [...ready.rules, ...STEPS.map(asksFor)] });
const SESSIONS = 40;
const OF_A_CLAIM = { 'customer.kind': 'consumer', 'billing.country': 'DE', 'shipping.same_as_billing': true, 'customer.birth_date': '1984-05-06' };

/** Ids by the name of the parameter that asks for one. */
export async function furnish(service) {
  const made = async (path, body, headers) => {
    const answer = await ask(service, 'POST', path, body, headers);
    assert.ok(answer.status < 300, answer.text);
    return answer.json;
  };
  const money = await owed(service, made);
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
  const begun = confirmed.map((answer) => answer.payment?.id).filter(Boolean);
  assert.ok(begun.length > 0, 'there is no payment');
  // A third of each kind: begun at a provider, put against a claim, and without an owner.
  const payment = money.received.flatMap((id, place) => [begun[place % begun.length], id, money.lost[place]]);
  // Each with the customer of the same place, for a hold is asked for by both.
  const hold = [];
  for (const held of reference) hold.push((await made(`/v1/customers/${held}/holds`, { reason: 'manual_pause' })).hold);
  const review = [];
  for (const asked of session) review.push((await made('/v1/reviews', { session: asked, method: 'invoice' })).review);
  const decision = confirmed.map((answer) => answer.decision_id);
  // Nobody listens there: what is sent goes nowhere, and what is asked about it can be answered.
  const webhook = [];
  for (let number = 0; number < 4; number += 1) webhook.push((await made('/v1/webhooks', { url: 'http://127.0.0.1:9/hooks' })).webhook.id);
  return { webhook, session, reference, guest, decision, payment, check, step: STEPS, key: keys.map(({ id }) => id), review, hold, ...money };
}

/** Claims, links to those that are open, payments of them with something left, payments that nobody knows the owner of, and refunds; by the ready policy without its consents. */
async function owed(service, made) {
  const methods = ready.methods.map(({ consent, ...method }) => method);
  const merchant = { ...ready.merchant, debit_notice_days: 1 };
  const settlement = { ...ready.settlement, methods: [{ id: 'sepa_debit', provider: 'sepa' }] };
  await made('/v1/policies', JSON.stringify({ ...ready, merchant, settlement, methods }));
  const claim = async (reference, key) => {
    const { session } = await made('/v1/sessions', { customer: { reference, signed_in: true }, facts: OF_A_CLAIM });
    const { receivable: found, reasons } = await made(`/v1/sessions/${session}/confirm`, order(key, 'invoice'), { 'idempotency-key': key });
    assert.ok(found, `no claim: ${JSON.stringify(reasons)}`);
    return found;
  };
  // First: the clock is weeks later afterwards, and sessions end.
  const written = await reminded(service, made, claim);
  const receivable = [];
  const received = [];
  const lost = [];
  const refund = [];
  const token = [];
  const access = [];
  for (let number = 0; number < 20; number += 1) {
    const owed = await claim(`owes_${number}`, `owed-${number}`);
    receivable.push(owed.id);
    await reached(service, `owes_${number}`);
    const told = (reference, minor, more) =>
      made('/v1/payments', { provider: 'bank', reference, amount: eur(minor), value_date: '2026-01-05', ...more }, { 'idempotency-key': reference });
    // Of every other claim too much, so that there is something to give back, and of the others too little, so that something is open.
    const isOverpaid = number % 2 === 0;
    received.push((await told(`paid-${number}`, isOverpaid ? 6000 : 3000, { remittance: owed.reference })).id);
    lost.push((await told(`lost-${number}`, 6000, {})).id);
    // Of those who still owe something: whoever has paid names no day.
    if (!isOverpaid) token.push((await made(`/v1/receivables/${owed.id}/paylink`, {})).token);
    access.push((await made(`/v1/customers/owes_${number}/access`, { minutes: 1440 })).token);
    if (isOverpaid) refund.push((await made('/v1/refunds', { payment: received[number], amount: eur(100) }, { 'idempotency-key': `back-${number}` })).refund);
  }
  const debits = await collected(service, made, claim);
  const approval = await proposed(service, made, claim, methods);
  const { today } = (await ask(service, 'GET', '/v1/sandbox/clock')).json;
  return { ...written, ...debits, ...(await disputed(service, made, claim)), approval, receivable, received, lost, refund, token, access, today: [today] };
}

/** Direct debits that a bank has, each in a batch of its own: `{ debit, batch }`. */
async function collected(service, made, claim) {
  const debit = [];
  const batch = [];
  for (let number = 0; number < 4; number += 1) {
    const reference = `signs_${number}`;
    await claim(reference, `signed-${number}`);
    await reached(service, reference);
    const { token } = await made(`/v1/customers/${reference}/access`, { minutes: 1440 });
    const { from } = (await ask(service, 'GET', `/v1/accounts/${token}`)).json.menu.debit;
    const signed = { kind: 'debit', amount: eur(5000), holder: 'Jana Muster', iban: 'DE89 3704 0044 0532 0130 00', from };
    assert.equal((await made(`/v1/accounts/${token}/requests`, signed, { 'idempotency-key': reference })).outcome, 'granted');
    // With a day's notice it goes to the bank on the day on which it is signed.
    const handed = await made('/v1/debits/batches', {}, { 'idempotency-key': reference });
    debit.push(handed.debits[0].debit);
    batch.push(handed.batch);
  }
  return { debit, batch };
}

/** What another key wants to waive and may not alone, by a policy that says so. */
async function proposed(service, made, claim, methods) {
  await made('/v1/policies', JSON.stringify({ ...ready, methods, mandate: { waive: '1.00 EUR' } }));
  const { key } = await made('/v1/api_keys', { kind: 'secret' });
  const approval = [];
  for (let number = 0; number < 12; number += 1) {
    const { id } = await claim(`forgiven_${number}`, `forgiven-${number}`);
    const headers = { authorization: `Bearer ${key}`, 'idempotency-key': `forgive-${number}` };
    const answer = await ask(service, 'POST', `/v1/receivables/${id}/waive`, { what: 'debt', amount: eur(200) }, headers);
    assert.equal(answer.status, 202, answer.text);
    approval.push(answer.json.id);
  }
  return approval;
}

/** Claims that were objected to, `disputed`, each with its `proof`, and who sees what was acknowledged: `reader` opens the `document` of the same place. */
async function disputed(service, made, claim) {
  const disputed = [];
  const reader = [];
  const document = [];
  const proof = [];
  for (let number = 0; number < 12; number += 1) {
    const reference = `objects_${number}`;
    const { id } = await claim(reference, `objected-${number}`);
    await reached(service, reference);
    const { token } = await made(`/v1/customers/${reference}/access`, { minutes: 1440 });
    const sent = await fetch(`${service.url}/v1/accounts/${token}/proofs`, { method: 'POST', body: `%PDF-1.7 ${number}` });
    proof.push((await sent.json()).proof);
    const { outcome, view } = await made(`/v1/accounts/${token}/requests`, { kind: 'dispute', receivable: id, reason: 'defective', proofs: [proof[number]] }, { 'idempotency-key': reference });
    assert.notEqual(outcome, 'refused');
    assert.ok(view.documents.length > 0, 'nothing was acknowledged');
    disputed.push(id);
    reader.push(token);
    document.push(view.documents[0].url.split('/').at(-1));
  }
  return { disputed, reader, document, proof };
}

const eur = (minor) => ({ minor, currency: 'EUR' });

const order = (number, method) => ({
  order: `order-${number}`,
  method,
  amount: eur(5000),
  cart: { lines: [{ sku: 'KL-101', name: 'Wolldecke „Moor“', quantity: 1, amount: eur(5000) }], total: eur(5000) },
});
