// An order on invoice and its account view in Firefox, in both checkouts.

import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { useFirefox } from '../../../tests/e2e/lib/firefox.mjs';
import { until as isSo } from '../../../tests/e2e/lib/until.mjs';
import { useShop } from './lib.mjs';
import { ANNA } from './shopper.mjs';

const held = useShop();
const firefox = useFirefox();

/** WooCommerce tells the shop of an address a second after the last key. */
const STILL_MS = 1500;

const COUNTERS = [
  {
    name: 'block checkout',
    path: '/checkout/',
    field: (name) => (name === 'email' ? '#email' : `#shipping-${name}`),
    last: '#shipping-city',
    choice: 'label[for="radio-control-wc-payment-method-options-tresen_invoice"]',
    row: '.tresen-row tresen-checkout',
    place: '.wc-block-components-checkout-place-order-button',
  },
  {
    name: 'classic checkout',
    path: '/kasse-klassisch/',
    field: (name) => `#billing_${name}`,
    last: '#billing_email',
    choice: 'label[for="payment_method_tresen_invoice"]',
    row: '.payment_method_tresen_invoice tresen-checkout',
    place: '#place_order',
  },
];

const quiet = (page) => page.waitForNetworkIdle({ idleTime: STILL_MS });

/** What is said in an element of ours; on a page that is being left, nothing. */
const reads = (page, words) => isSo(page, (wanted) => document.querySelector('tresen-account')?.shadowRoot?.querySelector('.t')?.innerText.includes(wanted), words);

async function picture(page, name) {
  const { SHOTS } = process.env;
  if (!SHOTS) return;
  mkdirSync(SHOTS, { recursive: true });
  await page.screenshot({ path: join(SHOTS, `firefox-${name}.png`), fullPage: true });
}

for (const { name, path, field, last, choice, row, place } of COUNTERS) {
  test(`${name}: an order on invoice, and what is owed`, async () => {
    const { shop } = held;
    const page = await firefox.open({ width: name === 'block checkout' ? 360 : 1280, expected: [/gravatar|fonts\.g/] });
    await page.goto(`${shop.url}/?add-to-cart=${shop.products[0]}`);
    await page.goto(shop.url + path);
    await page.waitForSelector(choice);
    for (const [key, value] of Object.entries(ANNA)) await page.locator(field(key)).fill(value);
    await page.focus(last);
    await page.keyboard.press('Tab');
    await quiet(page);
    await page.locator(choice).click();
    const days = `${row} >>> .method[data-one] .date input`;
    await page.waitForSelector(days);
    for (const [at, part] of ['3', '7', '1985'].entries()) {
      const typed = (await page.$$(days))[at];
      await typed.click();
      await typed.type(part);
    }
    await page.locator(`${row} >>> .method[data-one] [data-do=continue]`).click();
    await page.locator(`${row} >>> .method[data-one] input[type=checkbox]`).click();
    await quiet(page);
    await page.locator(place).click();
    assert.ok(await isSo(page, () => /order-received\/\d+/.test(location.pathname)), await page.evaluate(() => document.body.innerText));
    const id = await page.evaluate(() => Number(/order-received\/(\d+)/.exec(location.pathname)[1]));
    assert.deepEqual(await shop.ask(`$o = wc_get_order( ${id} ); return array( $o->get_status(), $o->get_payment_method() );`), ['processing', 'tresen_invoice']);
    assert.ok(await reads(page, '93,90'));
    await page.locator('tresen-account >>> .sunk button.btn').click();
    assert.ok(await reads(page, 'DE89'));
    await picture(page, name.split(' ')[0]);
    await page.finish();
  });
}

test('nothing was logged', () => {
  assert.deepEqual(held.logged(), []);
});
