// Measures whether the time of an answer tells a guest that the e-mail they typed is a customer's.
//
//     node tests/service/guests.mjs --tresen target/release/tresen [--pairs 600]
//
// That the same statements run for a known and an unknown e-mail is a test of its own (src/service/tests/guests.rs) and needs no
// clock. This is the measurement beside it. A limit in milliseconds would fail on a busy machine and pass on a fast one that
// leaks, so nothing is held against a duration: visits come in pairs, one with each kind of e-mail, in an order drawn by lot, and
// what is counted is which of the two was slower. If the e-mail makes no difference that is a fair coin, whatever else runs on the
// machine; five standard deviations of a fair coin are passed once in 1.7 million measurements.
//
// A measurement that cannot see is none: the same count over guests and customers who are signed in, whose past is looked up
// with a handful of statements by key, must be no fair coin. Whoever looked up the past of the person behind an e-mail would do that
// very work. What is printed as `seen from` is the smallest delay of the one kind that would have been noticed.

import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { parseArgs } from 'node:util';
import { dayAfter } from './border.mjs';
import { ask, startService } from './service.mjs';

const { values } = parseArgs({ options: { tresen: { type: 'string' }, pairs: { type: 'string', default: '600' }, seed: { type: 'string', default: '1' } } });
const PAIRS = Number(values.pairs);
const DEVIATIONS = 5;
const STEPS = ['open', 'checkout', 'confirm'];
const TODAY = '2026-11-21';
const CUSTOMERS = 20;
const eur = (minor) => ({ minor, currency: 'EUR' });
const FACTS = { 'cart.total': eur(5000), 'customer.kind': 'consumer', 'billing.country': 'DE', 'shipping.same_as_billing': true, 'customer.birth_date': '1984-05-06' };
const CART = { lines: [{ sku: 'KL-101', name: 'Decke', quantity: 1, amount: eur(5000) }], total: eur(5000) };

/** A past that is worth hiding: something paid, something open, something overdue. */
const customer = (number) => {
  const claim = (order, from, due, paid) => ({ order: `past-${number}-${order}`, method: 'invoice', amount: eur(4000), ordered_on: dayAfter(TODAY, from), due_date: dayAfter(TODAY, due), ...(paid && { paid_on: dayAfter(TODAY, paid) }) });
  return { reference: `cus_${number}`, email: `person${number}@known.example`, facts: { 'history.dunning_level_max': 2 }, receivables: [claim('a', -90, -76, -70), claim('b', -40, -26), claim('c', -5, 9)] };
};

// The disk is no part of the question, and waiting for it hides the answer.
if (existsSync('/dev/shm')) process.env.TMPDIR = '/dev/shm';
const service = await startService(values.tresen, { start: `${TODAY}T10:00:00Z`, customers: Array.from({ length: CUSTOMERS }, (_, number) => customer(number)) });
const agent = new Agent({ keepAlive: true, maxSockets: 1 });

/** One request on the one open connection; its answer and how long it took in microseconds. */
function timed(method, path, body, key) {
  const text = JSON.stringify(body) ?? '';
  const headers = { authorization: `Bearer ${service.keys.secret}`, 'content-type': 'application/json', 'content-length': Buffer.byteLength(text), ...(key && { 'idempotency-key': key }) };
  return new Promise((resolve, reject) => {
    const begun = process.hrtime.bigint();
    const sent = request(service.url + path, { method, agent, headers }, (response) => {
      const parts = [];
      response.on('data', (part) => parts.push(part));
      response.on('end', () => {
        const micros = Number(process.hrtime.bigint() - begun) / 1000;
        assert.ok(response.statusCode < 300, `${path}: ${response.statusCode} ${Buffer.concat(parts)}`);
        resolve({ micros, json: JSON.parse(Buffer.concat(parts)) });
      });
    });
    sent.on('error', reject);
    sent.end(text);
  });
}

let visits = 0;
/** A visit to the end; microseconds of each step. */
async function visit(customer) {
  const number = (visits += 1);
  const open = await timed('POST', '/v1/sessions', { customer, facts: FACTS });
  const checkout = await timed('GET', `/v1/checkout/${open.json.session}`);
  const confirm = await timed('POST', `/v1/sessions/${open.json.session}/confirm`, { order: `order-${number}`, method: 'prepayment', amount: eur(5000), cart: CART }, `key-${number}`);
  assert.equal(confirm.json.outcome, 'confirmed');
  return { times: [open.micros, checkout.micros, confirm.micros], attention: confirm.json.attention };
}

// A small generator with a seed, so that a measurement can be repeated with the same order of visits.
let state = Number(values.seed) >>> 0;
const coin = () => ((state = (Math.imul(state, 1664525) + 1013904223) >>> 0) & 0x80000000) !== 0;

const guest = (pair, kind) => ({ guest_reference: `gst_${String(pair).padStart(6, '0')}_${kind}`, signed_in: false, email: `person${pair % CUSTOMERS}@${kind}.example` });
const known = async (pair) => {
  const { times, attention } = await visit(guest(pair, 'known'));
  assert.equal(attention[0]?.code, 'guest.email_of_a_customer', 'the known e-mail is known');
  return times;
};
const unknown = async (pair) => {
  const { times, attention } = await visit(guest(pair, 'other'));
  assert.deepEqual(attention, [], 'the other e-mail is nobody’s');
  return times;
};
const signedIn = async (pair) => (await visit({ reference: `cus_${pair % CUSTOMERS}`, signed_in: true, email: `person${pair % CUSTOMERS}@known.example` })).times;

/** Pairs of visits in an order drawn by lot; for each step the differences, one less the other. */
async function paired(one, other) {
  const differences = STEPS.map(() => []);
  for (let pair = 0; pair < PAIRS; pair += 1) {
    const first = coin();
    const before = first ? await one(pair) : await other(pair);
    const after = first ? await other(pair) : await one(pair);
    STEPS.forEach((_, step) => differences[step].push(first ? before[step] - after[step] : after[step] - before[step]));
  }
  return differences.map(judged);
}

/** How often the one was slower, in standard deviations of a fair coin, and the delay that would have been noticed. */
function judged(differences) {
  const sorted = [...differences].sort((a, b) => a - b);
  const slower = differences.filter((difference) => difference > 0).length;
  const noticed = Math.ceil(PAIRS / 2 + (DEVIATIONS * Math.sqrt(PAIRS)) / 2);
  return { slower, deviations: (slower - PAIRS / 2) / (Math.sqrt(PAIRS) / 2), median: sorted[PAIRS >> 1], seenFrom: -sorted[PAIRS - noticed] };
}

const tell = (what, results, more = () => '') => {
  for (const [step, result] of results.entries()) {
    const { slower, deviations, median } = result;
    console.log(`${what}  ${STEPS[step].padEnd(8)}  slower in ${slower} of ${PAIRS} (${deviations.toFixed(1)} deviations), by ${median.toFixed(1)} µs in the median${more(result)}`);
  }
};

try {
  const policy = readFileSync(new URL('../../examples/policies/de-own-invoice.json', import.meta.url), 'utf8');
  assert.equal((await ask(service, 'POST', '/v1/policies', policy)).status, 201);
  for (let warm = 0; warm < 50; warm += 1) await visit(guest(900000 + warm, 'other'));
  const guests = await paired(known, unknown);
  const control = await paired(signedIn, unknown);
  tell('known e-mail', guests, ({ seenFrom }) => `, seen from ${seenFrom.toFixed(1)} µs`);
  tell('signed in   ', control);
  const told = guests.filter(({ deviations }) => Math.abs(deviations) > DEVIATIONS).length;
  const blind = control.every(({ deviations }) => deviations <= DEVIATIONS);
  if (blind) console.log('the measurement sees nothing here: not even a past that is looked up');
  console.log(`${STEPS.length - told + (blind ? 0 : 1)} passed, ${told + (blind ? 1 : 0)} failed`);
  process.exitCode = told > 0 || blind ? 1 : 0;
} finally {
  agent.destroy();
  await service.stop();
}
