// A credit bureau: asked about whoever is new, waited for no longer than agreed; when it is down the shop goes on selling.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { useChromium } from '../lib/chromium.mjs';
import { useDemo } from '../lib/demo.mjs';
import { toPayment } from '../lib/shop.mjs';
import { order, radio, ready, words } from '../lib/widget.mjs';

const turn = async (page, url, label) => {
  await page.goto(`${url}/people`);
  await page.getByLabel(label, { exact: true }).check();
  await page.getByRole('button', { name: 'Umstellen' }).click();
  await page.waitForURL(`${url}/people`);
  assert.ok(await page.getByLabel(label, { exact: true }).isChecked(), `${label} stays`);
};

describe('a credit bureau', () => {
  const demo = useDemo();
  const chromium = useChromium();

  test('whom it knows nothing bad of buys on invoice, and agrees to a text that names it', async () => {
    const page = await chromium.open();
    await toPayment(page, demo.url, 'kim');
    const states = await ready(page);
    assert.equal(states.invoice, 'offered');
    await radio(page, 'invoice').check();
    assert.match(await words(page), /bisherige Bestellungen, mit einer Auskunft von Auskunft Muster\./);
    const answer = await order(page, 'invoice');
    assert.equal(answer.outcome, 'confirmed');
    await page.finish();
  });

  test('about whom nobody is asked reads that nobody was', async () => {
    const page = await chromium.open();
    await toPayment(page, demo.url, 'greta');
    await ready(page);
    await radio(page, 'invoice').check();
    assert.match(await words(page), /bisherige Bestellungen, ohne Auskunftei\./);
    await page.finish();
  });

  for (const label of ['ist ausgefallen', 'ist zu langsam', 'antwortet Unsinn']) {
    test(`when it ${label}, the shop sells more carefully, and the shopper sees no error`, async () => {
      const page = await chromium.open();
      await turn(page, demo.url, label);
      await toPayment(page, demo.url, 'kim');
      const states = await ready(page);
      assert.deepEqual([states.invoice, states.card, states.prepayment], ['withheld', 'offered', 'offered']);
      assert.match(await words(page), /Bis 100,00\s€ möglich\./);
      const answer = await order(page, 'prepayment');
      assert.equal(answer.outcome, 'confirmed');
      await turn(page, demo.url, 'antwortet');
      await toPayment(page, demo.url, 'kim');
      assert.equal((await ready(page)).prepayment, 'offered');
      await page.finish();
    });
  }
});
