// What the widget asks for: an account for a direct debit, and a person who looks at a method that is not there.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { useChromium } from '../lib/chromium.mjs';
import { useDemo } from '../lib/demo.mjs';
import { speak, toPayment } from '../lib/shop.mjs';
import { choose, fillAccount, orderButton, ready } from '../lib/widget.mjs';

const focused = (page) => page.evaluate(() => document.querySelector('tresen-checkout').shadowRoot.activeElement?.autocomplete);
const orders = (page) => {
  const sent = [];
  page.on('request', (request) => {
    if (request.url().endsWith('/api/order')) sent.push(JSON.parse(request.postData()));
  });
  return sent;
};
/** The place of the one withheld method that a person can be asked about. */
const apart = (page) => page.locator('tresen-checkout [part~=withheld]:visible').first();

describe('questions', () => {
  const demo = useDemo();
  const chromium = useChromium();

  test('a direct debit asks for the account: each mistake is told at its field, and the account goes with the order', async () => {
    const page = await chromium.open();
    const sent = orders(page);
    await toPayment(page, demo.url, 'greta');
    await ready(page);
    await choose(page, 'sepa_debit');
    for (const [iban, holder, sentence, field] of [
      ['', 'Greta Sommer', 'Bitte geben Sie Ihre IBAN an.', 'off'],
      ['DE89 3704 0044 0532 0130 0', 'Greta Sommer', 'Diese IBAN hat 21 Zeichen. Mit DE am Anfang sind es 22.', 'off'],
      ['DE89 3704 0044 0532 0130 01', 'Greta Sommer', 'In dieser IBAN passt eine Stelle nicht zu den anderen.', 'off'],
      ['US89 3704 0044 0532 0130 00', 'Greta Sommer', 'Von einem Konto mit US am Anfang können wir nicht abbuchen.', 'off'],
      ['DE89 3704 0044 0532 0130 00', '', 'Bitte geben Sie an, wem das Konto gehört.', 'name'],
    ]) {
      await fillAccount(page, iban, holder);
      await orderButton(page).click();
      await page.getByText(sentence).waitFor();
      assert.equal(await focused(page), field, sentence);
    }
    assert.deepEqual(sent, []);
    await fillAccount(page, 'de89370400440532013000', 'Greta Sommer');
    await orderButton(page).click();
    await page.waitForURL(/\/sandbox\/pay\//);
    assert.deepEqual(sent.map((body) => body.account), [{ iban: 'DE89370400440532013000', holder: 'Greta Sommer' }]);
    await page.finish();
  });

  test('a person is asked to look at it: a lost request keeps the words, and the second one arrives', async () => {
    const page = await chromium.open({ expected: [/status of 503/] });
    await toPayment(page, demo.url, 'oskar');
    await ready(page);
    const place = apart(page);
    await place.locator('summary', { hasText: 'Von einem Menschen prüfen lassen' }).click();
    await place.getByLabel('Möchten Sie etwas dazu sagen?').fill('Die Überweisung ist unterwegs. ❤');
    await place.getByLabel('Wie erreichen wir Sie?').fill('oskar.brandt@example.com');
    let lost = false;
    await page.route('**/tresen/v1/reviews', (route) => {
      if (lost) return route.continue();
      lost = true;
      return route.fulfill({ status: 503, contentType: 'application/json', body: '{}' });
    });
    await place.locator('button[data-do=review]').click();
    await place.getByText('Das hat gerade nicht geklappt.').waitFor();
    assert.equal(await place.getByLabel('Möchten Sie etwas dazu sagen?').inputValue(), 'Die Überweisung ist unterwegs. ❤');
    await place.locator('button[data-do=review]').click();
    await place.getByText('Danke. Ein Mensch aus dem Laden sieht sich das an').waitFor();
    const { reviews } = await demo.api.reviews.list();
    const [review] = reviews;
    assert.deepEqual([review.message, review.contact, review.state], ['Die Überweisung ist unterwegs. ❤', 'oskar.brandt@example.com', 'open']);
    assert.equal(review.session, await page.locator('tresen-checkout').getAttribute('session'));
    await page.finish();
  });

  test('a shop that has its own people asks them itself: nothing goes to the service', async () => {
    const page = await chromium.open();
    await speak(page, demo.url, 'en');
    await toPayment(page, demo.url, 'oskar');
    await ready(page);
    await page.evaluate(() => {
      window.asked = [];
      document.addEventListener('tresen-review', (event) => {
        event.preventDefault();
        window.asked.push(event.detail);
      });
    });
    const requests = [];
    page.on('request', (request) => requests.push(request.url()));
    const place = apart(page);
    await place.locator('summary', { hasText: 'Have a person look at it' }).click();
    await place.locator('button[data-do=review]').click();
    await place.getByText('Thank you. A person from the shop will look at it').waitFor();
    assert.deepEqual((await page.evaluate(() => window.asked)).map(Object.keys), [['method']]);
    assert.deepEqual(requests, []);
    await page.finish();
  });
});
