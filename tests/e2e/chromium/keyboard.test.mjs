// A whole purchase with the keyboard alone, from the range to the order.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { useChromium } from '../lib/chromium.mjs';
import { useDemo } from '../lib/demo.mjs';
import { until } from '../lib/until.mjs';
import { ready } from '../lib/widget.mjs';

const MANY = 80;

/** What has the focus, through shadow roots: its name as a person would hear it, roughly. */
const focused = (page) =>
  page.evaluate(() => {
    let element = document.activeElement;
    while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
    if (!element || element === document.body) return '';
    const label = element.labels?.[0]?.textContent ?? '';
    return `${element.localName} ${element.getAttribute('aria-label') ?? ''} ${label} ${element.textContent ?? ''} ${element.value ?? ''}`.replace(/\s+/g, ' ').trim();
  });

/** Tabs until something of that name has the focus; fails where it cannot be reached or the focus cannot be seen. */
async function tabTo(page, name) {
  for (let step = 0; step < MANY; step += 1) {
    await page.keyboard.press('Tab');
    if (name.test(await focused(page))) {
      const visible = await until(page, () => {
        let element = document.activeElement;
        while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
        const style = getComputedStyle(element);
        const around = element.closest('label, .method');
        const seen = (one) => one && one.outlineStyle !== 'none' && parseFloat(one.outlineWidth) >= 2;
        return seen(style) || seen(around && getComputedStyle(around));
      });
      assert.ok(visible, `the focus on ${name} can be seen`);
      return;
    }
  }
  assert.fail(`the keyboard does not reach ${name}`);
}

describe('the keyboard', () => {
  const demo = useDemo();
  const chromium = useChromium();

  test('is enough to become Greta, fill a cart, agree and buy by invoice', async () => {
    const page = await chromium.open();
    await page.goto(`${demo.url}/`);
    await tabTo(page, /^summary .*Gast/);
    await page.keyboard.press('Enter');
    await tabTo(page, /^button .*Greta Sommer/);
    await page.keyboard.press('Enter');
    await page.locator('.menu__name', { hasText: 'Greta Sommer' }).waitFor();
    await tabTo(page, /^a .*Wolldecke Moor/);
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/p\/moor$/);
    await tabTo(page, /^button In den Warenkorb/);
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/cart$/);
    await tabTo(page, /^a Zur Kasse/);
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/checkout\/payment$/);
    await ready(page);
    await tabTo(page, /^input .*(Rechnung|Vorkasse|Karte)/);
    // A group of radios is one stop; arrows and the space bar choose in it.
    await page.keyboard.press('Space');
    for (let step = 0; step < 10 && !/ invoice$/.test(await focused(page)); step += 1) await page.keyboard.press('ArrowDown');
    assert.match(await focused(page), / invoice$/);
    await tabTo(page, /^input .*auf Rechnung kaufen/);
    await page.keyboard.press('Space');
    await tabTo(page, /^button .*Zahlungspflichtig bestellen/);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: /Vielen Dank/ }).waitFor();
    await page.finish();
  });

  test('gets past the head of the page with the first stop, and out of a menu with Escape', async () => {
    const page = await chromium.open();
    await page.goto(`${demo.url}/`);
    await page.keyboard.press('Tab');
    assert.match(await focused(page), /^a Zum Inhalt/);
    await page.keyboard.press('Enter');
    assert.match(await focused(page), /^main/);
    await page.locator('.menu summary').first().focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Escape');
    assert.match(await focused(page), /^summary/);
    assert.equal(await page.locator('details[open]').count(), 0);
    await page.finish();
  });
});
