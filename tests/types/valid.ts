// What a shop writes, and what must compile.

import { createElement } from 'react';
import { TresenAccount as ReactAccount, TresenCheckout as ReactCheckout, TresenHint as ReactHint, TresenProvider, useMethods, useTresen } from 'tresen/react';
import { tresen as tresenVue, TresenCheckout as VueCheckout } from 'tresen/vue';
import { h, type App } from 'vue';
import { TresenCheckout, define, loadTresen, type Answer, type PlacedCheckout, type Selection, type SubmitDetail, type Tresen, type TresenEventMap } from 'tresen';
import type { TresenCheckout as Pure } from 'tresen/pure';
import { TresenAccount } from 'tresen/account';
import { define as defineElement } from 'tresen/element';
import { TresenHint } from 'tresen/hint';
import { loadTresen as loadSlim, type SlimFiles } from 'tresen/slim';
import { loadEngine as loadSlimEngine } from 'tresen/slim/engine';
import { Engine, TresenError, loadEngine, type Change, type Decision, type Facts, type Method, type Money, type Problem, type Reason } from 'tresen/engine';
import { diffPolicies, testPolicy, type BacktestError, type DiffReport, type PastOrder, type TestReport, type TriedPolicy } from 'tresen/backtest';
import { STEPS, leastSteps, nextStep, type Step, type StepAnswered } from 'tresen/steps';
import { Plans, loadPlans, type Instalment, type Plan } from 'tresen/plan';
import {
  TresenApiError,
  TresenConnectionError,
  TresenTokenError,
  cartHash,
  forBrowser,
  createTresen,
  verifyDecision,
  verifyWebhook,
  type Cart,
  type Confirmed,
  type ConfirmRequest,
  type Customer,
  type ReceivedPayment,
  type Refused,
  type Session,
  type WebhookMessage,
} from 'tresen/server';

const total: Money = { minor: 16_350, currency: 'EUR' };

// What is to be confirmed, for a picker of the shop's own.
export function whatIsMissing(engine: Engine, facts: Facts, possible: readonly Step[] = STEPS): Step | null {
  const least: Record<string, Step[]> = leastSteps(engine, facts, '2026-11-21', possible);
  return nextStep(least);
}

export const isConfirmed = ({ state, facts }: StepAnswered): boolean => state === 'passed' && facts['customer.confirmed'] !== undefined;

// The plans of instalments, for the same.
export async function ownPlans(policy: Uint8Array): Promise<string[]> {
  const plans: Plans = await loadPlans({ policy });
  const found: Plan[] = plans.of('raten', { total, today: '2026-11-21', region: 'BE', country: 'DE' });
  const rates: Instalment[] = found.flatMap(({ instalments }) => instalments);
  return [...rates.map(({ due_date, amount }) => `${due_date} ${plans.amountText(amount, 'de')}`), ...found.map((plan) => plans.percentText(plan.annual_rate_percent, 'de'))];
}

// Before and after, in the merchant's own browser.
export async function beforeAndAfter(old: TriedPolicy, next: TriedPolicy, file: File, signal: AbortSignal): Promise<string> {
  const told: DiffReport = await diffPolicies(old, next, file, { examples: 3, signal, onProgress: ({ lines, share }) => console.log(lines, share ?? 0) });
  const { orders, amount, observed } = told.on_credit.gained;
  return `${orders} more orders, ${amount.minor} ${amount.currency} more exposure, ${observed?.unpaid ?? 0} of them later unpaid`;
}

export async function howManyOnCredit(policy: TriedPolicy): Promise<number> {
  const orders: PastOrder[] = [{ today: '2026-03-02', facts: { 'cart.total': total }, outcome: { method: 'invoice', paid: 'late' }, margin: '0.35' }];
  const told: TestReport = await testPolicy(policy, orders, { assume: 'invoice', complete: true });
  await testPolicy({ policy: '{}' }, JSON.stringify(orders[0])).catch(({ code, diagnostics }: BacktestError) => console.log(code, diagnostics[0]?.severity));
  await testPolicy(policy, new Response('').body ?? []);
  return told.on_credit.share_ppm + (told.classes[0]?.expected_loss?.minor ?? 0);
}

// The engine alone, for a picker of the shop's own.
export async function ownPicker(policy: Uint8Array): Promise<string[]> {
  const engine: Engine = await loadEngine({ policy, today: '2026-11-21', wasm: new URL('https://shop.example/engine.wasm') });
  const facts: Facts = {
    'cart.total': total,
    'cart.categories': ['vase'],
    'customer.kind': 'consumer',
    'customer.known': true,
    'history.paid_on_time': 4,
    'shop.providers': ['sandbox'],
    'custom.club': true,
    'custom.deposit': { minor: 100, currency: 'EUR' },
    'custom.tags': ['a', 'b'],
  };
  if (!engine.set(facts, '2026-11-21')) {
    const problems: Problem[] = await engine.problems(facts);
    throw new TresenError(problems.map(({ code, at, message, help }) => `${code} ${at} ${message} ${help}`).join());
  }
  if (!engine.decide()) return [];
  const digits: number = engine.policy.digits;
  const fallback: string[] = engine.policy.fallback;
  const hasCode: boolean = engine.hasCode;
  const batch: Uint32Array = engine.decideBatch([facts], '2026-11-21');
  const states: { id: string; state: Method['state'] }[] = engine.states(batch[0] ?? 0);
  const bytes: Uint8Array = engine.answerBytes();
  engine.settleWith(policy, total);
  engine.free();
  return [...states.map(({ id }) => id), ...fallback, `${digits} ${bytes.length} ${hasCode}`];
}

// States and steps are unions, so a switch can be exhaustive.
export function label(method: Method): string {
  switch (method.state) {
    case 'offered':
      return method.id;
    case 'incomplete':
      return method.missing.join();
    case 'withheld':
      return method.reasons.map((reason: Reason) => `${reason.code} ${reason.rule ?? ''}`).join();
    default:
      return never(method.state);
  }
}

export function steps(change: Change): string[] {
  return change.steps.map((step) => {
    switch (step.kind) {
      case 'ship_to_billing_address':
        return step.kind;
      case 'settle_overdue':
        return `${step.amount.minor}`;
      case 'reduce_total':
      case 'raise_total':
        return `${step.to.minor} ${step.by.minor}`;
      default:
        return never(step);
    }
  });
}

function never(value: never): string {
  return value;
}

// The element: its properties, methods and events.
export function widget(confirm: (detail: SubmitDetail) => Promise<Answer>): void {
  define();
  defineElement('my-checkout');
  const element: TresenCheckout | null = document.querySelector('tresen-checkout');
  const made: Pure = document.createElement('tresen-checkout');
  if (!element) return void document.body.append(made);
  element.setAttribute('session', 'ses_01');
  element.facts = { 'cart.total': total };
  element.appearance = { accent: '#7a1f4b', radius: null };
  element.names = { paypal: 'PayPal' };
  element.addEventListener('tresen-submit', (event) => {
    const { method, amount, facts, consents, account, plan, browser_record } = event.detail;
    console.log(method, amount?.minor, facts['cart.total']?.currency, consents[0]?.text_hash, account?.iban, plan?.instalments[0]?.due_date, browser_record);
    event.detail.respondWith(confirm(event.detail));
  });
  element.addEventListener('tresen-unavailable', ({ detail }) => console.log(detail.reason, detail.fallback.length), { once: true });
  element.addEventListener('tresen-ready', ({ detail }) => detail.methods.map(label));
  element.addEventListener('tresen-review', (event) => (event.preventDefault(), console.log(event.detail.message)));
  element.addEventListener('click', () => element.order());
  void element.update({ facts: {} }).then((problems) => problems.length);
  void element.decision().then((decision: Decision | null) => console.log(decision?.methods.map(label)));
  console.log(element.selection?.method, element.methods().length);
}

// The account view: what stands behind a pay link.
const account: TresenAccount = document.createElement('tresen-account');
account.appearance = { accent: null };
void account.refresh();

// One file, and everything else handed in.
export async function inAShell(module: WebAssembly.Module, texts: string, policy: Uint8Array): Promise<number> {
  const files: SlimFiles = { 'checkout.wasm': module, 'plan.wasm': new URL('https://shop.example/plan.wasm'), 'locales/de.json': texts };
  const found = await loadSlim('pk_test_1', { files, locale: 'de' });
  found?.checkout({ session: 'cs_1' }).mount('#pay');
  return (await loadSlimEngine({ policy, wasm: module })).methods().length;
}

// The line on a product page: attributes are all there is to it.
const hint: TresenHint = document.createElement('tresen-hint');
hint.setAttribute('amount', `${total.minor}`);

export const named: keyof TresenEventMap = 'tresen-select';
export const loaded: Promise<object | null> = loadTresen();

// The same as objects.
export async function byProgram(place: HTMLElement): Promise<string> {
  const found: Tresen | null = await loadTresen('pk_test_1', { api: '/tresen', locale: 'de-CH', addressForm: 'sie', appearance: { accent: '#7a1f4b' }, names: { paypal: 'PayPal' } });
  if (!found) return 'on a server there is nothing to place';
  const checkout: PlacedCheckout = found.checkout({ session: 'cs_1', facts: { 'cart.total': total } }).on('select', ({ method }) => console.log(method.length));
  checkout.on('submit', async ({ method }) => ({ outcome: 'confirmed', payment: { id: method, redirect_url: '/' } })).on('account', ({ state }) => void state.length).once('unavailable', ({ reason }, event) => reason === 'timeout' && event.preventDefault());
  checkout.mount(place).off('select').mount('#pay');
  const problems: Problem[] = await checkout.update({ facts: {}, locale: 'en' });
  found.account({ token: 'pl_1' }).on('account', ({ state }) => console.log(state.length)).mount(place.attachShadow({ mode: 'open' }));
  found.hint({ amount: 16840, currency: 'EUR' }).mount('#hint').destroy();
  const chosen: Selection | null = checkout.selection;
  return `${problems.length} ${checkout.methods().length} ${checkout.order()} ${chosen?.method ?? (await checkout.decision())?.today} ${checkout.retry().unmount().element.isConnected}`;
}

// The shop's server: a customer and a guest, and both answers to a confirm.
const cart: Cart = { lines: [{ sku: 'V-12', name: 'Vase', quantity: 1, amount: total }], total };
const customer: Customer = { reference: 'C-1042', signed_in: true, email: 'jane.doe@example.org' };
const guest: Customer = { guest_reference: 'visit-77', signed_in: false };

export async function server(): Promise<string> {
  const tresen = createTresen({ secretKey: 'sk_example', api: 'http://127.0.0.1:8788', timeoutMs: 5_000, repeats: 1 });
  const session: Session = await tresen.sessions.create({ customer, facts: { 'cart.total': total }, locale: 'de', address_form: 'du' });
  await tresen.sessions.create({ customer: guest, facts: {}, locale: 'en' }, { idempotencyKey: 'k', signal: AbortSignal.timeout(1_000) });
  const request: ConfirmRequest = { order: '2026-1001', method: 'invoice', amount: total, facts: {}, cart };
  try {
    const answer: Confirmed | Refused = await tresen.sessions.confirm(session.session, request, { idempotencyKey: '2026-1001' });
    if (answer.outcome === 'refused') return answer.reasons.map(({ code }) => code).join();
    const claims = await tresen.verifyDecision(answer.decision_token, { tenant: 'tn_01', order: request.order, cart, now: new Date() });
    return `${answer.receivable?.due_date ?? answer.payment?.redirect_url} ${claims.exp}`;
  } catch (error) {
    if (error instanceof TresenApiError && error.retryable) return `${error.status} ${error.diagnostics.length}`;
    if (error instanceof TresenTokenError || error instanceof TresenConnectionError) return error.code;
    throw error;
  }
}

// Its bank, and its accounts.
export async function money(): Promise<string> {
  const tresen = createTresen({ secretKey: 'sk_example', api: 'http://127.0.0.1:8788' });
  const told = { provider: 'bank', reference: '17', amount: total, value_date: '2026-11-21', remittance: 'RF18 5390 0754 7034' };
  const payment: ReceivedPayment = await tresen.payments.receive(told, { idempotencyKey: 'bank-17' });
  if (payment.state === 'unmatched') await tresen.payments.match(payment.id, { customer: 'C-1042' });
  await tresen.payments.chargeback(payment.id, { state: 'opened', until: '2026-12-07' });
  const claim = await tresen.receivables.credit('rcv_01', { amount: total, reason: 'return' }, { idempotencyKey: 'note-1' });
  const found = await tresen.payments.get(payment.id);
  const { batch, total: collected } = await tresen.debits.handIn({ idempotencyKey: '2026-12-11' });
  if (batch !== null && collected.minor > 0) (await tresen.debits.file(batch)).startsWith('<?xml');
  await tresen.debits.outcome('TD1', { outcome: 'returned', reason: 'AC04' });
  await tresen.customers.hold('C-1042', { reason: 'hardship', until: '2026-12-24' });
  const { credit, receivables } = await tresen.customers.account('C-1042');
  const { chain, history } = await tresen.receivables.file('rcv_01', { locale: 'de' });
  console.log(chain.whole, history[0]?.words);
  const { claims } = await tresen.collection.list({ state: 'overdue' });
  console.log(claims[0]?.next?.from, claims[0]?.why_not?.code);
  await tresen.customers.reachedBy('C-1042', { name: { given: 'Ada', family: 'Lindner' }, address: ['Ring 1', '10969 Berlin'], opted_out: ['telephone'] });
  for (const task of (await tresen.tasks.list()).tasks) await tresen.tasks.done(task.id, task.kind === 'unknown_delivery' ? 'not_left' : 'done', { idempotencyKey: task.id });
  const message = await tresen.messages.delivery('msg_01', 'opened_by_machine');
  console.log(message.opened ?? 'not known', (await tresen.customers.case('C-1042')).claims.length);
  return `${claim.timeline.length} ${'order' in found ? found.order : found.left.minor} ${credit.minor} ${receivables.map(({ level }) => level.number).join()}`;
}

// What it is told.
export async function told(request: Request): Promise<string> {
  const tresen = createTresen({ secretKey: 'sk_example', api: 'http://127.0.0.1:8788' });
  const { webhook, secret } = await tresen.webhooks.create({ url: 'https://shop.example/hooks', events: ['PaymentAllocated'] });
  const message: WebhookMessage = await verifyWebhook(await request.text(), request.headers, [secret, 'whsec_old'], { toleranceS: 60 });
  await tresen.webhooks.replay(webhook.id, { after: message.data.position }, { idempotencyKey: 'again' });
  return message.data.order ?? message.data.event.type;
}

export const hashed: Promise<string> = cartHash(cart.lines, cart.total);

export const goesOn = (answer: Confirmed | Refused): string | undefined => {
  const told = forBrowser(answer);
  return told.outcome === 'confirmed' ? told.access?.token : undefined;
};
export const handedOn = (answer: Confirmed | Refused): 'confirmed' | 'refused' => forBrowser(answer).outcome;
export const trueTotal = (answer: Refused, cart: Cart): Money | undefined => {
  const told = forBrowser(answer, cart);
  return told.outcome === 'refused' ? told.total : undefined;
};
export const verified = verifyDecision('e30.e30.c2ln', { jwks: { keys: [{ kty: 'OKP', crv: 'Ed25519', x: '', kid: 'k1' }] }, tenant: 'tn_01', amount: total });

// React and Vue

export const react = createElement(
  TresenProvider,
  { publicKey: 'pk_test_1', api: '/tresen', locale: 'de' },
  createElement(ReactHint, { amount: 16840, currency: 'EUR' }),
  createElement(ReactCheckout, { session: 'cs_1', facts: { 'cart.total': total }, onSubmit: async ({ method }) => ({ outcome: 'confirmed', payment: { id: method, redirect_url: '/' } }), onChange: ({ methods }) => void methods.length, onAccount: ({ state }) => void state.length }),
  createElement(ReactAccount, { token: 'pl_1', onAccount: ({ state }) => void state }, 'Ihre Rechnung'),
);
export const vue = h(VueCheckout, { session: 'cs_1', placeOrder: ({ method }: SubmitDetail) => ({ outcome: 'confirmed' as const, payment: { id: method, redirect_url: '/' } }) });
export const installed = (app: App) => app.use(tresenVue, { publicKey: 'pk_test_1' });
export const counted = () => useMethods().length + Number(useTresen().order());
