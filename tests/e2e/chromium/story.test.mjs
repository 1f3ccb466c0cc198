// The whole story: bought on invoice, forgotten, reminded, paid by what stands behind the mail's link, and thanked; or paid in time, and never reminded.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { useChromium } from '../lib/chromium.mjs';
import { useDemo } from '../lib/demo.mjs';
import { buyOnInvoice, on, openItems, transfer } from '../lib/office.mjs';

const FAR = 30; // more events than there are until anybody is reminded

describe('from the invoice to the last cent', () => {
  const demo = useDemo();
  const chromium = useChromium();

  /** What lies in the mailbox, the oldest first. */
  async function mails() {
    const answer = await fetch(`${demo.service.url}/v1/sandbox/messages`, { headers: { authorization: `Bearer ${demo.keys.secret}` } });
    return (await answer.json()).messages.reverse();
  }

  /** Those about an order. */
  const about = async (claim) => (await mails()).filter(({ text }) => text.includes(claim.number));

  test('who forgets is reminded kindly, pays behind the link without a login, and is thanked', async () => {
    const page = await chromium.open();
    const claim = await buyOnInvoice(page, demo.url);
    const isDue = claim.due_date;
    let day = null;
    for (let times = 0; times < FAR && (await about(claim)).length < 2; times += 1) day = await on(page, 'event');
    const [note, reminder] = await about(claim);
    assert.ok(reminder, 'two messages have come');
    assert.ok(day > isDue, `the second on ${day} comes after ${isDue}`);
    for (const { subject, text, to } of [note, reminder]) {
      assert.equal(to, 'greta.sommer@example.com');
      assert.doesNotMatch(subject, /Mahnung|fällig|Zahlung|offen|€/, 'nothing on a lock screen that shames');
      assert.match(text, /168,40\s€/);
      assert.ok(text.replaceAll(' ', '').includes(claim.reference));
    }

    // The mail stands in the mailbox, as it looks, and the merchant finds it from the claim.
    await page.goto(`${demo.url}/merchant?claim=${claim.id}`);
    assert.match(await page.locator('.story').innerText(), /Bestellt auf Rechnung[^]*Hinweis vorab[^]*Erste Nachricht/);
    const file = await page.evaluate(async (path) => (await fetch(path)).text(), `/merchant/file?claim=${claim.id}`);
    for (const said of [claim.number, reminder.subject, 'Die Kette']) assert.ok(file.includes(said), said);
    await page.getByRole('link', { name: 'Erste Nachricht' }).click();
    await page.frameLocator('.mails__frame').getByText('ist noch offen').first().waitFor();
    assert.equal(await page.locator('#mail').getAttribute('data-message'), reminder.id);

    const { pathname } = new URL(reminder.text.match(/https?:\S+\/pay\/\S+/)[0]);
    const link = `${demo.url}/tresen${pathname.replace(/^\/tresen/, '')}`;
    await page.goto(link);
    const amount = page.locator('tresen-account [part=amount]');
    await amount.waitFor();
    assert.match(await amount.innerText(), /168,40\s€/);
    assert.doesNotMatch(await page.locator('body').innerText(), /Greta|Sommer|Moor/, 'whoever opens a forwarded link learns no name and no goods');

    assert.match(await transfer(page, demo.url, claim, 'exact'), /Sie ist bezahlt/);
    await page.goto(link);
    await page.getByText(/bezahlt/i).first().waitFor();
    assert.ok(!(await openItems(page, demo.url)).some((row) => row.includes(claim.number)));

    const before = (await about(claim)).length;
    for (let times = 0; times < 3; times += 1) await on(page, 'week');
    const later = (await about(claim)).slice(before);
    assert.ok(later.length <= 1, 'a word of thanks at most, and nothing after it');
    for (const { text } of later) assert.match(text, /Danke|angekommen|erhalten/);
    await page.finish();
  });

  test('who pays the day before the reminder never gets it', async () => {
    const page = await chromium.open();
    const claim = await buyOnInvoice(page, demo.url);
    let day = null;
    while (day === null || day <= claim.due_date) day = await on(page, 'day');
    const noted = await about(claim);
    assert.ok(noted.length <= 1, 'nothing but the word before the due date');
    assert.match(await transfer(page, demo.url, claim, 'exact'), /Sie ist bezahlt/);
    for (let times = 0; times < 4; times += 1) await on(page, 'week');
    for (const { text } of (await about(claim)).slice(noted.length)) assert.match(text, /Danke|angekommen|erhalten/);
    await page.finish();
  });
});
