// A shop without permalinks, as WordPress begins: every page, the shop's own interface and the way back are parameters of one address.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { until } from './shop.mjs';
import { useShop } from './lib.mjs';
import { block, classic, orders, placed, posted, putInCart, RECEIVED, showsWhereToPay, signIn } from './shopper.mjs';

const held = useShop({ permalinks: '', hasProvider: true });
const [BLANKET, , DESK] = [0, 1, 2];

const at = { block: () => `/?page_id=${held.shop.checkoutPage}`, classic: () => `/?page_id=${held.shop.classicPage}`, account: () => `/?page_id=${held.shop.accountPage}` };
/** The two checkouts where they lie here. */
const counters = () => [{ ...block, path: at.block() }, { ...classic, path: at.classic() }];

const orderOf = (id) => held.shop.ask(`$o = wc_get_order( ${id} ); return array( 'status' => $o->get_status(), 'method' => $o->get_payment_method(), 'paid' => null !== $o->get_date_paid() );`);
const account = (page) => page.locator('tresen-account');

const order = (page, counter, gateway, more) => orders(page, held.shop, counter, held.shop.products[BLANKET], gateway, more);

/** What is owed is paid by card, and the provider leads back. */
async function paysByCard(page) {
  const here = new URL(page.url());
  await account(page).getByRole('button', { name: 'Bezahlen mit Karte' }).click();
  await page.waitForURL((url) => url.origin === held.shop.provider.url);
  await page.locator('form[action$="/pay"] button').click();
  await page.waitForURL((url) => url.origin === here.origin && url.searchParams.get('page_id') === here.searchParams.get('page_id'));
  await account(page).getByText('Alles bezahlt').first().waitFor();
  return new URL(page.url());
}

for (const place of [0, 1]) {
  test(`${[block, classic][place].name}: an order on invoice, what is owed, paid by card from there, and back`, async () => {
    const page = await held.visit({ width: 360 });
    await order(page, counters()[place]);
    const id = await placed(page);
    assert.match(page.url(), /\/\?page_id=\d+&order-received=\d+&key=/);
    assert.deepEqual(await orderOf(id), { status: 'processing', method: 'tresen_invoice', paid: false });
    await account(page).getByText('93,90').first().waitFor();
    await showsWhereToPay(page);
    const back = await paysByCard(page);
    assert.equal(back.searchParams.get('order-received'), String(id));
    assert.deepEqual(await orderOf(id), { status: 'processing', method: 'tresen_invoice', paid: true });
    assert.deepEqual(page.troubles, []);
    await page.context().close();
  });

  test(`${[block, classic][place].name}: a direct debit at the provider comes back to its order`, async () => {
    const page = await held.visit();
    await order(page, counters()[place], 'tresen_sepa_debit');
    await page.waitForURL(/\/sandbox\/pay\//);
    await page.locator('form[action$=approve] button').click();
    const id = await placed(page);
    assert.deepEqual(await orderOf(id), { status: 'processing', method: 'tresen_sepa_debit', paid: true });
    assert.deepEqual(page.troubles, []);
    await page.context().close();
  });
}

test('what is not offered is not there, says why, and is refused by the Store API', async () => {
  const { shop } = held;
  const page = await held.visit();
  await putInCart(page, shop.url, shop.products[DESK]);
  for (const counter of counters()) {
    await page.goto(shop.url + counter.path);
    const listed = await counter.listed(page);
    assert.ok(!listed.includes('tresen_invoice') && listed.includes('tresen_prepayment'), `${counter.name}: ${listed}`);
    await page.locator('.tresen-why tresen-checkout[data-folded]').waitFor({ state: 'attached' });
  }
  const refused = await posted(page, 'tresen_invoice');
  assert.deepEqual(refused, { status: 400, code: 'woocommerce_rest_checkout_payment_method_disabled' });
  await page.context().close();
});

test('My Account: its own page stands in the menu, shows what is owed, and is where a payment leads back to', async () => {
  const { shop } = held;
  const page = await held.visit();
  await signIn(page, shop.url, { name: 'greta', password: 'greta' }, at.account());
  await order(page, counters()[0], 'tresen_invoice', { isKnown: true });
  const id = await placed(page);
  await page.goto(shop.url + at.account());
  await page.locator('.woocommerce-MyAccount-navigation').getByRole('link', { name: 'Rechnungen und Zahlungen' }).click();
  await account(page).getByText('93,90').first().waitFor();
  await held.picture(page, 'plain-account');
  await account(page).getByRole('button', { name: `Aufstellung zur Bestellung ${id}` }).click();
  await account(page).getByText('Wolldecke').first().waitFor();
  const file = await account(page).getByRole('link', { name: 'PDF' }).evaluate(async ({ href }) => (await (await fetch(href)).text()).slice(0, 5));
  assert.equal(file, '%PDF-');
  await page.goto(`${shop.url}${at.account()}&view-order=${id}`);
  await account(page).getByRole('button', { name: /bezahlen$/ }).first().click();
  const back = await paysByCard(page);
  assert.equal(back.searchParams.get('view-order'), String(id));
  assert.equal((await orderOf(id)).paid, true);
  assert.deepEqual(page.troubles, []);
  await page.context().close();
});

test('messages of the service find the shop', async () => {
  const { shop } = held;
  const lines = await shop.ask(`return \\Tresen\\WooCommerce\\Admin\\Setup::webhook();`);
  assert.deepEqual(lines.map(({ ok }) => ok), [true], JSON.stringify(lines));
  const page = await held.visit();
  await order(page, counters()[1]);
  const id = await placed(page);
  assert.match(page.url(), RECEIVED);
  const claim = await shop.ask(`return \\Tresen\\WooCommerce\\Orders\\OrderRecord::of( wc_get_order( ${id} ) )->receivable();`);
  const { day } = await shop.ask(`return array( 'day' => wp_date( 'Y-m-d' ) );`);
  await shop.tresen.payments.receive({ provider: 'bank', reference: `BOOKING-${id}`, amount: { minor: 9390, currency: 'EUR' }, value_date: day, designated: [claim] }, { idempotencyKey: `bank-${id}` });
  await until(async () => {
    await shop.ask(`ActionScheduler::runner()->run(); return true;`);
    return (await orderOf(id)).paid;
  });
  await page.context().close();
});

test('nothing was logged', () => {
  assert.deepEqual(held.logged(), []);
});
