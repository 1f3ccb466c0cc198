// What is owed is paid by card on a provider's page, from the account view on the shop's own pages: paid, declined, and nobody there.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { until } from './shop.mjs';
import { useShop } from './lib.mjs';
import { block, classic, orders, placed, signIn } from './shopper.mjs';

const held = useShop({ hasProvider: true });

const orderOf = (id) =>
  held.shop.ask(
    `$o = wc_get_order( ${id} ); $r = \\Tresen\\WooCommerce\\Orders\\OrderRecord::of( $o ); return array( 'status' => $o->get_status(), 'paid' => null !== $o->get_date_paid(), 'open' => $r->standing()['minor'] ?? null, 'notes' => wp_list_pluck( wc_get_order_notes( array( 'order_id' => ${id} ) ), 'content' ) );`,
  );

/** What is planned is done, as the cron of a shop does it. */
const doPlanned = () => held.shop.ask(`ActionScheduler::runner()->run(); return true;`);

const IN_FULL = /paid in full|vollständig bezahlt/;

/** An order is paid, once the service has told the shop of it. */
const isPaid = (id) =>
  until(async () => {
    await doPlanned();
    const order = await orderOf(id);
    return order.open === 0 && order.paid && order.notes.some((note) => IN_FULL.test(note)) && order;
  });

async function order(page, counter, gateway, more) {
  await orders(page, held.shop, counter, held.shop.products[0], gateway, more);
  return placed(page);
}

const account = (page) => page.locator('tresen-account');

/** From how it stands to where it is paid. */
async function toWays(page) {
  await account(page).getByRole('button', { name: /bezahlen$/ }).first().click();
  await account(page).getByText('DE89').first().waitFor();
}

const cards = (page) => account(page).getByRole('button', { name: 'Bezahlen mit Karte' });

async function byCard(page) {
  await cards(page).click();
  await page.waitForURL((url) => url.origin === held.shop.provider.url);
}

/** On to the provider's page. */
async function toProvider(page) {
  await toWays(page);
  await byCard(page);
}

/** What somebody does on the provider's page; what it practises beside that is folded up. */
async function there(page, choice) {
  const button = page.locator(`form[action$="/${choice}"] button`);
  if (!(await button.isVisible())) await page.locator('summary').click();
  await button.click();
}

/** What Chromium shows where nobody answers. */
const nobody = (page) => until(async () => page.url().startsWith('chrome-error:'));

const back = (page, path) => page.waitForURL((url) => url.origin === held.shop.url && path.test(url.pathname));
const saysPaid = (page) => account(page).getByText('Alles bezahlt').first().waitFor();

test('by card, from the page after the order, in a shop that no message reaches: the account and the order say so at once', async () => {
  const page = await held.visit({ width: 360 });
  const id = await order(page, block);
  await toWays(page);
  await held.picture(page, 'pay-ways');
  await byCard(page);
  await there(page, 'pay');
  await back(page, /order-received\/\d+/);
  const { status, open, paid, notes } = await orderOf(id);
  assert.deepEqual({ status, open, paid }, { status: 'processing', open: 0, paid: true });
  assert.ok(notes.some((note) => IN_FULL.test(note)), notes.join(' | '));
  await saysPaid(page);
  await held.picture(page, 'pay-paid');
  assert.deepEqual(page.troubles, []);
  await page.context().close();
});

test('the service tells the shop what happens', async () => {
  const lines = await held.shop.ask(`return \\Tresen\\WooCommerce\\Admin\\Setup::webhook();`);
  assert.deepEqual(lines.map(({ ok }) => ok), [true], JSON.stringify(lines));
});

test('a card that is declined changes nothing but what is said, and the next one pays', async () => {
  const page = await held.visit({ width: 360 });
  const id = await order(page, classic);
  const { notes, status } = await orderOf(id);
  for (const choice of ['decline', 'cancel']) {
    await toProvider(page);
    await there(page, choice);
    await back(page, /order-received\/\d+/);
    await account(page).getByText(/nicht zustande gekommen, und es wurde nichts abgebucht/).waitFor();
    await held.picture(page, `pay-${choice}`);
  }
  await doPlanned();
  assert.deepEqual(await orderOf(id), { status, paid: false, open: 9390, notes });
  await toProvider(page);
  await there(page, 'pay');
  await back(page, /order-received\/\d+/);
  await saysPaid(page);
  assert.equal((await isPaid(id)).status, 'processing');
  await page.context().close();
});

test('My Account: several orders are paid at once, and each has it', async () => {
  const page = await held.visit();
  const { shop } = held;
  await signIn(page, shop.url, { name: 'greta', password: 'greta' });
  const ids = [await order(page, block, 'tresen_invoice', { isKnown: true }), await order(page, classic, 'tresen_invoice', { isKnown: true })];
  await page.goto(`${shop.url}/my-account/tresen-invoices/`);
  await account(page).getByText('187,80').first().waitFor();
  await held.picture(page, 'pay-several');
  await toProvider(page);
  await there(page, 'pay');
  await back(page, /my-account\/tresen-invoices/);
  await saysPaid(page);
  await held.picture(page, 'pay-several-paid');
  for (const id of ids) assert.equal((await isPaid(id)).status, 'processing');
  assert.deepEqual(page.troubles, []);
  await page.context().close();
});

test('a provider that does not answer: the transfer stands there, and it works again once it is back', async () => {
  const page = await held.visit({ width: 360 });
  const { provider } = held.shop;
  const id = await order(page, block);
  await provider.crash();
  await toWays(page);
  await cards(page).click();
  await account(page).getByText(/lässt es sich gerade nicht bezahlen/).waitFor();
  assert.ok(await account(page).getByText('DE89').first().isVisible());
  await held.picture(page, 'pay-dead');
  await provider.start();
  await byCard(page);
  await there(page, 'pay');
  await back(page, /order-received\/\d+/);
  await saysPaid(page);
  await isPaid(id);
  await page.context().close();
});

test('a provider that takes the money and dies: nobody pays twice, and the order has it once it is back', async () => {
  const page = await held.visit();
  const { shop } = held;
  const id = await order(page, block);
  const here = page.url();
  await toProvider(page);
  // The page that it leads to never comes; neither does the provider's for whoever tries again meanwhile.
  await there(page, 'killed');
  await nobody(page);
  await page.goto(here);
  await toWays(page);
  await cards(page).click();
  await nobody(page);
  await shop.provider.start();
  await page.goto(here);
  await toWays(page);
  await cards(page).click();
  await saysPaid(page);
  await isPaid(id);
  const [claim] = await shop.ask(`return array( \\Tresen\\WooCommerce\\Orders\\OrderRecord::of( wc_get_order( ${id} ) )->receivable() );`);
  assert.equal((await shop.tresen.receivables.get(claim)).balance.minor, 0);
  await page.context().close();
});

test('nothing was logged', () => {
  assert.deepEqual(held.logged(), []);
});
