// Beside plugins of others: Germanized with its boxes, its button and its own gateway; the gateways of PayPal, Mollie, Stripe and Klarna. Whose folder is
// not named is left out.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { useShop } from './lib.mjs';
import { block, classic, complete, placed, posted, putInCart } from './shopper.mjs';

const { GERMANIZED, PAYPAL, MOLLIE, STRIPE, KLARNA } = process.env;
const [BLANKET, , DESK] = [0, 1, 2];

const orderOf = (shop, id) => shop.ask(`$o = wc_get_order( ${id} ); return array( 'status' => $o->get_status(), 'method' => $o->get_payment_method() );`);

/** What the Store API says to an order by a gateway, whatever the page shows. */
async function refusedWith(page, shop, gateway) {
  await page.goto(shop.url + block.path);
  return posted(page, gateway);
}

/** Stripe's own script cannot be had here, and its block draws nothing without: this one has what is asked of it before anybody pays. */
const STRIPE_JS = `
  const nothing = () => {};
  const element = { mount: nothing, unmount: nothing, on: (event, told) => event === 'ready' && setTimeout(told, 0, {}), off: nothing, once: nothing, update: nothing, destroy: nothing };
  const elements = { create: () => element, getElement: () => element, update: nothing, fetchUpdates: nothing, submit: nothing };
  window.Stripe = function () {
    return { elements: () => elements, createToken: nothing, createPaymentMethod: nothing, confirmCardPayment: nothing, registerAppInfo: nothing, _registerWrapper: nothing };
  };`;

async function visit(held) {
  const page = await held.visit();
  await page.route(/^https:\/\/js\.stripe\.com\//, (route) => route.fulfill({ contentType: 'text/javascript', body: STRIPE_JS }));
  return page;
}

/** A gateway that stands under the policy's invoice: in the list up to 250 euros, and above that neither there nor at the Store API. */
async function isUnderPolicy(held, gateway) {
  const { shop } = held;
  await shop.ask(`\\Tresen\\WooCommerce\\Settings::set( array( 'mapping' => array( '${gateway}' => 'invoice' ) ) ); return true;`);
  const page = await visit(held);
  await putInCart(page, shop.url, shop.products[BLANKET]);
  for (const counter of [classic, block]) {
    await page.goto(shop.url + counter.path);
    await counter.fill(page);
    const listed = await counter.listed(page);
    await held.picture(page, `${gateway}-${counter === block ? 'block' : 'classic'}`);
    assert.ok(listed.includes(gateway) && !listed.includes('tresen_invoice'), `${counter.name}: ${listed} ${page.troubles}`);
  }
  await putInCart(page, shop.url, shop.products[DESK]);
  for (const counter of [classic, block]) {
    await page.goto(shop.url + counter.path);
    const listed = await counter.listed(page);
    assert.ok(!listed.includes(gateway) && listed.includes('bacs'), `${counter.name}: ${listed}`);
  }
  assert.deepEqual(await refusedWith(page, shop, gateway), { status: 400, code: 'woocommerce_rest_checkout_payment_method_disabled' });
  await page.context().close();
}

/** What is listed by both checkouts while nobody answers for the policy. */
async function remains(held, gateway, method, isThere) {
  const { shop } = held;
  await shop.ask(`\\Tresen\\WooCommerce\\Settings::set( array( 'mapping' => array( '${gateway}' => '${method}' ), 'address' => 'http://127.0.0.1:9' ) ); return true;`);
  const page = await visit(held);
  await putInCart(page, shop.url, shop.products[BLANKET]);
  for (const counter of [classic, block]) {
    await page.goto(shop.url + counter.path);
    await counter.fill(page);
    const listed = await counter.listed(page);
    assert.ok(listed.includes(gateway) === isThere && listed.includes('bacs') && listed.includes('tresen_prepayment') && !listed.includes('tresen_invoice'), `${counter.name}, as ${method}: ${listed}`);
  }
  if (!isThere) assert.equal((await refusedWith(page, shop, gateway)).status, 400);
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

/** What nobody can reach from here is answered by answers.php; `connected`: as far as the plugin can tell without its provider. */
const PROVIDERS = [
  {
    name: 'PayPal',
    folder: PAYPAL,
    plugin: 'woocommerce-paypal-payments/woocommerce-paypal-payments.php',
    gateway: 'ppcp-gateway',
    connected: `
      $account = array( 'merchant_email' => 'shop@example.com', 'merchant_id' => 'M1', 'client_id' => 'C1', 'client_secret' => 'S1' );
      foreach ( array_keys( $account ) as $key ) { foreach ( array( '_sandbox', '_production' ) as $where ) { $account[ $key . $where ] = $account[ $key ]; } }
      update_option( 'woocommerce-ppcp-settings', $account + array( 'enabled' => true, 'sandbox_on' => true ) );
      update_option( 'woocommerce_ppcp-gateway_settings', array( 'enabled' => 'yes', 'title' => 'PayPal' ) );`,
  },
  {
    name: 'Mollie',
    folder: MOLLIE,
    plugin: 'mollie-payments-for-woocommerce/mollie-payments-for-woocommerce.php',
    gateway: 'mollie_wc_gateway_creditcard',
    connected: `
      update_option( 'mollie-payments-for-woocommerce_test_mode_enabled', 'yes' );
      update_option( 'mollie-payments-for-woocommerce_test_api_key', 'test_' . str_repeat( 'a', 30 ) );
      update_option( 'mollie_wc_gateway_creditcard_settings', array( 'enabled' => 'yes', 'title' => 'Karte (Mollie)' ) );`,
  },
  {
    name: 'Stripe',
    folder: STRIPE,
    plugin: 'woocommerce-gateway-stripe/woocommerce-gateway-stripe.php',
    gateway: 'stripe',
    connected: `
      update_option( 'woocommerce_stripe_settings', array( 'enabled' => 'yes', 'title' => 'Karte (Stripe)', 'testmode' => 'yes', 'test_publishable_key' => 'pk_test_1', 'test_secret_key' => 'sk_test_1', 'pmc_enabled' => 'no', 'upe_checkout_experience_enabled' => 'yes', 'upe_checkout_experience_accepted_payments' => array( 'card' ), 'express_checkout' => 'no', 'payment_request' => 'no' ) );`,
  },
  {
    name: 'Klarna',
    folder: KLARNA,
    plugin: 'klarna-payments-for-woocommerce/klarna-payments-for-woocommerce.php',
    gateway: 'klarna_payments',
    connected: `
      update_option( 'woocommerce_klarna_payments_settings', array( 'enabled' => 'yes', 'title' => 'Klarna', 'testmode' => 'yes', 'checkout_flow' => 'redirect', 'test_merchant_id_de' => 'PK1', 'test_shared_secret_de' => 'S1' ) );`,
  },
];

for (const { name, folder, plugin, gateway, connected } of PROVIDERS) {
  describe(`beside ${name}`, { skip: !folder }, () => {
    const held = useShop({ others: [{ folder, plugin }], answers: fileURLToPath(new URL('answers.php', import.meta.url)) });

    test('its gateway stands under the policy', async () => {
      await held.shop.ask(`${connected} return true;`);
      await isUnderPolicy(held, gateway);
    });

    test('where the service is dead it remains as a method without credit risk, and is gone as one with it', async () => {
      await remains(held, gateway, 'card', true);
      await remains(held, gateway, 'invoice', false);
    });

    test('nothing was logged that is about us', () => {
      assert.deepEqual(held.logged().filter((line) => /tresen-woocommerce|Tresen/.test(line)), []);
    });
  });
}
