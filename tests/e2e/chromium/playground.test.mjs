// The playground: a policy is written, an order is moved, and the page, the counter in it and the command line say the same of it.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, test } from 'node:test';
import { violations, withAxe } from '../lib/axe.mjs';
import { useChromium } from '../lib/chromium.mjs';
import { useDev } from '../lib/dev.mjs';
import { until } from '../lib/until.mjs';
import { consent, orderButton, radio, states } from '../lib/widget.mjs';

const ROOT = resolve(import.meta.dirname, '../../..');
const BINARY = process.env.TRESEN_BIN ?? join(ROOT, 'target/release/tresen');

/** What the table says of each method. */
const told = (page) => page.locator('#methods tbody tr').evaluateAll((rows) => Object.fromEntries(rows.map((row) => [row.cells[0].textContent, row.dataset.state])));

const today = () => new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Berlin' }).format(new Date());

/** What the command line says of the same policy and the same facts. */
function natively(policy, facts) {
  const folder = mkdtempSync(join(tmpdir(), 'tresen-playground-'));
  try {
    const file = join(folder, 'facts.jsonl');
    writeFileSync(file, JSON.stringify(facts));
    return JSON.parse(execFileSync(BINARY, ['decide', '--policy', join(ROOT, `examples/policies/${policy}.json`), '--facts', file, '--today', today()], { encoding: 'utf8' }));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Waits until what is shown is of what stands in the page. */
const settled = async (page) => assert.ok(await until(page, () => document.body.dataset.told !== undefined && document.body.dataset.told === document.body.dataset.heard));

/** What the counter offers, once it is the one of what stands in the page. */
const agrees = (page, shown) => until(page, (wanted) => JSON.stringify((document.querySelector('tresen-checkout')?.methods?.() ?? []).map(({ id, state }) => [id, state]).sort()) === wanted, JSON.stringify(Object.entries(shown).sort()));

describe('playground', () => {
  const dev = useDev();
  const chromium = useChromium();

  const visit = async (page, search = '?lang=en') => {
    await page.goto(`${dev.url}/playground${search}`);
    await settled(page);
    assert.ok(await until(page, () => (document.querySelector('tresen-checkout')?.methods?.() ?? []).length > 0));
  };

  test('page, counter and command line say the same, for every ready policy and everybody', async () => {
    const page = await chromium.open();
    await visit(page);
    const [policies, people] = await page.evaluate(() => ['ready', 'person'].map((name) => [...document.forms[0].elements[name].options].map(({ value }) => value)));
    assert.equal(policies.length, 6);
    let compared = 0;
    for (const policy of policies) {
      await page.locator('select[name=ready]').selectOption(policy);
      for (const person of people) {
        await page.locator('select[name=person]').selectOption(person);
        await settled(page);
        const shown = await told(page);
        const facts = JSON.parse(await page.locator('#facts').textContent());
        const { methods } = natively(policy, facts);
        assert.deepEqual(shown, Object.fromEntries(methods.map(({ id, state }) => [id, state])), `${policy}, ${person}`);
        assert.ok(await agrees(page, shown), `${policy}, ${person}: ${JSON.stringify([shown, await states(page)])}`);
        compared += 1;
      }
    }
    assert.equal(compared, policies.length * people.length);
    await page.finish();
  });

  test('the order is moved by keyboard, and everything follows, and nobody is asked', async () => {
    const page = await chromium.open({ width: 360 });
    await visit(page);
    const asked = [];
    // What is loaded later are files of the package.
    page.on('request', (request) => request.url().includes('/tresen/dist/') || asked.push(request.url()));
    const slider = page.getByRole('slider', { name: /Cart total/ });
    await slider.focus();
    await page.keyboard.press('End');
    await settled(page);
    assert.equal(await page.locator('input[name=total]').inputValue(), '1500');
    assert.equal((await told(page)).invoice, 'withheld');
    await page.locator('#methods').getByText('bring the total down to 1000.00 EUR, by 500.00 EUR').first().waitFor();
    assert.ok(await agrees(page, await told(page)));
    await page.locator('input[name=total]').fill('1000.00');
    await settled(page);
    assert.equal((await told(page)).invoice, 'offered');
    assert.ok(await agrees(page, await told(page)));
    assert.deepEqual(asked, []);
    await page.finish();
  });

  test('a mistake is told with code, place and remedy while it is typed, and shown where it stands', async () => {
    const page = await chromium.open();
    await visit(page);
    const rules = page.getByRole('textbox', { name: 'Rules, as JSON' });
    const text = await rules.inputValue();
    await rules.fill(text.replace('"from": 2, "maximum": "500.00 EUR"', '"from": 2, "maximum": "500,00 EUR"'));
    await settled(page);
    const problem = page.locator('#problems li[data-severity=error]').first();
    await problem.getByText('500,00 EUR').first().waitFor();
    await problem.getByText('policy.amount.malformed').waitFor();
    await page.locator('#verdict').getByText(/^1 problem/).waitFor();
    await problem.getByRole('button', { name: '/exposure/ladder/steps/1/maximum' }).press('Enter');
    assert.equal(await rules.evaluate((area) => area.value.slice(area.selectionStart, area.selectionEnd)), '"maximum": "500,00 EUR"');
    await rules.fill(text.slice(0, 200));
    await settled(page);
    await page.locator('#problems').getByText(/json\./).waitFor();
    await rules.fill(text);
    await settled(page);
    assert.equal(await page.locator('#problems li[data-severity=error]').count(), 0);
    await page.locator('textarea[name=more]').fill('{"history.paid_on_tme": 3}');
    await settled(page);
    await page.locator('#problems li').getByText('fact.unknown').waitFor();
    await page.finish();
  });

  test('an order is placed at the counter, and the page answers as the service would', async () => {
    const page = await chromium.open();
    await visit(page);
    await radio(page, 'invoice').check();
    await consent(page).check();
    await orderButton(page).click();
    await page.locator('tresen-checkout').getByText('Bestellt auf Rechnung').waitFor();
    await page.locator('select[name=person]').selectOption('A guest');
    await settled(page);
    assert.ok(await agrees(page, await told(page)));
    await page.finish();
  });

  test('a link holds what stands in the page, behind what is sent to nobody', async () => {
    const page = await chromium.open();
    await visit(page);
    await page.locator('select[name=language]').selectOption('en');
    await page.locator('select[name=look]').selectOption('atelier');
    const rules = page.getByRole('textbox', { name: 'Rules, as JSON' });
    await rules.fill((await rules.inputValue()).replace('"maximum": "2000.00 EUR"', '"maximum": "90.00 EUR"'));
    await settled(page);
    assert.ok(await until(page, () => location.hash.length > 100));
    const [before, address] = [await told(page), page.url()];
    assert.equal(before.invoice, 'withheld');
    const other = await chromium.open({ width: 360 });
    await other.goto(address);
    await settled(other);
    assert.deepEqual(await told(other), before);
    await other.locator('tresen-checkout').getByText('How would you like to pay?').waitFor();
    assert.equal(await other.locator('tresen-checkout').evaluate((counter) => counter.style.getPropertyValue('--tresen-accent')), '#7a1f4b');
    await other.finish();
    await page.finish();
  });

  /** Everything that is read on the page: not what the counter says, nor what is written in code. */
  const words = (page) =>
    page.evaluate(() => {
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      const found = [];
      while (walker.nextNode()) {
        const { data, parentElement } = walker.currentNode;
        if (data.trim() && !parentElement.closest('#counter, code, textarea, pre, #other, [lang=en]:not(html), tbody th')) found.push(data.trim());
      }
      return [document.title, ...found, ...Array.from(document.querySelectorAll('[aria-label]:not(#counter *)'), (node) => node.getAttribute('aria-label'))];
    });

  test('it speaks German to a browser that does, and the switch to English takes everything along', async () => {
    const page = await chromium.open();
    await visit(page, '');
    const [policies, people] = await page.evaluate(() => ['ready', 'person'].map((name) => [...document.forms[0].elements[name].options].map(({ value }) => value)));
    const both = {};
    for (const language of ['de', 'en']) {
      await visit(page, language === 'de' ? '' : '?lang=en');
      assert.equal(await page.evaluate(() => document.documentElement.lang), language);
      // Every state of a method, a reason of every kind, a mistake and a remark.
      both[language] = new Set(await words(page));
      for (const person of people) {
        await page.locator('select[name=person]').selectOption(person);
        await settled(page);
        for (const text of await words(page)) both[language].add(text);
      }
      await page.locator('textarea[name=more]').fill('{');
      await settled(page);
      for (const text of await words(page)) both[language].add(text);
    }
    const same = [...both.de].filter((text) => both.en.has(text));
    const isNeutral = (text) => /^[\d\W]*$|^\/|^[A-Z]{1,2}$|^(Instagram|Facebook|TikTok|WhatsApp|Atelier|Deutsch, (Sie|du)|English|–|high|standard)$/.test(text);
    assert.deepEqual(same.filter((text) => !isNeutral(text)), [], 'the same in both languages');
    assert.ok(both.de.size > 60, `${both.de.size} texts`);

    await visit(page, '');
    await page.locator('select[name=ready]').selectOption(policies[3]);
    await page.locator('input[name=total]').fill('2400');
    await settled(page);
    assert.ok(await until(page, () => location.hash.length > 20));
    const before = await told(page);
    await page.getByRole('link', { name: 'English' }).click();
    await page.waitForURL(/\?lang=en#/);
    await settled(page);
    await page.getByRole('heading', { name: 'The order' }).waitFor();
    assert.deepEqual([await told(page), await page.locator('input[name=total]').inputValue(), await page.locator('select[name=ready]').inputValue()], [before, '2400', policies[3]]);
    await page.getByRole('link', { name: 'Deutsch' }).click();
    await page.getByRole('heading', { name: 'Die Bestellung' }).waitFor();
    await settled(page);
    assert.equal(await page.locator('input[name=total]').inputValue(), '2400');
    const axe = await withAxe(page);
    assert.deepEqual(await violations(axe), []);
    await axe.detach();
    await page.finish();
  });

  for (const [width, dark] of [[1280, false], [360, true]]) {
    test(`axe finds nothing at ${width} px, ${dark ? 'dark' : 'light'}, and nothing is cut off`, async () => {
      const page = await chromium.open({ width, dark });
      await visit(page);
      const axe = await withAxe(page);
      assert.deepEqual(await violations(axe), []);
      await axe.detach();
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), width);
      await page.finish();
    });
  }
});
