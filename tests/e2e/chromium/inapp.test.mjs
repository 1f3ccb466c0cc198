// Inside the browsers of apps, as old as they are kept alive: no window opens, nothing is remembered, no other app can be reached. An order is placed and
// paid, and a pay link is, by whole pages alone, and what the account grants needs nothing that is missing.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { useChromium } from '../lib/chromium.mjs';
import { useCounter } from '../lib/counter.mjs';
import { useDemo } from '../lib/demo.mjs';
import { useLine } from '../lib/line.mjs';
import { Person } from '../lib/person.mjs';
import { toPayment } from '../lib/shop.mjs';
import { choose, orderButton, ready } from '../lib/widget.mjs';

const ANDROID = 'Mozilla/5.0 (Linux; Android 13; SM-A536B Build/TP1A.220624.014; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/120.0.6099.144 Mobile Safari/537.36';
const APPS = {
  instagram: 'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 Instagram 334.0.4.32.98 (iPhone14,5; iOS 17_5; de_DE; de; scale=3.00; 1170x2532; 609775437)',
  facebook: `${ANDROID} [FB_IAB/FB4A;FBAV/443.0.0.23.229;]`,
  tiktok: `${ANDROID} musical_ly_2023203030 JsSdk/1.0 NetType/WIFI Channel/googleplay AppName/musical_ly app_version/32.3.3 ByteLocale/de Region/DE`,
};

/** What there is no more of in there; a shop needs its own cookie for a cart, as every shop does, and an account needs none. */
function shut(hasCookies) {
  const refused = (name) => () => {
    window.reached = [...(window.reached ?? []), name];
    throw new DOMException(name, 'SecurityError');
  };
  window.open = refused('open');
  for (const name of ['localStorage', 'sessionStorage', 'indexedDB', 'caches']) Object.defineProperty(window, name, { get: refused(name) });
  if (!hasCookies) Object.defineProperty(Document.prototype, 'cookie', { get: refused('cookie'), set: refused('cookie') });
  for (const name of ['clipboard', 'share', 'canShare', 'serviceWorker']) Object.defineProperty(Navigator.prototype, name, { get: () => undefined });
  // What came into browsers after the web views of that age.
  delete AbortSignal.timeout;
  delete Crypto.prototype.randomUUID;
  delete Element.prototype.ariaDisabled;
}

/** A page inside an app, and what its pages threw. */
async function inside(browser, userAgent, hasCookies) {
  const context = await browser.newContext({ userAgent, locale: 'de-DE', viewport: { width: 360, height: 640 }, hasTouch: true, isMobile: true });
  await context.addInitScript(shut, hasCookies);
  const page = await context.newPage();
  const thrown = [];
  page.on('pageerror', ({ message }) => thrown.push(message));
  return { page, context, thrown, reached: () => page.evaluate(() => window.reached ?? []) };
}

describe('inside an app, at the checkout', () => {
  const demo = useDemo();
  const chromium = useChromium();

  for (const [app, userAgent] of Object.entries(APPS)) {
    test(`${app}: a card and a wallet are paid on a page of their own, in the one window there is, and lead back to the order`, async () => {
      const { page, context, thrown, reached } = await inside(chromium.browser, userAgent, true);
      for (const method of ['card', 'wallet']) {
        await toPayment(page, demo.url, 'yara');
        await ready(page);
        await choose(page, method);
        await orderButton(page).click();
        await page.waitForURL(/\/tresen\/sandbox\/pay\//);
        assert.deepEqual(await reached(), [], 'on the way nothing was tried that is not there');
        await page.locator('button.primary').click();
        await page.waitForURL(/\/order\//);
        await page.locator('[data-state=paid]').waitFor();
      }
      assert.deepEqual([thrown, await reached(), context.pages().length], [[], [], 1]);
      await context.close();
    });
  }
});

describe('inside an app', () => {
  const counter = useCounter(Object.keys(APPS).flatMap((app) => [[`cus_${app}_link`, `I-${app}-link`, 4190, 0], [`cus_${app}_account`, `I-${app}-account`, 5290, 0]]));
  const line = useLine(counter);
  const chromium = useChromium();

  for (const [app, userAgent] of Object.entries(APPS)) {
    test(`${app}: paid in two taps, and a plan is agreed to, by whole pages and without a cookie`, async () => {
      const { page, context, thrown, reached } = await inside(chromium.browser, userAgent, false);
      const person = new Person(page);

      await person.opens(await counter.link(`cus_${app}_link`));
      await person.tap('Mit Karte zahlen');
      await person.tap('Jetzt bezahlen');
      await person.sees(/Alles bezahlt/);
      assert.equal(person.taps, 2);
      assert.equal((await counter.stands(`cus_${app}_link`)).open, 0);

      const { token } = await counter.api.customers.access(`cus_${app}_account`);
      await person.opens(`${line.url}/order?${token}`);
      await person.tap('In Raten zahlen');
      await person.tap('3 Raten');
      await person.names('input[type=date]', 'min');
      await person.tap('Ich nehme diesen Plan an');
      await person.tap('=form button[type=submit]');
      await person.sees(/Erledigt[^]*Sie zahlen in Raten/);
      assert.equal((await counter.happened(`cus_${app}_account`, 'PlanAccepted')).length, 1);

      assert.deepEqual([thrown, await reached(), context.pages().length, await context.cookies()], [[], [], 1, []]);
      await context.close();
    });
  }
});
