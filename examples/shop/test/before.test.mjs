// Before and after: the dials turn what they say, and the made-up orders are the same ones everywhere.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { madeUp } from '../public/made-up.js';
import { DIALS, createVariants, dialsOf, readDials, withDials } from '../server/variants.js';

const policy = JSON.parse(readFileSync(new URL('../../policies/de-own-invoice.json', import.meta.url), 'utf8'));

test('the dials stand where the policy is, and turn that alone', () => {
  assert.deepEqual(dialsOf(policy), { limit: 250, on_time: 3 });
  assert.deepEqual(withDials(policy, dialsOf(policy)), policy);
  const moved = withDials(policy, { limit: 600, on_time: 1 });
  assert.deepEqual(dialsOf(moved), { limit: 600, on_time: 1 });
  assert.deepEqual(dialsOf(policy), { limit: 250, on_time: 3 }, 'the policy in force stays as it is');
  assert.equal(JSON.stringify(moved).replace('"maximum":"600.00 EUR"', '"maximum":"250.00 EUR"').replace('"greaterThanInclusive","value":1}', '"greaterThanInclusive","value":3}'), JSON.stringify(policy));
});

test('a position is one that a dial has', () => {
  assert.deepEqual(readDials(new URLSearchParams('limit=100&on_time=6')), { limit: DIALS.limit.least, on_time: DIALS.on_time.most });
  for (const query of ['', 'limit=100', 'limit=120&on_time=1', 'limit=650&on_time=1', 'limit=100&on_time=0', 'limit=100&on_time=1.5', 'limit=&on_time=1', 'limit=a&on_time=1']) {
    assert.throws(() => readDials(new URLSearchParams(query)), { code: 'dial.malformed' }, query);
  }
});

test('what could not be compiled is not kept', async () => {
  const variants = createVariants({ policy, binary: '/nowhere/tresen', folder: '/nowhere' });
  assert.deepEqual(variants.dials, { limit: 250, on_time: 3 });
  const first = variants.compiled(variants.dials);
  await assert.rejects(first);
  assert.notEqual(variants.compiled(variants.dials), first);
  await assert.rejects(variants.compiled(variants.dials));
});

test('made-up orders are the same ones each time, of the year before, and those the shop knows pay better', () => {
  const orders = madeUp(20_000, '2026-11-21');
  assert.deepEqual(madeUp(500, '2026-11-21'), orders.slice(0, 500));
  const days = orders.map(({ today }) => today).sort();
  assert.deepEqual([days[0], days.at(-1)], ['2025-11-22', '2026-11-21']);
  assert.ok(orders.every(({ facts }) => facts['cart.total'].currency === 'EUR' && Number.isSafeInteger(facts['cart.total'].minor)));
  const unpaid = (some) => some.filter(({ outcome }) => outcome.paid === 'unpaid').length / some.length;
  const regulars = orders.filter(({ facts }) => facts['history.paid_on_time'] >= 3);
  const strangers = orders.filter(({ facts }) => facts['customer.known'] === undefined);
  assert.ok(regulars.length > 1000 && strangers.length > 1000 && unpaid(regulars) < unpaid(strangers) / 2, `${unpaid(regulars)}, ${unpaid(strangers)}`);
});
