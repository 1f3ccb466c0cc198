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
const BORN = { 'customer.birth_date': '1985-03-27' };
const facts = (minor, born = BORN) => ({ 'cart.total': eur(minor), 'billing.country': 'DE', 'shipping.country': 'DE', 'shipping.same_as_billing': true, ...born });
const NOT_BORN = {};

const focused = (page) => page.evaluate(() => document.querySelector('tresen-checkout').shadowRoot.activeElement?.outerHTML ?? '');
const row = (page, id) => page.locator(`tresen-checkout .method:has(input[value="${id}"])`);

describe('steps', () => {
  const demo = useDemo();
  const chromium = useChromium();
  let people = 0;

  async function open(steps, minor, { born = BORN, customer, ...options } = {}) {
    const page = await chromium.open({ expected: [/status of (409|422|429)/], ...options });
    await toPayment(page, demo.url, 'nordlicht');
    await ready(page);
    await demo.api.policies.create(confirming(...[steps].flat()));
    const person = customer ?? { reference: `cus_step_${(people += 1)}`, signed_in: true, email: 'yvonne@example.org' };
    const { session } = await demo.api.sessions.create({ customer: person, facts: facts(minor, born), locale: 'de', return_url: `${demo.url}/checkout/return` });
    await stand(page, { session, locale: 'de' });
    await ready(page);
    page.session = session;
    return page;
  }
  /** Opens the row of the invoice and says whether it is accessible as it stands; so does what is given back, whenever it is called. */
  const opened = async (page) => {
    await radio(page, 'invoice').check();
    const axe = await withAxe(page);
    const check = async () => assert.deepEqual(await violations(axe), []);
    await check();
    return check;
  };
  const press = (page, name) => page.getByRole('button', { name, exact: true }).click();
  const wrong = (right) => (right === '000000' ? '000001' : '000000');
  /** What the service says of the steps of a page's session. */
  const recorded = async (page) => {
    const response = await fetch(`${demo.service.url}/v1/checkout/${page.session}/steps`, { headers: { authorization: `Bearer ${demo.keys.publishable}` } });
    return response.json();
  };
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
    await page.keyboard.type(wrong(right));
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
      await field.fill(wrong(right));
      await page.getByRole('button', { name: 'Bestätigen' }).click();
      await page.getByText(`Sie haben noch ${left}.`).waitFor();
    }
    await field.fill(wrong(right));
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
    const check = await opened(page);
    await row(page, 'invoice').getByLabel('Mobilnummer').fill('0151');
    await page.getByRole('button', { name: 'Code senden' }).click();
    await page.getByText('Bitte geben Sie die Nummer mit Ländervorwahl an.').waitFor();
    assert.match(await focused(page), /type="tel"/);
    await check();
    await row(page, 'invoice').getByLabel('Mobilnummer').fill('+49 151 12345678');
    await page.keyboard.press('Enter');
    await page.getByLabel('Code aus der Nachricht').fill(await sent(page));
    await check();
    await press(page, 'Bestätigen');
    await expectState(page, 'invoice', 'offered');
    await page.finish();
  });

  test('codes are sent three times an hour: then the shopper is told so, and pays otherwise', async () => {
    const page = await open('phone', 12000);
    const check = await opened(page);
    const number = row(page, 'invoice').getByLabel('Mobilnummer');
    await number.fill('+49 151 12345678');
    for (let times = 0; times < 3; times += 1) {
      await press(page, 'Code senden');
      await sent(page);
      await press(page, 'Noch einmal senden');
      assert.equal(await number.inputValue(), '+49 151 12345678', 'what was typed is still there');
    }
    await press(page, 'Code senden');
    await page.getByText('Das waren viele Versuche. In einer Stunde geht es wieder. Die anderen Zahlarten stehen Ihnen offen.').waitFor();
    await check();
    await expectState(page, 'invoice', 'withheld');
    await radio(page, 'prepayment').check();
    await orderButton(page).click();
    assert.ok(await until(page, () => window.submitted?.method === 'prepayment'));
    await page.finish();
  });

  test('a date of birth is a step like the others: typed as the widget asks for it, and it counts once the service has it', async () => {
    const page = await open('birth_date', 12000, { born: NOT_BORN, width: 360 });
    await row(page, 'invoice').getByText('Nennen Sie Ihr Geburtsdatum, dann steht diese Zahlart offen.').waitFor();
    const check = await opened(page);
    const type = async (...parts) => {
      for (const [at, label] of ['Tag', 'Monat', 'Jahr'].entries()) await row(page, 'invoice').getByLabel(label, { exact: true }).fill(parts[at]);
    };
    await press(page, 'Weiter');
    await row(page, 'invoice').getByText('Bitte geben Sie Tag, Monat und Jahr an.').waitFor();
    assert.match(await focused(page), /bday-day/);
    await type('31', '2', '1985');
    await page.keyboard.press('Enter');
    await row(page, 'invoice').getByText('Den 31. Februar 1985 gibt es nicht. Bitte prüfen Sie Tag und Monat.').waitFor();
    await check();
    assert.deepEqual((await recorded(page)).steps, [{ step: 'birth_date', state: 'open' }], 'nothing was sent');
    await type('27', '3', '1985');
    await press(page, 'Weiter');
    await expectState(page, 'invoice', 'offered');
    const { steps: [step], facts: told } = await recorded(page);
    assert.deepEqual([step.state, told['customer.birth_date'], told['customer.confirmed']], ['passed', '1985-03-27', ['birth_date']]);
    assert.match(await focused(page), /type="checkbox"/, 'the focus is at what is next in the same row');
    await check();
    await consent(page).check();
    await orderButton(page).click();
    assert.ok(await until(page, () => window.submitted?.method === 'invoice'));
    await page.finish();
  });

  test('a date of birth other than the shop has is a mistake that can be mended', async () => {
    const page = await open('birth_date', 12000);
    await opened(page);
    const type = async (day) => {
      for (const [label, value] of [['Tag', day], ['Monat', '3'], ['Jahr', '1985']]) await row(page, 'invoice').getByLabel(label, { exact: true }).fill(value);
      await page.keyboard.press('Enter');
    };
    await type('28');
    await page.getByText('Bitte prüfen Sie Ihre Angabe und versuchen Sie es noch einmal.').waitFor();
    await expectState(page, 'invoice', 'withheld');
    await type('27');
    await expectState(page, 'invoice', 'offered');
    await page.finish();
  });

  test('two steps follow one another in the row: what comes is said before, the first is thanked for, the focus goes along', async () => {
    const page = await open(['phone', 'email'], 12000, { width: 360 });
    await page.evaluate(() => (window.same = true));
    const check = await opened(page);
    const invoice = row(page, 'invoice');
    await invoice.getByText('Noch 2 Schritte').waitFor();
    await invoice.getByText('Bestätigen Sie zuerst Ihre E-Mail-Adresse, dann Ihre Telefonnummer. Danach steht diese Zahlart offen.').waitFor();
    await press(page, 'Code senden');
    await page.getByLabel('Code aus der Nachricht').fill(await sent(page));
    await page.keyboard.press('Enter');
    await invoice.getByText('Noch ein Schritt').waitFor();
    await invoice.getByText('Danke, das ist bestätigt.').waitFor();
    await invoice.getByText('Bestätigen Sie Ihre Telefonnummer, dann steht diese Zahlart offen.').waitFor();
    assert.match(await focused(page), /type="tel"/, 'the focus is in the field of the second step');
    await expectState(page, 'invoice', 'withheld');
    assert.equal(await page.locator('tresen-checkout [part=bar]').isVisible(), false, 'there is nothing to order yet');
    await check();
    await page.keyboard.type('+4915112345678');
    await page.keyboard.press('Enter');
    await page.getByText('Der Code ist unterwegs an +49…78.').waitFor();
    await check();
    await page.keyboard.type(await code());
    await page.keyboard.press('Enter');
    await expectState(page, 'invoice', 'offered');
    assert.ok(!/Noch ein Schritt|Danke, das ist bestätigt/.test(await words(page)));
    assert.match(await focused(page), /type="checkbox"/);
    assert.equal(await page.evaluate(() => window.same), true);
    assert.deepEqual((await recorded(page)).facts['customer.confirmed'], ['email', 'phone']);
    await page.finish();
  });

  test('of two ways to confirm the one that asks less is asked for', async () => {
    const page = await open('identity', 9900);
    const either = confirming('identity', 'email');
    const rule = either.rules.at(-1).when.all[1];
    // Withheld only where neither is confirmed.
    either.rules.at(-1).when.all[1] = { any: [rule.any[0], { all: rule.any.slice(1) }] };
    await demo.api.policies.create(either);
    const { session } = await demo.api.sessions.create({ customer: { reference: 'cus_step_either', signed_in: true, email: 'yvonne@example.org' }, facts: facts(12000), locale: 'de' });
    await stand(page, { session, locale: 'de' });
    await row(page, 'invoice').getByText('Bestätigen Sie Ihre E-Mail-Adresse, dann steht diese Zahlart offen.').waitFor();
    await row(page, 'invoice').getByText('Noch ein Schritt').waitFor();
    await page.finish();
  });

  test('after a step the widget asks for what is still missing, where the shopper is', async () => {
    const page = await open('email', 12000, { born: NOT_BORN });
    const check = await opened(page);
    await press(page, 'Code senden');
    await page.getByLabel('Code aus der Nachricht').fill(await sent(page));
    await page.keyboard.press('Enter');
    await expectState(page, 'invoice', 'incomplete');
    await row(page, 'invoice').getByText('Wann sind Sie geboren?').waitFor();
    assert.match(await focused(page), /bday-day/);
    await check();
    await page.finish();
  });

  test('a guest says where the code is to go, and what was typed outlasts a look at another method', async () => {
    const page = await open('email', 12000, { customer: { guest_reference: 'guest_step', signed_in: false } });
    const check = await opened(page);
    await press(page, 'Code senden');
    const field = row(page, 'invoice').getByRole('textbox', { name: 'E-Mail-Adresse' });
    await field.fill('gast@example.net');
    await check();
    await radio(page, 'prepayment').check();
    await radio(page, 'invoice').check();
    assert.equal(await field.inputValue(), 'gast@example.net');
    await press(page, 'Code senden');
    await page.getByText('Der Code ist unterwegs an g…@example.net.').waitFor();
    await page.getByLabel('Code aus der Nachricht').fill(await code());
    await page.keyboard.press('Enter');
    await expectState(page, 'invoice', 'offered');
    await page.finish();
  });

  test('a code that no longer waits is said to be over, and another one can be had', async () => {
    const page = await open('email', 12000);
    await opened(page);
    await press(page, 'Code senden');
    const right = await sent(page);
    const headers = { authorization: `Bearer ${demo.keys.publishable}`, 'content-type': 'application/json' };
    // In another window of the same person the tries are used up.
    for (let tries = 0; tries < 5; tries += 1) {
      const response = await fetch(`${demo.service.url}/v1/checkout/${page.session}/steps/email/answer`, { method: 'POST', headers: { ...headers, 'idempotency-key': `elsewhere-${tries}` }, body: JSON.stringify({ code: wrong(right) }) });
      assert.equal(response.status, 200);
    }
    await page.getByLabel('Code aus der Nachricht').fill(right);
    await press(page, 'Bestätigen');
    await page.getByText('Das hat diesmal nicht geklappt. Die anderen Zahlarten stehen Ihnen offen.').waitFor();
    assert.match(await focused(page), />Code senden</, 'the focus is at what can be done');
    await expectState(page, 'invoice', 'withheld');
    await press(page, 'Code senden');
    await page.getByLabel('Code aus der Nachricht').fill(await sent(page));
    await page.keyboard.press('Enter');
    await expectState(page, 'invoice', 'offered');
    await page.finish();
  });

  test('an address that is written otherwise is suggested, and taken', async () => {
    const page = await open('address', 12000, { width: 360 });
    const check = await opened(page);
    const field = (label) => row(page, 'invoice').getByLabel(label, { exact: true });
    for (const [label, value] of [['Straße', 'Musterweg'], ['Hausnummer', '7'], ['Postleitzahl', '10115'], ['Ort', 'Berlin']]) await field(label).fill(value);
    await press(page, 'Anschrift prüfen');
    await page.getByText('Meinen Sie Musterstraße 7, 10115 Berlin?').waitFor();
    assert.match(await focused(page), />Ja, so ist es richtig</);
    await check();
    await press(page, 'Anschrift ändern');
    assert.equal(await field('Straße').inputValue(), 'Musterweg', 'what was typed is still there');
    await field('Hausnummer').fill('9');
    await press(page, 'Anschrift prüfen');
    await page.getByText('Meinen Sie Musterstraße 9, 10115 Berlin?').waitFor();
    await press(page, 'Ja, so ist es richtig');
    await expectState(page, 'invoice', 'offered');
    await page.finish();
  });

  test('an address that is nowhere is said to be so; what was typed stays, and so do the safe methods', async () => {
    const page = await open('address', 12000);
    const check = await opened(page);
    const field = (label) => row(page, 'invoice').getByLabel(label, { exact: true });
    for (const [label, value] of [['Straße', 'Hauptstraße'], ['Hausnummer', '404'], ['Postleitzahl', '10115'], ['Ort', 'Berlin']]) await field(label).fill(value);
    await page.keyboard.press('Enter');
    await page.getByText('Diese Anschrift haben wir nicht gefunden. Bitte prüfen Sie sie, oder wählen Sie eine andere Zahlart.').waitFor();
    assert.equal(await field('Ort').inputValue(), 'Berlin');
    assert.match(await focused(page), /address-line1/);
    await check();
    await expectState(page, 'invoice', 'withheld');
    await expectState(page, 'prepayment', 'offered');
    await field('Hausnummer').fill('4');
    await page.keyboard.press('Enter');
    await expectState(page, 'invoice', 'offered');
    await page.finish();
  });

  for (const [what, button, then] of [
    ['and here it goes on by itself', 0, async (page) => expectState(page, 'invoice', 'offered')],
    [
      'and where it fails the safe methods are left',
      1,
      async (page) => {
        await page.getByText('Das hat diesmal nicht geklappt. Die anderen Zahlarten stehen Ihnen offen.').waitFor();
        await expectState(page, 'invoice', 'withheld');
        await radio(page, 'prepayment').check();
        await orderButton(page).click();
        assert.ok(await until(page, () => window.submitted?.method === 'prepayment'));
      },
    ],
    [
      'and who breaks it off can begin again',
      2,
      async (page) => {
        await page.getByRole('button', { name: 'Prüfung beginnen' }).waitFor();
        await expectState(page, 'invoice', 'withheld');
      },
    ],
  ]) {
    test(`an identity is checked in another window, ${what}`, async () => {
      const page = await open('identity', 12000);
      const check = await opened(page);
      await press(page, 'Prüfung beginnen');
      const link = page.getByRole('link', { name: 'Weiter zur Prüfung in einem neuen Fenster' });
      await link.waitFor();
      assert.match(await focused(page), /\/sandbox\/identity\//);
      await check();
      const url = await link.getAttribute('href');
      assert.match(url, /\/sandbox\/identity\/chk_/);
      const other = await page.context().newPage();
      await other.goto(url);
      await other.locator('form button').nth(button).click();
      await then(page);
      await check();
      await other.close();
      await page.finish();
    });
  }

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
