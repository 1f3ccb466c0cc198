// `tresen/backtest` in a worker of a page of Chromium: the page goes on meanwhile, and no worker is left behind: node tests/wasm/worker.mjs

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { root } from './cases.mjs';
import { openPage } from './page.mjs';

const { page, close } = await openPage('worker');
after(close);
await page.evaluate((policy) => {
  const order = (minor) => ({ today: '2026-03-02', facts: { 'cart.total': { minor, currency: 'EUR' }, 'shop.providers': ['sandbox'] } });
  const text = Array.from({ length: 100_000 }, (_, number) => JSON.stringify(order(100 + number))).join('\n');
  Object.assign(globalThis, { policy: { policy }, text });
}, readFileSync(join(root, 'examples/policies/de-own-invoice.json'), 'utf8'));

/** Runs a function in the page, with the package. */
const inPage = (ask) => page.evaluate(`import('/dist/backtest.js').then(${ask})`);

/** No worker is left; the end of one is heard of a moment later. */
const noneLeft = () => Promise.all(page.workers().map((worker) => new Promise((ended) => worker.on('close', ended))));

test('the page hears how far it is, and could do something else', { timeout: 120_000 }, async () => {
  const begun = page.waitForEvent('worker');
  const { orders, heard, turns } = await inPage(async ({ testPolicy }) => {
    const heard = [];
    let turns = 0;
    const clock = setInterval(() => (turns += 1), 1);
    const { orders } = await testPolicy(policy, text, { onProgress: (progress) => heard.push(progress) });
    clearInterval(clock);
    return { orders, heard, turns };
  });
  assert.match((await begun).url(), /\/dist\/backtest-worker\.js$/);
  assert.equal(orders, 100_000);
  assert.ok(heard.length > 3 && turns > 3, `${heard.length} times heard, ${turns} turns`);
  assert.ok(heard.every(({ share, lines }, place) => share >= (heard[place - 1]?.share ?? 0) && lines >= (heard[place - 1]?.lines ?? 0)));
  assert.deepEqual(heard.at(-1), { lines: 100_000, share: 1 });
  await noneLeft();
});

test('a run of which no more is wanted ends, and so does its worker', { timeout: 120_000 }, async () => {
  const begun = page.waitForEvent('worker');
  const found = await inPage(async ({ diffPolicies }) => {
    const control = new AbortController();
    const running = diffPolicies(policy, policy, text, { signal: control.signal, onProgress: ({ share }) => share > 0 && control.abort() });
    return running.then(() => 'it went on', ({ name }) => name);
  });
  assert.equal(found, 'AbortError');
  await begun;
  await noneLeft();
});

test('what cannot be tried is told by its code, and runs at once do not disturb each other', { timeout: 120_000 }, async () => {
  const found = await inPage(({ testPolicy, diffPolicies }) => Promise.all([
    testPolicy(policy, text, { assume: 'cash' }).catch(({ name, code }) => `${name} ${code}`),
    testPolicy({ policy: '{' }, text).catch(({ code }) => code),
    testPolicy(policy, text).then(({ orders }) => orders),
    diffPolicies(policy, policy, text.slice(0, text.indexOf('\n'))).then(({ orders }) => orders),
  ]));
  assert.deepEqual(found, ['TresenError assume.unknown', 'json.malformed', 100_000, 1]);
  await noneLeft();
});
