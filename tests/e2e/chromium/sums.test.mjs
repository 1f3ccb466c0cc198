// What an order came to, line by line on the page: whatever happened to it, the lines sum to what is open, and it cost what was bought.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { useChromium } from '../lib/chromium.mjs';
import { useCounter } from '../lib/counter.mjs';
import { signIn } from '../lib/shop.mjs';

const eur = (minor) => ({ minor, currency: 'EUR' });
const views = JSON.parse(readFileSync(new URL('../../corpus/questions/views.json', import.meta.url), 'utf8'));

describe('what an order came to', () => {
  const counter = useCounter([['cus_yara', 'S-SUMS', 10000, 1]]);
  const chromium = useChromium();
  const account = (page) => page.locator('tresen-account');

  async function opens(page) {
    await page.goto(`${counter.url}/account`);
    await account(page).locator('.times').waitFor();
  }

  /** The rows of a list on the page, each of its name and its amount. */
  const rowsOf = async (page, rows, name, amount) => {
    const found = [];
    for (const row of await account(page).locator(rows).all()) found.push([name, amount].map((part) => row.locator(part).first()));
    return Promise.all(found.map(async (parts) => (await Promise.all(parts.map((part) => part.textContent()))).map((text) => text.replaceAll(/[\u00a0\u202f]/g, ' '))));
  };
  const parts = (page) => rowsOf(page, 'details:has-text("Woraus sich der Betrag zusammensetzt") dl > div', 'dt', 'dd');
  const story = async (page) => (await rowsOf(page, '.times > li', 'b', '.num')).filter(([, amount]) => amount !== '');

  /** All but the last row sum to the last. */
  const adds = (rows) => {
    const cents = rows.map(([, amount]) => +amount.replace('−', '-').replace(/[^\d-]/g, ''));
    assert.equal(cents.slice(0, -1).reduce((sum, one) => sum + one, 0), cents.at(-1), JSON.stringify(rows));
  };

  test('a part is paid, goods come back, the bank takes the payment back: each time the lines say so', async () => {
    const page = await chromium.open();
    await signIn(page, counter.url, 'yara');
    await opens(page);
    assert.deepEqual(await parts(page), [['Bestellung', '100,00 €'], ['Noch offen', '100,00 €']]);
    const { receivable } = await counter.stands('cus_yara');
    await account(page).locator('.rest > summary').click();
    await account(page).locator('.doors button', { hasText: 'Etwas zurückschicken' }).click();
    await account(page).locator('button[type=submit]').click();
    await account(page).locator('[data-news]').waitFor();
    const { today } = await counter.told('cus_yara');
    const payment = await counter.transfers('cus_yara', 3000, today, 'S-1');
    await counter.api.receivables.credit(receivable.id, { amount: eur(2500), reason: 'return' });
    await opens(page);
    const paid = [['Bestellung', '100,00 €'], ['Gutgeschrieben', '−25,00 €'], ['Schon bezahlt', '−30,00 €'], ['Noch offen', '45,00 €']];
    assert.deepEqual(await parts(page), paid);
    assert.deepEqual(await story(page), [['Bestellt', '100,00 €'], ['Sie haben bezahlt', '−30,00 €'], ['Offen', '45,00 €']]);
    assert.match((await account(page).locator('.list li', { hasText: 'Rücksendung angekündigt' }).innerText()).replaceAll('\u00a0', ' '), /· 25,00 € gutgeschrieben/);
    await counter.api.payments.chargeback(payment.id, { state: 'opened', until: today });
    await opens(page);
    assert.deepEqual(await parts(page), [['Bestellung', '100,00 €'], ['Gutgeschrieben', '−25,00 €'], ['Noch offen', '75,00 €']]);
    assert.deepEqual(await story(page), [['Bestellt', '100,00 €'], ['Offen', '75,00 €']]);
    await page.finish();
  });

  test('what was paid for reminding and interest first is no part of the order, and what went back is none of what was paid', async () => {
    const page = await chromium.open();
    await signIn(page, counter.url, 'yara');
    await page.route('**/v1/accounts/*', async (route) => {
      const told = await (await route.fetch()).json();
      const { claims, owed, asked, payments } = views.returned;
      await route.fulfill({ json: { ...told, claims, owed, asked, payments } });
    });
    await opens(page);
    const rows = await parts(page);
    assert.deepEqual(rows, [
      ['Bestellung', '100,00 €'],
      ['Kosten der Erinnerung', '2,50 €'],
      ['Verzugszinsen', '0,30 €'],
      ['Gutgeschrieben', '−15,00 €'],
      ['Nicht mehr gefordert', '−5,00 €'],
      ['Schon bezahlt', '−12,80 €'],
      ['Noch offen', '70,00 €'],
    ]);
    adds(rows);
    assert.deepEqual(await story(page), [['Bestellt', '100,00 €'], ['Offen', '70,00 €']], 'a payment of which some went back is no line of this order');
    const payments = account(page).locator('section[aria-label="Zahlungen"] li');
    assert.deepEqual((await payments.allTextContents()).map((text) => text.replaceAll(/[\u00a0\u202f]/g, ' ')), [
      '30,00 €von der Bank zurückgeholt · Lastschrift',
      '15,00 €eingegangen am Donnerstag, 12. November · Überweisung · davon 2,00 € zurückgezahlt · davon 0,20 € Guthaben',
    ]);
    await page.finish();
  });
});
