// What is left when something is missing: a checkout never breaks because of us.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { launch, openPage, useChromium } from '../lib/chromium.mjs';
import { openDemo, useDemo } from '../lib/demo.mjs';
import { line } from '../lib/hint.mjs';
import { signIn, toPayment } from '../lib/shop.mjs';
import { expectState, order, ready, words } from '../lib/widget.mjs';

const everything = (page) => page.locator('tresen-checkout').evaluate((element) => JSON.stringify(element.methods()));

describe('without', () => {
  const demo = useDemo();
  const chromium = useChromium();

  test('WebAssembly, as in Lockdown Mode: the same answers, and an order', async () => {
    const plain = await chromium.open();
    await toPayment(plain, demo.url, 'greta');
    await ready(plain);
    const locked = await chromium.open({ init: () => delete globalThis.WebAssembly });
    await toPayment(locked, demo.url, 'greta');
    await ready(locked);
    assert.equal(await locked.evaluate(() => typeof WebAssembly), 'undefined');
    assert.equal(await everything(locked), await everything(plain));
    assert.equal(await words(locked), await words(plain));
    assert.equal((await order(locked, 'invoice')).outcome, 'confirmed');
    await plain.finish();
    await locked.finish();
  });

  test('WebAssembly, because the content policy of the shop does not allow it: the same answers', async () => {
    const plain = await chromium.open();
    await toPayment(plain, demo.url, 'gast');
    await ready(plain);
    const page = await chromium.open({ expected: [/wasm-eval/, /WebAssembly/] });
    await toPayment(page, demo.url, 'gast');
    // Before the page is opened again, nothing may be on its way: what a browser breaks off would be told as a trouble.
    await ready(page);
    await page.route('**/checkout/payment', async (route) => {
      const response = await route.fetch();
      const headers = response.headers();
      await route.fulfill({ response, headers: { ...headers, 'content-security-policy': headers['content-security-policy'].replace(" 'wasm-unsafe-eval'", '') } });
    });
    await page.goto(`${demo.url}/checkout/payment`);
    await ready(page);
    assert.ok((await page.evaluate(() => window.violations)).length > 0, 'it was refused indeed');
    assert.equal(await everything(page), await everything(plain));
    assert.equal(await words(page), await words(plain));
    await page.finish();
    await plain.finish();
  });

  test('style sheets that a script can make, as in older in-app views: the same sheets come as files', async () => {
    const looks = (page) =>
      page.locator('tresen-checkout').evaluate((element) => {
        const { borderTopLeftRadius, backgroundColor } = getComputedStyle(element.shadowRoot.querySelector('[part=card]'));
        return [borderTopLeftRadius, backgroundColor, element.shadowRoot.adoptedStyleSheets.length > 0, element.shadowRoot.querySelectorAll('link').length > 0];
      });
    const plain = await chromium.open();
    await toPayment(plain, demo.url, 'greta');
    await ready(plain);
    const [radius, colour, ...made] = await looks(plain);
    assert.deepEqual(made, [true, false]);
    const old = await chromium.open({ init: () => delete CSSStyleSheet.prototype.replaceSync });
    await toPayment(old, demo.url, 'greta');
    await ready(old);
    await old.waitForLoadState('networkidle');
    assert.notEqual(radius, '0px');
    assert.deepEqual(await looks(old), [radius, colour, false, true]);
    await plain.finish();
    await old.finish();
  });

  for (const [reason, pattern] of [['engine', /\/checkout\.(wasm|fallback\.js)$/], ['network', /\/locales\/de\.json$/], ['network', /\/v1\/checkout\//]]) {
    test(`${pattern.source}: the page is told once, and the shop’s own way is there`, async () => {
      const page = await chromium.open({ expected: [/ERR_FAILED/, /not available \((engine|network)\)/] });
      await page.route(pattern, (route) => route.abort());
      await toPayment(page, demo.url, 'yara');
      await page.locator('#safe').waitFor();
      assert.equal(await page.locator('tresen-checkout').isVisible(), false);
      const [told, ...more] = await page.evaluate(() => window.unavailable);
      assert.deepEqual([told.reason, told.fallback, more], [reason, ['prepayment'], []]);
      await page.locator('#safe button').click();
      await page.locator('[data-state=waiting]').waitFor();
      await page.finish();
    });
  }

  test('the widget’s files: the page says which way is left, and it works', async () => {
    const page = await chromium.open({ expected: [/Failed to load resource/, /ERR_FAILED/] });
    await page.route('**/assets/tresen/**', (route) => route.abort());
    await toPayment(page, demo.url, 'yara');
    await page.locator('#safe').waitFor();
    await page.locator('#safe button').click();
    await page.waitForURL(/\/order\//);
    await page.getByRole('heading', { name: 'Vielen Dank für die Bestellung' }).waitFor();
    await page.finish();
  });

  test('the offer itself, because the service answers the browser with an error', async () => {
    const page = await chromium.open({ expected: [/status of 503/, /tresen-checkout: not available \(service\)/] });
    await page.route('**/tresen/v1/checkout/**', (route) => route.fulfill({ status: 503, contentType: 'application/json', body: '{"error":{"code":"service.busy","message":"busy","help":"later"}}' }));
    await toPayment(page, demo.url, 'yara');
    await page.locator('#safe').waitFor();
    const isTaken = await page.evaluate(() => {
      const own = document.createElement('form');
      document.querySelector('tresen-checkout').append(own);
      return new Promise((done) => {
        document.addEventListener('submit', (event) => {
          done(event.target === own && !event.defaultPrevented);
          event.preventDefault();
        });
        own.requestSubmit();
      });
    });
    assert.ok(isTaken, 'a form that the page has in the element leads where it says');
    await page.finish();
  });

  for (const status of [200, 404]) {
    test(`the offer itself, because the shop’s own page answers with ${status}: it is said from where`, async () => {
      const said = new RegExp(`not available \\(service\\) Error: tresen: service, ${status} not by the service from /tresen/v1/checkout/cs_`);
      const page = await chromium.open({ expected: [/status of 404/, said] });
      await page.route('**/tresen/v1/checkout/**', (route) => route.fulfill({ status, contentType: 'text/html', body: '<!doctype html><title>Shop</title>' }));
      const told = page.waitForEvent('console', (message) => said.test(message.text()));
      await toPayment(page, demo.url, 'yara');
      await told;
      await page.locator('#safe').waitFor();
      await page.finish();
    });
  }

  test('JavaScript: the same way is in the page', async () => {
    const context = await chromium.browser.newContext({ javaScriptEnabled: false, locale: 'de-DE' });
    const page = await context.newPage();
    await toPayment(page, demo.url, 'yara');
    await page.locator('noscript .safe button, .safe:visible button').first().click();
    await page.waitForURL(/\/order\//);
    await page.getByRole('heading', { name: 'Vielen Dank für die Bestellung' }).waitFor();
    await context.close();
  });

  test('the answer to an order: the widget keeps everything, and the second try is the one order', async () => {
    const page = await chromium.open({ expected: [/ERR_FAILED/, /Failed to load resource/, /the order got no answer/] });
    await toPayment(page, demo.url, 'greta');
    await ready(page);
    let lost = false;
    await page.route('**/api/order', async (route) => {
      if (lost) return route.continue();
      lost = true;
      await route.fetch(); // it arrives and is done; the answer is lost on the way back
      return route.abort();
    });
    const before = await demo.api.customers.account('cus_greta');
    await page.locator('tresen-checkout input[type=radio][value="invoice"]').check();
    await page.locator('tresen-checkout input[type=checkbox]:visible').check();
    const button = page.locator('tresen-checkout button[part~=button]:visible').last();
    await button.click();
    await page.getByText('Das hat gerade nicht geklappt').waitFor();
    await button.click();
    await page.getByRole('heading', { level: 1, name: /Vielen Dank/ }).waitFor();
    const after = await demo.api.customers.account('cus_greta');
    assert.equal(after.receivables.length, before.receivables.length + 1);
    await page.finish();
  });
});

test('without the service: what needs no decision is still sold, and nothing on credit', async () => {
  const demo = await openDemo();
  const browser = await launch();
  try {
    const early = await openPage(browser, { expected: [/status of 50[23]/, /the order got no answer/] });
    await toPayment(early, demo.url, 'greta');
    await ready(early);
    await expectState(early, 'invoice', 'offered');
    await demo.crashService();
    // The offer is on the screen and the service dies: no order comes about, and the way out is one reload away.
    await early.locator('tresen-checkout input[type=radio][value="invoice"]').check();
    await early.locator('tresen-checkout input[type=checkbox]:visible').check();
    await early.locator('tresen-checkout button[part~=button]:visible').last().click();
    await early.getByText('Das hat gerade nicht geklappt').waitFor();
    await early.finish();

    // The browser itself writes down that nobody answered for the line on the product.
    const page = await openPage(browser, { expected: [/status of 502 .*\/v1\/hint\)$/] });
    await signIn(page, demo.url, 'greta', { moor: 1 });
    assert.equal(await line(page), '');
    await page.goto(`${demo.url}/checkout`);
    await page.locator('#safe').waitFor();
    assert.equal(await page.locator('tresen-checkout').count(), 0);
    await page.locator('#safe button').click();
    await page.locator('[data-state=waiting]').waitFor();
    await page.finish();
  } finally {
    await browser.close();
    await demo.close();
  }
});
