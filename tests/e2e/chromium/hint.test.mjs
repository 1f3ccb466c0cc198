// <tresen-hint> on product and cart pages: it says what is true for a guest, follows the cart, and is silent where nothing can be said.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { violations, withAxe } from '../lib/axe.mjs';
import { useChromium } from '../lib/chromium.mjs';
import { useDemo } from '../lib/demo.mjs';
import { hinted, line } from '../lib/hint.mjs';
import { signIn, speak, toPayment } from '../lib/shop.mjs';
import { until } from '../lib/until.mjs';
import { ready } from '../lib/widget.mjs';

const POLICY = fileURLToPath(new URL('../../../examples/policies/de-own-invoice.json', import.meta.url));
const [PAYABLE, UP_TO, FROM] = ['Kauf auf Rechnung: Sie zahlen bis 14 Tage nach der Bestellung', 'Kauf auf Rechnung möglich bis 250,00 €', 'Kauf auf Rechnung möglich ab 10,00 €'];

const asked = (page) => {
  const requests = [];
  page.on('request', (request) => {
    if (/\/v1\/hint$|hint\.json$/.test(request.url())) requests.push(request.url());
  });
  return requests;
};

const set = (page, attributes) =>
  page.locator('tresen-hint').evaluate((element, given) => {
    for (const [name, value] of Object.entries(given)) {
      if (value === null) element.removeAttribute(name);
      else element.setAttribute(name, value);
    }
  }, attributes);

/** Where the button stands that comes after the line */
const below = (page) => page.locator('.buy').evaluate((element) => element.getBoundingClientRect().top);

describe('the hint', () => {
  const demo = useDemo();
  const chromium = useChromium();

  test('says on a product how it can be paid, and follows the number of pieces', async () => {
    const page = await chromium.open();
    const requests = asked(page);
    await page.goto(`${demo.url}/p/deern`);
    assert.equal(await hinted(page), PAYABLE);
    await page.locator('select[name=quantity]').selectOption('10');
    assert.equal(await line(page), UP_TO);
    await page.locator('select[name=quantity]').selectOption('1');
    assert.equal(await line(page), PAYABLE);
    assert.equal(requests.length, 1);
    await page.finish();
  });

  test('is exact to the cent, and what it names is what the checkout offers a guest', async () => {
    const page = await chromium.open();
    await page.goto(`${demo.url}/p/deern`);
    await hinted(page);
    for (const [amount, expected] of [['999', FROM], ['1000', PAYABLE], ['25000', PAYABLE], ['25001', UP_TO]]) {
      await set(page, { amount });
      assert.equal(await line(page), expected, amount);
    }
    await toPayment(page, demo.url, 'gast');
    await ready(page);
    for (const [minor, offered] of [[999, false], [1000, true], [25000, true], [25001, false]]) {
      const state = await page.locator('tresen-checkout').evaluate(async (element, total) => {
        await element.update({ facts: { ...element.facts, 'cart.total': { minor: total, currency: 'EUR' } } });
        return element.methods().find((method) => method.id === 'invoice').state;
      }, minor);
      assert.equal(state !== 'withheld', offered, `${minor}: ${state}`);
    }
    await page.finish();
  });

  test('speaks the language of the shop, and axe finds nothing', async () => {
    const page = await chromium.open({ width: 360 });
    const said = { 'de-du': 'Kauf auf Rechnung: Du zahlst bis 14 Tage nach der Bestellung', en: 'Pay by invoice: you pay within 14 days of ordering' };
    for (const [language, expected] of Object.entries(said)) {
      await speak(page, demo.url, language);
      await signIn(page, demo.url, 'greta', { moor: 1 });
      assert.equal(await hinted(page), expected);
      assert.equal(await page.locator('tresen-hint [part=line]').getAttribute('lang'), language.slice(0, 2));
      const axe = await withAxe(page);
      assert.deepEqual(await violations(axe), []);
      await axe.detach();
    }
    await page.finish();
  });

  test('follows its attributes, and says nothing that it does not know', async () => {
    const page = await chromium.open();
    await page.goto(`${demo.url}/p/deern`);
    await hinted(page);
    for (const [attributes, expected] of [
      [{ amount: null }, 'Kauf auf Rechnung möglich von 10,00 € bis 250,00 €'],
      [{ amount: '84.90' }, ''],
      [{ amount: '-1' }, ''],
      [{ amount: '5000', currency: 'CHF' }, ''],
      [{ currency: null, 'address-form': 'du' }, 'Kauf auf Rechnung: Du zahlst bis 14 Tage nach der Bestellung'],
      [{ locale: 'nl_BE' }, 'Betalen op rekening: u betaalt binnen 14 dagen na de bestelling'],
      [{ locale: null }, 'Kauf auf Rechnung: Du zahlst bis 14 Tage nach der Bestellung'],
    ]) {
      await set(page, attributes);
      assert.equal(await line(page), expected, JSON.stringify(attributes));
    }
    await page.finish();
  });

  test('asks nobody while it is told nobody to ask', async () => {
    const page = await chromium.open();
    await page.goto(`${demo.url}/p/deern`);
    await hinted(page);
    const requests = asked(page);
    await set(page, { 'public-key': null });
    assert.ok(await until(page, () => document.querySelector('tresen-hint').shadowRoot.textContent === ''));
    await set(page, { api: '/elsewhere' });
    assert.equal(requests.length, 0);
    await page.finish();
  });

  test('takes the type and the colours of the checkout, and the page’s own where there are none', async () => {
    const page = await chromium.open();
    await page.goto(`${demo.url}/p/deern`);
    await hinted(page);
    const looks = await page.locator('tresen-hint').evaluate((element) => {
      const look = () => {
        const { color, fontFamily, fontSize } = getComputedStyle(element.shadowRoot.querySelector('[part=line]'));
        return [color, fontFamily, fontSize];
      };
      const given = Object.entries({ 'text-soft': 'rgb(1, 2, 3)', font: 'monospace', 'text-s': '19px' });
      for (const [name, value] of given) element.style.setProperty(`--tresen-${name}`, value);
      const own = look();
      for (const [name] of given) element.style.setProperty(`--tresen-${name}`, 'initial');
      const { color, fontFamily } = getComputedStyle(element.parentElement);
      return { own, plain: look(), page: [color, fontFamily, '14px'] };
    });
    assert.deepEqual(looks.own, ['rgb(1, 2, 3)', 'monospace', '19px']);
    assert.deepEqual(looks.plain, looks.page);
    await page.finish();
  });

  test('stands twenty times on a page and is asked for once', async () => {
    const page = await chromium.open();
    const requests = asked(page);
    await page.goto(`${demo.url}/p/deern`);
    await hinted(page);
    await page.evaluate(() => {
      const first = document.querySelector('tresen-hint');
      for (let count = 1; count < 20; count += 1) first.after(first.cloneNode());
    });
    assert.ok(await until(page, () => [...document.querySelectorAll('tresen-hint')].every((element) => element.shadowRoot.textContent !== '')));
    assert.deepEqual([await page.locator('tresen-hint').count(), requests.length], [20, 1]);
    await page.finish();
  });

  for (const width of [1280, 390, 360]) {
    test(`keeps its place: nothing jumps when it comes, ${width} px`, async () => {
      const page = await chromium.open({ width });
      let release;
      const held = new Promise((done) => (release = done));
      await page.route('**/v1/hint', async (route) => {
        await held;
        await route.continue();
      });
      await page.goto(`${demo.url}/p/deern`);
      assert.ok(await until(page, () => document.querySelector('tresen-hint').shadowRoot !== null));
      assert.equal(await line(page), '');
      const before = await below(page);
      release();
      assert.equal(await hinted(page), PAYABLE);
      assert.equal(await below(page), before);
      await page.finish();
    });
  }

  const body = (status, text) => (route) => route.fulfill({ status, contentType: 'application/json', body: text });
  for (const [what, answer] of Object.entries({
    'is not reached': (route) => route.abort(),
    'is busy': body(503, '{"error":{"code":"service.busy","message":"busy","help":"later"}}'),
    'has no policy': body(409, '{"error":{"code":"policy.none","message":"none","help":"upload one"}}'),
    'answers in a form of tomorrow': body(200, '{"format":2,"lines":[]}'),
    'answers nonsense': body(200, '{"format":1,"methods":[{"kind":"invoice"}]}'),
    'answers no JSON': body(200, '<p>'),
  })) {
    test(`says nothing where the service ${what}, and asks again when it is told to`, async () => {
      const page = await chromium.open({ expected: [/ERR_FAILED/, /status of (409|503)/] });
      const requests = asked(page);
      await page.route('**/v1/hint', answer);
      const ended = page.waitForEvent(what === 'is not reached' ? 'requestfailed' : 'requestfinished', (request) => request.url().endsWith('/v1/hint'));
      await page.goto(`${demo.url}/p/deern`);
      await ended;
      assert.equal(await line(page), '');
      const before = await below(page);
      await page.unroute('**/v1/hint');
      // What was answered is kept for the page, whatever it was; what failed is asked for again.
      if (/nonsense|tomorrow/.test(what)) await set(page, { api: '/tresen/' });
      else await page.locator('tresen-hint').evaluate((element) => element.replaceWith(element.cloneNode()));
      assert.equal(await hinted(page), PAYABLE);
      assert.deepEqual([await below(page), requests.length], [before, 2]);
      await page.finish();
    });
  }

  test('takes a file that the command wrote, for a shop without a service', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'hint-'));
    try {
      const file = join(folder, 'hint.json');
      execFileSync(process.env.TRESEN_BIN, ['policy', 'hint', POLICY, '--output', file]);
      const page = await chromium.open();
      const requests = asked(page);
      await page.route('**/hint.json', (route) => route.fulfill({ path: file }));
      await page.goto(`${demo.url}/p/deern`);
      await hinted(page);
      await set(page, { src: '/hint.json', api: null, 'public-key': null, amount: '25001' });
      assert.ok(await until(page, () => document.querySelector('tresen-hint').shadowRoot.textContent.startsWith('Kauf auf Rechnung möglich bis')));
      assert.match(requests.at(-1), /\/hint\.json$/);
      await page.finish();
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  test('comes along with the checkout, where that is the one script of a shop', async () => {
    const page = await chromium.open();
    await page.route('**/p/deern', async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, body: (await response.text()).replace(/hint\.js"/, 'element.js"') });
    });
    await page.goto(`${demo.url}/p/deern`);
    assert.equal(await page.locator('script[src$="/hint.js"]').count(), 0);
    assert.equal(await hinted(page), PAYABLE);
    await page.finish();
  });
});
