// `loadTresen`: the elements as objects. And what a page does to a package when it is in a hurry: it loads it twice, or over a bad line.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { useChromium } from '../lib/chromium.mjs';
import { useDemo } from '../lib/demo.mjs';
import { toPayment } from '../lib/shop.mjs';
import { until } from '../lib/until.mjs';
import { order, ready, states } from '../lib/widget.mjs';

/** The payment step of a shop that builds its page by program: no element of its own, and `window.tresen` for the session's key. */
async function byProgram(page, url, options = {}, change = null) {
  await toPayment(page, url, 'greta');
  if (change !== null) {
    await ready(page);
    await page.route('**/checkout/payment', async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, body: change(await response.text()) });
    });
    await page.goto(`${url}/checkout/payment`);
  }
  const told = await ready(page);
  await page.evaluate(async (more) => {
    const first = document.getElementById('checkout');
    const [session, key] = ['session', 'public-key'].map((name) => first.getAttribute(name));
    const { facts } = first;
    const place = Object.assign(document.createElement('div'), { id: 'pay' });
    first.replaceWith(place);
    window.base = new URL('.', document.querySelector('link[href$="element.js"]').href).href;
    const { loadTresen } = await import(`${window.base}index.js`);
    window.given = { key, options: { api: '/tresen', locale: 'de', addressForm: 'sie', ...more }, checkout: { session, facts } };
    window.tresen = await loadTresen(key, window.given.options);
    window.heard = [];
  }, options);
  return told;
}

const mount = (page) =>
  page.evaluate(() => {
    window.checkout = window.tresen.checkout(window.given.checkout);
    for (const name of ['ready', 'change', 'select', 'unavailable']) window.checkout.on(name, (detail) => window.heard.push([name, ...Object.keys(detail)]));
    window.checkout.mount('#pay');
  });

const heard = (page, name) => until(page, (wanted) => window.heard.some(([told]) => told === wanted), name);

describe('loadTresen', () => {
  const demo = useDemo();
  const chromium = useChromium();

  test('places a checkout, tells what happens in it, and an order is bought', async () => {
    const page = await chromium.open();
    const told = await byProgram(page, demo.url, { appearance: { accent: '#7a1f4b' } });
    await mount(page);
    assert.ok(await heard(page, 'ready'));
    assert.deepEqual(await states(page), told);
    assert.equal(await page.locator('#pay tresen-checkout').evaluate((element) => element.style.getPropertyValue('--tresen-accent')), '#7a1f4b');
    assert.deepEqual(await page.evaluate(() => window.checkout.methods().map(({ id, state }) => [id, state])), Object.entries(told));
    assert.equal(await page.evaluate(() => window.checkout.order()), false, 'nothing is chosen');
    const problems = await page.evaluate(() => window.checkout.update({ facts: { ...window.given.checkout.facts, 'cart.total': { minor: 500000, currency: 'EUR' } } }));
    assert.deepEqual(problems, []);
    assert.equal(await page.evaluate(() => window.checkout.methods().find(({ id }) => id === 'invoice').state), 'withheld');
    await page.evaluate(() => window.checkout.update({ facts: window.given.checkout.facts }));
    await page.evaluate(() => {
      window.checkout.once('submit', (detail) => {
        const { respondWith: _, ...asked } = detail;
        return fetch('/api/order', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(asked) }).then((response) => response.json());
      });
    });
    assert.equal((await order(page, 'invoice')).outcome, 'confirmed');
    await page.getByText('Bestellt auf Rechnung').waitFor();
    assert.deepEqual([...new Set(await page.evaluate(() => window.heard.map((one) => one.join())))], ['ready,methods', 'change,methods', 'select,method']);
    await page.finish();
  });

  test('gives the same for the same, another for another, and says what is wrong', async () => {
    const page = await chromium.open();
    await byProgram(page, demo.url);
    const said = await page.evaluate(async () => {
      const { loadTresen } = await import(`${window.base}index.js`);
      const { key, options, checkout } = window.given;
      const codeOf = async (step) => {
        try {
          await step();
          return 'nothing';
        } catch ({ name, code, help, message }) {
          return [name, code, help !== '' && !message.includes('sk_live')].join();
        }
      };
      return {
        same: (await loadTresen(key, { ...options })) === window.tresen,
        other: (await loadTresen(key, { ...options, locale: 'en' })) === window.tresen,
        secret: await codeOf(() => loadTresen('sk_live_1')),
        neither: await codeOf(() => loadTresen('key')),
        session: await codeOf(() => window.tresen.checkout({})),
        key: await codeOf(async () => (await loadTresen()).checkout(checkout)),
        token: await codeOf(() => window.tresen.account({})),
        place: await codeOf(() => window.tresen.checkout(checkout).mount('#nowhere')),
        event: await codeOf(() => window.tresen.checkout(checkout).on('click', () => {})),
        destroyed: await codeOf(() => {
          const one = window.tresen.checkout(checkout);
          one.destroy();
          one.destroy();
          one.mount('#pay');
        }),
      };
    });
    assert.deepEqual(said, {
      same: true,
      other: false,
      secret: 'TresenError,key.secret,true',
      neither: 'TresenError,key.malformed,true',
      session: 'TresenError,checkout.incomplete,true',
      key: 'TresenError,checkout.incomplete,true',
      token: 'TresenError,account.incomplete,true',
      place: 'TresenError,mount.place_missing,true',
      event: 'TresenError,event.unknown,true',
      destroyed: 'TresenError,handle.destroyed,true',
    });
    await page.finish();
  });

  test('takes a checkout off the page, brings it back into a shadow root, and hears no more of one that was destroyed', async () => {
    const page = await chromium.open();
    await byProgram(page, demo.url);
    await mount(page);
    assert.ok(await heard(page, 'ready'));
    await page.evaluate(async () => {
      window.checkout.unmount();
      await new Promise((done) => setTimeout(done));
      window.heard = [];
      window.root = document.getElementById('pay').attachShadow({ mode: 'open' });
      window.checkout.mount(window.root);
    });
    assert.ok(await heard(page, 'ready'));
    assert.equal(await page.evaluate(() => window.root.firstChild === window.checkout.element), true);
    await page.evaluate(() => {
      window.element = window.checkout.element;
      window.checkout.destroy();
      window.heard = [];
      document.body.append(window.element);
    });
    assert.ok(await until(page, () => window.element.methods().length > 0));
    assert.deepEqual(await page.evaluate(() => window.heard), []);
    await page.finish();
  });

  test('an account and a line for a product come likewise, and what was set early counts', async () => {
    const page = await chromium.open({ expected: [/status of 404/] });
    await byProgram(page, demo.url);
    await page.evaluate(() => {
      const { account, hint } = window.tresen;
      window.account = account({ token: 'pl_AAAAAAAAAAAAAAAAAAAAAA', appearance: { accent: '#7a1f4b' } }).on('account', ({ state }) => window.heard.push([state]));
      window.account.mount('#pay');
      hint({ amount: 16840, currency: 'EUR' }).mount('#pay');
    });
    await page.locator('#pay tresen-hint').getByText(/Rechnung/).waitFor();
    assert.ok(await heard(page, 'unknown'), 'there is no such link');
    assert.equal(await page.locator('#pay tresen-account').evaluate((element) => element.style.getPropertyValue('--tresen-accent')), '#7a1f4b');
    await page.finish();
  });
});

describe('a page that is strict, or in a hurry', () => {
  const demo = useDemo();
  const chromium = useChromium();

  test('lets nobody make a policy for Trusted Types, and sells', async () => {
    const page = await chromium.open({ expected: [/TrustedHTML/] });
    const [response] = await Promise.all([page.waitForResponse((answer) => answer.url().endsWith('/checkout/payment') && answer.status() === 200), toPayment(page, demo.url, 'greta')]);
    assert.match(response.headers()['content-security-policy'], /require-trusted-types-for 'script'; trusted-types 'none'/);
    await ready(page);
    const refused = await page.evaluate(() => {
      try {
        document.createElement('div').innerHTML = '<b>no</b>';
        return 'taken';
      } catch (error) {
        return error.name;
      }
    });
    assert.equal(refused, 'TypeError', 'the browser means it');
    assert.equal((await order(page, 'invoice')).outcome, 'confirmed');
    await page.evaluate(() => (window.violations = window.violations.filter((violation) => !/require-trusted-types-for.*trusted-types-sink/.test(violation))));
    await page.finish();
  });

  test('has the script twice, and a second copy of the package from elsewhere: one element, and an order', async () => {
    const page = await chromium.open();
    // Into the page itself, for Trusted Types let no script of the page add another.
    await byProgram(page, demo.url, {}, (body) => {
      const [, base] = /href="([^"]*\/)element\.js"/.exec(body);
      return body.replace('</head>', `<script src="${base}tresen.iife.js"></script><script src="${base}tresen.iife.js?again"></script></head>`);
    });
    assert.equal(await page.evaluate(() => document.scripts.length > 2 && [...document.scripts].filter(({ src }) => /iife/.test(src)).length), 2);
    await page.route('**/elsewhere/**', async (route) => {
      const base = await page.evaluate(() => window.base);
      await route.fulfill({ response: await route.fetch({ url: route.request().url().replace(/.*\/elsewhere\//, base) }) });
    });
    const counted = await page.evaluate(async () => {
      const defined = customElements.get('tresen-checkout');
      const other = await import('/elsewhere/index.js');
      await import('/elsewhere/hint.js');
      await import('/elsewhere/account.js');
      other.define();
      const second = await other.loadTresen(window.given.key, window.given.options);
      window.second = second.checkout(window.given.checkout).mount('#pay');
      return [defined === customElements.get('tresen-checkout'), other.TresenCheckout === defined, window.second.element instanceof defined];
    });
    assert.deepEqual(counted, [true, false, true], 'the first one stays in charge, and serves the second');
    assert.equal((await ready(page)).invoice, 'offered');
    await page.evaluate(() => window.second.unmount());
    await mount(page);
    assert.ok(await heard(page, 'ready'));
    await page.finish();
  });

  test('loses a file on the way: it is asked for once more, and nobody notices', async () => {
    const page = await chromium.open({ expected: [/ERR_FAILED/] });
    await byProgram(page, demo.url);
    let lost = 0;
    await page.route('**/v1/checkout/**', (route) => ((lost += 1) === 1 ? route.abort() : route.continue()));
    await mount(page);
    assert.ok(await heard(page, 'ready'));
    assert.equal(lost, 2);
    assert.deepEqual(await page.evaluate(() => window.unavailable), []);
    await page.finish();
  });

  test('waits for an answer that never comes, until it has waited long enough; and tries again when it is told to', async () => {
    const page = await chromium.open({ expected: [/not available \(timeout\)/] });
    await byProgram(page, demo.url);
    await page.clock.install();
    const held = [];
    await page.route('**/v1/checkout/**', (route) => void held.push(route));
    await page.evaluate(() => {
      window.checkout = window.tresen.checkout(window.given.checkout);
      window.checkout.element.append(Object.assign(document.createElement('p'), { id: 'own', textContent: 'Vorkasse' }));
      for (const name of ['ready', 'unavailable']) window.checkout.on(name, ({ reason }) => window.heard.push([name, reason]));
      window.checkout.mount('#pay');
    });
    while (held.length === 0) await new Promise((done) => setTimeout(done, 20));
    assert.equal(await page.locator('#own').isVisible(), false);
    await page.clock.runFor(19_000);
    assert.deepEqual(await page.evaluate(() => window.heard), []);
    await page.clock.runFor(2_000);
    assert.deepEqual(await page.evaluate(() => window.heard), [['unavailable', 'timeout']]);
    assert.equal(await page.locator('#own').isVisible(), true, 'what stands inside the element is the shop’s own way');
    // The answer comes after all: what was told is not taken back behind the shopper's back.
    await held[0].continue();
    await page.clock.runFor(1_000);
    assert.deepEqual(await page.evaluate(() => window.heard.length), 1);
    await page.unroute('**/v1/checkout/**');
    await page.evaluate(() => window.checkout.retry());
    await page.clock.runFor(100);
    assert.ok(await heard(page, 'ready'));
    assert.equal(await page.locator('#own').isVisible(), false);
    await page.finish();
  });
});
