// Behind the counter: whoever bought on invoice pays by transfer, and the merchant sees what came of it.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { useChromium } from '../lib/chromium.mjs';
import { useDemo } from '../lib/demo.mjs';
import { buyOnInvoice, on, openItems, today, transfer } from '../lib/office.mjs';

const days = (from, to) => (Date.parse(to) - Date.parse(from)) / 86_400_000;

describe('a transfer for an invoice', () => {
  const demo = useDemo();
  const chromium = useChromium();
  const claimed = (id) => demo.api.receivables.get(id);

  test('of exactly what is open pays the claim, and it is no open item any more', async () => {
    const page = await chromium.open();
    const claim = await buyOnInvoice(page, demo.url);
    assert.ok((await openItems(page, demo.url)).some((row) => row.includes(claim.number) && row.includes('168,40 €')));
    const said = await transfer(page, demo.url, claim, 'exact');
    assert.match(said, /168,40\s€ sind angekommen[^]*Sie ist bezahlt\./);
    const { ending, balance } = await claimed(claim.id);
    assert.deepEqual([ending, balance.minor], ['paid', 0]);
    assert.ok(!(await openItems(page, demo.url)).some((row) => row.includes(claim.number)));
    await page.goto(`${demo.url}/merchant?claim=${claim.id}`);
    assert.match(await page.locator('.story').innerText(), /Bestellt auf Rechnung[^]*Zahlung angerechnet\s+168,40\s€/);
    await page.finish();
  });

  test('of a part leaves the rest open, and of too much leaves the customer credit', async () => {
    const page = await chromium.open();
    const claim = await buyOnInvoice(page, demo.url);
    assert.match(await transfer(page, demo.url, claim, 'partial'), /Offen sind noch 84,20\s€\./);
    assert.equal((await claimed(claim.id)).balance.minor, 8420);
    assert.ok((await openItems(page, demo.url)).some((row) => row.includes(claim.number) && row.includes('84,20 €')));
    assert.match(await transfer(page, demo.url, claim, 'more'), /Sie ist bezahlt\.[^]*10,00\s€ sind mehr, als offen war/);
    assert.equal((await claimed(claim.id)).ending, 'paid');
    assert.equal((await demo.api.customers.account('cus_greta')).credit.minor, 1000);
    await page.finish();
  });

  test('with a wrong reference belongs to nobody until the merchant assigns it', async () => {
    const page = await chromium.open();
    const claim = await buyOnInvoice(page, demo.url);
    assert.match(await transfer(page, demo.url, claim, 'wrong'), /lässt sich am Verwendungszweck nicht erkennen/);
    assert.equal((await claimed(claim.id)).ending, null);
    await page.goto(`${demo.url}/merchant`);
    assert.match(await page.locator('.office__card--todo').innerText(), /Für Sie zu tun\s+1/);
    assert.match(await page.locator('#assign').innerText(), /„Danke für alles“/);
    await page.locator('#assign select').selectOption(claim.id);
    await page.locator('#assign .button').click();
    await page.waitForURL(/claim=/);
    assert.equal(await page.locator('#case').getAttribute('data-ending'), 'paid');
    assert.equal(await page.locator('#assign').count(), 0);
    assert.equal((await claimed(claim.id)).ending, 'paid');
    await page.finish();
  });

  test('what is no amount is said beside the field, and nothing is sent', async () => {
    const before = (await demo.api.payments.unmatched()).payments.length;
    const form = new URLSearchParams({ amount: '-5', remittance: 'x', payer: 'y' });
    const answer = await fetch(`${demo.url}/bank/transfer`, { method: 'POST', body: form, headers: { origin: demo.url }, redirect: 'manual' });
    assert.equal(answer.status, 422);
    assert.match(await answer.text(), /Das ist kein Betrag/);
    assert.equal((await demo.api.payments.unmatched()).payments.length, before);
  });
});

describe('the time machine', () => {
  const demo = useDemo();
  const chromium = useChromium();

  test('goes a day, a week, or to what comes next, and the shop lives in that time', async () => {
    const page = await chromium.open();
    await page.goto(`${demo.url}/merchant`);
    const start = await today(page);
    const tomorrow = await on(page, 'day');
    assert.equal(days(start, tomorrow), 1);
    assert.equal(days(tomorrow, await on(page, 'week')), 7);
    const claim = await buyOnInvoice(page, demo.url);
    assert.ok(days(start, claim.due_date) > 8, 'the term counts from the day that it is in the demo');
    await page.goto(`${demo.url}/merchant`);
    const { claims, today: before } = await demo.api.collection.list();
    const coming = claims.flatMap(({ next, why_not: why }) => [next?.from, why?.until]).filter((day) => day > before);
    const next = await on(page, 'event');
    assert.ok(coming.length > 0 && next <= coming.sort()[0], `${next} of ${coming}`);
    assert.ok(days(before, next) > 0);
    await page.finish();
  });
});
