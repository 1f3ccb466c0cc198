// The plans of instalments that a browser shows are those that the service has on offer, to the cent and the day, as WebAssembly and as
// JavaScript: node tests/wasm/plans.mjs --cases FILE, which `cargo run -p tresen-tests --example plans` writes.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { root } from './cases.mjs';

const { values } = parseArgs({ options: { cases: { type: 'string' } } });
const dist = join(root, 'js/dist');
const lines = readFileSync(values.cases, 'utf8').split('\n').filter(Boolean).map((line) => JSON.parse(line));

const withoutCredit = ({ credit, ...plan }) => plan;

async function compare(kind, options) {
  // Each kind is a module of its own, as on two pages.
  const { loadPlans } = await import(`${join(dist, 'plan.js')}?${kind}`);
  let [orders, made, late, plans] = [0, 0, 0];
  for (const line of lines) {
    if (line.policy) {
      plans = await loadPlans({ policy: Uint8Array.from(Buffer.from(line.policy, 'hex')), ...options });
      assert.equal(plans.market, line.market);
      continue;
    }
    const { total, today, region, country, language } = line;
    const order = { total, today, ...(region && { region }), ...(country && { country }) };
    for (const [method, expected] of Object.entries(line.plans)) {
      const found = plans.of(method, order);
      assert.deepEqual(found, expected.map(withoutCredit), `${kind}: ${method} ${JSON.stringify(order)}`);
      made += found.length;
    }
    for (const [method, { fee, deferral }] of Object.entries(line.deferrals)) {
      const asked = { ...order, fee, ...(line.delivery && { delivery: line.delivery }) };
      assert.deepEqual(plans.deferral(method, asked), withoutCredit(deferral), `${kind}: ${method} ${JSON.stringify(asked)}`);
      late += 1;
    }
    assert.equal(plans.amountText(total, language), line.amount_text, language);
    const percent = `${Math.floor(total.minor / 100)}.${`${total.minor % 100}`.padStart(2, '0')}`;
    assert.equal(plans.percentText(percent, language), line.percent_text, language);
    orders += 1;
  }
  // What is asked wrongly is answered with nothing.
  const [order] = lines.filter(({ plans: some }) => some?.usual?.length);
  for (const wrong of [{ total: { minor: 1.5, currency: order.total.currency } }, { total: { ...order.total, currency: 'CHF' } }, { total: undefined }, { today: '2026-02-30' }]) {
    assert.deepEqual(plans.of('usual', { ...order, ...wrong }), [], JSON.stringify(wrong));
  }
  assert.deepEqual(plans.of('nobody', order), []);
  for (const wrong of [{ total: undefined }, { total: { minor: 100, currency: 'CHF' } }, { delivery: undefined }, { delivery: '2026-02-30' }]) {
    assert.equal(plans.deferral('delivered', { ...order, delivery: order.today, ...wrong }), null, JSON.stringify(wrong));
  }
  assert.equal(plans.deferral('nobody', order), null);
  assert.ok(orders > 1000 && made > 3000 && late > 1000, `${orders} orders with ${made} plans and ${late} deferrals are too few to say anything`);
  console.log(`${kind}: ${orders} orders, ${made} plans, ${late} deferrals`);
}

await compare('wasm', { wasm: readFileSync(join(dist, 'plan.wasm')) });
// What is no module makes it take the other one, as a page does on which WebAssembly is refused.
await compare('JavaScript', { wasm: new Uint8Array([1]) });
console.log('plans: 2 passed, 0 failed');
