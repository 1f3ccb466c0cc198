// What a shopper meets in a real shop, in the block checkout and in the classic one.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { until } from './shop.mjs';
import { useShop } from './lib.mjs';
import { ANNA, block, classic, complete, placed, putInCart, showsWhereToPay, signIn, unfold } from './shopper.mjs';

const held = useShop();
const [BLANKET, , DESK] = [0, 1, 2];

/** An order as WooCommerce has it. */
const orderOf = (shop, id) => shop.ask(`$o = wc_get_order( ${id} ); return array( 'status' => $o->get_status(), 'method' => $o->get_payment_method(), 'total' => $o->get_total(), 'meta' => wp_list_pluck( $o->get_meta_data(), 'value', 'key' ), 'notes' => wp_list_pluck( wc_get_order_notes( array( 'order_id' => ${id} ) ), 'content' ) );`);

for (const counter of [block, classic]) {
  test(`${counter.name}: an order on invoice`, async () => {
    const { shop } = held;
    const page = await held.visit({ width: 360 });
    await putInCart(page, shop.url, shop.products[BLANKET]);
    await page.goto(shop.url + counter.path);
    await counter.fill(page);
    await counter.choose(page, 'tresen_invoice');
    await counter.place(page);
    await page.locator('tresen-checkout .error:visible').first().waitFor();
    await held.picture(page, `${counter === block ? 'block' : 'classic'}-missing`);
    await complete(page, 'tresen_invoice');
    assert.equal(await page.locator('.wc-block-components-notice-banner.is-error, .woocommerce-error').count(), 0, 'what is there is no longer missed');
    await held.picture(page, `${counter === block ? 'block' : 'classic'}-invoice`);
    await counter.place(page);
    const order = await orderOf(shop, await placed(page));
    assert.equal(order.method, 'tresen_invoice');
    assert.equal(order.status, 'processing');
    assert.equal(order.total, '93.90');
    await page.locator('tresen-account').getByText('93,90').first().waitFor();
    await held.picture(page, `${counter === block ? 'block' : 'classic'}-account`);
    await showsWhereToPay(page);
    await held.picture(page, `${counter === block ? 'block' : 'classic'}-received`);
    assert.deepEqual(page.troubles, []);
    await page.context().close();
  });

  test(`${counter.name}: what is withheld is explained, and comes back`, async () => {
    const { shop } = held;
    const page = await held.visit();
    await putInCart(page, shop.url, shop.products[DESK]);
    await page.goto(shop.url + counter.path);
    await counter.fill(page);
    const before = await counter.listed(page);
    assert.ok(!before.includes('tresen_invoice') && before.includes('tresen_prepayment') && before.includes('bacs'), before.join());
    const why = page.locator('.tresen-why tresen-checkout .no:visible', { hasText: 'Rechnung' }).first();
    await page.locator('.tresen-why tresen-checkout[data-folded]').waitFor({ state: 'attached' });
    assert.equal(await why.count(), 0, 'folded up: the button that orders is not a long way down');
    assert.match(await unfold(page), /: Rechnung, Später bezahlen, Ratenzahlung, SEPA-Lastschrift$/);
    await why.waitFor();
    assert.match(await why.innerText(), /250,00\s€/);
    await held.picture(page, `${counter === block ? 'block' : 'classic'}-withheld`);
    // What opens over the page can be seen, read and closed.
    const explained = page.locator('.tresen-why tresen-checkout');
    await reads(explained, explained.getByText('Was Sie jetzt tun können').first(), /Mensch|Beratung/);
    await why.getByText('Warum?').click();
    await reads(explained, why.getByText(/^Ausführlich erklärt/), /nur, wenn Sie angemeldet sind/);
    await page.goto(`${shop.url}/cart/`);
    await page.locator('.wc-block-cart-item__remove-link, .remove').first().click();
    await page.waitForSelector('.wc-block-cart__empty-cart__title, .wp-block-woocommerce-empty-cart-block, .cart-empty');
    await putInCart(page, shop.url, shop.products[BLANKET]);
    await page.goto(shop.url + counter.path);
    assert.ok((await counter.listed(page)).includes('tresen_invoice'));
    assert.deepEqual(page.troubles, []);
    await page.context().close();
  });

  test(`${counter.name}: a method whose use was refused is gone, and the others remain`, async () => {
    const { shop } = held;
    const name = counter === block ? 'berta' : 'bruno';
    const id = await shop.ask(`$id = wc_create_new_customer( '${name}@example.com', '${name}', '${name}' ); foreach ( array( 'billing', 'shipping' ) as $kind ) { foreach ( ${php({ ...ANNA, country: 'DE' })} as $f => $v ) { update_user_meta( $id, $kind . '_' . $f, $v ); } } return $id;`);
    const page = await held.visit();
    await signIn(page, shop.url, { name, password: name });
    const consents = await consentsOf(page, () => buyOnInvoice(page, shop, counter));
    await putInCart(page, shop.url, shop.products[BLANKET]);
    await page.goto(shop.url + counter.path);
    assert.ok((await counter.listed(page)).includes('tresen_invoice'));
    await counter.choose(page, 'tresen_invoice');
    await complete(page, 'tresen_invoice');
    // Meanwhile the same person buys by telephone, up to what a newcomer may owe.
    for (const order of ['ONE', 'TWO']) await byTelephone(shop, String(id), `${name}-${order}`, consents);
    await counter.place(page);
    const notice = await counter.notice(page);
    assert.match(notice, /Überweisung \(Bank\), .*(Vorkasse|Prepayment)/);
    await until(async () => !(await counter.listed(page)).includes('tresen_invoice'));
    await held.picture(page, `${counter === block ? 'block' : 'classic'}-refused`);
    assert.ok((await counter.listed(page)).includes('tresen_prepayment'));
    await page.context().close();
  });
}

for (const counter of [block, classic]) {
  test(`${counter.name}: a date of birth is typed once, whatever method is chosen in the end, and can be changed`, async () => {
    const { shop } = held;
    const page = await held.visit();
    await putInCart(page, shop.url, shop.products[BLANKET]);
    await page.goto(shop.url + counter.path);
    await counter.fill(page);
    const one = (gateway) => page.locator(`.payment_method_${gateway} tresen-checkout, .tresen-row tresen-checkout`).first().locator('.method[data-one]');
    const typed = (gateway) => one(gateway).locator('.date input').evaluateAll((inputs) => inputs.map(({ value }) => value));
    await counter.choose(page, 'tresen_invoice');
    // Half typed, and another method looked at.
    await one('tresen_invoice').locator('.date input').first().fill('3');
    await counter.choose(page, 'tresen_pay_later');
    await until(async () => (await typed('tresen_pay_later')).join() === '3,,');
    await complete(page, 'tresen_pay_later', { agree: false });
    await counter.choose(page, 'tresen_invoice');
    await one('tresen_invoice').locator('.date').first().waitFor({ state: 'hidden' });
    await one('tresen_invoice').locator('input[type=checkbox]').waitFor();
    // Whoever has made a mistake may say so, and is not overruled by what was typed before.
    await one('tresen_invoice').locator('[data-do=birth]').click();
    await one('tresen_invoice').locator('.date').first().waitFor();
    await complete(page, 'tresen_invoice', { birth: ['4', '8', '1986'] });
    await counter.place(page);
    const id = await placed(page);
    assert.equal((await orderOf(shop, id)).status, 'processing');
    assert.deepEqual(page.troubles, []);
    await page.context().close();
  });
}

async function reads(element, link, words) {
  await link.click();
  const dialog = element.locator('dialog[open]');
  await dialog.waitFor();
  await dialog.getByText(words).first().waitFor();
  await dialog.locator('button').first().click();
  await dialog.waitFor({ state: 'hidden' });
}

const php = (value) => `json_decode( '${JSON.stringify(value)}', true )`;

async function buyOnInvoice(page, shop, counter) {
  await putInCart(page, shop.url, shop.products[BLANKET]);
  await page.goto(shop.url + counter.path);
  await counter.listed(page);
  await counter.choose(page, 'tresen_invoice');
  await complete(page, 'tresen_invoice');
  await counter.place(page);
  return placed(page);
}

/** What a shopper agrees to on the way: the terms of an invoice over the same sum on the same day have the same words. */
async function consentsOf(page, act) {
  const [request] = await Promise.all([page.waitForRequest((one) => /wc-ajax=checkout|store\/v1\/checkout/.test(one.url()) && /tresen_wish/.test(one.postData() ?? '')), act()]);
  const body = request.postData();
  const wish = body.startsWith('{') ? JSON.parse(body).payment_data.find(({ key }) => key === 'tresen_wish').value : new URLSearchParams(body).get('tresen_wish');
  return JSON.parse(wish).consents;
}

async function byTelephone({ tresen }, reference, order, consents) {
  const total = { minor: 9390, currency: 'EUR' };
  const facts = { 'cart.total': total, 'billing.country': 'DE', 'shipping.country': 'DE', 'shipping.same_as_billing': true, 'customer.birth_date': '1985-07-03' };
  const { session } = await tresen.sessions.create({ customer: { reference, signed_in: true }, facts, locale: 'de-DE', address_form: 'sie' });
  const cart = { lines: [{ sku: 'X', name: 'X', quantity: 1, amount: total }], total };
  const now = consents.map((consent) => ({ ...consent, accepted_at: new Date().toISOString() }));
  const answer = await tresen.sessions.confirm(session, { order, method: 'invoice', amount: total, facts, cart, consents: now }, { idempotencyKey: order });
  assert.equal(answer.outcome, 'confirmed', JSON.stringify(answer.reasons));
}

test('nothing was logged', () => {
  assert.deepEqual(held.logged(), []);
});
