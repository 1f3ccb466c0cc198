// What somebody gets wrong at first, and what the compiler says to it: one mistake a directive, with the code of the error and why.

import { createElement } from 'react';
import { TresenCheckout as ReactCheckout, TresenHint as ReactHint } from 'tresen/react';
import { TresenCheckout, loadTresen, type SubmitDetail, type Tresen as Elements } from 'tresen';
import { Engine, loadEngine, type ChangeStep, type Facts, type Method } from 'tresen/engine';
import type { Plan, Plans } from 'tresen/plan';
import { loadTresen as loadSlim, type SlimFiles } from 'tresen/slim';
import { loadEngine as loadSlimEngine } from 'tresen/slim/engine';
import { createTresen, verifyDecision, type Cart, type Confirmed, type Customer, type Refused, type Tresen } from 'tresen/server';

declare const engine: Engine;
declare const element: TresenCheckout;
declare const plan: Plan;
declare const plans: Plans;
declare const tresen: Tresen;
declare const elements: Elements;
declare const loaded: Awaited<ReturnType<typeof loadTresen>>;
declare const method: Method;
declare const step: ChangeStep;
declare const answer: Confirmed | Refused;
declare const detail: SubmitDetail;
declare const cart: Cart;
const total = { minor: 100, currency: 'EUR' };

// Facts

// @ts-expect-error 2322: an amount is minor units and a currency, not a number
export const number: Facts = { 'cart.total': 163.5 };
// @ts-expect-error 2322: an amount is not a text either
export const words: Facts = { 'cart.total': '163.50 EUR' };
// @ts-expect-error 2741: an amount has a currency
export const bare: Facts = { 'cart.total': { minor: 16350 } };
// @ts-expect-error 2353: a misspelt fact is not a fact
export const misspelt: Facts = { 'cart.totl': total };
// @ts-expect-error 2353: facts are flat
export const nested: Facts = { cart: { total } };
// @ts-expect-error 2322: a choice is one of its words
export const choice: Facts = { 'order.origin_channel': 'insta' };
// @ts-expect-error 2322: a truth is not a text
export const truth: Facts = { 'customer.known': 'true' };
// @ts-expect-error 2322: a list is a list, even of one
export const single: Facts = { 'cart.categories': 'vase' };
// @ts-expect-error 2322: null is no way to leave a fact out
export const nothing: Facts = { 'customer.birth_date': null };
// @ts-expect-error 2322: a date is a text as the calendar has it, not an object
export const date: Facts = { 'customer.birth_date': new Date() };
// @ts-expect-error 2353: a derived fact is computed, not given
export const derived: Facts = { 'customer.age': 42 };

// The engine

// @ts-expect-error 2345: an engine needs a policy
export const empty = loadEngine({});
// @ts-expect-error 2353: a policy is compiled bytes, not JSON
export const json = loadEngine({ policy: { format: 1 } });
// @ts-expect-error 2673: an engine is made by loadEngine
export const made = new Engine();
// @ts-expect-error 2345: a day is a text
engine.decide(new Date());
// @ts-expect-error 2554: decideBatch needs the day
engine.decideBatch([]);
// @ts-expect-error 2339: methods without reasons have none until they are asked for
engine.methods()[0]?.reasons;
// @ts-expect-error 2540: what the policy says of itself is not changed
engine.policy = engine.policy;
// @ts-expect-error 2367: a state is one of three
export const refused = method.state === 'refused';
// @ts-expect-error 2339: only some steps have an amount
export const amount = step.amount;
// @ts-expect-error 18047: a limit may be missing
export const limit = method.limit.minor;

// The element

// @ts-expect-error 2540: what was chosen is the shopper's to choose
element.selection = null;
// @ts-expect-error 2322: a fact of the element is a fact
element.facts = { 'cart.total': 163.5 };
// @ts-expect-error 2322: a custom property is a text
element.appearance = { radius: 2 };
// @ts-expect-error 2339: an event has its own detail
element.addEventListener('tresen-select', (event) => event.detail.respondWith);
// @ts-expect-error 2322: what the widget shows is the answer to a confirm
detail.respondWith({ outcome: 'maybe' });
// @ts-expect-error 2353: update takes facts by their name
void element.update({ 'cart.total': total });
// @ts-expect-error 2345: an amount may be missing while the shop has not named a total
engine.settleWith(new Uint8Array(), detail.amount);

// The elements as objects

// @ts-expect-error 18047: on a server there is nothing
export const nobody = loaded.checkout;
// @ts-expect-error 2345: a checkout has a session
elements.checkout({ facts: {} });
// @ts-expect-error 2345: there is no such event; the names have no prefix
elements.checkout({ session: 'cs_1' }).on('tresen-select', () => {});
// @ts-expect-error 2322: the answer to an order is an answer
elements.checkout({ session: 'cs_1' }).on('submit', () => true);
// @ts-expect-error 2322: an amount is a number of minor units
elements.hint({ amount: '168.40', currency: 'EUR' });
// @ts-expect-error 2353: nothing of ours needs a nonce
void loadTresen('pk_test_1', { nonce: 'r4nd0m' });

// One file, and everything else handed in

// @ts-expect-error 2741: without its module nothing runs
void loadSlim('pk_test_1', { files: { 'locales/de.json': '' } });
// @ts-expect-error 2345: nor does the engine
void loadSlimEngine({ policy: new Uint8Array() });
// @ts-expect-error 2353: texts lie in a folder
export const strange: SlimFiles = { 'checkout.wasm': new ArrayBuffer(8), 'de.json': '' };

// The line on a product page

// @ts-expect-error 2339: its amount is an attribute, which every framework can set
document.createElement('tresen-hint').amount = total.minor;

// The server

// @ts-expect-error 2345: a client needs a secret key
createTresen({ api: 'http://127.0.0.1:8788' });
// @ts-expect-error 2353: who is signed in has a reference, not a guest's
export const guest: Customer = { guest_reference: 'visit-77', signed_in: true };
// @ts-expect-error 2345: a confirm is repeated under one key, or an order may be placed twice
void tresen.sessions.confirm('ses_01', { order: '1', method: 'card', amount: total, facts: {}, cart }, {});
// @ts-expect-error 2345: a confirm names what the shopper will pay
void tresen.sessions.confirm('ses_01', { order: '1', method: 'card', facts: {}, cart }, { idempotencyKey: '1' });
// @ts-expect-error 2339: a refusal has no token
export const token = answer.decision_token;
// @ts-expect-error 2345: a token is verified for a tenant
void verifyDecision('e30.e30.c2ln', { keys: [] });
// @ts-expect-error 2345: and with keys
void verifyDecision('e30.e30.c2ln', { tenant: 'tn_01' });
// @ts-expect-error 2741: a line of a cart has an amount
export const line: Cart = { lines: [{ sku: 'V-12', name: 'Vase', quantity: 1 }], total };

// @ts-expect-error 2554: a payment is taken down under a key
void tresen.payments.receive({ provider: 'bank', reference: '17', amount: total, value_date: '2026-11-21' });
// @ts-expect-error 2322: a hold for that reason is in force by itself
void tresen.customers.hold('C-1042', { reason: 'plan_active' });
// @ts-expect-error 2345: a chargeback that is opened says by when evidence is to be sent
void tresen.payments.chargeback('pay_01', { state: 'opened' });

// Plans

// @ts-expect-error 2322: a plan is of an amount with its currency
plans.of('raten', { total: 16840, today: '2026-11-21' });
// @ts-expect-error 2339: what a plan is to the law only the service says
export const law = plan.credit;

// React

// @ts-expect-error 2769: a checkout has a session
export const noSession = createElement(ReactCheckout, { facts: {} });
// @ts-expect-error 2769: an amount is a number of minor units
export const inWords = createElement(ReactHint, { amount: '168.40', currency: 'EUR' });
