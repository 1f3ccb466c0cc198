// Buying: the order stands once, on the shop's own cart, and the next checkout knows of it.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { useChromium } from '../lib/chromium.mjs';
import { useDemo } from '../lib/demo.mjs';
import { signIn, toPayment } from '../lib/shop.mjs';
import { choose, expectState, order, orderButton, ready, words } from '../lib/widget.mjs';

describe('buying', () => {
  const demo = useDemo();
  const chromium = useChromium();

  test('Greta buys by invoice, the widget carries on in its place, and the ledger has exactly that claim', async () => {
    const page = await chromium.open();
    await toPayment(page, demo.url, 'greta');
    await ready(page);
    await expectState(page, 'invoice', 'offered');
    assert.equal(await page.locator('tresen-checkout input:checked').count(), 0, 'nothing is chosen or ticked in advance');
    const before = await demo.api.customers.account('cus_greta');
    const answer = await order(page, 'invoice');
    assert.equal(answer.outcome, 'confirmed');
    assert.match(answer.receivable.reference, /^RF\d{2}/);
    await page.getByRole('heading', { level: 1, name: 'Vielen Dank für die Bestellung' }).waitFor();
    assert.match(await words(page), /Bestellt auf Rechnung[\s\S]*168,40\s€/);
    const account = await demo.api.customers.account('cus_greta');
    assert.equal(account.open_balance.minor - before.open_balance.minor, 16840);
    const claim = account.receivables.find((receivable) => receivable.order === answer.order);
    assert.deepEqual([claim.balance.minor, claim.due_date], [16840, answer.receivable.due_date]);
    // The address is the order's own: it can be opened again.
    assert.match(page.url(), new RegExp(`/order/${answer.order}\\?key=`));
    await page.reload();
    await page.getByText(answer.receivable.reference).first().waitFor();
    await page.finish();
  });

  test('the next checkout shows that exposure: what is open counts against the limit', async () => {
    const account = await demo.api.customers.account('cus_greta');
    const page = await chromium.open();
    await toPayment(page, demo.url, 'greta');
    await ready(page);
    const opened = await page.evaluate(async () => {
      const response = await fetch('/api/xray', { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"facts":{}}' });
      return response.json();
    });
    const { limit, available } = opened.decision.exposure;
    assert.equal(available.minor, Math.max(0, limit.minor - account.open_balance.minor));
    await page.finish();
  });

  test('two clicks are one order', async () => {
    const page = await chromium.open();
    await toPayment(page, demo.url, 'nordlicht');
    await ready(page);
    await choose(page, 'prepayment');
    const answers = [];
    page.on('response', async (response) => {
      if (response.url().endsWith('/api/order')) answers.push(response.json());
    });
    await orderButton(page).dblclick();
    await page.getByRole('heading', { level: 1, name: /Vielen Dank/ }).waitFor();
    const numbers = new Set((await Promise.all(answers)).map((answer) => answer.order));
    assert.equal(numbers.size, 1);
    await page.finish();
  });

  test('a card is paid on the provider’s page, behind the shop’s own address, and comes back paid', async () => {
    const page = await chromium.open();
    await toPayment(page, demo.url, 'yara');
    await ready(page);
    await choose(page, 'card');
    await orderButton(page).click();
    await page.waitForURL(/\/tresen\/sandbox\/pay\//);
    assert.ok(page.url().startsWith(demo.url));
    await page.locator('button.primary').click();
    const back = page.locator('a.back');
    await Promise.race([page.waitForURL(/\/order\//), back.waitFor()]);
    if (!page.url().includes('/order/')) await back.click();
    await page.waitForURL(/\/order\//);
    await page.locator('[data-state=paid]').waitFor();
    assert.equal(await page.locator('[data-count]').innerText(), '0');
    await page.finish();
  });

  test('a payment that is called off leaves the cart where it was', async () => {
    const page = await chromium.open();
    await toPayment(page, demo.url, 'yara');
    await ready(page);
    await choose(page, 'card');
    await orderButton(page).click();
    await page.waitForURL(/\/tresen\/sandbox\/pay\//);
    await page.locator('form[action$=decline] button').click();
    const back = page.locator('a.back');
    await Promise.race([page.waitForURL(/\/order\//), back.waitFor()]);
    if (!page.url().includes('/order/')) await back.click();
    await page.locator('[data-state=declined]').waitFor();
    assert.notEqual(await page.locator('[data-count]').innerText(), '0');
    await page.getByRole('link', { name: 'Anders bezahlen' }).click();
    await expectState(page, 'prepayment', 'offered');
    await page.finish();
  });

  test('another browser does not see the order', async () => {
    const page = await chromium.open({ expected: [/status of 404/] });
    await signIn(page, demo.url, 'greta');
    const response = await page.goto(`${demo.url}/order/2026-1184`);
    assert.equal(response.status(), 404);
    await page.finish();
  });
});
