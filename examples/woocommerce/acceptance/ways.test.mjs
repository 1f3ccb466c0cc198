// Ways that lead out of the checkout and back: a payment provider's page, a human who looks at it; and what there is without the widget.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { until } from './shop.mjs';
import { useShop } from './lib.mjs';
import { block, classic, complete, placed, putInCart, unfold } from './shopper.mjs';

const held = useShop();

for (const counter of [block, classic]) {
  const toProvider = async (page) => {
    const { shop } = held;
    await putInCart(page, shop.url, shop.products[0]);
    await page.goto(shop.url + counter.path);
    await counter.fill(page);
    await counter.choose(page, 'tresen_sepa_debit');
    await complete(page, 'tresen_sepa_debit');
    await counter.place(page);
    await page.waitForURL(/sandbox\/pay\/pay_/);
  };
  const debit = async (page, outcome) => {
    await toProvider(page);
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

  test(`${counter.name}: whoever comes back in another browser sees the order by the whole address, and nothing by the payment's number alone`, async () => {
    const { shop } = held;
    const page = await held.visit();
    await toProvider(page);
    // The bank's app goes on, and opens what the provider says in a browser of its own.
    const action = await page.locator('form[action$=approve]').evaluate((form) => form.action);
    const back = (await fetch(action, { method: 'POST', redirect: 'manual' })).headers.get('location');
    const other = await held.visit();
    await putInCart(other, shop.url, shop.products[0]);
    const bare = new URL(back);
    bare.searchParams.delete('tresen_back');
    await other.goto(bare.href);
    assert.match(other.url(), /\?payment=pay_\w+$/, 'no order is shown');
    await other.goto(`${shop.url}/cart/`);
    await other.locator('.wc-block-cart-item__remove-link, .remove').first().waitFor();
    await other.goto(back);
    await placed(other);
    await page.context().close();
    await other.context().close();
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

for (const counter of [block, classic]) {
  test(`${counter.name}: where the widget cannot be had, nothing is a dead end`, async () => {
    const { shop } = held;
    const page = await held.visit();
    await page.route(/widget\/[0-9a-f]+\/element\.js/, (route) => route.abort());
    await putInCart(page, shop.url, shop.products[0]);
    await page.goto(shop.url + counter.path);
    await counter.fill(page);
    // What needs the shopper's consent cannot be ordered without its words, and says so.
    await counter.pick(page, 'tresen_invoice');
    await counter.place(page);
    assert.match(await counter.notice(page), /another one|andere/);
    await counter.pick(page, 'tresen_prepayment');
    await counter.place(page);
    const id = await placed(page);
    assert.equal(await shop.ask(`return wc_get_order( ${id} )->get_status();`), 'on-hold');
    await page.context().close();
  });

  test(`${counter.name}: a human is asked`, async () => {
    const { shop } = held;
    const page = await held.visit();
    await putInCart(page, shop.url, shop.products[2]);
    await page.goto(shop.url + counter.path);
    await counter.fill(page);
    await counter.listed(page);
    await unfold(page);
    const one = page.locator('.tresen-why tresen-checkout:not([hidden]) .no:visible').first();
    await one.locator('summary').last().click();
    await one.locator('input[autocomplete=email]').fill('anna@example.com');
    await one.locator('button[data-do=review]').click();
    await until(async () => (await shop.tresen.reviews.list()).reviews.length > (counter === block ? 0 : 1));
    await page.context().close();
  });
}

test('nothing was logged', () => {
  assert.deepEqual(held.logged(), []);
});
