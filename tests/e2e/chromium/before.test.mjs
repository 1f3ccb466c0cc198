// Before and after: a dial is moved, and the browser says what the command line says of the same orders.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, test } from 'node:test';
import { madeUp } from '../../../examples/shop/public/made-up.js';
import { tried } from '../lib/before.mjs';
import { useChromium } from '../lib/chromium.mjs';
import { useDemo } from '../lib/demo.mjs';
import { speak } from '../lib/shop.mjs';

const ROOT = resolve(import.meta.dirname, '../../..');
const BINARY = process.env.TRESEN_BIN ?? join(ROOT, 'target/release/tresen');

/** What `tresen policy diff` says of two compiled policies on the page's own orders. */
async function natively(url, today, moved) {
  const folder = mkdtempSync(join(tmpdir(), 'tresen-before-'));
  try {
    const files = await Promise.all(['limit=250&on_time=3', moved].map(async (query, place) => {
      const file = join(folder, `${place}.tresen`);
      writeFileSync(file, Buffer.from(await (await fetch(`${url}/api/variant?${query}`)).arrayBuffer()));
      return file;
    }));
    const orders = join(folder, 'orders.jsonl');
    writeFileSync(orders, madeUp(20_000, today).map((order) => JSON.stringify(order)).join('\n'));
    return JSON.parse(execFileSync(BINARY, ['policy', 'diff', ...files, orders, '--assume', 'invoice', '--complete', '--format', 'json'], { encoding: 'utf8' }));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const minor = (text) => Number(text.replace(/[^\d]/g, ''));

describe('before and after', () => {
  const demo = useDemo();
  const chromium = useChromium();

  test('a dial is moved by keyboard, and every figure is the one of the command line', async () => {
    const page = await chromium.open();
    await page.goto(`${demo.url}/people`);
    await page.getByRole('contentinfo').getByRole('link', { name: 'Vorher und nachher' }).click();
    await tried(page);
    await page.getByText('Noch gelten auf beiden Seiten dieselben Regeln.').waitFor();
    const shares = await page.evaluate(() => {
      const progress = document.getElementById('progress');
      window.shares = [];
      new MutationObserver(() => window.shares.push(progress.value)).observe(progress, { attributes: true });
      return window.shares;
    });
    assert.deepEqual(shares, []);
    const dial = page.getByRole('slider', { name: 'Rechnung bis' });
    await dial.press('ArrowRight');
    await tried(page);
    assert.equal(await dial.getAttribute('aria-valuetext'), '300\u00a0€');
    assert.ok((await page.evaluate(() => window.shares.filter((share) => share > 0 && share < 1).length)) > 0, 'nobody saw how far it was');

    const today = await page.evaluate(() => JSON.parse(document.getElementById('page-data').textContent).today);
    const report = await natively(demo.url, today, 'limit=300&on_time=3');
    assert.equal(report.orders, 20_000);
    const { gained, lost } = report.on_credit;
    assert.ok(gained.orders > 0 && lost.orders === 0 && gained.observed.orders === gained.orders);
    const said = await page.getByRole('status').innerText();
    const [, invoices, exposure, unpaid, loss] = /^([\d.]+) Rechnungen mehr, ([\d.,]+)\s€ mehr Außenstände; davon später unbezahlt: (\d+), verloren ([\d.,]+)\s€\./.exec(said);
    assert.deepEqual([invoices, exposure, unpaid, loss].map(minor), [gained.orders, gained.amount.minor, gained.observed.unpaid, gained.observed.lost.minor]);
    const sums = await page.getByRole('table', { name: 'Auf Rechnung' }).locator('tbody tr').evaluateAll((found) => found.map((row) => [...row.cells].slice(1).map((cell) => cell.textContent)));
    const { old, new: next } = report.on_credit;
    assert.deepEqual(sums.map((cells) => cells.map(minor)), [old, next, { orders: next.orders - old.orders, amount: { minor: next.amount.minor - old.amount.minor }, expected_loss: { minor: next.expected_loss.minor - old.expected_loss.minor } }].map((side) => [side.orders, side.amount.minor, side.expected_loss.minor]));
    const rows = await page.locator('#tables table').nth(1).locator('tbody tr').evaluateAll((found) => found.map((row) => [...row.cells].map((cell) => cell.textContent)));
    assert.deepEqual(rows.map(([, ...cells]) => cells.map(minor)), report.methods.map((method) => [method.old.offered + method.old.incomplete, method.new.offered + method.new.incomplete, method.gained, method.lost]));
    await page.getByText('Keine Bestellung kommt in eine andere Klasse.').waitFor();
    await page.finish();
  });

  test('orders move between the classes, in English, and back again', async () => {
    const page = await chromium.open({ width: 360 });
    await speak(page, demo.url, 'en');
    await page.goto(`${demo.url}/before`);
    await tried(page);
    await page.getByRole('slider', { name: 'Class A from' }).press('ArrowLeft');
    await tried(page);
    const today = await page.evaluate(() => JSON.parse(document.getElementById('page-data').textContent).today);
    const { classes } = await natively(demo.url, today, 'limit=250&on_time=2');
    const moves = classes.moves.filter((move) => move.class.old !== move.class.new);
    assert.ok(moves.length > 0);
    const rows = await page.getByRole('table', { name: 'Orders that move to another class' }).locator('tbody tr').evaluateAll((found) => found.map((row) => [...row.cells].map((cell) => cell.textContent)));
    assert.deepEqual(rows.map(([name, ...cells]) => [name, ...cells.map(minor)]), moves.map((move) => [`${move.class.old} → ${move.class.new}`, move.orders, move.on_credit.old.amount.minor, move.on_credit.new.amount.minor]));
    await page.getByRole('button', { name: 'Back to the rules in force' }).click();
    await page.getByText('The same rules hold on both sides so far.').waitFor();
    assert.equal(await page.getByRole('slider', { name: 'Class A from' }).inputValue(), '3');
    await page.finish();
  });

  test('the playground is one link away, and decides under the shop’s own content policy', async () => {
    const page = await chromium.open();
    await page.goto(`${demo.url}/people`);
    await page.getByRole('contentinfo').getByRole('link', { name: 'Regeln ausprobieren' }).click();
    await page.locator('#methods [data-state=offered]').first().waitFor();
    await page.locator('tresen-checkout input[value=invoice]').waitFor();
    await page.finish();
  });

  test('a position that no dial has is refused', async () => {
    for (const query of ['', 'limit=250', 'limit=251&on_time=3', 'limit=250&on_time=7', 'limit=1e9&on_time=3', 'limit=x&on_time=3']) {
      const response = await fetch(`${demo.url}/api/variant?${query}`);
      assert.deepEqual([response.status, (await response.json()).error.code], [422, 'dial.malformed'], query);
    }
  });
});
