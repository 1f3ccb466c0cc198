// From a pay link to the account: whoever has the mailbox or the telephone gets there, in words and by keyboard; whoever has only the link sees no more.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { violations, withAxe } from '../lib/axe.mjs';
import { useChromium } from '../lib/chromium.mjs';
import { useDemo } from '../lib/demo.mjs';
import { buyOnInvoice } from '../lib/office.mjs';
import { until } from '../lib/until.mjs';

const account = (page) => page.locator('tresen-account');
const words = async (page) => (await account(page).locator('.t').innerText()).replaceAll(/[\u00a0\u202f]/g, ' ');
const door = (page) => account(page).getByText('Mehr sehen');
const field = (page) => account(page).getByLabel('Code aus der Nachricht');
const mistake = (page, words) => account(page).locator('.error:visible', { hasText: words }).waitFor();
const button = (page, name) => account(page).getByRole('button', { name });
const isFocused = (page, selector) => until(page, (wanted) => document.querySelector('tresen-account').shadowRoot.activeElement?.matches(wanted), selector);
const fits = (page) => page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth);

describe('the code behind a pay link', () => {
  const demo = useDemo();
  const chromium = useChromium();
  const linked = {};

  async function service(method, path, body) {
    const headers = { authorization: `Bearer ${demo.keys.secret}`, 'content-type': 'application/json' };
    const answer = await fetch(`${demo.service.url}${path}`, { method, headers, body: body && JSON.stringify(body) });
    assert.ok(answer.ok, `${path}: ${answer.status}`);
    return answer.json();
  }

  /** What Greta bought, on a page of its own: where the order was confirmed stands an account that ends before the days of this test do. */
  async function bought() {
    const buyer = await chromium.open({ expected: [/status of 410/] });
    const claim = await buyOnInvoice(buyer, demo.url);
    await buyer.finish();
    return claim;
  }

  /** A page at a new link to what Greta owes. */
  async function opens(page) {
    linked.claim ??= await bought();
    const { token } = await demo.api.receivables.paylink(linked.claim.id);
    await page.goto(`${demo.url}/tresen/pay/${token}`);
    await door(page).waitFor();
    return token;
  }

  /** The code of the newest message. */
  async function code() {
    const { messages } = await service('GET', '/v1/sandbox/messages');
    return messages[0].text.match(/\b\d{6}\b/)[0];
  }

  const another = (digits) => String((Number(digits) + 1) % 1_000_000).padStart(6, '0');

  /** Another hour: the codes of this one are counted no more. */
  const anotherDay = () => service('POST', '/v1/sandbox/clock', { advance_days: 1 });

  for (const [width, dark] of [[320, false], [1280, true]]) {
    test(`${width} px, ${dark ? 'dark' : 'light'}: a code that is pasted with blanks turns the link into the account; axe finds nothing on the way`, async () => {
      const page = await chromium.open({ width, dark, expected: [/status of 422/] });
      // After the order the account is loaded too: what comes by the link is looked at alone.
      linked.claim ??= await bought();
      const loaded = [];
      page.on('request', (request) => loaded.push(new URL(request.url()).pathname));
      await anotherDay();
      await opens(page);
      assert.doesNotMatch(await words(page), /Greta|Sommer|@example\.com|Bestellung 2026/);
      await door(page).click();
      const axe = await withAxe(page);
      assert.deepEqual(await violations(axe), []);
      await button(page, 'Code per E-Mail senden').click();
      await account(page).getByText('unterwegs an g…@e….com').waitFor();
      assert.ok(await isFocused(page, '#code'), 'where the code is typed');
      const right = await code();
      for (const [typed, words] of [['', 'sechs Ziffern'], ['12 34 5', 'sechs Ziffern'], [another(right), 'nicht der Code']]) {
        await field(page).fill(typed);
        await page.keyboard.press('Enter');
        await mistake(page, words);
        assert.ok(await isFocused(page, '#code[aria-invalid=true]'));
      }
      assert.deepEqual(await violations(axe), []);
      assert.ok(await fits(page));
      assert.ok(!loaded.some((path) => path.endsWith('/settle.js')), 'what only an account needs is not there yet');
      await field(page).fill(` ${right.slice(0, 3)} ${right.slice(3)}\u00a0`);
      await page.keyboard.press('Enter');
      await account(page).getByText('Ihre offene Rechnung').first().waitFor();
      assert.ok(await isFocused(page, 'h2'), 'whoever cannot see it hears where they are');
      assert.match(await words(page), new RegExp(`Bestellung ${linked.claim.number}`));
      assert.ok(loaded.some((path) => path.endsWith('/settle.js')));
      assert.deepEqual(await violations(axe), []);
      await button(page, 'Einzelheiten wieder verbergen').click();
      await door(page).waitFor();
      assert.ok(await isFocused(page, '[part=card]'));
      assert.doesNotMatch(await words(page), /Bestellung 2026/);
      await page.reload();
      await door(page).click();
      assert.equal(await field(page).isVisible(), false, 'whoever comes back is asked once more');
      await page.finish();
    });
  }

  test('five wrong ones are too many, a text message goes as well, and when the next code can be had is told', async () => {
    const page = await chromium.open({ width: 360, expected: [/status of 4(22|29)/] });
    await service('PUT', '/v1/customers/cus_greta/contact', { phone: '+4915112345678' });
    await anotherDay();
    await opens(page);
    await door(page).click();
    await button(page, 'Code per SMS senden').click();
    await account(page).getByText('unterwegs an +49…78').waitFor();
    const right = await code();
    for (let attempt = 1; attempt <= 5; attempt += 1) {
      await field(page).fill(another(right));
      await button(page, 'Weiter').click();
      await mistake(page, attempt < 5 ? 'nicht der Code' : 'gilt nicht mehr');
    }
    await field(page).fill(right);
    await button(page, 'Weiter').click();
    await mistake(page, 'gilt nicht mehr');
    for (const way of ['E-Mail', 'SMS']) {
      await button(page, `Code per ${way} senden`).click();
      await account(page).getByText(way === 'SMS' ? 'unterwegs an +49…78' : 'unterwegs an g…').waitFor();
      assert.equal(await account(page).locator('.error:visible').count(), 0, 'what was wrong with the one before is gone');
    }
    await button(page, 'Code per SMS senden').click();
    await mistake(page, /Ab \d{1,2}:\d\d Uhr geht es wieder/);
    await field(page).waitFor();
    await field(page).fill(await code());
    await button(page, 'Weiter').click();
    await account(page).getByText('Ihre offene Rechnung').first().waitFor();
    await page.finish();
  });

  test('a link that was replaced while somebody typed shows the newer one, and so does the account that came from it', async () => {
    const page = await chromium.open({ expected: [/status of 4(09|10)/] });
    await anotherDay();
    await opens(page);
    await door(page).click();
    await button(page, 'Code per E-Mail senden').click();
    await field(page).waitFor();
    await demo.api.receivables.paylink(linked.claim.id);
    await field(page).fill('123456');
    await button(page, 'Weiter').click();
    await account(page).getByText('Es gibt einen neueren Link').waitFor();
    assert.equal(await door(page).isVisible(), false);
    await opens(page);
    await door(page).click();
    await button(page, 'Code per E-Mail senden').click();
    await field(page).waitFor();
    await field(page).fill(await code());
    await button(page, 'Weiter').click();
    await button(page, /Mit einem Menschen sprechen/).click();
    await account(page).locator('textarea').fill('Wann kommt der zweite Karton?');
    await demo.api.receivables.paylink(linked.claim.id);
    await account(page).locator('button[type=submit]').click();
    await account(page).getByText('Mit einem neuen Code geht es weiter').waitFor();
    await button(page, 'Zurück zur Rechnung').click();
    await account(page).getByText('Es gibt einen neueren Link').waitFor();
    await page.finish();
  });

  test('where nobody answers, that is said where it was pressed, and the next try gets through', async () => {
    const page = await chromium.open({ expected: [/ERR_FAILED/] });
    await anotherDay();
    await opens(page);
    await door(page).click();
    await page.route('**/code', (route) => route.abort());
    await button(page, 'Code per E-Mail senden').click();
    await mistake(page, 'ließ sich gerade kein Code senden');
    assert.equal(await field(page).isVisible(), false);
    await page.unroute('**/code');
    await button(page, 'Code per E-Mail senden').click();
    await field(page).waitFor();
    await page.route('**/settle.js', (route) => route.abort());
    await field(page).waitFor();
    await field(page).fill(await code());
    await button(page, 'Weiter').click();
    await mistake(page, 'Darauf kam keine Antwort');
    await page.unroute('**/settle.js');
    await button(page, 'Weiter').click();
    await account(page).getByText('Ihre offene Rechnung').first().waitFor();
    await page.finish();
  });

  test('a link that was replaced while its owner was at the provider shows what was paid by it', async () => {
    const page = await chromium.open({ width: 360 });
    const token = await opens(page);
    await button(page, 'Mit Karte zahlen').click();
    await page.waitForURL((url) => url.origin !== demo.url);
    await demo.api.receivables.paylink(linked.claim.id);
    await page.locator('.primary').click();
    await page.waitForURL(({ origin, pathname }) => origin === demo.url && pathname.endsWith(`/pay/${token}`));
    await account(page).getByText('Ihre Zahlung ist da.').waitFor();
    // What the service drew stands there until the element has drawn it too.
    await until(page, () => document.querySelector('tresen-account').shadowRoot.querySelector('.t')?.innerText.includes('Zahlung ist da'));
    assert.match(await words(page), /Bezahlt bei[^]*168,40 €[^]*Eingegangen am[^]*neuesten Nachricht/);
    assert.deepEqual(await violations(await withAxe(page)), []);
    await page.finish();
  });
});
