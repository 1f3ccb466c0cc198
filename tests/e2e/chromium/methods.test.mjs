// Every method that the demo offers to anybody can be completed, and the shop knows how the order stands.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { useChromium } from '../lib/chromium.mjs';
import { useDemo } from '../lib/demo.mjs';
import { signIn, toPayment } from '../lib/shop.mjs';
import { until } from '../lib/until.mjs';
import { choose, choosePlan, expectState, fillAccount, orderButton, ready, states } from '../lib/widget.mjs';

const PEOPLE = ['greta', 'gast', 'oskar', 'nordlicht', 'mika', 'yara', 'kim', 'toni'];
/** Who takes which method, with a cart of their own where the usual one is too big, and how the order stands then. */
const CASES = {
  invoice: ['greta', null, 'placed'],
  pay_later: ['greta', { deern: 1, klint: 2 }, 'placed'],
  instalments: ['greta', null, 'placed'],
  sepa_debit: ['nordlicht', null, 'paid'],
  card: ['oskar', null, 'paid'],
  wallet: ['yara', null, 'paid'],
  prepayment: ['mika', null, 'waiting'],
  company_invoice: ['nordlicht', null, 'placed'],
};

const isPaying = () => window.location.pathname.includes('/sandbox/pay/');
const isDone = () => document.body.classList.contains('is-done');

describe('every method', () => {
  const demo = useDemo();
  const chromium = useChromium();

  for (const [id, [person, cart, state]] of Object.entries(CASES)) {
    test(`${id} is bought with to the end`, async () => {
      const page = await chromium.open();
      if (cart === null) await toPayment(page, demo.url, person);
      else {
        await signIn(page, demo.url, person, cart);
        await page.goto(`${demo.url}/checkout`);
      }
      await ready(page);
      await expectState(page, id, 'offered');
      if (id === 'instalments') await choosePlan(page, 3);
      await choose(page, id);
      if (id === 'sepa_debit') await fillAccount(page, 'DE89 3704 0044 0532 0130 00', 'Greta Sommer');
      await orderButton(page).click();
      assert.ok(await until(page, `(${isPaying})() || (${isDone})()`), 'the order went through');
      if (await page.evaluate(isPaying)) {
        await page.locator('button.primary').click();
        await page.waitForURL(/\/order\//);
      } else await page.reload();
      await page.locator(`[data-state=${state}]`).waitFor();
      assert.equal(await page.locator('[data-count]').innerText(), '0', 'the cart is empty');
      await page.finish();
    });
  }

  test('and there is no other', async () => {
    const offered = new Set();
    const page = await chromium.open();
    for (const person of PEOPLE) {
      await toPayment(page, demo.url, person);
      await ready(page);
      for (const [id, state] of Object.entries(await states(page))) if (state === 'offered') offered.add(id);
    }
    assert.deepEqual([...offered].filter((id) => !(id in CASES)), []);
    await page.finish();
  });
});
