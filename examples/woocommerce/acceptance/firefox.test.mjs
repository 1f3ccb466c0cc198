// An order on invoice and its account view in Firefox, in both checkouts.

import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { useFirefox } from '../../../tests/e2e/lib/firefox.mjs';
import { Person } from '../../../tests/e2e/lib/person.mjs';
import { until as isSo } from '../../../tests/e2e/lib/until.mjs';
import { useShop } from './lib.mjs';
import { ANNA } from './shopper.mjs';

const held = useShop();
const firefox = useFirefox();

/** WooCommerce tells the shop of an address a second after the last key, and loses a click while it still counts, longer on a busy machine. */
const STILL_MS = 3000;

const COUNTERS = [
  {
    name: 'block checkout',
    path: '/checkout/',
    field: (name) => (name === 'email' ? '#email' : `#shipping-${name}`),
    last: '#shipping-city',
    choice: 'label[for="radio-control-wc-payment-method-options-tresen_invoice"]',
    place: '.wc-block-components-checkout-place-order-button',
  },
  {
    name: 'classic checkout',
    path: '/kasse-klassisch/',
    field: (name) => `#billing_${name}`,
    last: '#billing_email',
    choice: 'label[for="payment_method_tresen_invoice"]',
    place: '#place_order',
  },
];

const quiet = (page) => page.waitForNetworkIdle({ idleTime: STILL_MS });

async function picture(page, name) {
  const { SHOTS } = process.env;
  if (!SHOTS) return;
  mkdirSync(SHOTS, { recursive: true });
  await page.screenshot({ path: join(SHOTS, `firefox-${name}.png`), fullPage: true });
}

for (const { name, path, field, last, choice, place } of COUNTERS) {
  test(`${name}: an order on invoice, and what is owed`, async () => {
    const { shop } = held;
    const page = await firefox.open({ width: name === 'block checkout' ? 360 : 1280, expected: [/gravatar|fonts\.g/] });
    const person = new Person(page);
    await page.goto(`${shop.url}/?add-to-cart=${shop.products[0]}`);
    await page.goto(shop.url + path);
    await page.waitForSelector(choice);
    for (const [key, value] of Object.entries(ANNA)) await page.locator(field(key)).fill(value);
    await page.focus(last);
    await page.keyboard.press('Tab');
    await quiet(page);
    await person.tap(`=${choice}`);
    await person.types('.method[data-one] .date input', '3');
    for (const part of ['7', '1985']) {
      await page.keyboard.press('Tab');
      await page.keyboard.type(part);
    }
    await person.tap('=.method[data-one] [data-do=continue]');
    await person.tap('=.method[data-one] input[type=checkbox]');
    await quiet(page);
    await person.tap(`=${place}`);
    assert.ok(await isSo(page, () => /order-received\/\d+/.test(location.pathname)), 'the order went through');
    const id = await page.evaluate(() => Number(/order-received\/(\d+)/.exec(location.pathname)[1]));
    assert.deepEqual(await shop.ask(`$o = wc_get_order( ${id} ); return array( $o->get_status(), $o->get_payment_method() );`), ['processing', 'tresen_invoice']);
    await person.sees(/Ihre offene Rechnung\s+93,90 €/);
    await person.tap('93,90 € bezahlen');
    await person.sees(/Überweisen[^]*DE89/);
    await picture(page, name.split(' ')[0]);
    await page.finish();
  });
}

test('nothing was logged', () => {
  assert.deepEqual(held.logged(), []);
});
