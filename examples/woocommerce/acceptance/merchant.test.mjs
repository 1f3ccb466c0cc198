// What a merchant does with the plugin, from the first page of the setup to the last order, and what the shop does when things go wrong.

import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { contents } from '../build.mjs';
import { zip } from '../build/zip.mjs';
import { until } from './shop.mjs';
import { useShop } from './lib.mjs';
import { ANNA, block, classic, complete, placed, posted, putInCart, showsWhereToPay, signIn } from './shopper.mjs';

const held = useShop({ isInstalled: false });
const kept = {};

const orderOf = (id) =>
  held.shop.ask(
    `$o = wc_get_order( ${id} ); $r = \\Tresen\\WooCommerce\\Orders\\OrderRecord::of( $o ); return array( 'status' => $o->get_status(), 'receivable' => $r->receivable(), 'open' => $r->standing()['minor'] ?? null, 'notes' => wp_list_pluck( wc_get_order_notes( array( 'order_id' => ${id} ) ), 'content' ) );`,
  );

/** What is planned is done, as the cron of a shop does it. */
const doPlanned = () => held.shop.ask(`ActionScheduler::runner()->run(); do_action( 'wp_cron_ran' ); return true;`);

/** What the merchant reads after a button. */
const told = (page) => page.locator('.notice').allInnerTexts();

test('the zip is uploaded and activated', async () => {
  const { shop } = held;
  kept.began = Date.now();
  const file = join(held.folder, 'tresen-woocommerce.zip');
  writeFileSync(file, zip(contents()));
  const page = await held.visit();
  await page.goto(`${shop.url}/wp-login.php`);
  await page.fill('#user_login', 'merchant');
  await page.fill('#user_pass', 'merchant');
  await page.click('#wp-submit');
  await page.goto(`${shop.url}/wp-admin/plugin-install.php?tab=upload`);
  await page.setInputFiles('#pluginzip', file);
  await page.click('#install-plugin-submit');
  await page.locator('a[href*="action=activate"]').click();
  await page.goto(`${shop.url}/wp-admin/plugins.php`);
  await page.locator('tr.active[data-plugin="tresen-woocommerce/tresen.php"]').waitFor();
  kept.merchant = page;
});

test('the setup: connect, check, choose a policy, have messages sent, switch methods on', async () => {
  const { shop } = held;
  const page = kept.merchant;
  await page.goto(`${shop.url}/wp-admin/admin.php?page=tresen`);
  await held.picture(page, 'setup-1');
  await page.fill('#tresen-service-address', shop.service.url);
  await page.fill('#tresen-service-publishable_key', shop.service.keys.publishable);
  await page.fill('#tresen-service-secret_key', shop.service.keys.secret);
  await page.locator('form:has(#tresen-service-address) [type=submit]').click();
  await page.waitForLoadState();
  await held.picture(page, 'setup-2');
  await page.selectOption('#tresen-policy-file', 'de-own-invoice');
  await page.fill('#tresen-policy-iban', 'DE89 3704 0044 0532 0130 00');
  await page.fill('#tresen-policy-checked_by', 'Kanzlei Muster');
  await page.fill('#tresen-policy-checked_on', '2026-11-02');
  await page.locator('form:has(#tresen-policy-file) [type=submit]').click();
  await page.waitForLoadState();
  assert.deepEqual(await page.locator('.notice-error').allInnerTexts(), []);
  await held.picture(page, 'setup-3');
  await page.locator('form:has([name=step][value=webhook]) [type=submit]').click();
  await page.waitForLoadState();
  await held.picture(page, 'setup-4');
  await page.goto(`${shop.url}/wp-admin/admin.php?page=tresen&tab=methods`);
  for (const box of await page.locator('[name^="own["]').all()) await box.check();
  const words = await page.locator('#tresen-map-cod option').allInnerTexts();
  assert.deepEqual(words.filter((word) => word.includes('_')), [], 'a merchant reads words');
  await page.selectOption('#tresen-map-cod', 'pay_later');
  await held.picture(page, 'setup-5');
  await page.locator('form:has([name^="own["]) [type=submit]').click();
  await page.waitForLoadState();
  assert.ok((await told(page)).length > 0);
  const set = await shop.ask(`return array( get_option( 'tresen' )['webhook_id'], array_keys( array_filter( WC()->payment_gateways()->payment_gateways(), fn( $g ) => 'yes' === $g->enabled && 0 === strpos( $g->id, 'tresen_' ) ) ) );`);
  assert.ok(set[0]);
  assert.equal(set[1].length, 5);
});

test('an order on invoice, a payment at the bank, and the order is paid', async () => {
  const { shop } = held;
  const page = await held.visit();
  await putInCart(page, shop.url, shop.products[0]);
  await page.goto(shop.url + block.path);
  await block.fill(page);
  await block.choose(page, 'tresen_invoice');
  await complete(page, 'tresen_invoice');
  await block.place(page);
  const id = await placed(page);
  console.log(`from the zip to an order on invoice: ${Math.round((Date.now() - kept.began) / 1000)} s of the machine's time`);
  const { receivable } = await orderOf(id);
  await shop.tresen.payments.receive({ provider: 'bank', reference: 'BOOKING-1', amount: { minor: 9390, currency: 'EUR' }, value_date: await today(), designated: [receivable] }, { idempotencyKey: 'booking-1' });
  await until(async () => {
    await doPlanned();
    const { open, notes } = await orderOf(id);
    return open === 0 && notes.some((note) => /paid in full|vollständig bezahlt/.test(note));
  });
  await page.reload();
  await page.locator('tresen-account').getByText('Alles bezahlt').first().waitFor();
  await held.picture(page, 'paid');
  kept.order = id;
});

test('a refund becomes a credit note', async () => {
  const { shop } = held;
  const page = await held.visit();
  await putInCart(page, shop.url, shop.products[1]);
  await page.goto(shop.url + classic.path);
  await classic.fill(page);
  await classic.choose(page, 'tresen_invoice');
  await complete(page, 'tresen_invoice');
  await classic.place(page);
  const id = await placed(page);
  const { receivable } = await orderOf(id);
  await shop.ask(`return wc_create_refund( array( 'amount' => '20.00', 'reason' => 'Rücksendung', 'order_id' => ${id} ) )->get_id();`);
  const claim = await until(async () => {
    await doPlanned();
    const now = await shop.tresen.receivables.get(receivable);
    return now.balance.minor === 4990 - 2000 && now;
  });
  assert.ok(claim);
  kept.refunded = { id, receivable };
});

test('a completed order is told to be delivered', async () => {
  const { shop } = held;
  const { id, receivable } = kept.refunded;
  await shop.ask(`wc_get_order( ${id} )->update_status( 'completed' ); return true;`);
  const day = await until(async () => {
    await doPlanned();
    return (await shop.tresen.receivables.get(receivable)).delivered_on;
  });
  assert.equal(day, await shop.ask(`return wp_date( 'Y-m-d' );`));
});

test('a method that is not offered is refused by the Store API and by the classic checkout, whoever asks', async () => {
  const { shop } = held;
  const page = await held.visit();
  await putInCart(page, shop.url, shop.products[2]);
  await page.goto(shop.url + block.path);
  await block.fill(page);
  const answer = await posted(page, 'tresen_invoice');
  assert.deepEqual(answer, { status: 400, code: 'woocommerce_rest_checkout_payment_method_disabled' });
  await page.goto(shop.url + classic.path);
  await classic.fill(page);
  const refused = await page.evaluate(async () => {
    const form = new FormData(document.querySelector('form.checkout'));
    form.set('payment_method', 'tresen_invoice');
    return (await fetch('/?wc-ajax=checkout', { method: 'POST', body: new URLSearchParams(form) })).json();
  });
  assert.equal(refused.result, 'failure', JSON.stringify(refused));
});

test('a gateway of another plugin stands under the policy', async () => {
  const { shop } = held;
  const page = await held.visit();
  // Cash on delivery is placed under `pay_later`, which ends at 150 euros.
  await putInCart(page, shop.url, shop.products[0]);
  await page.goto(shop.url + classic.path);
  assert.ok((await classic.listed(page)).includes('cod'));
  await putInCart(page, shop.url, shop.products[0]);
  for (const counter of [classic, block]) {
    await page.goto(shop.url + counter.path);
    const listed = await counter.listed(page);
    assert.ok(!listed.includes('cod') && listed.includes('bacs'), `${counter.name}: ${listed}`);
  }
});

test('an order of the merchant is paid for on its own page', async () => {
  const { shop } = held;
  const path = await shop.ask(
    `$o = wc_create_order(); $o->add_product( wc_get_product( ${shop.products[0]} ), 1 ); foreach ( array( 'billing', 'shipping' ) as $kind ) { $o->set_address( json_decode( '${JSON.stringify({ ...ANNA, country: 'DE' })}', true ), $kind ); } $o->calculate_totals(); $o->update_status( 'pending' ); return $o->get_checkout_payment_url();`,
  );
  const page = await held.visit({ width: 360 });
  await page.goto(path);
  await classic.choose(page, 'tresen_invoice');
  await complete(page, 'tresen_invoice');
  await held.picture(page, 'order-pay');
  await classic.place(page);
  assert.equal((await orderOf(await placed(page))).status, 'processing');
});

test('My Account has what is owed', async () => {
  const { shop } = held;
  const page = await held.visit();
  await signIn(page, shop.url, { name: 'greta', password: 'greta' });
  await putInCart(page, shop.url, shop.products[0]);
  await page.goto(shop.url + block.path);
  await block.listed(page);
  await block.choose(page, 'tresen_invoice');
  await complete(page, 'tresen_invoice');
  await block.place(page);
  const id = await placed(page);
  for (const [name, path] of [['my-invoices', '/my-account/tresen-invoices/'], ['view-order', `/my-account/view-order/${id}/`]]) {
    await page.goto(shop.url + path);
    await page.locator('tresen-account').getByText('93,90').first().waitFor();
    await held.picture(page, name);
    assert.doesNotMatch(await page.locator('tresen-account').evaluate(({ shadowRoot }) => shadowRoot.querySelector('.t').innerText), /\bLink\b/, 'nobody has followed a link to the shop’s own page');
    await showsWhereToPay(page);
  }
  // What there is to keep is read there, and is a file.
  await page.goto(`${shop.url}/my-account/tresen-invoices/`);
  const account = page.locator('tresen-account');
  await account.getByRole('button', { name: `Aufstellung zur Bestellung ${id}` }).click();
  await account.getByText('Wolldecke').first().waitFor();
  await held.picture(page, 'document');
  const file = await account.getByRole('link', { name: 'PDF' }).evaluate(async ({ href }) => {
    const answer = await fetch(href);
    return { type: answer.headers.get('content-type'), name: answer.headers.get('content-disposition'), begins: (await answer.text()).slice(0, 5) };
  });
  assert.equal(file.type, 'application/pdf');
  assert.equal(file.begins, '%PDF-');
  assert.match(file.name, /^attachment; filename.*\.pdf/);
  // What the customer settles there holds, and the merchant reads it in the order: by its own message, for those before it have been heard.
  await doPlanned();
  await page.goto(`${shop.url}/my-account/tresen-invoices/`);
  await account.getByText(/^Später zahlen/).first().click();
  const day = account.locator('input[type=date]');
  await day.fill(await day.getAttribute('max'));
  await account.getByRole('button', { name: 'Zahltag verschieben' }).click();
  await account.getByText('Das gilt ab jetzt').waitFor();
  await held.picture(page, 'settled');
  await until(async () => {
    await doPlanned();
    return (await orderOf(id)).notes.some((note) => /zahlt später, wie vereinbart|pays later, as agreed/.test(note));
  });
});

test('without the service the methods without credit risk remain, and the merchant is told', async () => {
  const { shop } = held;
  await shop.ask(`\\Tresen\\WooCommerce\\Settings::set( array( 'address' => 'http://127.0.0.1:9' ) ); return true;`);
  for (const counter of [block, classic]) {
    const page = await held.visit();
    await putInCart(page, shop.url, shop.products[0]);
    await page.goto(shop.url + counter.path);
    const listed = await counter.listed(page);
    assert.deepEqual(listed.filter((id) => id.startsWith('tresen_')), ['tresen_prepayment'], counter.name);
    assert.ok(listed.includes('bacs'));
    await counter.fill(page);
    const choice = counter === block ? 'label[for="radio-control-wc-payment-method-options-tresen_prepayment"]' : 'label[for="payment_method_tresen_prepayment"]';
    await page.click(choice);
    await counter.place(page);
    assert.equal((await orderOf(await placed(page))).status, 'on-hold');
    await page.context().close();
  }
  await kept.merchant.goto(`${shop.url}/wp-admin/`);
  await held.picture(kept.merchant, 'outage');
  const outage = async () => {
    await kept.merchant.goto(`${shop.url}/wp-admin/`);
    return kept.merchant.locator('.notice-error', { hasText: 'Tresen:' }).count();
  };
  assert.equal(await outage(), 1, (await told(kept.merchant)).join(' | '));
  await shop.ask(`\\Tresen\\WooCommerce\\Settings::set( array( 'address' => '${shop.service.url}' ) ); return true;`);
  await kept.merchant.goto(`${shop.url}/wp-admin/admin.php?page=tresen`);
  await kept.merchant.locator('form:has([name=step][value=check]) [type=submit]').click();
  await kept.merchant.waitForLoadState();
  assert.equal(await outage(), 0, 'it answers again');
});

test('nothing was logged', () => {
  assert.deepEqual(held.logged(), []);
});

test('what is uninstalled leaves nothing', async () => {
  const { shop } = held;
  const left = await shop.ask(`
    require_once ABSPATH . 'wp-admin/includes/plugin.php';
    deactivate_plugins( 'tresen-woocommerce/tresen.php' );
    uninstall_plugin( 'tresen-woocommerce/tresen.php' );
    global $wpdb;
    $found = array();
    foreach ( $wpdb->get_col( 'SHOW TABLES' ) as $table ) {
      foreach ( $wpdb->get_results( "SELECT * FROM \`$table\`", ARRAY_A ) as $row ) {
        foreach ( $row as $column => $value ) {
          if ( null !== $value && preg_match( '/.{0,60}tresen(?!-woo).{0,60}/s', (string) $value, $parts ) ) { $found[] = $table . '.' . $column . ': ' . $parts[0]; }
        }
      }
    }
    return $found;`);
  // That an order was paid by one of our gateways, and its notes, are the shop's own record.
  const records = [/^wp_wc_orders\.payment_method: /, /^wp_comments\.comment_content: /, /^wp_postmeta\.meta_value: tresen_\w+$/];
  assert.deepEqual(left.filter((line) => !records.some((record) => record.test(line))), []);
});

async function today() {
  const answer = await fetch(`${held.shop.service.url}/v1/sandbox/clock`, { headers: { authorization: `Bearer ${held.shop.service.keys.secret}` } });
  return (await answer.json()).now.slice(0, 10);
}
