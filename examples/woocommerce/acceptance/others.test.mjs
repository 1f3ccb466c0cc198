// Beside plugins of others: Germanized with its boxes, its button and its own gateway; PayPal's gateways. Whose folder is not named is left out.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { useShop } from './lib.mjs';
import { ANNA, block, classic, complete, placed, putInCart } from './shopper.mjs';

const { GERMANIZED, PAYPAL } = process.env;
const [BLANKET, , DESK] = [0, 1, 2];

const orderOf = (shop, id) => shop.ask(`$o = wc_get_order( ${id} ); return array( 'status' => $o->get_status(), 'method' => $o->get_payment_method() );`);

/** What the Store API says to an order by a gateway, whatever the page shows. */
async function posted(page, shop, gateway) {
  await page.goto(shop.url + block.path);
  return page.evaluate(
    async ([person, method]) => {
      const cart = await fetch('/wp-json/wc/store/v1/cart');
      const { email, ...address } = { ...person, country: 'DE' };
      const sent = await fetch('/wp-json/wc/store/v1/checkout', {
        method: 'POST',
        headers: { 'content-type': 'application/json', nonce: cart.headers.get('nonce') },
        body: JSON.stringify({ billing_address: { ...address, email }, shipping_address: address, payment_method: method, payment_data: [] }),
      });
      return { status: sent.status, code: (await sent.json()).code };
    },
    [ANNA, gateway],
  );
}

/** A gateway that stands under the policy's invoice: in the list up to 250 euros, and above that neither there nor at the Store API. */
async function isUnderPolicy(held, gateway) {
  const { shop } = held;
  await shop.ask(`\\Tresen\\WooCommerce\\Settings::set( array( 'mapping' => array( '${gateway}' => 'invoice' ) ) ); return true;`);
  const page = await held.visit();
  await putInCart(page, shop.url, shop.products[BLANKET]);
  for (const counter of [classic, block]) {
    await page.goto(shop.url + counter.path);
    await counter.fill(page);
    const listed = await counter.listed(page);
    assert.ok(listed.includes(gateway) && !listed.includes('tresen_invoice'), `${counter.name}: ${listed}`);
  }
  await putInCart(page, shop.url, shop.products[DESK]);
  for (const counter of [classic, block]) {
    await page.goto(shop.url + counter.path);
    const listed = await counter.listed(page);
    assert.ok(!listed.includes(gateway) && listed.includes('bacs'), `${counter.name}: ${listed}`);
  }
  assert.deepEqual(await posted(page, shop, gateway), { status: 400, code: 'woocommerce_rest_checkout_payment_method_disabled' });
  await page.context().close();
}

describe('beside Germanized', { skip: !GERMANIZED }, () => {
  const held = useShop({ others: [{ folder: GERMANIZED, plugin: 'woocommerce-germanized/woocommerce-germanized.php' }] });

  test('classic checkout: its box has to be ticked, its button says what it says, and an order on invoice goes through', async () => {
    const { shop } = held;
    const page = await held.visit({ width: 360 });
    await putInCart(page, shop.url, shop.products[BLANKET]);
    await page.goto(shop.url + classic.path);
    await classic.fill(page);
    const said = () => page.locator('#place_order').allInnerTexts();
    await classic.pick(page, 'bacs');
    const [before] = await said();
    const box = page.locator('input[name=legal]');
    assert.equal(await box.count(), 1);
    await classic.choose(page, 'tresen_invoice');
    await complete(page, 'tresen_invoice');
    assert.deepEqual(await said(), [before], 'one button, with its words');
    const order = await page.$$eval('.wc_payment_methods, .tresen-why, form.checkout .shop_table, #place_order', (found) => found.map(({ id, classList }) => id || classList[0]));
    assert.deepEqual(order, ['wc_payment_methods', 'tresen-why', 'shop_table', 'place_order'], 'between the products and the button stands nothing of ours');
    assert.equal(await box.count(), 1);
    await held.picture(page, 'germanized-classic');
    await classic.place(page);
    await classic.notice(page);
    await box.check();
    await complete(page, 'tresen_invoice');
    await classic.place(page);
    assert.deepEqual(await orderOf(shop, await placed(page)), { status: 'processing', method: 'tresen_invoice' });
    await page.locator('tresen-account').getByText('93,12').first().waitFor();
    // Germanized's own script asks who is signed in, which nobody is, and throws what it is answered.
    assert.deepEqual(page.troubles.filter((trouble) => !/wp\/v2\/users\/me|^thrown: Object$/.test(trouble)), []);
    await page.context().close();
  });

  test('block checkout: an order on invoice goes through, with one button', async () => {
    const { shop } = held;
    const page = await held.visit();
    await putInCart(page, shop.url, shop.products[BLANKET]);
    await page.goto(shop.url + block.path);
    await block.fill(page);
    await block.pick(page, 'bacs');
    const said = () => page.locator('.wc-block-components-checkout-place-order-button:visible').allInnerTexts();
    const before = await said();
    await block.choose(page, 'tresen_invoice');
    await complete(page, 'tresen_invoice');
    assert.deepEqual(await said(), before, 'with its words');
    assert.equal(before.length, 1);
    for (const box of await page.locator('.wc-gzd-checkboxes input[type=checkbox], .wc-block-checkout__terms input[type=checkbox]').all()) await box.check();
    await held.picture(page, 'germanized-block');
    await block.place(page);
    assert.deepEqual(await orderOf(shop, await placed(page)), { status: 'processing', method: 'tresen_invoice' });
    await page.context().close();
  });

  test('its gateway stands under the policy', async () => {
    await held.shop.ask(`update_option( 'woocommerce_invoice_settings', array( 'enabled' => 'yes', 'title' => 'Rechnung (Germanized)' ) ); return true;`);
    await isUnderPolicy(held, 'invoice');
  });

  test('nothing was logged that is about us', () => {
    assert.deepEqual(held.logged().filter((line) => /tresen-woocommerce|Tresen/.test(line)), []);
  });
});

describe('beside PayPal', { skip: !PAYPAL }, () => {
  const held = useShop({ others: [{ folder: PAYPAL, plugin: 'woocommerce-paypal-payments/woocommerce-paypal-payments.php' }] });

  test('its gateway stands under the policy', async () => {
    // Connected as far as the plugin can tell without PayPal: nothing leads there, and no money moves.
    await held.shop.ask(`
      $account = array( 'merchant_email' => 'shop@example.com', 'merchant_id' => 'M1', 'client_id' => 'C1', 'client_secret' => 'S1' );
      foreach ( array_keys( $account ) as $key ) { foreach ( array( '_sandbox', '_production' ) as $where ) { $account[ $key . $where ] = $account[ $key ]; } }
      update_option( 'woocommerce-ppcp-settings', $account + array( 'enabled' => true, 'sandbox_on' => true ) );
      update_option( 'woocommerce_ppcp-gateway_settings', array( 'enabled' => 'yes', 'title' => 'PayPal' ) );
      return true;`);
    await isUnderPolicy(held, 'ppcp-gateway');
  });

  test('nothing was logged that is about us', () => {
    assert.deepEqual(held.logged().filter((line) => /tresen-woocommerce|Tresen/.test(line)), []);
  });
});
