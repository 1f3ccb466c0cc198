// The browser proposes, the server disposes: every way to cheat ends in a clear answer, and nothing is bought.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { cartHash, verifyDecision } from '../../../js/src/server.js';
import { useChromium } from '../lib/chromium.mjs';
import { useDemo } from '../lib/demo.mjs';
import { signIn, toPayment } from '../lib/shop.mjs';
import { choose, expectState, order, orderButton, ready, words } from '../lib/widget.mjs';

const eur = (minor) => ({ minor, currency: 'EUR' });
/** The shop's own API, asked from inside the page: with its cookie and its origin. */
const call = (page, path, body) =>
  page.evaluate(async ([to, text]) => {
    const response = await fetch(to, { method: 'POST', headers: { 'content-type': 'application/json' }, body: text });
    return { status: response.status, ...(await response.json()) };
  }, [path, typeof body === 'string' ? body : JSON.stringify(body)]);
const REFUSED_ON_PURPOSE = [/status of 4\d\d/];

describe('tampering', () => {
  const demo = useDemo();
  const chromium = useChromium();

  test('Cheat: the browser offers invoice for a cart that is not there, the service refuses, and the true offer is shown', async () => {
    const page = await chromium.open();
    await toPayment(page, demo.url, 'gast');
    await ready(page);
    await expectState(page, 'invoice', 'withheld');
    await page.locator('#xray-toggle').click();
    await page.locator('#cheat').click();
    await expectState(page, 'invoice', 'offered');
    await page.locator('#xray-close').click();
    const answer = await order(page, 'invoice');
    assert.equal(answer.outcome, 'refused');
    assert.ok(answer.reasons.some((reason) => reason.code === 'amount.differs'));
    await expectState(page, 'invoice', 'withheld');
    assert.match(await words(page), /Bestellt wurde noch nichts/);
    await page.locator('#xray-toggle').click();
    await page.locator('.xray__verdict--differ').waitFor();
    assert.ok((await page.locator('.xray .is-false').count()) > 0, 'the false facts are marked');
    await page.locator('.xray dd', { hasText: 'eine andere; sie bindet niemanden' }).waitFor();
    assert.equal(await page.locator('[data-count]').innerText(), '2', 'the cart is still there');
    // And from here it can be bought honestly.
    await page.locator('#xray-close').click();
    assert.equal((await order(page, 'prepayment')).outcome, 'confirmed');
    await page.locator('#xray-toggle').click();
    await page.locator('.xray dd', { hasText: 'dieselbe, Bit für Bit' }).waitFor();
    await page.finish();
  });

  test('an edited widget cannot order what is withheld, nor for another amount or currency', async () => {
    const page = await chromium.open({ expected: REFUSED_ON_PURPOSE });
    await toPayment(page, demo.url, 'oskar');
    await ready(page);
    const withheld = await call(page, '/api/order', { method: 'invoice', amount: eur(7790), facts: {}, consents: [] });
    assert.equal(withheld.outcome, 'refused');
    assert.ok(withheld.reasons.some((reason) => reason.code === 'account.overdue'));
    for (const amount of [eur(1), eur(7789), { minor: 7790, currency: 'CHF' }]) {
      assert.equal((await call(page, '/api/order', { method: 'prepayment', amount, facts: {}, consents: [] })).outcome, 'refused', JSON.stringify(amount));
    }
    assert.equal((await call(page, '/api/order', { method: 'barter', amount: eur(7790), facts: {}, consents: [] })).outcome, 'refused');
    await page.finish();
  });

  test('what the browser says about cart, address and age of a known customer is not even listened to', async () => {
    const page = await chromium.open();
    await toPayment(page, demo.url, 'yara');
    await ready(page);
    const lies = { 'cart.total': eur(100), 'shipping.same_as_billing': true, 'history.paid_on_time': 99, 'customer.birth_date': '1950-01-01', 'account.open_balance': eur(0) };
    const answer = await call(page, '/api/order', { method: 'invoice', amount: eur(17190), facts: lies, consents: [] });
    assert.equal(answer.outcome, 'refused');
    assert.equal(answer.facts['shipping.same_as_billing'], false);
    assert.equal(answer.facts['cart.total'].minor, 17190);
    await page.finish();
  });

  test('an invoice without the consent is refused', async () => {
    const page = await chromium.open();
    await toPayment(page, demo.url, 'greta');
    await ready(page);
    const answer = await call(page, '/api/order', { method: 'invoice', amount: eur(16840), facts: {}, consents: [] });
    assert.equal(answer.outcome, 'refused');
    assert.ok(answer.reasons.some((reason) => reason.code.startsWith('consent.')), JSON.stringify(answer.reasons));
    await page.finish();
  });

  test('a replayed order is the same order; another one on the same checkout is refused', async () => {
    const page = await chromium.open({ expected: REFUSED_ON_PURPOSE });
    await toPayment(page, demo.url, 'greta');
    await ready(page);
    let body = null;
    page.on('request', (request) => {
      if (request.url().endsWith('/api/order')) body = request.postData();
    });
    const first = await order(page, 'invoice');
    assert.equal(first.outcome, 'confirmed');
    const before = await demo.api.customers.account('cus_greta');
    for (let time = 0; time < 3; time += 1) assert.equal((await call(page, '/api/order', body)).order, first.order);
    const changed = await call(page, '/api/order', { ...JSON.parse(body), method: 'prepayment' });
    assert.deepEqual([changed.status, changed.error.code, changed.error.order], [409, 'order.already_placed', first.order]);
    assert.deepEqual(await demo.api.customers.account('cus_greta'), before);
    await page.finish();
  });

  test('a cart changed after confirm has no decision: the key refuses it, the order number refuses it, the token does not fit', async () => {
    const opened = await demo.api.sessions.create({ customer: { guest_reference: 'gst_e2e', signed_in: false }, facts: {}, locale: 'de' });
    const line = (quantity) => ({ sku: 'KL-103', name: 'Becher', quantity, amount: eur(1600 * quantity) });
    const body = (quantity) => ({ order: 'E2E-1', method: 'prepayment', amount: eur(1600 * quantity), facts: {}, cart: { lines: [line(quantity)], total: eur(1600 * quantity) }, consents: [] });
    const confirmed = await demo.api.sessions.confirm(opened.session, body(1), { idempotencyKey: 'e2e-1' });
    assert.equal(confirmed.outcome, 'confirmed');
    assert.deepEqual(await demo.api.sessions.confirm(opened.session, body(1), { idempotencyKey: 'e2e-1' }), confirmed, 'the very same answer');
    await assert.rejects(demo.api.sessions.confirm(opened.session, body(2), { idempotencyKey: 'e2e-1' }), { code: 'idempotency.key_reused', status: 409 });
    const again = await demo.api.sessions.confirm(opened.session, body(2), { idempotencyKey: 'e2e-2' });
    assert.equal(again.outcome, 'refused');
    const expected = { jwks: await demo.api.keys.list(), tenant: demo.keys.tenant };
    const claims = await verifyDecision(confirmed.decision_token, { ...expected, order: 'E2E-1', cart: body(1).cart, amount: eur(1600) });
    assert.equal(claims.cart_hash, await cartHash([line(1)], eur(1600)));
    await assert.rejects(verifyDecision(confirmed.decision_token, { ...expected, cart: body(2).cart }), { code: 'token.cart_hash' });
    const parts = confirmed.decision_token.split('.');
    const forged = { ...claims, amount: eur(1) };
    await assert.rejects(verifyDecision([parts[0], Buffer.from(JSON.stringify(forged)).toString('base64url'), parts[2]].join('.'), expected), { code: 'token.signature' });
  });

  test('a device whose clock is wrong buys like any other: the day and the hour are the service’s', async () => {
    const pages = [];
    const seen = [];
    for (const days of [0, -400, 400]) {
      const init = `{ const ahead = ${days} * 86400000; const now = Date.now; window.Date = class extends Date { constructor(...parts) { parts.length === 0 ? super(now() + ahead) : super(...parts); } static now() { return now() + ahead; } }; }`;
      const page = await chromium.open({ init });
      await signIn(page, demo.url, 'nordlicht', { klint: 2 });
      await page.goto(`${demo.url}/checkout`);
      await ready(page);
      seen.push([await words(page), await page.locator('tresen-checkout').evaluate((element) => JSON.stringify(element.methods()))]);
      pages.push(page);
    }
    // All three have looked before the first one buys: an open invoice lowers the limit of the next.
    assert.deepEqual(seen[1], seen[0]);
    assert.deepEqual(seen[2], seen[0]);
    for (const page of pages) {
      let body = null;
      page.on('request', (request) => {
        if (request.url().endsWith('/api/order')) body = JSON.parse(request.postData());
      });
      assert.equal((await order(page, 'company_invoice')).outcome, 'confirmed');
      assert.ok(Math.abs(Date.parse(body.consents[0].accepted_at) - Date.now()) < 120000, body.consents[0].accepted_at);
      await page.finish();
    }
  });

  test('a cart that is changed in another tab after confirm changes nothing about the order', async () => {
    const page = await chromium.open({ expected: REFUSED_ON_PURPOSE });
    await toPayment(page, demo.url, 'yara');
    await ready(page);
    let body = null;
    page.on('request', (request) => {
      if (request.url().endsWith('/api/order')) body = JSON.parse(request.postData());
    });
    await choose(page, 'card');
    await orderButton(page).click();
    await page.waitForURL(/\/tresen\/sandbox\/pay\//);
    const payment = page.url();
    // The payment waits; meanwhile an armchair joins the cart, and the same checkout is to sell it for the old amount.
    await page.goto(`${demo.url}/cart`);
    const cart = await call(page, '/api/cart', { sku: 'KL-107', quantity: 1 });
    assert.equal(cart.status, 200);
    const replayed = await call(page, '/api/order', body);
    const again = await call(page, '/api/order', { ...body, amount: cart.facts['cart.total'] });
    assert.deepEqual([again.status, again.error.code, again.error.order], [409, 'order.already_placed', replayed.order]);
    await page.goto(payment);
    await page.locator('button.primary').click();
    await page.waitForURL(new RegExp(`/order/${replayed.order}\\?key=`));
    await page.locator('[data-state=paid]').waitFor();
    const text = await page.locator('main').innerText();
    assert.match(text, /171,90\s€/);
    assert.doesNotMatch(text, /Förde/);
    assert.equal(await page.locator('[data-count]').innerText(), '1', 'the armchair waits in the cart');
    await page.finish();
  });

  test('a tampered session of the shop or of the service leads nowhere', async () => {
    const page = await chromium.open({ expected: REFUSED_ON_PURPOSE });
    await toPayment(page, demo.url, 'greta');
    await ready(page);
    const cookies = await page.context().cookies();
    const [cookie] = cookies.filter(({ name }) => name === 'kl_session');
    const [id, signature] = cookie.value.split('.');
    await page.context().addCookies([{ ...cookie, value: `${id.slice(0, -1)}${id.endsWith('A') ? 'B' : 'A'}.${signature}` }]);
    assert.equal((await call(page, '/api/order', { method: 'prepayment', amount: eur(16840), facts: {}, consents: [] })).error.code, 'checkout.not_open');
    const stolen = await page.evaluate(async (key) => {
      const response = await fetch('/tresen/v1/checkout/cs_AAAAAAAAAAAAAAAAAAAAAA', { headers: { authorization: `Bearer ${key}` } });
      return [response.status, await response.json()];
    }, demo.keys.publishable);
    assert.equal(stolen[0], 404);
    assert.match(stolen[1].error.code, /^session\./);
    await page.finish();
  });

  test('the publishable key opens no door of the secret one', async () => {
    const page = await chromium.open({ expected: REFUSED_ON_PURPOSE });
    await signIn(page, demo.url, 'gast');
    const statuses = await page.evaluate(async (key) => {
      const paths = ['/v1/customers/cus_greta/account', '/v1/reviews', '/v1/decisions/dec_1', '/v1/policies'];
      return Promise.all(paths.map(async (path) => (await fetch(`/tresen${path}`, { headers: { authorization: `Bearer ${key}` } })).status));
    }, demo.keys.publishable);
    assert.ok(statuses.every((status) => status === 401 || status === 403), String(statuses));
    await page.finish();
  });

  test('bodies that are too big, no UTF-8, no JSON or from elsewhere change nothing', async () => {
    const send = (path, body, headers = {}) => fetch(demo.url + path, { method: 'POST', body, redirect: 'manual', headers: { 'content-type': 'application/json', ...headers } });
    const code = async (answer) => [(await answer).status, (await (await answer).json()).error.code];
    assert.deepEqual(await code(send('/api/order', Buffer.from([0x7b, 0xff, 0x7d]))), [400, 'body.not_utf8']);
    assert.deepEqual(await code(send('/api/order', '[]')), [400, 'body.not_json']);
    assert.deepEqual(await code(send('/api/order', '{"method":7}')), [400, 'order.malformed']);
    assert.deepEqual(await code(send('/api/cart', '{"sku":"KL-101","quantity":-1}')), [422, 'cart.malformed']);
    assert.deepEqual(await code(send('/api/cart', '{"sku":"__proto__","quantity":1}')), [422, 'cart.malformed']);
    assert.deepEqual(await code(send('/api/cart', '{}', { origin: 'https://elsewhere.example' })), [403, 'origin.other']);
    const big = await send('/api/order', 'x'.repeat(10 * 1024 * 1024)).catch((error) => error);
    assert.ok(big instanceof Error || big.status === 413);
    const proxied = await send('/tresen/v1/reviews', 'x'.repeat(10 * 1024 * 1024), { authorization: `Bearer ${demo.keys.publishable}` }).catch((error) => error);
    assert.ok(proxied instanceof Error || proxied.status === 413, `${proxied.status}`);
    assert.equal((await fetch(demo.url)).status, 200, 'and the shop stands');
  });

  test('nothing is chosen: the button says what is missing, and nothing is sent', async () => {
    const page = await chromium.open();
    await toPayment(page, demo.url, 'greta');
    await ready(page);
    const sent = [];
    page.on('request', (request) => sent.push(request.url()));
    await orderButton(page).click();
    await page.locator('tresen-checkout .error:visible', { hasText: 'Bitte wählen Sie, wie Sie zahlen möchten.' }).waitFor();
    await choose(page, 'invoice');
    await page.locator('tresen-checkout input[type=checkbox]:visible').first().uncheck();
    await orderButton(page).click();
    await page.getByText('Bitte bestätigen Sie diesen Punkt').waitFor();
    assert.deepEqual(sent.filter((url) => url.endsWith('/api/order')), []);
    await page.finish();
  });
});
