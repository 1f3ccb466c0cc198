// A payment provider's page lies between the checkout and the order: there and back, also when it fails there.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { useShop } from './lib.mjs';
import { block, classic, complete, placed, putInCart } from './shopper.mjs';

const held = useShop();

for (const counter of [block, classic]) {
  const debit = async (page, outcome) => {
    const { shop } = held;
    await putInCart(page, shop.url, shop.products[0]);
    await page.goto(shop.url + counter.path);
    await counter.fill(page);
    await counter.choose(page, 'tresen_sepa_debit');
    await complete(page, 'tresen_sepa_debit');
    await counter.place(page);
    await page.waitForURL(/sandbox\/pay\/pay_/);
    await page.locator(`form[action$=${outcome}] button`).click();
  };

  test(`${counter.name}: a direct debit that the provider takes is a paid order`, async () => {
    const page = await held.visit();
    await debit(page, 'approve');
    const id = await placed(page);
    const { shop } = held;
    assert.equal(await shop.ask(`return wc_get_order( ${id} )->get_status();`), 'processing');
    await page.goto(`${shop.url}/cart/`);
    await page.locator('.wc-block-cart__empty-cart__title, .wp-block-woocommerce-empty-cart-block, .cart-empty').first().waitFor();
    await page.context().close();
  });

  test(`${counter.name}: one that fails there is said to have failed, and the method is gone from the list`, async () => {
    const page = await held.visit();
    await debit(page, 'decline');
    await page.getByText(/choose another way to pay|andere Zahlart/).first().waitFor();
    await held.picture(page, `${counter === block ? 'block' : 'classic'}-failed`);
    await page.goto(held.shop.url + counter.path);
    const listed = await counter.listed(page);
    assert.ok(!listed.includes('tresen_sepa_debit') && listed.includes('tresen_invoice'), listed.join());
    await page.context().close();
  });
}

test('nothing was logged', () => {
  assert.deepEqual(held.logged(), []);
});
