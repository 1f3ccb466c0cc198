// The shop's own small parts. The whole of it is tested in real browsers: tests/e2e.

import assert from 'node:assert/strict';
import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { addressFacts, addressOf, readAddress } from '../server/address.js';
import { cartFacts, cartForConfirm, priced, setQuantity } from '../server/cart.js';
import { dated } from '../../../js/src/command/sandbox.js';
import { amount, day, expectedDelivery } from '../server/format.js';
import { ownPath } from '../server/http.js';
import { openOrders } from '../server/orders.js';
import { PEOPLE, personById, seventeenOn } from '../server/people.js';
import { ownAddress } from '../server/proxy.js';
import { createSessions } from '../server/session.js';
import { html, json } from '../server/view/html.js';
import { readWish } from '../server/wish.js';
import de from '../server/texts/de.js';
import en from '../server/texts/en.js';

test('the lines of a cart add up to its total, with shipping as a line of its own', () => {
  for (const person of PEOPLE) {
    const { lines, total } = cartForConfirm(person.cart, 'de', 'Versand');
    assert.equal(lines.reduce((sum, line) => sum + line.amount.minor, 0), total.minor, person.id);
    assert.deepEqual(cartFacts(person.cart)['cart.total'], total);
  }
  assert.equal(priced({ 'KL-101': 1, 'KL-102': 1, 'KL-103': 2 }).total, 16840);
  assert.deepEqual([priced({}).shipping, priced({ 'KL-103': 1 }).shipping, priced({ 'KL-108': 1, 'KL-103': 2 }).shipping], [0, 490, 0]);
});

test('a cart takes only articles and numbers that make sense', () => {
  const cart = {};
  for (const [sku, quantity] of [['KL-999', 1], ['KL-101', -1], ['KL-101', 1.5], ['KL-101', 21], ['KL-101', NaN], ['KL-101', '1'], ['__proto__', 1], ['toString', 1]]) assert.equal(setQuantity(cart, sku, quantity), false, `${sku} ${quantity}`);
  assert.deepEqual(cart, {});
  assert.equal(setQuantity(cart, 'KL-101', 20) && setQuantity(cart, 'KL-101', 0), true);
  assert.deepEqual(cart, {});
});

test('an address is taken apart, and every mistake is named', () => {
  const form = (values) => new URLSearchParams({ kind: 'consumer', email: 'a@b.de', name: 'A', street: 'B 1', postcode: '10969', city: 'Berlin', country: 'DE', ...values });
  assert.deepEqual(readAddress(form({})).errors, {});
  assert.deepEqual(readAddress(form({ name: ' ', email: 'x', postcode: '123', country: 'XX' })).errors, { name: 'required', country: 'required', email: 'email' });
  assert.deepEqual(readAddress(form({ postcode: '123' })).errors, { postcode: 'postcode' });
  assert.deepEqual(readAddress(form({ country: 'AT', postcode: '1010' })).errors, {});
  assert.deepEqual(readAddress(form({ city: 'x'.repeat(121) })).errors, { city: 'long' });
  assert.deepEqual(Object.keys(readAddress(form({ differs: 'yes' })).errors), ['shipping_name', 'shipping_street', 'shipping_postcode', 'shipping_city', 'shipping_country']);
});

test('what follows from an address: where the parcel goes, and whose holidays count', () => {
  const yara = addressOf(personById('yara'));
  assert.deepEqual(addressFacts(yara), { 'customer.kind': 'consumer', 'billing.country': 'DE', 'billing.region': 'NW', 'shipping.country': 'DE', 'shipping.same_as_billing': false, 'shipping.method': 'home' });
  assert.equal(addressFacts({ ...yara, toBilling: true })['shipping.same_as_billing'], true);
  assert.equal(addressOf(personById('gast')), null);
});

test('a session follows its cookie, and a tampered cookie follows nobody', () => {
  const sessions = createSessions('secret');
  const first = sessions.of({ headers: { 'accept-language': 'en-GB' } });
  assert.equal(first.session.language, 'en');
  const cookie = first.header.split(';')[0];
  assert.match(first.header, /HttpOnly; SameSite=Lax/);
  assert.equal(sessions.of({ headers: { cookie: `other=1; ${cookie}` } }).session, first.session);
  const last = cookie.at(-1) === 'A' ? 'B' : 'A';
  for (const bad of [cookie.slice(0, -1) + last, cookie.replace('.', '.x'), cookie.split('.')[0], 'kl_session=.', 'kl_session']) {
    assert.notEqual(sessions.of({ headers: { cookie: bad } }).session, first.session, bad);
  }
  assert.notEqual(createSessions('another').of({ headers: { cookie } }).session, first.session);
});

test('orders survive a restart, and a line cut off by a crash was never an order', () => {
  const folder = mkdtempSync(join(tmpdir(), 'kiesel-test-'));
  try {
    const file = join(folder, 'orders.jsonl');
    const orders = openOrders(file);
    const number = orders.nextNumber('2026-11-21');
    orders.put({ number, state: 'open' });
    orders.put({ number, state: 'paid' });
    orders.close();
    appendFileSync(file, '{"number":"2026-9999","sta');
    const again = openOrders(file);
    assert.equal(again.get(number).state, 'paid');
    assert.equal(again.get('2026-9999'), null);
    assert.notEqual(again.nextNumber('2026-11-21'), number);
    again.put({ number: '2026-1500', state: 'open' });
    again.close();
    const third = openOrders(file);
    assert.equal(third.get('2026-1500').state, 'open');
    third.close();
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('markup escapes what is put into it, and a data block cannot be closed from within', () => {
  assert.equal(String(html`<p title="${'"x'}">${'<b>&'}${html`<i>${1}</i>`}${[html`a`, null, false]}</p>`), '<p title="&quot;x">&lt;b&gt;&amp;<i>1</i>a</p>');
  assert.equal(String(json({ a: '</script>' })), '{"a":"\\u003c/script>"}');
});

test('a way back leads only to this shop', () => {
  assert.equal(ownPath('/cart?x=1'), '/cart?x=1');
  for (const bad of ['//evil.example', '/\\evil.example', 'https://evil.example', 'cart', '', null, '/a b', '/\n']) assert.equal(ownPath(bad), '/', String(bad));
});

test('addresses of the service become addresses of the shop', () => {
  const service = 'http://127.0.0.1:8788';
  assert.equal(ownAddress('/sandbox/pay/p1?x=1', service), '/tresen/sandbox/pay/p1?x=1');
  assert.equal(ownAddress('sandbox/pay/p1', service), '/tresen/sandbox/pay/p1');
  assert.equal(ownAddress('http://127.0.0.1:8788/sandbox/pay/p1', service), '/tresen/sandbox/pay/p1');
  assert.equal(ownAddress('http://127.0.0.1:8787/checkout/return?payment=p1', service), 'http://127.0.0.1:8787/checkout/return?payment=p1');
});

test('what the browser wants is taken apart, and anything odd is refused', () => {
  const good = { method: 'invoice', amount: { minor: 100, currency: 'EUR' }, facts: {}, consents: [{ id: 'invoice', version: '1', text_hash: 'ab', accepted_at: '2026-11-21T12:00:00Z', more: 1 }] };
  assert.deepEqual(readWish(good).consents, [{ id: 'invoice', version: '1', text_hash: 'ab', accepted_at: '2026-11-21T12:00:00Z' }]);
  for (const change of [{ method: '' }, { amount: null }, { amount: { minor: 1.5, currency: 'EUR' } }, { amount: { minor: -1, currency: 'EUR' } }, { facts: 'x' }, { facts: null }, { consents: {} }, { consents: [{}] }, { browser_record: 7 }]) {
    assert.throws(() => readWish({ ...good, ...change }), { status: 400, code: 'order.malformed' }, JSON.stringify(change));
  }
});

test('the past is as long ago as it says, on any day', () => {
  const seed = dated(JSON.parse(readFileSync(new URL('../personas.json', import.meta.url), 'utf8')), '2026-11-21');
  const oskar = seed.customers.find((customer) => customer.reference === 'cus_oskar');
  assert.deepEqual([oskar.receivables[0].ordered_on, oskar.receivables[0].due_date], ['2026-10-12', '2026-10-29']);
  assert.doesNotMatch(JSON.stringify(seed), /today/);
  assert.deepEqual(seed.customers.map((customer) => customer.reference), PEOPLE.map((person) => person.reference).filter(Boolean));
  assert.deepEqual(dated('today-1d', '2024-03-01'), '2024-02-29');
});

test('Mika is seventeen on any day', () => {
  for (const today of ['2026-11-21', '2026-01-01', '2027-12-31', '2028-02-29']) {
    const { day: dayOfMonth, month, year } = seventeenOn(today);
    const [thisYear, thisMonth, thisDay] = today.split('-').map(Number);
    const age = thisYear - year - (thisMonth < month || (thisMonth === month && thisDay < dayOfMonth) ? 1 : 0);
    assert.equal(age, 17, today);
  }
});

test('amounts and days read well', () => {
  assert.equal(amount({ minor: 16840, currency: 'EUR' }, 'de-DE').replace(/\s/, ' '), '168,40 €');
  assert.equal(day('2026-12-07', 'de-DE'), 'Montag, 7.\u00a0Dezember');
  assert.deepEqual(['2026-11-21', '2026-11-19', '2026-12-30'].map(expectedDelivery), ['2026-11-24', '2026-11-23', '2027-01-02']);
});

test('both languages say the same things', () => {
  const keys = (value, path = '') => Object.entries(value).flatMap(([key, part]) => (typeof part === 'object' ? keys(part, `${path}${key}.`) : [`${path}${key}:${typeof part}`]));
  assert.deepEqual(keys(en), keys(de));
});
