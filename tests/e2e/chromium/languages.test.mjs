// The drafted languages: the widget speaks them, and what a person agrees to in one is the text that the service knows.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { useChromium } from '../lib/chromium.mjs';
import { useDemo } from '../lib/demo.mjs';
import { toPayment } from '../lib/shop.mjs';
import { stand } from '../lib/stand.mjs';
import { until } from '../lib/until.mjs';
import { choose, orderButton, ready, states, words } from '../lib/widget.mjs';

const eur = (minor) => ({ minor, currency: 'EUR' });
const facts = (minor) => ({ 'cart.total': eur(minor), 'billing.country': 'DE', 'shipping.country': 'DE', 'shipping.same_as_billing': true, 'customer.birth_date': '1985-03-27' });

const LANGUAGES = [
  { locale: 'fr', title: 'Comment souhaitez-vous payer\u00a0?', large: '1\u202f234,50\u00a0€', small: '123,45\u00a0€', button: 'Commande avec obligation de paiement' },
  { locale: 'it', title: 'Come vuoi pagare?', large: '1.234,50\u00a0€', small: '123,45\u00a0€', button: 'Ordine con obbligo di pagare' },
  { locale: 'nl-BE', title: 'Hoe wil je betalen?', large: '€\u00a01.234,50', small: '€\u00a0123,45', button: 'Bestelling met betalingsverplichting' },
];

describe('the drafted languages', () => {
  const demo = useDemo();
  const chromium = useChromium();

  for (const { locale, title, large, small, button } of LANGUAGES) {
    test(`in ${locale} a person reads, agrees and buys`, async () => {
      const page = await chromium.open();
      await toPayment(page, demo.url, 'nordlicht');
      await ready(page);
      const { session } = await demo.api.sessions.create({ customer: { reference: `cus_${locale}`, signed_in: true }, facts: facts(123450), locale });
      await stand(page, { session, locale });
      await page.getByText(title).waitFor();
      await choose(page, 'card');
      assert.ok((await words(page)).includes(large), await words(page));
      assert.equal((await states(page)).invoice, 'withheld');
      assert.equal(await page.locator('tresen-checkout [lang]').first().getAttribute('lang'), locale.slice(0, 2));

      await page.locator('tresen-checkout').evaluate((element, changed) => element.update({ facts: changed }), facts(12345));
      await choose(page, 'invoice');
      assert.ok((await words(page)).includes(small), await words(page));
      assert.match(await orderButton(page).innerText(), new RegExp(button));
      await orderButton(page).click();
      assert.ok(await until(page, () => window.submitted !== undefined));
      const submitted = await page.evaluate(() => window.submitted);
      assert.deepEqual(submitted.consents.map(({ id, version }) => [id, version]), [['invoice', '1-draft']]);
      const order = `E2E-${locale}`;
      const cart = { lines: [{ sku: 'KL-103', name: 'Becher', quantity: 1, amount: eur(12345) }], total: eur(12345) };
      const body = { order, method: submitted.method, amount: submitted.amount, facts: submitted.facts, cart, consents: submitted.consents };
      const answer = await demo.api.sessions.confirm(session, body, { idempotencyKey: order });
      assert.equal(answer.outcome, 'confirmed', JSON.stringify(answer.decision?.methods ?? answer));
      await page.finish();
    });
  }
});
