// The drafted languages: the widget speaks them, and what a person agrees to in one is the text that the service knows.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { useChromium } from '../lib/chromium.mjs';
import { asks, settles } from '../../../js/build/texts.mjs';
import { useDemo } from '../lib/demo.mjs';
import { buyOnInvoice } from '../lib/office.mjs';
import { signIn, toPayment } from '../lib/shop.mjs';
import { stand } from '../lib/stand.mjs';
import { until } from '../lib/until.mjs';
import { choose, orderButton, ready, states, words } from '../lib/widget.mjs';

const eur = (minor) => ({ minor, currency: 'EUR' });
const facts = (minor) => ({ 'cart.total': eur(minor), 'billing.country': 'DE', 'shipping.country': 'DE', 'shipping.same_as_billing': true, 'customer.birth_date': '1985-03-27' });

const LANGUAGES = [
  { locale: 'fr', title: 'Comment souhaitez-vous payer\u00a0?', large: '1\u202f234,50\u00a0€', small: '123,45\u00a0€', button: 'Commande avec obligation de paiement' },
  { locale: 'it', title: 'Come desidera pagare?', large: '1.234,50\u00a0€', small: '123,45\u00a0€', button: 'Ordine con obbligo di pagare' },
  { locale: 'nl-BE', title: 'Hoe wilt u betalen?', large: '€\u00a01.234,50', small: '€\u00a0123,45', button: 'Bestelling met betalingsverplichting' },
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

  test('an account is whole in each of them: nothing German or English is left on the overview, behind a door or in an answer', async () => {
    const page = await chromium.open();
    const claim = await buyOnInvoice(page, demo.url);
    await signIn(page, demo.url, 'greta');
    await page.goto(`${demo.url}/account`);
    const account = page.locator('tresen-account');
    const spoken = async () => (await account.locator('.t').innerText()).replaceAll(/[\u00a0\u202f]/g, ' ');
    for (const { locale, why } of [{ locale: 'fr-BE', why: 'Pourquoi 168,40 € ?' }, { locale: 'it', why: 'Perché 168,40 €?' }, { locale: 'nl', why: 'Waarom 168,40?' }]) {
      const language = locale.slice(0, 2);
      const own = { ...settles()[language], ...asks()[language] };
      // Every sentence of the others that this language says in other words, as far as its first blank.
      const foreign = ['de', 'en'].flatMap((other) => Object.entries({ ...settles()[other], ...asks()[other] }).filter(([key, text]) => !/^(is|read|date)\./.test(key) && text !== own[key]).map(([, text]) => text.replaceAll('*', '').split('{')[0].trim())).filter((text) => text.length > 7 && !Object.values(own).some((said) => said.includes(text)));
      await account.evaluate((element, tag) => element.setAttribute('locale', tag), locale);
      await account.locator(`.t[lang=${language}]`).getByText(own.ask).waitFor();
      assert.ok(foreign.length > 200, `${foreign.length}`);
      const none = async (where) => {
        // A document is named in its own language.
        const text = (await spoken()).replaceAll(/Aufstellung zur Bestellung \S+/g, '');
        assert.deepEqual(foreign.filter((sentence) => text.includes(sentence)), [], `${locale}: ${where}\n${text}`);
      };
      await none('overview');
      await account.locator('details[part=card] > summary').click();
      await account.locator('[aria-describedby=ask-hint]').fill(why);
      await page.keyboard.press('Enter');
      await account.locator('.asked').waitFor();
      assert.match(await account.locator('.asked').innerText(), /168,40/);
      await none(why);
      await account.locator('.rest > summary').click();
      const doors = await account.locator('.doors button').count();
      assert.ok(doors >= 6, `${doors}`);
      for (let at = 0; at < doors; at += 1) {
        if (!(await account.locator('.doors button').nth(at).isVisible())) await account.locator('.rest > summary').click();
        await account.locator('.doors button').nth(at).click();
        await none(await account.locator('h2.h').innerText());
        await account.locator('button.link', { hasText: own.back }).click();
      }
    }
    const { token } = await demo.api.receivables.paylink(claim.id);
    await page.goto(`${demo.url}/tresen/pay/${token}`);
    for (const [locale, title, until, human] of [['fr', 'Votre facture chez', 'Sans frais supplémentaires', 'Parler à une personne'], ['it', 'La Sua fattura presso', 'Senza costi aggiuntivi', 'Parlare con una persona'], ['nl', 'Uw factuur bij', 'Zonder extra kosten', 'Met een mens praten']]) {
      await account.evaluate((element, tag) => element.setAttribute('locale', tag), locale);
      await account.locator(`.t[lang=${locale}]`).getByText(title).waitFor();
      const text = await spoken();
      for (const said of [title, until, human, '168,40']) assert.ok(text.includes(said), `${locale}: ${said}\n${text}`);
      assert.doesNotMatch(text, /Rechnung|Überweisen|Empfänger|invoice|transfer\b|payee/i, locale);
    }
    await page.finish();
  });
});
