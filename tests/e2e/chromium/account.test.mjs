// An account of one's own: what is open, a part of it, a later day, rates, an objection, a provider's page; each by keyboard or finger, and with axe.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { violations, withAxe } from '../lib/axe.mjs';
import { useChromium } from '../lib/chromium.mjs';
import { useDemo } from '../lib/demo.mjs';
import { buyOnInvoice, on, openItems } from '../lib/office.mjs';
import { signIn } from '../lib/shop.mjs';
import { until } from '../lib/until.mjs';

const account = (page) => page.locator('tresen-account');
const words = async (page) => (await account(page).locator('.t').innerText()).replaceAll(/[\u00a0\u202f]/g, ' ');
const card = (page) => account(page).locator('[part=card]').first();
const news = (page) => account(page).locator('[data-news]');

/** What reaches beyond the page, or beyond the box that it stands in. */
const cutOff = (page) =>
  page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    const shown = Array.from(document.querySelector('tresen-account').shadowRoot.querySelectorAll('.card *')).filter((node) => node.checkVisibility() && !node.closest('.vh'));
    const end = (node) => node.getBoundingClientRect().right;
    const over = shown.filter((node) => end(node) > end(node.parentElement.closest('.choices, .card')) + 0.5);
    return [...over.map((node) => node.textContent), ...(scrollWidth > clientWidth ? ['the page'] : [])];
  });

/** At the provider, whose bank asks back: pay, and approve. */
async function paysThere(page) {
  await page.getByText('Anderes üben').click();
  await page.getByText('Ihre Bank fragt nach').click();
  await page.locator('.primary').click();
}

describe('an account of one’s own', () => {
  const demo = useDemo();
  const chromium = useChromium();

  /** Greta's account; each page is a browser of its own. */
  async function opens(page) {
    await signIn(page, demo.url, 'greta');
    await page.goto(`${demo.url}/account`);
    await card(page).waitFor();
  }

  async function door(page, name) {
    const button = account(page).locator('.doors button', { hasText: name }).first();
    if (!(await button.isVisible())) await account(page).locator('.rest > summary').click();
    await button.click();
    await account(page).locator('h2.h').waitFor();
  }

  async function reaches(page) {
    await door(page, 'Wie wir Sie erreichen');
    await account(page).getByLabel('Per SMS').waitFor();
    assert.ok(await until(page, () => document.querySelector('tresen-account').shadowRoot.activeElement?.matches('h2.h')));
  }

  const send = (page) => account(page).locator('button[type=submit]').click();

  async function mails() {
    const answer = await fetch(`${demo.service.url}/v1/sandbox/messages`, { headers: { authorization: `Bearer ${demo.keys.secret}` } });
    return (await answer.json()).messages;
  }

  test('somebody who owes nothing is told where invoices will stand', async () => {
    const page = await chromium.open();
    await page.goto(`${demo.url}/account`);
    await page.getByText('Hier stehen Ihre Rechnungen').waitFor();
    await page.finish();
  });

  test('the invoice, what comes next and what can be done; an objection rests it and can be taken back', async () => {
    const page = await chromium.open();
    const claim = await buyOnInvoice(page, demo.url);
    await opens(page);
    assert.match(await words(page), /Ihre offene Rechnung\s+168,40 €\s+Bisher keine Zusatzkosten[^]*Bestellung 2026-\d+[^]*Zahltag/);
    await door(page, 'Stimmt etwas nicht?');
    await send(page);
    await account(page).getByText('Bitte wählen Sie, was passiert ist.').waitFor();
    await account(page).getByText('Beschädigt oder fehlerhaft').click();
    await account(page).locator('textarea').fill('Der Henkel ist ab.');
    await send(page);
    await news(page).waitFor();
    assert.match(await words(page), /Angekommen[^]*Gerade ist nichts zu zahlen[^]*Wir klären das gerade/);
    const about = async () => (await mails()).filter(({ text }) => text.includes(claim.number)).length;
    const before = await about();
    for (let weeks = 0; weeks < 4; weeks += 1) await on(page, 'week');
    assert.equal(await about(), before, 'nobody is reminded of what is looked at');
    assert.ok((await openItems(page, demo.url)).some((row) => row.includes(claim.number)));
    await opens(page);
    await account(page).getByRole('button', { name: 'Zurücknehmen' }).first().click();
    await until(page, () => /168,40/.test(document.querySelector('tresen-account').shadowRoot.querySelector('[part=amount]')?.textContent ?? '') && /Zurückgenommen/.test(document.querySelector('tresen-account').shadowRoot.textContent));
    await page.finish();
  });

  test('who is one person with another number sees what is open there, goes on to it and back', async () => {
    const page = await chromium.open();
    await demo.api.customers.merge('cus_greta', { into: 'cus_oskar' });
    await opens(page);
    const beside = account(page).getByRole('button', { name: /Unter einer anderen Kundennummer sind/ });
    const sum = async (place) => /[\d.]+,\d\d/.exec(await place.innerText())[0];
    const own = await sum(account(page).locator('[part=amount]'));
    const other = await sum(beside);
    assert.notEqual(own, other);
    assert.deepEqual(await violations(await withAxe(page)), []);
    const shows = async (minor) => assert.ok(await until(page, (wanted) => document.querySelector('tresen-account').shadowRoot.querySelector('[part=amount]')?.textContent.includes(wanted), minor), minor);
    await beside.click();
    await shows(other);
    assert.ok(await until(page, () => document.querySelector('tresen-account').shadowRoot.activeElement?.matches('h2')), 'the heading has the focus');
    assert.equal(await sum(beside), own);
    await beside.click();
    await shows(own);
    await demo.api.customers.unmerge('cus_greta');
    await opens(page);
    assert.equal(await beside.count(), 0);
    await page.finish();
  });

  test('the order stands there line by line, and an objection to one line is about what it cost; the merchant sees which', async () => {
    for (const [width, dark] of [[320, false], [1280, true]]) {
      const page = await chromium.open({ width, dark });
      await opens(page);
      const axe = await withAxe(page);
      await account(page).locator('summary', { hasText: 'Ihre Bestellung' }).first().click();
      assert.match(await words(page), /Wolldecke Moor\s+89,00 €[^]*2 × Becher Klint\s+32,00 €[^]*Versand\s+4,90 €[^]*Woraus/);
      assert.deepEqual(await violations(axe), [], `${width}: the lines`);
      await door(page, 'Stimmt etwas nicht?');
      const lines = account(page).locator('fieldset', { hasText: 'Worum geht es genau?' });
      const pieces = lines.locator('select');
      assert.equal(await pieces.isVisible(), false, 'nobody is asked how many before which');
      await account(page).getByText('Nicht angekommen').click();
      const preview = account(page).locator('[role=status] .note');
      assert.match(await preview.innerText(), /168,40/, 'with nothing chosen it is about all of it');
      await lines.getByText('2 × Becher Klint').click();
      await pieces.selectOption('1');
      await until(page, () => /Es geht um 16,00/.test(document.querySelector('tresen-account').shadowRoot.textContent.replaceAll('\u00a0', ' ')));
      assert.deepEqual(await violations(axe), [], `${width}: the form`);
      if (width === 320) {
        await page.finish();
        continue;
      }
      await send(page);
      await news(page).waitFor();
      assert.match(await words(page), /152,40 € bezahlen[^]*16,00 € klären wir noch\. Die übrigen 152,40 € können Sie schon zahlen/);
      assert.deepEqual(await violations(axe), [], 'what can be paid while a part is looked at');
      const [mail] = await mails();
      assert.match(mail.text.replaceAll('\u00a0', ' '), /Es geht um 16,00 €[^]*Gemeint ist: 1 × Becher Klint/);
      await page.goto(`${demo.url}/merchant`);
      assert.match(await page.locator('#tasks').innerText(), /Einwand[^]*Becher Klint\s*16,00/);
      await opens(page);
      await account(page).getByRole('button', { name: 'Zurücknehmen' }).first().click();
      await account(page).getByRole('button', { name: '168,40 € bezahlen' }).waitFor();
      await page.finish();
    }
  });

  test('a part is previewed as the ledger takes it, and the transfer says so', async () => {
    const page = await chromium.open({ width: 360 });
    await opens(page);
    await account(page).getByRole('button', { name: 'Nur einen Teil zahlen' }).click();
    const field = account(page).locator('input[inputmode=decimal]');
    for (const wrong of ['', '0', '168,41', 'viel']) {
      await field.fill(wrong);
      await send(page);
      await account(page).locator('.error:visible').waitFor();
    }
    await field.fill('68,40');
    await until(page, () => /Danach noch offen\s*100,00/.test(document.querySelector('tresen-account').shadowRoot.textContent.replaceAll('\u00a0', ' ')));
    await send(page);
    await account(page).locator('.code svg').waitFor();
    assert.match(await words(page), /68,40 € bezahlen[^]*Empfänger\s+Kiesel & Lein GmbH[^]*Betrag\s+68,40 €[^]*RF/);
    await page.finish();
  });

  test('who is late agrees to rates with their days, sees them, and can take them back before the first', async () => {
    const page = await chromium.open();
    await opens(page);
    await door(page, 'In Raten zahlen');
    await account(page).getByText('3 Raten').click();
    const first = account(page).locator('input[type=date]');
    await first.fill(await first.getAttribute('max'));
    const table = account(page).locator('table.plan');
    await table.waitFor();
    const rows = await table.locator('tbody .num').allInnerTexts();
    const cents = rows.map((row) => +row.replaceAll(/\D/g, ''));
    assert.deepEqual([rows.length, cents.reduce((sum, one) => sum + one, 0)], [3, 16840]);
    await send(page);
    await account(page).getByText('Bitte setzen Sie den Haken').waitFor();
    await account(page).locator('input[type=checkbox]').check();
    await send(page);
    await news(page).waitFor();
    assert.match(await words(page), /Erledigt[^]*Sie zahlen in Raten[^]*Ihr Plan[^]*Unterlagen/);
    await account(page).getByRole('button', { name: /Ratenvereinbarung/ }).first().click();
    await account(page).locator('.lines').first().waitFor();
    assert.match(await words(page), /56,1[34]/, 'and can be read again');
    await account(page).getByRole('button', { name: 'Zurück zum Überblick' }).click();
    const [mail] = await mails();
    assert.match(mail.text, /56,14|56,13/, 'the plan comes in text form at once');
    await account(page).getByRole('button', { name: 'Zurücknehmen' }).first().click();
    await until(page, () => !/Sie zahlen in Raten/.test(document.querySelector('tresen-account').shadowRoot.textContent));
    await page.finish();
  });

  test('how somebody is reached is shown so far that they know it; what changes is typed, and the address of before is told', async () => {
    const page = await chromium.open({ width: 360, expected: [/status of 422/, /503/] });
    await opens(page);
    // What the form needs comes when the door is opened. Where it does not, there is a way back, and the next attempt is one.
    await page.route('**/reach.js', (route) => route.fulfill({ status: 503, body: '' }));
    await door(page, 'Wie wir Sie erreichen');
    await account(page).locator('[role=alert]', { hasText: 'Darauf kam keine Antwort' }).waitFor();
    await account(page).getByRole('button', { name: 'Zurück zum Überblick' }).click();
    await page.unroute('**/reach.js');
    await reaches(page);
    assert.match(await words(page), /E-Mail-Adresse[^]*Bisher g…@example\.com[^]*Wie dürfen wir Sie erinnern\?[^]*Auch ohne Erinnerung bleibt die Rechnung offen/);
    assert.deepEqual(await account(page).locator('input[type=checkbox], input[type=radio]').evaluateAll((all) => all.map(({ checked }) => checked)), [true, false, false, true, true, true]);
    await send(page);
    await account(page).getByText('Noch ist nichts geändert.').waitFor();
    const [mail, phone, post] = [account(page).getByLabel('E-Mail-Adresse'), account(page).getByLabel('Mobilnummer'), account(page).getByLabel('Postanschrift')];
    await mail.fill('greta');
    await phone.fill('151 23456789');
    await post.fill('Lindenstraße 14');
    await send(page);
    for (const wrong of ['prüfen Sie die E-Mail-Adresse', 'mit Landesvorwahl, zum Beispiel', 'zwei bis fünf Zeilen']) await account(page).locator('.error:visible', { hasText: wrong }).waitFor();
    await post.fill('Ring 1\n\n10969 Berlin');
    // As at home: a number of the market.
    await phone.fill('0151 23456789');
    // What only the service knows to be no address is said in the same place.
    await mail.fill('greta@sommer@example.com');
    await send(page);
    await account(page).locator('.error:visible', { hasText: 'prüfen Sie die E-Mail-Adresse' }).waitFor();
    assert.ok(await until(page, () => document.querySelector('tresen-account').shadowRoot.activeElement?.matches('[type=email][aria-invalid=true]')));
    await mail.fill('neu@example.com');
    await account(page).getByLabel('Per SMS').uncheck();
    await send(page);
    await news(page).waitFor();
    assert.match(await words(page), /Erledigt[^]*Angaben geändert/);
    assert.equal((await mails())[0].to, 'greta.sommer@example.com');
    await reaches(page);
    assert.match(await words(page), /Bisher n…@example\.com[^]*Bisher \+49…89[^]*Bisher …, 10969 Berlin/);
    assert.equal(await account(page).getByLabel('Per SMS').isChecked(), false);
    // Where the page leaves it open how somebody is spoken to, their own wish counts at once.
    await page.evaluate(() => document.querySelector('tresen-account').removeAttribute('address-form'));
    await account(page).getByText('Was Sie uns gesagt haben').waitFor();
    await reaches(page);
    await account(page).getByLabel('Per SMS').check();
    await account(page).getByLabel('Deutsch, persönlich').check();
    await send(page);
    await news(page).waitFor();
    assert.match(await words(page), /Was du uns gesagt hast/);
    const { items: [contact] } = (await (await fetch(`${demo.service.url}/v1/customers/cus_greta/export`, { headers: { authorization: `Bearer ${demo.keys.secret}` } })).json()).contact;
    assert.deepEqual([contact.address, contact.phone, contact.opted_out, contact.address_form], [['Ring 1', '10969 Berlin'], '+4915123456789', [], 'du']);
    await page.finish();
  });

  test('a document is read where it is listed, and kept as a PDF', async () => {
    for (const [width, dark] of [[320, false], [1280, true]]) {
      const page = await chromium.open({ width, dark });
      await opens(page);
      const axe = await withAxe(page);
      await account(page).getByRole('button', { name: /^Aufstellung zur Bestellung/ }).first().click();
      await account(page).locator('.lines').first().waitFor();
      assert.match(await words(page), /Aufstellung zur Bestellung 2026-\d+[^]*Stand:[^]*Wolldecke Moor\s+89,00 €[^]*Vereinbart\s+168,40 €[^]*Noch offen\s+168,40 €/);
      assert.deepEqual(await violations(axe), [], `${width}`);
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth), `${width}`);
      const saved = page.waitForEvent('download');
      await account(page).getByRole('link', { name: 'Als PDF speichern' }).click();
      const file = readFileSync(await (await saved).path());
      assert.equal(file.subarray(0, 5).toString(), '%PDF-');
      await account(page).getByRole('button', { name: 'Zurück zum Überblick' }).click();
      await page.finish();
    }
  });

  test('an access that has ended while somebody wrote says so, and how it is had again', async () => {
    const page = await chromium.open({ expected: [/410/] });
    await opens(page);
    await door(page, 'Mit einem Menschen sprechen');
    await account(page).locator('textarea').fill('Wann kommt der zweite Karton?');
    await fetch(`${demo.service.url}/v1/sandbox/clock`, { method: 'POST', headers: { authorization: `Bearer ${demo.keys.secret}`, 'content-type': 'application/json' }, body: '{"advance_days":1}' });
    await send(page);
    await account(page).getByText('Zu Ihrer Sicherheit ist dieser Zugang abgelaufen').waitFor();
    await page.finish();
  });

  test('from the account to paid: a provider’s page, and back to the address as it was, whatever signs are in it', async () => {
    const page = await chromium.open();
    await opens(page);
    await page.goto(`${demo.url}/account?von=mail,liste;a'b\`c\\d&farbe=grün#offen`);
    await account(page).locator('ul.doors').first().waitFor();
    assert.match(page.url(), /,liste;a%27b`c\\d&farbe=gr%C3%BCn#offen$/, 'the browser leaves these signs as they are');
    await account(page).locator('[part=button]').first().click();
    await account(page).getByRole('button', { name: /Bezahlen mit Karte/ }).click();
    await page.waitForURL((url) => url.origin !== demo.url);
    await paysThere(page);
    await page.waitForURL(({ origin, pathname }) => origin === demo.url && pathname === '/account');
    assert.equal(new URL(page.url()).searchParams.get('von'), "mail,liste;a'b`c\\d");
    assert.equal(new URL(page.url()).searchParams.get('farbe'), 'grün');
    await account(page).getByText('Alles bezahlt').waitFor();
    assert.match(await words(page), /Zahlungen[^]*168,40 €/);
    await page.finish();
  });

  test('from the opened pay link to paid where the bank asks back, and the link shows the receipt', async () => {
    const page = await chromium.open({ width: 360 });
    const claim = await buyOnInvoice(page, demo.url);
    const { token } = await demo.api.receivables.paylink(claim.id);
    await page.goto(`${demo.url}/tresen/pay/${token}`);
    await account(page).getByRole('button', { name: 'Mit Karte zahlen' }).click();
    await page.waitForURL((url) => url.origin !== demo.url);
    await paysThere(page);
    await page.waitForURL(({ origin, pathname }) => origin === demo.url && pathname.endsWith(`/pay/${token}`));
    await account(page).getByText('Alles bezahlt').waitFor();
    await page.finish();
  });

  test('axe finds nothing on the overview or behind any door, in the light and in the dark, and nothing is cut off', async () => {
    const buyer = await chromium.open();
    await buyOnInvoice(buyer, demo.url);
    for (let weeks = 0; weeks < 3; weeks += 1) await on(buyer, 'week');
    for (const [width, dark] of [[320, false], [1280, true]]) {
      const page = await chromium.open({ width, dark });
      await opens(page);
      const axe = await withAxe(page);
      assert.deepEqual(await violations(axe), []);
      for (const name of ['In Raten zahlen', 'Später zahlen', 'Stimmt etwas nicht?', 'Gerade ist es knapp', 'Mit einem Menschen sprechen', 'Schon bezahlt?', 'Etwas zurückschicken', 'Jemand spricht für Sie?', 'Wie wir Sie erreichen']) {
        await door(page, name).catch((error) => assert.fail(`${name}: ${error.message}`));
        assert.deepEqual(await violations(axe), [], `${width}: ${name}`);
        assert.deepEqual(await cutOff(page), [], `${width}: ${name}`);
        await account(page).getByRole('button', { name: 'Zurück zum Überblick' }).click();
      }
      // Words are longer elsewhere: how many rates, and how much each.
      for (const language of width === 320 ? ['en', 'fr', 'it', 'nl'] : []) {
        await page.evaluate((locale) => document.querySelector('tresen-account').setAttribute('locale', locale), language);
        await account(page).locator(`.t:lang(${language}) ul.doors`).first().waitFor();
        assert.deepEqual(await cutOff(page), [], language);
        await account(page).locator('ul.doors button').first().click();
        await account(page).locator('input[type=radio]').first().waitFor();
        assert.deepEqual(await cutOff(page), [], `${language}: a plan`);
        await account(page).locator('button.link').first().click();
      }
      await page.finish();
    }
    await buyer.finish();
  });
});
