// A direct debit: signed in the account, announced by mail, taken back; handed in, honoured, and sent back by the bank.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { violations, withAxe } from '../lib/axe.mjs';
import { useChromium } from '../lib/chromium.mjs';
import { useDemo } from '../lib/demo.mjs';
import { buyOnInvoice, on } from '../lib/office.mjs';
import { signIn } from '../lib/shop.mjs';

const account = (page) => page.locator('tresen-account');
const words = async (page) => (await account(page).locator('.t').innerText()).replaceAll(/[\u00a0\u202f]/g, ' ');

describe('a direct debit', () => {
  const demo = useDemo();
  const chromium = useChromium();

  async function opens(page) {
    await signIn(page, demo.url, 'greta');
    await page.goto(`${demo.url}/account`);
    await account(page).locator('[part=card]').first().waitFor();
  }

  async function lastMail() {
    const answer = await fetch(`${demo.service.url}/v1/sandbox/messages`, { headers: { authorization: `Bearer ${demo.keys.secret}` } });
    return (await answer.json()).messages[0];
  }

  /** To the form, by two taps. */
  async function debit(page) {
    await account(page).getByRole('button', { name: /168,40\s€ bezahlen/ }).click();
    await account(page).getByRole('button', { name: 'Bezahlen mit Lastschrift' }).click();
    await account(page).locator('h2.h').waitFor();
  }

  async function sign(page) {
    const fields = account(page).locator('input.input');
    await fields.nth(0).fill('Jörg Müßig');
    await fields.nth(1).fill('DE89 3704 0044 0532 0130 00');
    await account(page).locator('input[type=checkbox]').check();
    await account(page).locator('button[type=submit]').click();
    await account(page).locator('[data-news]').waitFor();
  }

  /** The bank's day: what is due is handed in. */
  async function handIn(page) {
    await page.goto(`${demo.url}/bank`);
    for (let days = 0; days < 10 && (await page.locator('#debits li[data-state=submitted]').count()) === 0; days += 1) {
      await on(page, 'day');
      await page.goto(`${demo.url}/bank`);
      await page.locator('#debits button[value=hand_in]').click();
      await page.waitForURL(/#debits/);
    }
    return page.locator('#debits li[data-state=submitted]');
  }

  const tells = async (page, row, what) => {
    await row.locator(`button[value=${what}]`).click();
    await page.locator(`#debits li[data-state=${what}]`).first().waitFor();
  };

  test('what is wrong is said where it is; what is signed is announced, and can be taken back', async () => {
    const page = await chromium.open({ width: 360 });
    await buyOnInvoice(page, demo.url);
    await opens(page);
    await debit(page);
    assert.match(await words(page), /168,40 € per Lastschrift[^]*frühestens am[^]*spätestens am[^]*SEPA-Lastschriftmandat[^]*DE98ZZZ09999999999[^]*acht Wochen/);
    await account(page).locator('input.input').nth(1).fill('DE89 3704 0044 0532 0130 01');
    await account(page).locator('button[type=submit]').click();
    assert.equal(await account(page).locator('.error:visible').count(), 3, 'holder, account and signature');
    assert.deepEqual(await violations(await withAxe(page)), []);
    await sign(page);
    assert.match(await words(page), /Erledigt[^]*Gerade ist nichts zu zahlen[^]*Eine Zahlung ist schon unterwegs[^]*Lastschrift erlaubt/);
    assert.equal(await account(page).getByRole('button', { name: /bezahlen/ }).count(), 0, 'nobody is asked twice');
    const { text } = await lastMail();
    assert.match(text, /DE89 •••• •••• •••• ••30 00[^]*Mandatsreferenz: TD/);
    await account(page).getByRole('button', { name: 'Zurücknehmen' }).click();
    await account(page).getByText('zurückgenommen', { exact: false }).first().waitFor();
    await page.finish();
  });

  test('what the bank honours is paid; what it sends back is open again, and the customer hears how else they can pay', async () => {
    const page = await chromium.open();
    await opens(page);
    await debit(page);
    await sign(page);
    const row = await handIn(page);
    assert.deepEqual(await violations(await withAxe(page)), []);
    await tells(page, row, 'settled');
    await opens(page);
    assert.match(await words(page), /Alles bezahlt[^]*168,40 €\s+eingegangen am[^]*Lastschrift/);
    await page.goto(`${demo.url}/bank`);
    await tells(page, page.locator('#debits li[data-state=settled]'), 'returned');
    assert.match((await lastMail()).text, /von der Bank zurückgekommen[^]*\/m\//);
    await opens(page);
    assert.match(await words(page), /168,40 €[^]*von der Bank zurückgeholt/);
    await account(page).getByRole('button', { name: /168,40\s€ bezahlen/ }).waitFor();
    await page.finish();
  });

  test('two bills: one is out by debit, and the other is paid by card beside it, from the account and behind a link', async () => {
    const page = await chromium.open({ width: 360 });
    const { id } = await buyOnInvoice(page, demo.url);
    await opens(page);
    const boxes = account(page).locator('.bill input');
    assert.equal(await boxes.count(), 2);
    await boxes.nth(1).uncheck();
    await account(page).getByRole('button', { name: 'Auswahl bezahlen' }).click();
    await account(page).getByRole('button', { name: 'Bezahlen mit Lastschrift' }).click();
    await account(page).locator('h2.h').waitFor();
    await sign(page);
    assert.match(await words(page), /336,80 €[^]*168,40 € bezahlen[^]*Eine Zahlung ist schon unterwegs/);
    assert.equal(await boxes.count(), 0, 'what is on its way is not asked for');
    assert.deepEqual(await violations(await withAxe(page)), []);
    // Whoever holds the link is asked for the other one, and reads what is on its way.
    const { url } = await demo.api.receivables.paylink(id);
    const other = await chromium.open({ width: 360 });
    await other.goto(url);
    await account(other).getByText('sind schon unterwegs').waitFor();
    assert.match(await words(other), /168,40 €[^]*168,40 € sind schon unterwegs[^]*Mit Karte zahlen/);
    await other.finish();
    await account(page).getByRole('button', { name: /168,40\s€ bezahlen/ }).click();
    assert.equal(await account(page).getByRole('button', { name: 'Bezahlen mit Lastschrift' }).count(), 1, 'another debit would do too');
    await account(page).getByRole('button', { name: 'Bezahlen mit Karte' }).click();
    await page.getByText('Jetzt bezahlen').click();
    await account(page).getByText('Gerade ist nichts zu zahlen').waitFor();
    assert.match(await words(page), /168,40 €[^]*Eine Zahlung ist schon unterwegs[^]*168,40 €\s+eingegangen am[^]*Karte/);
    await page.finish();
  });
});
