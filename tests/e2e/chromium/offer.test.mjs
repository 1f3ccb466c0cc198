// Several people, several answers: what is offered, what is not, why, and what brings it back.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { useChromium } from '../lib/chromium.mjs';
import { useDemo } from '../lib/demo.mjs';
import { fill, signIn, speak, toPayment } from '../lib/shop.mjs';
import { choose, expectState, order, radio, ready, typeBirthDate, words } from '../lib/widget.mjs';

const reasonsOf = (page, id) => page.locator('tresen-checkout').evaluate(async (element, method) => {
  const one = (await element.decision()).methods.find((candidate) => candidate.id === method);
  return one.reasons.map((reason) => reason.code);
}, id);

describe('the offer', () => {
  const demo = useDemo();
  const chromium = useChromium();

  test('a guest with too big a cart reads from where invoice is back, and reducing the cart brings it back at once', async () => {
    const page = await chromium.open();
    await toPayment(page, demo.url, 'gast');
    await ready(page);
    await expectState(page, 'invoice', 'withheld');
    const text = await words(page);
    assert.match(text, /nicht dabei/);
    assert.match(text, /€/);
    const requests = [];
    page.on('request', (request) => requests.push(new URL(request.url()).pathname));
    await page.locator('[data-line="KL-108"] [data-step="-1"]').click();
    await expectState(page, 'invoice', 'incomplete');
    assert.deepEqual(requests, ['/api/cart'], 'decided in the browser: only the cart went to the shop');
    await page.finish();
  });

  test('the guest types a date of birth, agrees, and buys by invoice', async () => {
    const page = await chromium.open();
    await signIn(page, demo.url, 'gast', { klint: 2 });
    await page.goto(`${demo.url}/checkout`);
    await page.locator('form[action="/checkout/example"] button').click();
    await ready(page);
    await expectState(page, 'invoice', 'incomplete');
    await radio(page, 'invoice').check();
    await typeBirthDate(page, [27, 3, 1985]);
    await expectState(page, 'invoice', 'offered');
    const answer = await order(page, 'invoice');
    assert.equal(answer.outcome, 'confirmed');
    await page.finish();
  });

  test('Oskar reads that an invoice is open, and how much settling it takes', async () => {
    const page = await chromium.open();
    await toPayment(page, demo.url, 'oskar');
    await ready(page);
    await expectState(page, 'invoice', 'withheld');
    assert.match(await words(page), /offene Rechnung bezahlt/);
    await page.locator('tresen-checkout summary:visible', { hasText: 'Warum?' }).first().click();
    assert.match(await words(page), /74,90\s€/);
    await expectState(page, 'prepayment', 'offered');
    await page.finish();
  });

  test('Mika types a date of birth that makes seventeen: credit goes, the rest stays, nobody scolds', async () => {
    const page = await chromium.open();
    await toPayment(page, demo.url, 'mika');
    await ready(page);
    await expectState(page, 'invoice', 'incomplete');
    const hint = /(\d+)\.\s(\d+)\.\s(\d+)/.exec(await page.locator('.hint').innerText());
    await radio(page, 'invoice').check();
    await typeBirthDate(page, hint.slice(1, 4));
    await expectState(page, 'invoice', 'withheld');
    await expectState(page, 'card', 'offered');
    assert.match(await words(page), /ab 18 Jahren/);
    assert.deepEqual(await reasonsOf(page, 'invoice'), ['customer.minor']);
    await page.finish();
  });

  test('a date of birth is changed in the row that it brought, and where it brought none, first of all below what is missing', async () => {
    const page = await chromium.open();
    await toPayment(page, demo.url, 'mika');
    await ready(page);
    const change = page.locator('tresen-checkout [data-do=birth]:visible');
    const invoice = page.locator('tresen-checkout [part~=withheld]:visible', { hasText: 'Rechnung gibt es ab 18 Jahren.' });
    await radio(page, 'invoice').check();
    await typeBirthDate(page, [1, 11, 2009]);
    await expectState(page, 'invoice', 'withheld');
    assert.match(await invoice.innerText(), /ab 18 Jahren\.\s+Geburtsdatum ändern\s+Warum\?/);
    await invoice.getByRole('button', { name: 'Geburtsdatum ändern' }).click();
    await expectState(page, 'invoice', 'incomplete');
    assert.deepEqual([await radio(page, 'invoice').isChecked(), await change.count()], [true, 0], 'it is asked for once more');
    // Invoice is there for an adult. Instalments are not, for something that no date of birth changes.
    await typeBirthDate(page, [1, 2, 1990]);
    await expectState(page, 'invoice', 'offered');
    await expectState(page, 'instalments', 'withheld');
    assert.equal(await change.count(), 1);
    assert.equal(await page.locator('tresen-checkout [part~=method]', { has: page.locator('[data-do=birth]:visible') }).count(), 1);
    await page.finish();
  });

  test('a date of birth that does not exist is explained at the field', async () => {
    const page = await chromium.open();
    await toPayment(page, demo.url, 'mika');
    await ready(page);
    await radio(page, 'invoice').check();
    await typeBirthDate(page, [31, 2, 1990]);
    await page.getByText('gibt es nicht').first().waitFor();
    await expectState(page, 'invoice', 'incomplete');
    await page.finish();
  });

  test('Nordlicht is a company: no date of birth is asked, an invoice of its own is there', async () => {
    const page = await chromium.open();
    await toPayment(page, demo.url, 'nordlicht');
    const found = await ready(page);
    assert.equal(Object.values(found).includes('incomplete'), false);
    await expectState(page, 'company_invoice', 'offered');
    await expectState(page, 'invoice', 'withheld');
    await page.finish();
  });

  test('Yara moved: sent to the old address, more is possible, without a new page', async () => {
    const page = await chromium.open();
    await toPayment(page, demo.url, 'yara');
    await ready(page);
    await expectState(page, 'invoice', 'withheld');
    await page.locator('#deliver').click();
    await expectState(page, 'invoice', 'offered');
    await page.locator('#deliver').click();
    await expectState(page, 'invoice', 'withheld');
    await page.finish();
  });

  test('someone who types Greta’s e-mail as a guest gets what every guest gets', async () => {
    const offers = [];
    for (const email of ['greta.sommer@example.com', 'oskar.brandt@example.com', 'nobody@example.com']) {
      const page = await chromium.open();
      await signIn(page, demo.url, 'gast', { klint: 1 });
      await page.goto(`${demo.url}/checkout/address`);
      for (const [name, value] of Object.entries({ email, name: 'Greta Sommer', street: 'Lindenstraße 14', postcode: '10969', city: 'Berlin' })) await page.locator(`#f-${name}`).fill(value);
      await page.locator('.form .button').click();
      await ready(page);
      offers.push(await page.locator('tresen-checkout').evaluate((element) => JSON.stringify(element.methods())));
      await page.finish();
    }
    assert.equal(new Set(offers).size, 1);
  });

  test('English and the familiar form reach the widget', async () => {
    const page = await chromium.open();
    await speak(page, demo.url, 'en');
    await toPayment(page, demo.url, 'greta');
    await ready(page);
    assert.match(await words(page), /How would you like to pay\?/);
    await speak(page, demo.url, 'de-du');
    await page.goto(`${demo.url}/checkout/payment`);
    await ready(page);
    assert.match(await words(page), /Wie möchtest du zahlen\?/);
    await page.finish();
  });

  test('a cart that grows takes invoice away again, and the choice does not survive it', async () => {
    const page = await chromium.open();
    await signIn(page, demo.url, 'greta');
    await fill(page, demo.url, { foerde: 1 });
    await page.goto(`${demo.url}/checkout`);
    await ready(page);
    const before = await page.locator('tresen-checkout').evaluate((element) => element.methods().find((method) => method.id === 'invoice').state);
    if (before === 'offered') await choose(page, 'invoice');
    for (let count = 0; count < 3; count += 1) await page.locator('[data-line="KL-107"] [data-step="1"]').click();
    await expectState(page, 'invoice', 'withheld');
    assert.equal(await page.locator('tresen-checkout').evaluate((element) => element.selection), null);
    await page.finish();
  });
});
