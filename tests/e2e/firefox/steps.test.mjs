// Steps by risk in Firefox: what is confirmed counts once the service has it, and who fails pays otherwise.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { useDemo } from '../lib/demo.mjs';
import { useFirefox } from '../lib/firefox.mjs';
import { confirming, stand } from '../lib/stand.mjs';
import { until } from '../lib/until.mjs';

const STATE = ([method, expected]) => (document.querySelector('tresen-checkout')?.methods?.() ?? []).some((one) => one.id === method && one.state === expected);
const becomes = async (page, state, id = 'invoice') => assert.ok(await until(page, STATE, [id, state]), `${id} becomes ${state}`);
const says = async (page, words) =>
  assert.ok(
    await until(page, (wanted) => Array.from(document.querySelector('tresen-checkout').shadowRoot.querySelectorAll('form *'), (node) => (node.checkVisibility() ? node.textContent : '')).includes(wanted), words),
    `it says "${words}"`,
  );
const press = async (page, words) => {
  await says(page, words);
  await page.evaluate((wanted) => Array.from(document.querySelector('tresen-checkout').shadowRoot.querySelectorAll('button, a')).find((one) => one.textContent === wanted && one.checkVisibility()).click(), words);
};
const focused = (page) => page.evaluate(() => document.querySelector('tresen-checkout').shadowRoot.activeElement?.outerHTML ?? '');

describe('steps in Firefox', () => {
  const demo = useDemo();
  const firefox = useFirefox();
  let people = 0;

  async function open(steps, total, born = { 'customer.birth_date': '1985-03-27' }) {
    const page = await firefox.open({ width: 360 });
    await page.goto(`${demo.url}/people`);
    await Promise.all([page.waitForNavigation(), page.click('form:has(input[value="nordlicht"]) .button')]);
    await demo.api.policies.create(confirming(...steps));
    const facts = { 'cart.total': { minor: total, currency: 'EUR' }, 'billing.country': 'DE', 'shipping.country': 'DE', 'shipping.same_as_billing': true, ...born };
    const { session } = await demo.api.sessions.create({ customer: { reference: `cus_fox_${(people += 1)}`, signed_in: true, email: 'yvonne@example.org' }, facts, locale: 'de' });
    await stand(page, { session, locale: 'de' });
    assert.ok(await until(page, () => (document.querySelector('tresen-checkout')?.methods?.() ?? []).length > 0));
    await page.evaluate(() => (window.same = true));
    return page;
  }
  const choose = (page, id) => page.click(`tresen-checkout >>> input[type=radio][value="${id}"]`);
  const code = async () => {
    const response = await fetch(`${demo.service.url}/v1/sandbox/messages`, { headers: { authorization: `Bearer ${demo.keys.secret}` } });
    const { messages } = await response.json();
    return /\b\d{6}\b/.exec(messages[0].text)[0];
  };
  const other = (right) => (right === '000000' ? '000001' : '000000');

  test('low risk is asked for nothing', async () => {
    const page = await open(['email'], 9900);
    await becomes(page, 'offered');
    assert.equal(await page.evaluate(() => document.querySelector('tresen-checkout').shadowRoot.querySelector('.confirming')), null);
    await page.finish();
  });

  test('date of birth and mail are confirmed one after the other, without a reload', async () => {
    const page = await open(['birth_date', 'email'], 12000, {});
    await says(page, 'Noch 2 Schritte');
    await choose(page, 'invoice');
    await says(page, 'Wann sind Sie geboren?');
    for (const [field, value] of [['bday-day', '27'], ['bday-month', '3'], ['bday-year', '1985']]) {
      await page.evaluate(
        ([name, typed]) => {
          const asked = document.querySelector('tresen-checkout').shadowRoot.querySelector(`.step input[autocomplete=${name}]`);
          asked.focus();
          asked.value = typed;
        },
        [field, value],
      );
    }
    await page.keyboard.press('Enter');
    await says(page, 'Danke, das ist bestätigt.');
    await becomes(page, 'withheld');
    assert.match(await focused(page), />Code senden</);
    await page.keyboard.press('Enter');
    await says(page, 'Der Code ist unterwegs an y…@example.org.');
    assert.match(await focused(page), /one-time-code/);
    await page.keyboard.type(other(await code()));
    await page.keyboard.press('Enter');
    await says(page, 'Dieser Code passt nicht. Sie haben noch 4 Versuche.');
    assert.match(await focused(page), /one-time-code/);
    await page.keyboard.type(await code());
    await page.keyboard.press('Enter');
    await becomes(page, 'offered');
    assert.match(await focused(page), /type="checkbox"/);
    assert.equal(await page.evaluate(() => window.same), true);
    await page.finish();
  });

  test('who uses up the tries pays otherwise', async () => {
    const page = await open(['phone'], 12000);
    await choose(page, 'invoice');
    await page.focus('tresen-checkout >>> .step input[type=tel]');
    await page.keyboard.type('+4915112345678');
    await page.keyboard.press('Enter');
    await says(page, 'Der Code ist unterwegs an +49…78.');
    const right = await code();
    for (const left of ['4 Versuche', '3 Versuche', '2 Versuche', 'einen Versuch']) {
      await page.keyboard.type(other(right));
      await page.keyboard.press('Enter');
      await says(page, `Dieser Code passt nicht. Sie haben noch ${left}.`);
    }
    await page.keyboard.type(other(right));
    await page.keyboard.press('Enter');
    await says(page, 'Das hat diesmal nicht geklappt. Die anderen Zahlarten stehen Ihnen offen.');
    await becomes(page, 'withheld');
    await choose(page, 'prepayment');
    await page.evaluate(() => [...document.querySelector('tresen-checkout').shadowRoot.querySelectorAll('button[part~=button]')].filter((button) => button.checkVisibility()).at(-1).click());
    assert.ok(await until(page, () => window.submitted?.method === 'prepayment'));
    await page.finish();
  });

  test('an address that was written otherwise is taken as suggested', async () => {
    const page = await open(['address'], 12000);
    await choose(page, 'invoice');
    for (const [name, value] of [['street', 'Musterweg'], ['house_number', '7'], ['postal_code', '10115'], ['city', 'Berlin']]) {
      await page.focus(`tresen-checkout >>> .step input[id$=${name}]`);
      await page.keyboard.type(value);
    }
    await page.keyboard.press('Enter');
    await says(page, 'Meinen Sie Musterstraße 7, 10115 Berlin?');
    assert.match(await focused(page), />Ja, so ist es richtig</);
    await page.keyboard.press('Enter');
    await becomes(page, 'offered');
    await page.finish();
  });

  test('an identity that was checked in another window counts here', async () => {
    const page = await open(['identity'], 12000);
    await choose(page, 'invoice');
    await press(page, 'Prüfung beginnen');
    await says(page, 'Weiter zur Prüfung in einem neuen Fenster');
    const url = await page.$eval('tresen-checkout >>> .step a', (link) => link.href);
    // Whoever checks it says so to the service; the page here is told by the service alone.
    const said = await fetch(`${url}/pass`, { method: 'POST', redirect: 'manual' });
    assert.ok(said.status < 400, `${said.status}`);
    await becomes(page, 'offered');
    await page.finish();
  });
});
