// Before and after, where the orders need not leave the page: what a policy would have done with the orders of the past, and what another
// would have done instead, as `tresen policy test` and `tresen policy diff` report it: `import { diffPolicies } from 'tresen/backtest'`.

import { TresenError, loadEngine } from './engine.js';
import { Difference } from './backtest/difference.js';
import { slicesOf } from './backtest/lines.js';
import { readOrder } from './backtest/order.js';
import { Refused } from './backtest/refused.js';
import { Trial } from './backtest/trial.js';
import { Tried } from './backtest/tried.js';

const SEMANTICS_VERSION = 1;
const SLICE_MS = 12; // then the page gets its turn

/**
 * What a policy would have done.
 *
 * @param {import('../types/backtest.js').TriedPolicy} policy
 * @param {import('../types/backtest.js').Orders} orders
 * @param {import('../types/backtest.js').TestOptions} [options]
 */
export async function testPolicy(policy, orders, options = {}) {
  return trying([policy], options, async ([tried]) => {
    const trial = new Trial(tried);
    const refused = await goThrough(orders, [{ tried, read: asItIs }], options, (order, total) => trial.add(order, total ?? 0));
    return { ...head({ policy: tried.hash }, options), refused, ...trial.report(money(tried.currency)) };
  });
}

/**
 * What another policy would have done instead.
 *
 * @param {import('../types/backtest.js').TriedPolicy} before
 * @param {import('../types/backtest.js').TriedPolicy} after
 * @param {import('../types/backtest.js').Orders} orders
 * @param {import('../types/backtest.js').DiffOptions} [options]
 */
export async function diffPolicies(before, after, orders, options = {}) {
  return trying([before, after], options, async ([old, next]) => {
    if (old.currency !== next.currency) {
      throw new TresenError('policy.currencies_differ', `the old policy is in ${old.currency} and the new one in ${next.currency}`, 'compare policies of one currency');
    }
    const difference = new Difference({ old, new: next }, options.examples ?? 0);
    const sides = [
      { tried: old, read: without(onlyIn(next, old)) },
      { tried: next, read: without(onlyIn(old, next)) },
    ];
    const refused = await goThrough(orders, sides, options, (order, total) => difference.add(order, total));
    return { ...head({ policies: { old: old.hash, new: next.hash } }, options), refused, ...difference.report(money(old.currency)) };
  });
}

/** Loads policies, and gives their memory back in the end, whatever happens. */
async function trying(policies, options, use) {
  const tried = [];
  try {
    for (const policy of policies) tried.push(await Tried.load(loadEngine, policy, options));
    assumed(options.assume, tried);
    return await use(tried);
  } finally {
    for (const one of tried) one.free();
  }
}

const head = (policies, { assume, complete = false }) => ({
  semantics_version: SEMANTICS_VERSION,
  ...policies,
  assumed_method: assume ?? null,
  incomplete_is_offered: complete,
});

/** What is assumed must be possible under one of the policies. */
function assumed(id, policies) {
  const risks = policies.map((tried) => tried.bearsRisk(id));
  if (id === undefined || risks.includes(true)) return;
  const [code, why] = risks.includes(false) ? ['assume.without_risk', 'bears no credit risk'] : ['assume.unknown', 'is no method of the policy'];
  throw new TresenError(code, `\`${id}\` ${why}`, 'name an invoice, pay later, instalments or SEPA debit method by its id');
}

/**
 * Goes through all orders, and lets the page live meanwhile; what was no order is reported.
 *
 * @param {import('../types/backtest.js').Orders} orders
 * @param {{ tried: Tried, read: (facts: object) => object }[]} sides the policies, and what each of them reads of an order's facts
 * @param {import('../types/backtest.js').TestOptions} options
 * @param {(order: import('./backtest/order.js').Order, total: number | undefined) => void} count takes an order on which all of them decided
 */
async function goThrough(orders, sides, { today = utcToday(), onProgress, signal }, count) {
  const refused = new Refused();
  const { currency } = sides[0].tried;
  let [lines, since] = [0, performance.now()];
  for await (const slice of slicesOf(orders)) {
    if (signal?.aborted) throw signal.reason ?? new DOMException('the orders were not gone through to the end', 'AbortError');
    for (const numbered of slice.lines) {
      const { order, refused: because } = readOrder(numbered, { today, currency });
      if (because) {
        refused.add(numbered[0], because);
        continue;
      }
      const refusing = sides.find(({ tried, read }) => order.problems.length > 0 || !tried.decide(read(order.facts), order.today));
      if (refusing) refused.add(order.line, await problemsOf(order, refusing));
      else count(order, order.facts['cart.total']?.minor);
    }
    lines += slice.lines.length;
    if (performance.now() - since > SLICE_MS) {
      onProgress?.({ lines, share: slice.share });
      await turn();
      since = performance.now();
    }
  }
  onProgress?.({ lines, share: 1 });
  return refused.report();
}

async function problemsOf(order, { tried, read }) {
  const found = await tried.problems(read(order.facts), order.today);
  return [...found.map((problem) => ({ ...problem, at: order.at + problem.at })), ...order.problems];
}

/** The page's turn; a timer would make it wait for 4 ms. */
const turn = () =>
  new Promise((done) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      done();
    };
    port2.postMessage(0);
  });

const utcToday = () => new Date().toISOString().slice(0, 10);

/** The facts that one policy declares and another does not: the other one need not know them. */
const onlyIn = (one, other) => one.custom.map(({ name }) => name).filter((name) => !other.custom.some((fact) => fact.name === name));

const asItIs = (facts) => facts;

const without = (names) => (names.length === 0 ? asItIs : (facts) => Object.fromEntries(Object.entries(facts).filter(([name]) => !names.includes(name))));

const money = (currency) => (sum) => {
  const minor = Number(sum);
  if (Number.isSafeInteger(minor)) return { minor, currency };
  throw new TresenError('report.out_of_range', 'a sum of the report is larger than an amount can be', 'give fewer orders at once, and check their amounts');
};
