// The second act: after the order the same element goes on as the account; and whoever pays comes back in whichever browser.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { afterEach, describe, test } from 'node:test';
import { violations, withAxe } from '../lib/axe.mjs';
import { useChromium } from '../lib/chromium.mjs';
import { useDemo } from '../lib/demo.mjs';
import { speak, toPayment } from '../lib/shop.mjs';
import { until } from '../lib/until.mjs';
import { choose, fillAccount, order, orderButton, ready } from '../lib/widget.mjs';

const checkout = (page) => page.locator('tresen-checkout');
const thanks = (page) => checkout(page).locator('form[part=card]').first();
const doors = (page) => checkout(page).locator('.doors button');
const words = async (page) => (await checkout(page).locator('.t').innerText()).replaceAll(/[\u00a0\u202f]/g, ' ');

/** What has the focus in the element, by its first words. */
const focused = (page) => checkout(page).evaluate((element) => element.shadowRoot.activeElement?.textContent.slice(0, 24) ?? null);

/** The payer agrees at their bank, in an app of its own; where the provider leads them then, in whichever browser. */
async function agreedElsewhere(page) {
  const { action, method } = await page.locator('form:has(button.primary)').evaluate((form) => ({ action: form.action, method: form.method }));
  const answer = await fetch(action, { method, redirect: 'manual', headers: { 'content-type': 'application/x-www-form-urlencoded' } });
  assert.equal(answer.status, 303);
  return new URL(answer.headers.get('location'), action).href;
}

describe('the second act', () => {
  const demo = useDemo();
  const chromium = useChromium();

  const claims = [];

  /** Greta buys on invoice, and owes nothing else: what she has bought here before is taken back. */
  async function buys(page) {
    await toPayment(page, demo.url, 'greta');
    await ready(page);
    const answer = await order(page, 'invoice');
    assert.equal(answer.outcome, 'confirmed', JSON.stringify(answer.reasons));
    claims.push(answer.receivable.id);
    return answer;
  }

  // Nobody buys so often in a week: the next order is placed in the week after.
  afterEach(async () => {
    for (const claim of claims.splice(0)) await demo.api.receivables.withdraw(claim);
    await fetch(`${demo.service.url}/v1/sandbox/clock`, { method: 'POST', headers: { authorization: `Bearer ${demo.keys.secret}`, 'content-type': 'application/json' }, body: '{"advance_days":8}' });
  });

  /** A page of a browser that has never been here. */
  const elsewhere = async () => {
    const page = await chromium.open({ init: () => {}, width: 360 });
    assert.deepEqual(await page.context().cookies(), []);
    return page;
  };

  test('what was said of the order stays where it is, with the focus; below it the same element goes on', async () => {
    const page = await chromium.open({ width: 360 });
    const held = [];
    await page.route('**/v1/accounts/*', (route) => void held.push(route));
    await page.addInitScript(() => document.addEventListener('tresen-account', ({ detail, target }) => (window.told = [...(window.told ?? []), [target.localName, detail.state]])));
    const answer = await buys(page);
    await page.evaluate(() => (window.element = document.querySelector('tresen-checkout')));
    assert.match(answer.access.token, /^acc_[0-9a-f]{40}$/);
    await checkout(page).locator('.wait').waitFor();
    while (held.length === 0) await new Promise((done) => setTimeout(done, 20));
    const stands = async () => [await thanks(page).boundingBox(), await focused(page), await page.evaluate(() => window.scrollY)];
    const before = await stands();
    assert.match(before[1], /Bestellt auf Rechnung/);
    await held[0].continue();
    await doors(page).first().waitFor();
    assert.deepEqual(await stands(), before, 'nothing has moved');
    assert.equal(await checkout(page).locator('.wait').count(), 0);
    assert.ok(await page.evaluate(() => window.element === document.querySelector('tresen-checkout')), 'the same element');
    assert.deepEqual(await page.evaluate(() => window.told), [['tresen-checkout', 'open']]);
    assert.match(await words(page), /Bestellt auf Rechnung[^]*Wie es weitergeht[^]*Schon jetzt bezahlen[^]*Stimmt etwas nicht\?[^]*Sie zahlen an Kiesel & Lein GmbH/);
    assert.doesNotMatch(await words(page), /Was war, was kommt/, 'nothing is said twice');
    await page.finish();
  });

  test('a door is opened with the keyboard, its heading has the focus, and the way back leads to the account', async () => {
    const page = await chromium.open({ width: 360 });
    await buys(page);
    await doors(page).first().waitFor();
    await doors(page).filter({ hasText: 'Mit einem Menschen sprechen' }).focus();
    await page.keyboard.press('Enter');
    assert.match(await focused(page), /Mit einem Menschen/);
    await checkout(page).locator('textarea').fill('Wann kommt das Paket?');
    await checkout(page).locator('button[type=submit]').click();
    await checkout(page).locator('[data-news]').waitFor();
    assert.match(await focused(page), /Angekommen/);
    assert.match(await words(page), /Angekommen[^]*Ihre offene Rechnung[^]*Bestellung 2026-[^]*Was war, was kommt, was es kostet/);
    assert.doesNotMatch(await words(page), /Bestellt auf Rechnung/, 'by now it is the account');
    await page.finish();
  });

  test('what was owed before is told too, together with this order', async () => {
    const page = await chromium.open();
    await buys(page);
    await doors(page).first().waitFor();
    const first = await words(page);
    await buys(page);
    await doors(page).first().waitFor();
    assert.doesNotMatch(first, /offene Rechnungen/);
    assert.match(await words(page), /Bestellt auf Rechnung[^]*2 offene Rechnungen, zusammen\s+336,80 €[^]*Auswahl bezahlen/);
    await page.finish();
  });

  test('without an access it stays at what was ordered, and nothing more is loaded', async () => {
    const page = await chromium.open();
    const loaded = [];
    page.on('request', (request) => loaded.push(new URL(request.url()).pathname));
    await page.route('**/api/order', async (route) => {
      const answer = await route.fetch();
      const { access, ...rest } = await answer.json();
      assert.ok(access);
      await route.fulfill({ response: answer, json: rest });
    });
    await buys(page);
    await page.locator('.transfer__code').waitFor();
    assert.match(await words(page), /Bestellt auf Rechnung[^]*Wie es weitergeht/);
    assert.deepEqual(loaded.filter((path) => /act\.js|settle/.test(path)), []);
    await page.finish();
  });

  for (const [what, pattern, expected] of [['the account cannot be had', '**/v1/accounts/*', /status of 503|ERR_FAILED/], ['its script cannot be loaded', '**/settle.js', /ERR_FAILED/]]) {
    test(`where ${what}, nothing is missing and nobody is told of an error`, async () => {
      const page = await chromium.open({ expected: [expected] });
      await page.route(pattern, (route) => route.abort());
      const gone = page.waitForEvent('requestfailed');
      await buys(page);
      await gone;
      assert.ok(await until(page, () => document.querySelector('tresen-checkout').shadowRoot.querySelector('.wait') === null));
      assert.match(await words(page), /Bestellt auf Rechnung[^]*Wie es weitergeht/);
      assert.doesNotMatch(await words(page), /nicht laden|versuchen/);
      assert.deepEqual(await page.evaluate(() => window.unavailable), []);
      await page.finish();
    });
  }

  test('an order that owes nothing opens nothing', async () => {
    const page = await chromium.open();
    await toPayment(page, demo.url, 'greta');
    await ready(page);
    assert.equal('access' in (await order(page, 'prepayment')), false);
    await page.finish();
  });

  for (const [language, opened] of [['de', 'Schon jetzt bezahlen'], ['en', 'Pay right away']]) {
    for (const [width, dark] of [[320, true], [1280, false]]) {
      test(`${language}, ${width} px: it fits, and axe finds nothing, before a door and behind it`, async () => {
        const page = await chromium.open({ width, dark });
        await page.goto(demo.url);
        if (language === 'en') await speak(page, demo.url, 'en');
        await buys(page);
        await doors(page).first().waitFor();
        const axe = await withAxe(page);
        const fits = () => page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth);
        assert.deepEqual([await violations(axe), await fits()], [[], true]);
        await doors(page).filter({ hasText: opened }).click();
        await checkout(page).locator('.code svg').waitFor();
        assert.deepEqual([await violations(axe), await fits()], [[], true]);
        await page.finish();
      });
    }
  }

  test('from the second act to a provider: their bank leads back in a browser that knows nothing, and there is the receipt', async () => {
    const page = await chromium.open({ width: 360 });
    const { order: number } = await buys(page);
    claims.pop();
    await doors(page).filter({ hasText: 'Schon jetzt bezahlen' }).click();
    await checkout(page).getByRole('button', { name: 'Bezahlen mit Karte' }).click();
    await page.waitForURL((url) => url.origin !== demo.url);
    const back = await agreedElsewhere(page);
    const other = await elsewhere();
    await other.goto(back);
    assert.match(other.url(), new RegExp(`^${demo.url}/order/${number}\\?key=[^&]+&payment=pay_`));
    await other.locator('[data-state=paid]').waitFor();
    const text = await other.locator('main').innerText();
    assert.match(text, /Bezahlt[^]*168,40/);
    assert.doesNotMatch(text, /Sommer|Lindenstraße/, 'an address that travels names nobody');
    assert.equal(await other.locator('tresen-account').count(), 0, 'and opens no account');
    await other.finish();
    await page.goto(`${demo.url}/order/${number}`);
    await page.locator('tresen-account').getByText('Alles bezahlt').waitFor();
    await page.finish();
  });

  test('from a pay link as well: the way back is the link, and it shows the receipt', async () => {
    const page = await chromium.open({ width: 360 });
    const { receivable } = await buys(page);
    claims.pop();
    const { token } = await demo.api.receivables.paylink(receivable.id);
    await page.goto(`${demo.url}/tresen/pay/${token}`);
    await page.locator('tresen-account').getByRole('button', { name: 'Mit Karte zahlen' }).click();
    await page.waitForURL((url) => url.origin !== demo.url);
    const back = await agreedElsewhere(page);
    const other = await elsewhere();
    await other.goto(back);
    assert.equal(other.url(), `${demo.url}/tresen/pay/${token}`);
    await other.locator('tresen-account').getByText('Alles bezahlt').waitFor();
    await other.finish();
    await page.finish();
  });

  test('a card at the checkout: back in another browser, the order is there and paid; with another secret it is not', async () => {
    const page = await chromium.open({ width: 360 });
    await toPayment(page, demo.url, 'yara');
    await ready(page);
    await choose(page, 'card');
    await orderButton(page).click();
    await page.waitForURL(/\/tresen\/sandbox\/pay\//);
    const back = await agreedElsewhere(page);
    const other = await elsewhere();
    await other.goto(back);
    await other.locator('[data-state=paid]').waitFor();
    assert.match(other.url(), /\/order\/[\w-]+\?key=/);
    await other.finish();
    const guessed = await fetch(other.url().replace(/key=./, 'key=_'));
    assert.equal(guessed.status, 404);
    await page.finish();
  });

  test('what is debited nobody is asked to pay', async () => {
    const own = JSON.parse(readFileSync(new URL('../../../examples/policies/de-own-invoice.json', import.meta.url), 'utf8'));
    const byTheShop = ({ provider, ...method }) => (method.id === 'sepa_debit' ? method : { ...method, ...(provider && { provider }) });
    await demo.api.policies.create({ ...own, methods: own.methods.map(byTheShop) });
    const page = await chromium.open({ width: 360 });
    await toPayment(page, demo.url, 'greta');
    await ready(page);
    await choose(page, 'sepa_debit');
    await fillAccount(page, 'DE89 3704 0044 0532 0130 00', 'Greta Sommer');
    await orderButton(page).click();
    await doors(page).first().waitFor();
    assert.match(await words(page), /Bestellt mit Lastschrift[^]*Stimmt etwas nicht\?/);
    assert.doesNotMatch(await words(page), /Schon jetzt bezahlen/);
    await page.finish();
  });
});
