// Behind the counter of the demo: buying on invoice, transferring at the bank, moving the clock.

import assert from 'node:assert/strict';
import { toPayment } from './shop.mjs';
import { order, ready } from './widget.mjs';

/** Greta buys her cart on invoice; the claim that comes of it. */
export async function buyOnInvoice(page, url, person = 'greta') {
  await toPayment(page, url, person);
  await ready(page);
  const { outcome, receivable, reasons, order: number } = await order(page, 'invoice');
  assert.equal(outcome, 'confirmed', JSON.stringify(reasons));
  return { ...receivable, number };
}

/** A transfer for a claim; what the bank says then. */
export async function transfer(page, url, claim, kind) {
  await page.goto(`${url}/bank`);
  await page.locator('#claim').selectOption(claim.id);
  await page.waitForURL(/claim=/);
  await page.goto(`${url}/bank?claim=${claim.id}&kind=${kind}`);
  await page.locator('.bank__form .button').click();
  await page.waitForURL(/sent=/);
  return page.locator('#sent').innerText();
}

/** The rows of the merchant's table: order and the rest as one reads it. */
export async function openItems(page, url) {
  await page.goto(`${url}/merchant`);
  return page.locator('.office__table tbody tr').evaluateAll((rows) => rows.map((row) => row.innerText.replaceAll(/\s+/g, ' ')));
}

export const today = (page) => page.locator('.menu--clock time').getAttribute('datetime');

/** `day`, `week` or `event` on; the day that it is then. */
export async function on(page, to) {
  await page.locator('.menu--clock summary').click();
  const before = await today(page);
  await page.locator(`.menu--clock button[value=${to}]`).click();
  await page.waitForFunction((day) => document.querySelector('.menu--clock time')?.getAttribute('datetime') !== day, before);
  return today(page);
}
