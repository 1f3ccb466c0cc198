// What the shop's server does with the service's answers, over HTTP, without a browser.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, beforeEach, describe, test } from 'node:test';
import { contactOf } from '../server/address.js';
import { createShop } from '../server/main.js';
import { startFake } from './fake.mjs';

const eur = (minor) => ({ minor, currency: 'EUR' });
const WISH = { method: 'invoice', amount: eur(16840), facts: {}, consents: [{ id: 'invoice', version: '1', text_hash: 'ab', accepted_at: '2026-11-21T12:00:00Z' }] };

describe('the shop’s server', () => {
  let fake;
  let server;
  let folder;
  let url;
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'kiesel-test-'));
    const widgetFolder = join(folder, 'dist');
    mkdirSync(widgetFolder);
    writeFileSync(join(widgetFolder, 'element.js'), '// stands where the widget is built to\n');
    fake = await startFake();
    server = createShop({
      publicUrl: 'http://127.0.0.1:1', service: fake.url, secretKey: 'sk_test_1', publishableKey: 'pk_test_1', tenant: 'demo', cookieSecret: 'secret',
      dataFolder: folder, publicFolder: new URL('../public', import.meta.url).pathname, widgetFolder,
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    url = `http://127.0.0.1:${server.address().port}`;
  });
  after(() => {
    server.closeAllConnections();
    server.close();
    fake.close();
    rmSync(folder, { recursive: true });
  });
  beforeEach(() => Object.assign(fake, { script: () => null, method: 'offered', paymentState: 'settled', tamper: (claims) => claims, seen: fake.seen.splice(0, 0) }));

  /** A visitor who keeps their cookie. */
  const visitor = () => {
    let cookie = '';
    const send = async (path, init = {}) => {
      const response = await fetch(url + path, { redirect: 'manual', ...init, headers: { ...(cookie && { cookie }), ...init.headers } });
      cookie = response.headers.get('set-cookie')?.split(';')[0] ?? cookie;
      return response;
    };
    return {
      get: (path) => send(path),
      form: (path, values) => send(path, { method: 'POST', body: new URLSearchParams(values) }),
      json: async (path, value) => {
        const response = await send(path, { method: 'POST', body: JSON.stringify(value), headers: { 'content-type': 'application/json' } });
        return { status: response.status, ...(await response.json()) };
      },
    };
  };
  const atPayment = async (person) => {
    const someone = visitor();
    await someone.form('/as', { person, cart: 'fill', back: '/' });
    if (person === 'gast') await someone.form('/checkout/example', {});
    const page = await someone.get('/checkout/payment');
    assert.equal(page.status, 200);
    return { ...someone, page: await page.text() };
  };

  test('opens a session with what it knows, and tells a guest from a customer', async () => {
    const { page } = await atPayment('greta');
    const [opened] = fake.calls('/v1/sessions');
    assert.deepEqual(opened.body.customer, { reference: 'cus_greta', signed_in: true, email: 'greta.sommer@example.com' });
    assert.equal(opened.body.facts['cart.total'].minor, 16840);
    assert.equal(opened.body.facts['customer.birth_date'], '1984-05-06');
    assert.equal(Object.keys(opened.body.facts).some((name) => /^(history|account)\./.test(name)), false, 'the past is the service’s own');
    assert.match(page, /<tresen-checkout id="checkout" session="cs_1" public-key="pk_test_1" api="\/tresen" locale="de" address-form="sie">/);
    assert.doesNotMatch(page, /sk_test/);
    await atPayment('gast');
    const guest = fake.calls('/v1/sessions')[1].body.customer;
    assert.deepEqual([guest.signed_in, guest.reference, guest.email], [false, undefined, 'alex.beispiel@example.com']);
    assert.match(guest.guest_reference, /^gst_/);
  });

  test('orders on its own cart and knowledge, and answers a replay with the same order without asking again', async () => {
    const greta = await atPayment('greta');
    const lies = { 'cart.total': eur(100), 'customer.birth_date': '1950-01-01', 'history.orders_paid': 9 };
    const first = await greta.json('/api/order', { ...WISH, facts: lies });
    assert.equal(first.outcome, 'confirmed');
    const [confirm] = fake.calls('/confirm');
    assert.equal(confirm.body.facts['cart.total'].minor, 16840);
    assert.equal(confirm.body.facts['customer.birth_date'], '1984-05-06');
    assert.equal('history.orders_paid' in confirm.body.facts, false);
    assert.equal(confirm.body.cart.lines.reduce((sum, line) => sum + line.amount.minor, 0), 16840);
    assert.ok(confirm.headers['idempotency-key'].startsWith(first.order));
    assert.deepEqual(confirm.body.contact, { name: { given: 'Greta', family: 'Sommer' }, address: ['Lindenstraße 14', '10969 Berlin'] });
    assert.doesNotMatch(JSON.stringify(first), /Lindenstra/, 'the browser is not told');
    assert.deepEqual(await greta.json('/api/order', { ...WISH, facts: lies }), first);
    assert.equal(fake.calls('/confirm').length, 1);
    const other = await greta.json('/api/order', { ...WISH, method: 'prepayment' });
    assert.deepEqual([other.status, other.error], [409, { code: 'order.already_placed', order: first.order }]);
    assert.match(await (await greta.get(`/order/${first.order}`)).text(), /RF18539007547034/);
    assert.equal((await visitor().get(`/order/${first.order}`)).status, 404, 'nobody else sees it');
    assert.equal((await greta.get('/checkout/payment')).headers.get('location'), '/cart', 'the cart is empty now');
  });

  test('a company is written to by its name above its street', () => {
    const billing = { name: 'Nordlicht GmbH', street: 'Speicherstraße 21', postcode: '24103', city: 'Kiel', country: 'DE' };
    assert.deepEqual(contactOf({ kind: 'company', billing }), { address: ['Nordlicht GmbH', 'Speicherstraße 21', '24103 Kiel'] });
    const abroad = { ...billing, name: 'Ana  Maria López', country: 'AT' };
    assert.deepEqual(contactOf({ kind: 'consumer', billing: abroad }).name, { given: 'Ana Maria', family: 'López' });
    assert.equal(contactOf({ kind: 'consumer', billing: abroad }).address.at(-1), 'AT');
    assert.deepEqual(contactOf({ kind: 'consumer', billing: { ...billing, name: 'Madonna' } }).address[0], 'Madonna');
  });

  test('two at once are one order, under one key', async () => {
    const greta = await atPayment('greta');
    const answers = await Promise.all([1, 2, 3].map(() => greta.json('/api/order', WISH)));
    assert.equal(new Set(answers.map((answer) => answer.order)).size, 1);
    assert.equal(new Set(fake.calls('/confirm').map((call) => call.headers['idempotency-key'])).size, 1);
  });

  test('takes what only the shopper can know: a date of birth nobody has on file', async () => {
    const mika = await atPayment('mika');
    await mika.json('/api/order', { ...WISH, amount: eur(5490), facts: { 'customer.birth_date': '1990-01-01', 'billing.country': 'AT' } });
    const { facts } = fake.calls('/confirm')[0].body;
    assert.deepEqual([facts['customer.birth_date'], facts['billing.country']], ['1990-01-01', 'DE']);
  });

  test('hands a refusal on without the service’s trace', async () => {
    fake.method = 'withheld';
    const greta = await atPayment('greta');
    const answer = await greta.json('/api/order', { ...WISH, amount: eur(100) });
    assert.equal(fake.calls('/confirm')[0].body.amount.minor, 100, 'what was shown is what is asked');
    assert.equal(answer.outcome, 'refused');
    assert.equal(answer.facts['cart.total'].minor, 16840);
    assert.deepEqual(answer.decision.methods[0].reasons, [{ code: 'general' }, { code: 'amount.maximum' }]);
    assert.doesNotMatch(JSON.stringify(answer), /secret-rule|points|email\.known|"class"/);
    assert.equal((await greta.get('/checkout/payment')).status, 200, 'the cart is still there');
  });

  test('believes no token that does not fit', async () => {
    const tampered = [{ tenant: 'someone' }, { amount: eur(1) }, { order: '2026-0001' }, { session: 'cs_2' }, { cart_hash: 'ff' }, { exp: 1 }];
    for (const change of tampered) {
      fake.tamper = (claims) => ({ ...claims, ...change });
      const greta = await atPayment('greta');
      const answer = await greta.json('/api/order', WISH);
      assert.match(answer.error.code, /^token\./, JSON.stringify(change));
      assert.equal((await greta.get('/checkout/payment')).status, 200);
    }
  });

  test('sells in advance without the service, and nothing else', async () => {
    fake.script = ({ url: path }) => (path.startsWith('/v1/') ? { status: 503, json: { error: { code: 'service.busy', message: 'busy', help: 'later' } } } : null);
    const greta = await atPayment('greta');
    assert.doesNotMatch(greta.page, /tresen-checkout/);
    assert.equal((await greta.json('/api/order', WISH)).error.code, 'checkout.not_open');
    const placed = await greta.form('/checkout/prepayment', {});
    assert.match(placed.headers.get('location'), /^\/order\//);
    assert.match(await (await greta.get(placed.headers.get('location'))).text(), /data-state="waiting"/);
    assert.equal(fake.calls('/confirm').length, 0);
  });

  test('keeps the cart until a payment is in, and asks the service how it stands', async () => {
    const yara = await atPayment('yara');
    const answer = await yara.json('/api/order', { ...WISH, method: 'card', amount: eur(17190), consents: [] });
    assert.equal(answer.payment.redirect_url, '/tresen/sandbox/pay/pay_1');
    fake.paymentState = 'declined';
    const { return_url: back } = fake.calls('/v1/sessions').at(-1).body;
    const way = back.slice(new URL(back).origin.length);
    assert.equal((await yara.get(`${way}&payment=pay_1`)).headers.get('location'), answer.address);
    assert.match(await (await yara.get(`/order/${answer.order}`)).text(), /data-state="declined"/);
    assert.equal((await yara.get('/checkout/payment')).status, 200);
    assert.equal((await yara.get(`${way}&payment=pay_2`)).status, 404);
    assert.equal((await yara.get(way)).status, 404);
    // In another browser it is the order's own secret that finds it.
    assert.equal((await visitor().get(`${way}&payment=pay_1`)).headers.get('location'), answer.address);
    assert.match(await (await visitor().get(answer.address)).text(), /data-state="declined"/);
    for (const wrong of [`/order/${answer.order}`, `${answer.address}x`, answer.address.slice(0, -1), `/checkout/return?order=${answer.order}&payment=pay_1`, '/checkout/return?payment=pay_1']) {
      assert.equal((await visitor().get(wrong)).status, 404, wrong);
    }
  });

  test('shows the X-ray only of this session’s own decisions', async () => {
    const greta = await atPayment('greta');
    assert.equal((await greta.json('/api/xray', { facts: {} })).elapsed_micros, 7);
    assert.equal((await greta.get('/api/xray/dec_1')).status, 404);
    await greta.json('/api/order', WISH);
    assert.equal((await greta.get('/api/xray/dec_1')).status, 200);
  });

  test('explains this session’s own decisions, in the words that it speaks', async () => {
    const greta = await atPayment('greta');
    assert.equal((await greta.get('/api/why/dec_1')).status, 404);
    await greta.json('/api/order', WISH);
    assert.equal((await (await greta.get('/api/why/dec_1')).json()).text.title, 'Warum');
    assert.match(fake.seen.at(-1).url, /^\/v1\/decisions\/dec_1\/explanation\?locale=de&address_form=/);
  });

  test('shows and answers the reviews of this checkout, and no others', async () => {
    const greta = await atPayment('greta');
    assert.deepEqual((await (await greta.get('/api/reviews')).json()).reviews.map(({ review }) => review), ['rev_1']);
    assert.equal((await greta.json('/api/review/rev_2', { outcome: 'upheld' })).error.code, 'review.unknown');
    assert.equal((await greta.json('/api/review/rev_1', { outcome: 'toString' })).error.code, 'outcome.unknown');
    assert.equal(fake.calls('/answer').length, 0);
    await greta.json('/api/review/rev_1', { outcome: 'changed' });
    const { body } = fake.calls('/answer').at(-1);
    assert.deepEqual([body.outcome, body.by, body.grant], ['changed', 'demo', { amount: eur(WISH.amount.minor), until: '2026-12-05' }]);
    assert.match(body.words, /können Sie so bezahlen/);
    await greta.json('/api/review/rev_1', { outcome: 'upheld' });
    assert.equal(fake.calls('/answer').at(-1).body.grant, undefined);
  });

  test('passes on what belongs to the service, and neither cookie in either direction', async () => {
    const greta = await atPayment('greta');
    const answer = await greta.get('/tresen/sandbox/pay/pay_1?x=1');
    assert.deepEqual([answer.status, answer.headers.get('location'), answer.headers.get('set-cookie')], [303, '/tresen/v1/health', null]);
    const passed = fake.seen.at(-1);
    assert.deepEqual([passed.url, passed.headers.cookie], ['/sandbox/pay/pay_1?x=1', undefined]);
    const big = 'x'.repeat(300000);
    await greta.form('/tresen/v1/echo', { big });
    assert.equal(fake.seen.at(-1).body.length, big.length + 4);
  });

  test('listens to no other site', async () => {
    for (const headers of [{ origin: 'https://elsewhere.example' }, { 'sec-fetch-site': 'cross-site' }]) {
      const answer = await fetch(`${url}/as`, { method: 'POST', headers, body: new URLSearchParams({ person: 'greta' }), redirect: 'manual' });
      assert.equal(answer.status, 403);
    }
  });

  test('every page is whole, in three ways of speaking', async () => {
    for (const to of ['de-sie', 'de-du', 'en']) {
      const someone = visitor();
      await someone.form('/language', { to, back: '/' });
      for (const path of ['/', '/?category=kitchen', '/p/moor', '/people', '/cart', '/checkout/address', '/nowhere']) {
        const text = await (await someone.get(path)).text();
        assert.match(text, /^<!doctype html>[\s\S]*<\/html>$/, path);
        assert.doesNotMatch(text, /undefined|\[object|NaN|<style|style="/, path);
      }
    }
  });
});
