// How `tresen/backtest` goes through orders: however they come, with the page alive, and to the end only if somebody still wants to know:
// node tests/wasm/orders.mjs --tresen FILE

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { test } from 'node:test';
import { parseArgs } from 'node:util';
import { root } from './cases.mjs';

const { values } = parseArgs({ options: { tresen: { type: 'string' } } });
const dist = join(root, 'js/dist');
const { diffPolicies, testPolicy } = await import(join(dist, 'backtest.js'));
const { TresenError } = await import(join(dist, 'engine.js'));
const folder = mkdtempSync(join(tmpdir(), 'tresen-orders-'));

/** The ready-made German policy, compiled, with its text changed. */
function compiled(change = (text) => text) {
  const [file, to] = [join(folder, 'policy.json'), join(folder, 'policy.tresen')];
  writeFileSync(file, change(readFileSync(join(root, 'examples/policies/de-own-invoice.json'), 'utf8')));
  execFileSync(values.tresen, ['policy', 'build', file, '-o', to], { stdio: 'pipe' });
  return new Uint8Array(readFileSync(to));
}

const wasm = readFileSync(join(dist, 'console.wasm'));
const own = { policy: compiled(), wasm };
const yen = { policy: compiled((text) => text.replaceAll('.00 EUR', ' JPY').replaceAll('"EUR"', '"JPY"')), wasm };
rmSync(folder, { recursive: true });

const order = (minor) => ({ today: '2026-03-02', facts: { 'cart.total': { minor, currency: 'EUR' }, 'shop.providers': ['sandbox'] } });
const ORDERS = Array.from({ length: 700 }, (_, number) => order(100 + number * 50));
const LINES = ORDERS.map((one) => JSON.stringify(one));

/** Text in pieces that end in the middle of a line, and of a letter. */
function cut(text, size) {
  const bytes = new TextEncoder().encode(text);
  return Array.from({ length: Math.ceil(bytes.length / size) }, (_, number) => bytes.subarray(number * size, number * size + size));
}

test('however orders come, the report is the same', async () => {
  const expected = await testPolicy(own, ORDERS);
  assert.equal(expected.orders, ORDERS.length);
  assert.ok(expected.methods.some(({ offered, withheld }) => offered.orders > 0 && withheld.orders > 0), 'the orders are all alike');
  assert.deepEqual(await testPolicy(own, LINES), expected);
  assert.deepEqual(await testPolicy(own, LINES.join('\n')), expected);
  assert.deepEqual(await testPolicy(own, Readable.from(cut(LINES.join('\n'), 997))), expected);
  assert.deepEqual(await testPolicy(own, ORDERS.map(({ facts }) => facts), { today: '2026-03-02' }), expected);
});

test('a stream of which no more is wanted is left', async () => {
  let left = false;
  const stream = new ReadableStream({ pull: (to) => to.enqueue(new TextEncoder().encode(`${LINES[0]}\n`)), cancel: () => void (left = true) });
  const control = new AbortController();
  const running = testPolicy(own, stream, { signal: control.signal, onProgress: () => control.abort() });
  await assert.rejects(running, { name: 'AbortError' });
  assert.equal(left, true);
});

test('the page has its turn, and hears how far it is', async () => {
  const many = Array.from({ length: 40 }, () => ORDERS).flat();
  const heard = [];
  let turns = 0;
  const clock = setInterval(() => (turns += 1), 1);
  await testPolicy(own, many, { onProgress: (progress) => heard.push(progress) });
  clearInterval(clock);
  assert.ok(heard.length > 2 && turns > 1, `${heard.length} times heard, ${turns} turns`);
  assert.deepEqual(heard.at(-1), { lines: many.length, share: 1 });
  assert.ok(heard.every(({ share, lines }, place) => lines / many.length === share && share >= (heard[place - 1]?.share ?? 0)));
});

test('a wish that was dropped before it began is not begun', async () => {
  await assert.rejects(testPolicy(own, ORDERS, { signal: AbortSignal.abort(new Error('never mind')) }), { message: 'never mind' });
});

test('what cannot be tried is told by its code', async () => {
  const rejected = (code) => (error) => error instanceof TresenError && error.code === code;
  await assert.rejects(testPolicy(own, [], { assume: 'prepayment' }), rejected('assume.without_risk'));
  await assert.rejects(testPolicy(own, [], { assume: 'cash' }), rejected('assume.unknown'));
  await assert.rejects(diffPolicies(own, yen, []), rejected('policy.currencies_differ'));
  await assert.rejects(testPolicy({ ...own, policy: own.policy.slice(0, -1) }, []), rejected('policy.bytes.damaged'));
  await assert.rejects(diffPolicies(own, { ...own, policy: new Uint8Array(9) }, []), rejected('policy.bytes.not_a_policy'));
  await assert.rejects(testPolicy({ ...own, policy: '{' }, []), rejected('json.malformed'));
  await assert.rejects(testPolicy({ ...own, policy: '{}' }, []), (error) => rejected('policy.invalid')(error) && error.diagnostics.length > 1);
  await assert.rejects(testPolicy(own, [], { today: '2026-02-30' }), rejected('fact.date_malformed'));
  await assert.rejects(testPolicy(own, [], { complete: 'yes' }), rejected('options.malformed'));
});

test('a policy as the merchant wrote it is tried as the compiled one is', async () => {
  const written = { policy: readFileSync(join(root, 'examples/policies/de-own-invoice.json'), 'utf8'), wasm };
  assert.deepEqual(await diffPolicies(written, own, ORDERS), await diffPolicies(own, own, ORDERS));
});

test('a line longer than a mebibyte is no order, however it comes', async () => {
  const long = `{"cart.categories": ["${'x'.repeat(1 << 20)}"]}`;
  for (const source of [[long, LINES[0]], `${long}\n${LINES[0]}`]) {
    const { refused, orders } = await testPolicy(own, source);
    assert.deepEqual([orders, refused.codes], [1, { 'json.too_long': 1 }]);
  }
});
