// Steps by risk: what a shopper confirms brings a method back where it stands, and who need not is not asked.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { violations, withAxe } from '../lib/axe.mjs';
import { useChromium } from '../lib/chromium.mjs';
import { useDemo } from '../lib/demo.mjs';
import { toPayment } from '../lib/shop.mjs';
import { confirming, stand } from '../lib/stand.mjs';
import { until } from '../lib/until.mjs';
import { consent, expectState, orderButton, radio, ready, words } from '../lib/widget.mjs';

const eur = (minor) => ({ minor, currency: 'EUR' });
const facts = (minor) => ({ 'cart.total': eur(minor), 'billing.country': 'DE', 'shipping.country': 'DE', 'shipping.same_as_billing': true, 'customer.birth_date': '1985-03-27' });

const focused = (page) => page.evaluate(() => document.querySelector('tresen-checkout').shadowRoot.activeElement?.outerHTML ?? '');
const row = (page, id) => page.locator(`tresen-checkout .method:has(input[value="${id}"])`);

describe('steps', () => {
  const demo = useDemo();
  const chromium = useChromium();
  let people = 0;

  async function open(step, minor, options = {}) {
    const page = await chromium.open({ expected: [/status of 422/], ...options });
    await toPayment(page, demo.url, 'nordlicht');
    await ready(page);
    await demo.api.policies.create(confirming(step));
    const { session } = await demo.api.sessions.create({ customer: { reference: `cus_step_${(people += 1)}`, signed_in: true, email: 'yvonne@example.org' }, facts: facts(minor), locale: 'de', return_url: `${demo.url}/checkout/return` });
    await stand(page, { session, locale: 'de' });
    await ready(page);
    return page;
  }
  /** The code, once the page says that it is on its way. */
  const sent = async (page) => {
    await page.getByText('Der Code ist unterwegs an').waitFor();
    return code();
  };
  const code = async () => {
    const response = await fetch(`${demo.service.url}/v1/sandbox/messages`, { headers: { authorization: `Bearer ${demo.keys.secret}` } });
    const { messages } = await response.json();
    return /\b\d{6}\b/.exec(messages[0].text)[0];
  };

  test('low risk is asked for nothing', async () => {
    const page = await open('email', 9900);
    await expectState(page, 'invoice', 'offered');
    assert.ok(!(await words(page)).includes('Noch ein Schritt'));
    await page.finish();
  });

  test('a code that was mailed brings the invoice back at once: a wrong one is said calmly, nothing is reloaded, the focus stays', async () => {
    const page = await open('email', 12000, { width: 360 });
    await page.evaluate(() => (window.same = true));
    await row(page, 'invoice').getByText('Noch ein Schritt').waitFor();
    assert.match(await row(page, 'invoice').innerText(), /^Rechnung\s+Noch ein Schritt\s+Bestätigen Sie Ihre E-Mail-Adresse/);
    await radio(page, 'invoice').check();
    assert.equal(await page.locator('tresen-checkout [part=bar]').isVisible(), false, 'there is nothing to order yet');
    const axe = await withAxe(page);
    assert.deepEqual(await violations(axe), []);
    await page.getByRole('button', { name: 'Code senden' }).click();
    await page.getByText('Der Code ist unterwegs an y…@example.org.').waitFor();
    assert.match(await focused(page), /autocomplete="one-time-code"/);
    assert.deepEqual(await violations(axe), []);
    const right = await code();
    await page.keyboard.type(right === '000000' ? '000001' : '000000');
    await page.keyboard.press('Enter');
    await page.getByText('Dieser Code passt nicht. Sie haben noch 4 Versuche.').waitFor();
    assert.match(await focused(page), /one-time-code/);
    await page.keyboard.type(right);
    await page.keyboard.press('Enter');
    await expectState(page, 'invoice', 'offered');
    assert.ok(!(await words(page)).includes('Noch ein Schritt'));
    assert.match(await focused(page), /type="checkbox"/, 'the focus is at what is next in the same row');
    assert.ok((await page.locator('tresen-checkout [role=status].vh').textContent()).includes('Rechnung ist jetzt möglich.'));
    assert.equal(await page.evaluate(() => window.same), true);
    await consent(page).check();
    await orderButton(page).click();
    assert.ok(await until(page, () => window.submitted !== undefined));
    await page.finish();
  });

  test('after the last try the safe methods are left, without blame', async () => {
    const page = await open('email', 12000);
    await radio(page, 'invoice').check();
    await page.getByRole('button', { name: 'Code senden' }).click();
    const field = page.getByLabel('Code aus der Nachricht');
    await field.waitFor();
    const right = await code();
    for (const left of ['4 Versuche', '3 Versuche', '2 Versuche', 'einen Versuch']) {
      await field.fill(right === '000000' ? '000001' : '000000');
      await page.getByRole('button', { name: 'Bestätigen' }).click();
      await page.getByText(`Sie haben noch ${left}.`).waitFor();
    }
    await field.fill(right === '000000' ? '000001' : '000000');
    await page.getByRole('button', { name: 'Bestätigen' }).click();
    await page.getByText('Das hat diesmal nicht geklappt. Die anderen Zahlarten stehen Ihnen offen.').waitFor();
    await expectState(page, 'prepayment', 'offered');
    await radio(page, 'prepayment').check();
    assert.equal(await page.locator('tresen-checkout [part=bar]').isVisible(), true);
    await orderButton(page).click();
    assert.ok(await until(page, () => window.submitted?.method === 'prepayment'));
    await page.finish();
  });

  test('a telephone number is asked for, and a code that was sent there counts', async () => {
    const page = await open('phone', 12000);
    await radio(page, 'invoice').check();
    await row(page, 'invoice').getByLabel('Mobilnummer').fill('0151');
    await page.getByRole('button', { name: 'Code senden' }).click();
    await page.getByText('Bitte prüfen Sie Ihre Angabe und versuchen Sie es noch einmal.').waitFor();
    assert.match(await focused(page), /type="tel"/);
    await row(page, 'invoice').getByLabel('Mobilnummer').fill('+49 151 12345678');
    await page.keyboard.press('Enter');
    await page.getByLabel('Code aus der Nachricht').fill(await sent(page));
    await page.getByRole('button', { name: 'Bestätigen' }).click();
    await expectState(page, 'invoice', 'offered');
    await page.finish();
  });

  test('an address that is written otherwise is suggested, and taken', async () => {
    const page = await open('address', 12000);
    await radio(page, 'invoice').check();
    for (const [label, value] of [['Straße', 'Musterweg'], ['Hausnummer', '7'], ['Postleitzahl', '10115'], ['Ort', 'Berlin']]) await row(page, 'invoice').getByLabel(label, { exact: true }).fill(value);
    await page.getByRole('button', { name: 'Anschrift prüfen' }).click();
    await page.getByText('Meinen Sie Musterstraße 7, 10115 Berlin?').waitFor();
    await page.getByRole('button', { name: 'Ja, so ist es richtig' }).click();
    await expectState(page, 'invoice', 'offered');
    await page.finish();
  });

  test('an identity is checked in another window, and here it goes on by itself', async () => {
    const page = await open('identity', 12000);
    await radio(page, 'invoice').check();
    await page.getByRole('button', { name: 'Prüfung beginnen' }).click();
    const link = page.getByRole('link', { name: 'Weiter zur Prüfung in einem neuen Fenster' });
    await link.waitFor();
    const url = await link.getAttribute('href');
    assert.match(url, /\/sandbox\/identity\/chk_/);
    const other = await page.context().newPage();
    await other.goto(url);
    await other.locator('button.primary').click();
    await expectState(page, 'invoice', 'offered');
    await other.close();
    await page.finish();
  });

  test('without the script the method is withheld as before, and everything else works on', async () => {
    const page = await chromium.open({ expected: [/ERR_FAILED/] });
    await page.route('**/confirm.js', (route) => route.abort());
    await toPayment(page, demo.url, 'nordlicht');
    await ready(page);
    await demo.api.policies.create(confirming('email'));
    const { session } = await demo.api.sessions.create({ customer: { reference: 'cus_step_without', signed_in: true }, facts: facts(12000), locale: 'de' });
    await stand(page, { session, locale: 'de' });
    await expectState(page, 'invoice', 'withheld');
    await page.locator('tresen-checkout [part=withheld]:visible', { hasText: 'Rechnung' }).waitFor();
    await expectState(page, 'prepayment', 'offered');
    assert.deepEqual(await page.evaluate(() => window.unavailable), []);
    await page.finish();
  });
});
