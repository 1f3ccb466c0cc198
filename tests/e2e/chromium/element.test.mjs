// The element as a part of somebody else's page: several of them, moved about, listened to from outside, spoken to wrongly.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { useChromium } from '../lib/chromium.mjs';
import { useDemo } from '../lib/demo.mjs';
import { toPayment } from '../lib/shop.mjs';
import { until } from '../lib/until.mjs';
import { choose, consent, order, radio, ready, states, words } from '../lib/widget.mjs';

const opened = (page) => {
  const requests = [];
  page.on('request', (request) => {
    if (/\/v1\/checkout\//.test(request.url())) requests.push(request.url());
  });
  return requests;
};

/** Another element for the same session, in a shadow root of the page's own. */
const addSecond = (page) =>
  page.evaluate(() => {
    const first = document.getElementById('checkout');
    const second = document.createElement('tresen-checkout');
    for (const name of ['session', 'public-key', 'api', 'locale', 'address-form']) second.setAttribute(name, first.getAttribute(name));
    second.facts = first.facts;
    const host = Object.assign(document.createElement('div'), { id: 'host' });
    host.attachShadow({ mode: 'open' }).append(second);
    first.after(host);
  });
const secondReady = (page) => until(page, () => document.getElementById('host').shadowRoot.firstChild.methods().length > 0);

describe('the element', () => {
  const demo = useDemo();
  const chromium = useChromium();

  test('opens its session once, however many attributes it has', async () => {
    const page = await chromium.open();
    const requests = opened(page);
    await toPayment(page, demo.url, 'greta');
    await ready(page);
    assert.equal(requests.length, 1);
    await page.finish();
  });

  test('stands twice on a page, and each has a mind of its own', async () => {
    const page = await chromium.open();
    await toPayment(page, demo.url, 'greta');
    const first = await ready(page);
    await addSecond(page);
    assert.ok(await secondReady(page));
    const second = page.locator('#host tresen-checkout');
    assert.deepEqual(await second.evaluate((element) => Object.fromEntries(element.methods().map((method) => [method.id, method.state]))), first);
    await page.locator('#checkout input[value=invoice]').check();
    await second.locator('input[value=card]').check();
    assert.deepEqual(await page.evaluate(() => [...[document.getElementById('checkout'), document.getElementById('host').shadowRoot.firstChild]].map((element) => element.selection.method)), ['invoice', 'card']);
    // What changes for one does not change for the other.
    await second.evaluate((element) => element.update({ facts: { ...element.facts, 'cart.total': { minor: 500000, currency: 'EUR' } } }));
    assert.equal(await second.evaluate((element) => element.methods().find((method) => method.id === 'invoice').state), 'withheld');
    assert.equal(await page.locator('#checkout').evaluate((element) => element.methods().find((method) => method.id === 'invoice').state), 'offered');
    await page.evaluate(() => document.getElementById('host').remove());
    assert.equal((await order(page, 'invoice')).outcome, 'confirmed', 'and one that goes takes nothing with it');
    await page.finish();
  });

  test('keeps what was chosen and ticked when it is moved, and starts anew when it is taken out', async () => {
    const page = await chromium.open();
    const requests = opened(page);
    await toPayment(page, demo.url, 'greta');
    await ready(page);
    await choose(page, 'invoice');
    const before = await page.locator('tresen-checkout').evaluate((element) => element.selection);
    assert.equal(before.consents.length, 1);
    await page.evaluate(() => document.querySelector('.pay__col').append(document.getElementById('checkout')));
    assert.deepEqual(await page.locator('tresen-checkout').evaluate((element) => element.selection), before);
    assert.ok(await radio(page, 'invoice').isChecked());
    assert.ok(await consent(page).isChecked());
    assert.equal(requests.length, 1);
    await page.evaluate(async () => {
      const element = document.getElementById('checkout');
      const parent = element.parentNode;
      element.remove();
      await Promise.resolve();
      await Promise.resolve();
      parent.append(element);
    });
    await ready(page);
    assert.equal(requests.length, 2);
    assert.equal(await page.locator('tresen-checkout').evaluate((element) => element.selection), null);
    assert.equal((await order(page, 'invoice')).outcome, 'confirmed');
    await page.finish();
  });

  test('is heard through shadow roots: every event bubbles and is composed', async () => {
    const page = await chromium.open();
    await toPayment(page, demo.url, 'greta');
    await ready(page);
    await page.evaluate(() => {
      window.heard = [];
      for (const type of ['tresen-ready', 'tresen-select', 'tresen-change', 'tresen-submit', 'tresen-review', 'tresen-unavailable']) {
        document.addEventListener(type, (event) => {
          if (event.composedPath()[0].id === 'checkout') return;
          window.heard.push([type, event.bubbles, event.composed, event.cancelable, Object.keys(event.detail).sort().join()]);
          event.detail.respondWith?.(Promise.resolve({ outcome: 'refused', decision: { methods: [] } }));
        });
      }
    });
    await addSecond(page);
    assert.ok(await secondReady(page));
    const second = page.locator('#host tresen-checkout');
    await second.locator('input[value=invoice]').check();
    await second.locator('input[type=checkbox]:visible').check();
    assert.equal(await second.evaluate((element) => element.order()), true);
    await page.locator('#host').getByText('Bestellt wurde noch nichts').waitFor();
    await second.evaluate((element) => {
      element.facts = { ...element.facts, 'cart.total': { minor: 500000, currency: 'EUR' } };
      element.setAttribute('session', 'cs_AAAAAAAAAAAAAAAAAAAAAA');
    });
    assert.ok(await until(page, () => window.heard.some(([type]) => type === 'tresen-unavailable')));
    assert.deepEqual(await page.evaluate(() => window.heard), [
      ['tresen-ready', true, true, false, 'methods'],
      ['tresen-select', true, true, false, 'method'],
      ['tresen-submit', true, true, true, 'amount,browser_record,consents,facts,method,respondWith'],
      // The order was refused, and there are other facts.
      ['tresen-change', true, true, false, 'methods'],
      ['tresen-change', true, true, false, 'methods'],
      ['tresen-unavailable', true, true, false, 'fallback,reason'],
    ]);
    assert.ok(page.troubles().every((trouble) => /status of 404|not available \(session\)/.test(trouble)), page.troubles().join('\n'));
    await page.context().close();
  });

  test('refuses facts that make no sense, says which, and stays as it was', async () => {
    const page = await chromium.open({ expected: [/facts refused/] });
    await toPayment(page, demo.url, 'greta');
    const before = await ready(page);
    await choose(page, 'invoice');
    const problems = await page.locator('tresen-checkout').evaluate((element) => element.update({ facts: { ...element.facts, 'cart.total': { minor: 1.5, currency: 'EUR' } } }));
    assert.equal(problems.length, 1);
    assert.match(JSON.stringify(problems), /cart\.total/);
    assert.deepEqual(await states(page), before);
    assert.equal((await order(page, 'invoice')).outcome, 'confirmed');
    await page.finish();
  });

  test('speaks another language when it is told to', async () => {
    const page = await chromium.open();
    await toPayment(page, demo.url, 'greta');
    await ready(page);
    await page.locator('tresen-checkout').evaluate((element) => element.setAttribute('locale', 'en'));
    await page.getByText('How would you like to pay?').waitFor();
    assert.match(await words(page), /€168\.40/);
    await page.finish();
  });
});
