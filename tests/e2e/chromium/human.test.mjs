// What somebody finds who is not offered a method on account: that a program decided, the way to a human, the full reasons, and the answer.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { violations, withAxe } from '../lib/axe.mjs';
import { useChromium } from '../lib/chromium.mjs';
import { useDemo } from '../lib/demo.mjs';
import { toPayment } from '../lib/shop.mjs';
import { expectState, order, radio, ready } from '../lib/widget.mjs';

const widget = (page) => page.locator('tresen-checkout');
const apart = (page, name) => widget(page).locator('[part~=withheld]:visible', { has: page.locator('h3', { hasText: name }) });
const rights = (page) => page.getByRole('button', { name: 'Was Sie jetzt tun können' });
const focused = (page) => page.evaluate(() => document.querySelector('tresen-checkout').shadowRoot.activeElement?.textContent.trim() ?? '');

async function askFor(page, name) {
  const place = apart(page, name);
  await place.locator('summary', { hasText: 'Von einem Menschen prüfen lassen' }).click();
  await place.locator('button[data-do=review]').click();
  await place.getByText('Danke. Ein Mensch aus dem Laden sieht sich das an').waitFor();
}

describe('a refusal by a program', () => {
  const demo = useDemo();
  const chromium = useChromium();

  test('one calm line leads to the way to a human and to free advice', async () => {
    const page = await chromium.open();
    await toPayment(page, demo.url, 'oskar');
    await ready(page);
    await rights(page).click();
    const dialog = page.getByRole('dialog', { name: 'Wie diese Auswahl entstanden ist' });
    const said = await dialog.innerText();
    assert.match(said, /hat ein Programm entschieden, nach festen Regeln von Kiesel & Lein: .*Rechnung.*Ein Mensch hat daran nicht mitgewirkt\./);
    assert.match(said, /Bei Geldsorgen hilft kostenlos: Schuldnerberatung, www\.meine-schulden\.de/);
    assert.equal(await dialog.locator('a').getAttribute('href'), 'https://www.meine-schulden.de/');
    assert.doesNotMatch(said, /abgelehnt|leider|Bonität|Schulden\b/);
    await dialog.getByRole('button', { name: 'Von einem Menschen prüfen lassen' }).click();
    await dialog.waitFor({ state: 'detached' });
    assert.equal(await focused(page), 'Von einem Menschen prüfen lassen');
    await page.finish();
  });

  test('where nothing on account is withheld there is no such line', async () => {
    const page = await chromium.open();
    await toPayment(page, demo.url, 'nordlicht');
    await ready(page);
    await widget(page).locator('[part~=method]:visible').first().waitFor();
    assert.equal(await rights(page).count(), 0);
    await page.finish();
  });

  test('“Warum?” leads to the full reasons, without the values of a history', async () => {
    const page = await chromium.open();
    await toPayment(page, demo.url, 'oskar');
    await ready(page);
    const place = apart(page, 'Rechnung');
    await place.locator('summary', { hasText: 'Warum?' }).click();
    await place.getByRole('button', { name: 'Ausführlich erklärt: Rechnung' }).click();
    const said = await page.getByRole('dialog', { name: 'Wie es zu dieser Entscheidung kam: Rechnung' }).innerText();
    for (const told of ['Was gezählt hat', 'Rechnungen, deren Zahltag vorbei war (aus Ihren bisherigen Käufen', 'Was das Ergebnis ändern würde', 'Alle Werte dazu schickt Ihnen Kiesel & Lein auf Nachfrage.']) assert.ok(said.includes(told), `${told}\n\n${said}`);
    assert.doesNotMatch(said, /vorbei war: \d|Stufe einer Zahlungserinnerung: \d/);
    await page.finish();
  });

  test('a guest is told whom to ask, and nothing else', async () => {
    const page = await chromium.open();
    await toPayment(page, demo.url, 'gast');
    await ready(page);
    const place = widget(page).locator('[part~=withheld]:visible').first();
    await place.locator('summary', { hasText: 'Warum?' }).click();
    await place.getByRole('button', { name: 'Ausführlich erklärt' }).first().click();
    const said = await page.getByRole('dialog').innerText();
    assert.ok(said.includes('Sonst fragen Sie bitte Kiesel & Lein'), said);
    assert.ok(!said.includes('Was gezählt hat'), said);
    await page.finish();
  });

  test('axe finds nothing in any of it, narrow and dark', async () => {
    const page = await chromium.open({ width: 360, dark: true });
    await toPayment(page, demo.url, 'oskar');
    await ready(page);
    await rights(page).waitFor();
    const axe = await withAxe(page);
    const clean = async (what) => assert.deepEqual(await violations(axe), [], what);
    const place = apart(page, 'Rechnung');
    await place.locator('summary', { hasText: 'Warum?' }).click();
    await clean('the line and the door');
    await rights(page).click();
    await clean('what one can do');
    await page.keyboard.press('Escape');
    await place.getByRole('button', { name: 'Ausführlich erklärt: Rechnung' }).click();
    await page.getByRole('dialog').waitFor();
    await clean('the explanation');
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= 360), 'nothing reaches over the edge');
    await page.finish();
  });
});

describe('a human', () => {
  const demo = useDemo();
  const chromium = useChromium();
  const latest = async () => (await demo.api.reviews.list()).reviews[0].review;
  const answer = async (body) => demo.api.reviews.answer(await latest(), { by: 'mk', ...body }, { idempotencyKey: `answer-${Math.random()}` });

  test('who says that it stands is heard where the question was asked', async () => {
    const page = await chromium.open();
    await toPayment(page, demo.url, 'oskar');
    await ready(page);
    await askFor(page, 'Rechnung');
    await page.reload();
    await apart(page, 'Rechnung').getByText('Ein Mensch bei Kiesel & Lein sieht sich das an.').waitFor();
    await answer({ outcome: 'upheld', words: 'Bitte erst die Rechnung 2026-0871, dann gern.' });
    await page.reload();
    const place = apart(page, 'Rechnung');
    await place.getByText('Es bleibt bei der Entscheidung.').waitFor();
    await place.getByText('Bitte erst die Rechnung 2026-0871, dann gern.').waitFor();
    await page.finish();
  });

  test('who makes it possible after all is seen by whoever comes back, and the order goes through', async () => {
    const page = await chromium.open();
    await toPayment(page, demo.url, 'oskar');
    await expectState(page, 'invoice', 'withheld');
    await askFor(page, 'Rechnung');
    const until = new Date(Date.now() + 7 * 86_400_000).toISOString().slice(0, 10);
    await answer({ outcome: 'changed', words: 'Das geht in Ordnung.', grant: { amount: { minor: 20000, currency: 'EUR' }, until } });
    await page.reload();
    await expectState(page, 'invoice', 'offered');
    const row = widget(page).locator('[part~=method]', { has: page.locator('input[value=invoice]') });
    await row.getByText('Persönlich geprüft').waitFor();
    await radio(page, 'invoice').check();
    await row.getByText(/für eine Bestellung bis 200,00\s€, und zwar bis zum/).waitFor();
    await row.getByText('Das geht in Ordnung.').waitFor();
    const axe = await withAxe(page);
    assert.deepEqual(await violations(axe), []);
    assert.equal((await order(page, 'invoice')).outcome, 'confirmed');
    await page.finish();
  });
});
