// Files that go along with what a customer says: chosen, on their way, taken out, begun again after a break, refused kindly, and kept by the shop.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { PNG } from 'pngjs';
import { violations, withAxe } from '../lib/axe.mjs';
import { useChromium } from '../lib/chromium.mjs';
import { useCounter } from '../lib/counter.mjs';
import { useLine } from '../lib/line.mjs';
import { signIn } from '../lib/shop.mjs';

const account = (page) => page.locator('tresen-account');
const files = (page) => account(page).locator('input[type=file]');
const rows = (page) => account(page).locator('.file');
const send = (page) => account(page).locator('button[type=submit]').click();
const news = (page) => account(page).locator('[data-news]');
const pdf = (name, said = name) => ({ name, mimeType: 'application/pdf', buffer: Buffer.from(`%PDF-1.7 ${said} %%EOF`) });

/** A photo that no packing makes smaller. */
function noise(width, height) {
  const png = new PNG({ width, height, colorType: 2, inputHasAlpha: false, deflateLevel: 0 });
  for (let at = 0, state = 1; at < png.data.length; at += 1) {
    state = (state * 48271) % 2147483647;
    png.data[at] = state & 255;
  }
  return PNG.sync.write(png, { colorType: 2, inputHasAlpha: true, deflateLevel: 0, filterType: 0 });
}

/** What reaches beyond the box that it stands in. */
const cutOff = (page) =>
  page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    const end = (node) => node.getBoundingClientRect().right;
    const shown = Array.from(document.querySelector('tresen-account').shadowRoot.querySelectorAll('.file *')).filter((node) => node.checkVisibility() && !node.closest('.vh'));
    const over = shown.filter((node) => end(node) > end(node.parentElement.closest('.choices')) + 0.5).map((node) => node.textContent);
    return [...over, ...(scrollWidth > clientWidth ? ['the page'] : [])];
  });

describe('files that go along', () => {
  const counter = useCounter([['cus_toni', 'P-TONI', 12000, 1], ['cus_break', 'P-BREAK', 4000, 1], ['cus_kind', 'P-KIND', 4100, 1], ['cus_photo', 'P-PHOTO', 4200, 1], ['cus_bare', 'P-BARE', 4300, 1]]);
  const line = useLine(counter);
  const chromium = useChromium();

  async function door(page, name) {
    const button = account(page).locator('.doors button', { hasText: name }).first();
    await account(page).locator('.rest > summary').waitFor();
    if (!(await button.isVisible())) await account(page).locator('.rest > summary').click();
    await button.click();
    await account(page).locator('h2.h').waitFor();
  }

  /** Somebody's account on a page of a merchant's, behind a line that may break. */
  async function opens(page, reference) {
    const { token } = await counter.api.customers.access(reference);
    await page.goto(`${line.url}/order?${token}`);
  }

  const kept = async (reference) => (await counter.api.tasks.list()).tasks.filter(({ customer }) => customer === reference).flatMap(({ proofs }) => proofs);

  test('chosen by keyboard, with its progress, taken out and sent; the shop sees it beside the request and keeps it', async () => {
    for (const [width, dark] of [[320, false], [1280, true]]) {
      const page = await chromium.open({ width, dark });
      await signIn(page, counter.url, 'toni');
      await page.goto(`${counter.url}/account`);
      const axe = await withAxe(page);
      await door(page, 'Schon bezahlt?');
      await files(page).waitFor();
      assert.equal(await files(page).getAttribute('accept').then((accept) => accept.includes('application/pdf')), true);
      // A held answer keeps the first on its way for as long as somebody looks.
      let goes;
      const held = new Promise((go) => (goes = go));
      await page.route('**/proofs', async (route) => (await held, route.continue()), { times: 1 });
      await files(page).setInputFiles([pdf('Kontoauszug mit einem Namen der länger ist als die Zeile auf dem Telefon.pdf'), pdf('Versehen.pdf')]);
      const bar = rows(page).nth(0).getByRole('progressbar', { name: /Kontoauszug/ });
      await bar.waitFor();
      await rows(page).nth(1).getByText(/Hochgeladen, 1\sKB/).waitFor();
      assert.deepEqual(await violations(axe), [], `${width}: on its way`);
      assert.deepEqual(await cutOff(page), [], `${width}`);
      goes();
      await rows(page).nth(0).getByText(/Hochgeladen/).waitFor();
      assert.equal(await bar.count(), 0);
      await rows(page).nth(1).getByRole('button', { name: 'Entfernen Versehen.pdf' }).press('Enter');
      assert.equal(await rows(page).count(), 1);
      assert.equal(await page.evaluate(() => document.querySelector('tresen-account').shadowRoot.activeElement.type), 'file', 'the focus stays near');
      assert.match(await account(page).locator('p.vh[role=status]').innerText(), /Versehen.pdf ist entfernt/);
      assert.deepEqual(await violations(axe), [], `${width}: there`);
      assert.deepEqual(await cutOff(page), [], `${width}`);
      if (width === 320) {
        await page.finish();
        continue;
      }
      await account(page).locator('input[type=date]').fill((await counter.told('cus_toni')).today);
      await send(page);
      await news(page).waitFor();
      const [proof, ...others] = await kept('cus_toni');
      assert.deepEqual([others, proof.media_type], [[], 'application/pdf']);
      await page.goto(`${counter.url}/merchant`);
      const [download] = await Promise.all([page.waitForEvent('download'), page.locator('#tasks a', { hasText: 'Kontoauszug' }).click()]);
      assert.match(download.suggestedFilename(), /^Kontoauszug mit einem Namen.*\.pdf$/);
      const { content, headers } = await counter.api.proofs.get(proof.proof);
      assert.match(Buffer.from(content).toString(), /^%PDF-1\.7 Kontoauszug/);
      assert.equal(headers['content-security-policy'], "default-src 'none'; sandbox");
      await page.finish();
    }
  });

  test('a line that breaks under a file: it says so, begins again, and is there once', async () => {
    const page = await chromium.open({ width: 360, expected: [/ERR_|Failed to load/] });
    await opens(page, 'cus_break');
    await door(page, 'Schon bezahlt?');
    await files(page).waitFor();
    // The answer is lost: the service has the file, and the browser does not know.
    line.breaks(/^POST \S+proofs /, 'after');
    await files(page).setInputFiles(pdf('Beleg.pdf'));
    await rows(page).getByText('Noch nicht hochgeladen').waitFor();
    await account(page).locator('input[type=date]').fill((await counter.told('cus_break')).today);
    await send(page);
    await account(page).getByText('Eine Datei ist noch nicht hochgeladen').waitFor();
    assert.deepEqual(await kept('cus_break'), [], 'nothing is sent without what goes along');
    line.mends();
    await rows(page).getByRole('button', { name: 'Noch einmal Beleg.pdf' }).click();
    await rows(page).getByText('Hochgeladen').waitFor();
    // Chosen once more, it is the same one; and taking one of the two out leaves the other.
    await files(page).setInputFiles([pdf('Nochmal.pdf', 'Beleg.pdf'), pdf('Auch.pdf', 'Beleg.pdf')]);
    for (const at of [1, 2]) await rows(page).nth(at).getByText('Hochgeladen').waitFor();
    await rows(page).getByRole('button', { name: 'Entfernen Auch.pdf' }).click();
    await send(page);
    await news(page).waitFor();
    assert.deepEqual((await kept('cus_break')).map(({ name }) => name), ['Beleg.pdf']);
    const { proofs } = await counter.api.customers.export('cus_break');
    assert.equal(proofs.items.length, 1);
    await page.finish();
  });

  test('what cannot be taken is told in a sentence with a way forward, and the rest goes', async () => {
    const page = await chromium.open({ width: 360, expected: [/status of 415/] });
    await opens(page, 'cus_kind');
    await door(page, 'Stimmt etwas nicht?');
    await files(page).waitFor();
    const large = { name: 'Alles.pdf', mimeType: 'application/pdf', buffer: Buffer.concat([Buffer.from('%PDF-1.7 '), Buffer.alloc(5 * 1024 * 1024)]) };
    await files(page).setInputFiles([large, { name: 'brief.pdf', mimeType: 'application/pdf', buffer: Buffer.from('<html>') }, pdf('Foto.pdf'), pdf('Zu viel.pdf')]);
    await account(page).getByText('Bis zu 3 Dateien gehen mit').waitFor();
    await rows(page).nth(0).getByText('Größer als 5 MB. Bitte wählen Sie eine kleinere Datei.').waitFor();
    await rows(page).nth(1).getByText('Das können wir nicht lesen').waitFor();
    await account(page).getByText('Beschädigt oder fehlerhaft').click();
    await send(page);
    await account(page).getByText('Eine Datei ist noch nicht hochgeladen').waitFor();
    for (const name of ['Alles.pdf', 'brief.pdf']) await rows(page).getByRole('button', { name: `Entfernen ${name}` }).click();
    await rows(page).getByText('Hochgeladen').waitFor();
    await send(page);
    await news(page).waitFor();
    assert.deepEqual((await kept('cus_kind')).map(({ name }) => name), ['Foto.pdf']);
    await page.finish();
  });

  test('a photo that is too large is made smaller where it is, and one that is not goes as it was taken', async () => {
    const page = await chromium.open({ width: 360 });
    await opens(page, 'cus_photo');
    await door(page, 'Mit einem Menschen sprechen');
    await files(page).waitFor();
    const photo = noise(1700, 1200);
    assert.ok(photo.length > 5 * 1024 * 1024, `${photo.length}`);
    await files(page).setInputFiles([{ name: 'Henkel.png', mimeType: 'image/png', buffer: photo }, { name: 'Tasse.png', mimeType: 'image/png', buffer: noise(20, 20) }]);
    for (const at of [0, 1]) await rows(page).nth(at).getByText('Hochgeladen').waitFor();
    await account(page).locator('textarea').fill('Der Henkel ist ab.');
    await send(page);
    await news(page).waitFor();
    const found = await kept('cus_photo');
    const shown = found.map(({ name, media_type }) => `${name} ${media_type}`).sort();
    assert.deepEqual(shown, ['Henkel.jpg image/jpeg', 'Tasse.png image/png']);
    assert.ok(found.every(({ size }) => size <= 5 * 1024 * 1024));
    await page.finish();
  });

  test('where the field for files does not come, everything else is there', async () => {
    const page = await chromium.open({ width: 360, expected: [/ERR_FAILED|Failed to load|dynamically imported/] });
    await page.route('**/proof.js', (route) => route.abort());
    await opens(page, 'cus_bare');
    await door(page, 'Schon bezahlt?');
    await account(page).locator('input[type=date]').fill((await counter.told('cus_bare')).today);
    assert.equal(await files(page).count(), 0);
    await send(page);
    await news(page).waitFor();
    await page.finish();
  });
});
