// A deferral that is consumer credit: what must be told is told with the choice, and nothing is confirmed that was not.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { violations, withAxe } from '../lib/axe.mjs';
import { useChromium } from '../lib/chromium.mjs';
import { useDemo } from '../lib/demo.mjs';
import { signIn, speak, toPayment } from '../lib/shop.mjs';
import { stand } from '../lib/stand.mjs';
import { until } from '../lib/until.mjs';
import { choose, consent, order, orderButton, radio, ready, words } from '../lib/widget.mjs';

const eur = (minor) => ({ minor, currency: 'EUR' });
const table = (page) => page.locator('tresen-checkout table.plan:visible');
const WARNING = 'Achtung! Kreditaufnahme kostet Geld.';
const inDays = (days) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

/** Greta with a cart that is small enough for paying later, which is sixty days in this shop. */
async function toPayLater(page, url) {
  await signIn(page, url, 'greta', { deern: 1, klint: 2 });
  await page.goto(`${url}/checkout`);
  await ready(page);
  await radio(page, 'pay_later').check();
  await table(page).waitFor();
}

describe('time to pay that is credit', () => {
  const demo = useDemo();
  const chromium = useChromium();

  test('it is warned of where it is chosen, told on one page, agreed to and confirmed; an invoice says nothing of it', async () => {
    const page = await chromium.open();
    const sent = [];
    page.on('request', (request) => request.url().endsWith('/api/order') && sent.push(JSON.parse(request.postData())));
    await toPayLater(page, demo.url);
    const said = await words(page);
    for (const part of [WARNING, 'Vor dem Abschluss erhalten Sie alle Angaben auf einer Seite.', 'innerhalb von 14 Tagen', 'jederzeit ganz oder teilweise früher']) assert.ok(said.includes(part), part);
    assert.match(said, /Sie zahlen insgesamt\s+\d+,\d\d\s€\s+Effektiver Jahreszins\s+0,00\s%/);
    assert.deepEqual([await consent(page).count(), await consent(page).isChecked()], [1, false]);
    await page.getByRole('button', { name: 'Kreditinformationen auf einer Seite' }).click();
    const sheet = await page.getByRole('dialog', { name: 'Informationen zum Kredit' }).innerText();
    for (const part of ['Zahlungsaufschub für den Kauf dieser Waren, auf einmal zu zahlen', 'Eine Zahlung, am', 'automatisch für Sie erstellt', 'Nichts ist vorausgewählt', 'ein Mensch die Entscheidung prüft', 'www.meine-schulden.de']) assert.ok(sheet.includes(part), part);
    await page.keyboard.press('Escape');
    await radio(page, 'invoice').check();
    assert.ok(!(await words(page)).includes(WARNING));
    await radio(page, 'pay_later').check();
    await orderButton(page).click();
    await page.getByText('Bitte bestätigen Sie diesen Punkt, wenn Sie so zahlen möchten.').waitFor();
    assert.deepEqual(sent, []);
    await consent(page).check();
    const [response] = await Promise.all([page.waitForResponse((one) => one.url().endsWith('/api/order')), orderButton(page).click()]);
    const answer = await response.json();
    assert.equal(answer.outcome, 'confirmed');
    assert.deepEqual(sent[0].consents.map(({ id, version }) => [id, version]), [['pay_later', 'credit-1']]);
    const { decision, consents } = await demo.api.decisions.get(answer.decision_id);
    assert.equal(decision.methods.find(({ id }) => id === 'pay_later').credit.regime, 'consumer_credit');
    assert.equal(consents[0].version, 'credit-1', 'what was agreed to is on record');
    await page.finish();
  });

  test('axe finds nothing, narrow and dark', async () => {
    const page = await chromium.open({ width: 360, dark: true });
    await toPayLater(page, demo.url);
    const axe = await withAxe(page);
    const clean = async (what) => assert.deepEqual(await violations(axe), [], what);
    await orderButton(page).click();
    await clean('the notice, and what is missing');
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= 360), 'nothing reaches over the edge');
    await page.getByRole('button', { name: 'Kreditinformationen auf einer Seite' }).click();
    await page.getByRole('dialog').waitFor();
    await clean('the information');
    await page.finish();
  });

  test('without the script that tells it nothing is confirmed, calmly, and everything else works on', async () => {
    const page = await chromium.open({ expected: [/ERR_FAILED/] });
    await page.route('**/more.js', (route) => route.abort());
    await signIn(page, demo.url, 'greta', { deern: 1, klint: 2 });
    await page.goto(`${demo.url}/checkout`);
    await ready(page);
    const refused = await order(page, 'pay_later');
    assert.equal(refused.outcome, 'refused');
    assert.ok(refused.reasons.some(({ code }) => code === 'credit.not_disclosed'));
    await page.getByText('Bestellt wurde noch nichts.').waitFor();
    assert.equal((await order(page, 'invoice')).outcome, 'confirmed');
    await page.finish();
  });

  test('what turns out to be credit only at the confirm is told then, and the tick is asked for again', async () => {
    const page = await chromium.open();
    await toPayment(page, demo.url, 'nordlicht');
    await ready(page);
    const facts = { 'cart.total': eur(9000), 'billing.country': 'DE', 'billing.region': 'SN', 'customer.birth_date': '1985-03-27' };
    const { session } = await demo.api.sessions.create({ customer: { reference: 'cus_later', signed_in: true }, facts: { ...facts, 'order.expected_delivery': inDays(20) } });
    await stand(page, { session, locale: 'de' });
    await choose(page, 'pay_later');
    assert.ok(!(await words(page)).includes(WARNING), 'counted from that delivery it is free');
    const { decision } = await demo.api.sessions.preview(session, { facts: { ...facts, 'order.expected_delivery': inDays(2) } });
    await page.evaluate((told) => {
      document.querySelector('tresen-checkout').addEventListener('tresen-submit', (event) => {
        event.stopImmediatePropagation();
        event.detail.respondWith(Promise.resolve({ outcome: 'refused', reasons: [{ code: 'credit.not_disclosed' }], decision: told }));
      }, { capture: true });
    }, decision);
    await orderButton(page).click();
    await page.getByText('Bestellt wurde noch nichts.').waitFor();
    await table(page).waitFor();
    assert.ok((await words(page)).includes(WARNING));
    assert.equal(await consent(page).isChecked(), false);
    assert.deepEqual((await page.locator('tresen-checkout').evaluate(({ selection }) => selection)).consents, []);
    await page.finish();
  });
});

describe('the text of a deferral that is credit', () => {
  const demo = useDemo();
  const chromium = useChromium();

  // In each language the browser puts the same text together as the service, or the order would be refused.
  for (const [locale, form] of [['de', 'sie'], ['de', 'du'], ['en', 'sie'], ['fr', 'sie'], ['it', 'sie'], ['nl', 'sie']]) {
    test(`in ${locale} (${form}) the text that was agreed to is the service’s own`, async () => {
      const page = await chromium.open();
      await toPayment(page, demo.url, 'nordlicht');
      await ready(page);
      const facts = { 'cart.total': eur(9000), 'billing.country': 'DE', 'billing.region': 'SN', 'customer.birth_date': '1985-03-27' };
      const { session } = await demo.api.sessions.create({ customer: { reference: `cus_${locale}_${form}`, signed_in: true }, facts, locale, address_form: form });
      await stand(page, { session, locale, 'address-form': form });
      await radio(page, 'pay_later').check();
      await table(page).waitFor();
      await consent(page).check();
      await orderButton(page).click();
      assert.ok(await until(page, () => window.submitted !== undefined));
      const { method, amount, consents } = await page.evaluate(() => window.submitted);
      const number = `E2E-SPAETER-${locale}-${form}`;
      const cart = { lines: [{ sku: 'a', name: 'A', quantity: 1, amount: eur(9000) }], total: eur(9000) };
      const answer = await demo.api.sessions.confirm(session, { order: number, method, amount, facts, cart, consents }, { idempotencyKey: number });
      assert.deepEqual([answer.outcome, answer.reasons], ['confirmed', undefined]);
      await page.finish();
    });
  }

  test('the demo shop speaks English too', async () => {
    const page = await chromium.open();
    await speak(page, demo.url, 'en');
    await toPayLater(page, demo.url);
    assert.ok((await words(page)).includes('Caution! Borrowing money costs money.'));
    await page.finish();
  });
});
