// The page of a pay link is whole before its element comes. Whoever presses a button of it in that very moment is not let press air.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { useChromium } from '../lib/chromium.mjs';
import { useCounter } from '../lib/counter.mjs';

describe('a button that the server has drawn', () => {
  const counter = useCounter([['cus_mouse', 'P-MOUSE', 4100, 0], ['cus_slip', 'P-SLIP', 4200, 0], ['cus_keys', 'P-KEYS', 4300, 0], ['cus_leaves', 'P-LEAVES', 4400, 0]]);
  const chromium = useChromium();
  const drawn = (page) => page.locator('tresen-account > .plain button').first();
  const element = (page) => page.locator('tresen-account [part=amount]');

  /** The page as the server has drawn it; `comes` lets the element have all that it waits for, and the browser sixty frames to show it. */
  async function opens(reference, hasClock = false) {
    const page = await chromium.open({ init: () => {} });
    if (hasClock) await page.clock.install();
    const held = [];
    await page.route('**/account.wasm', (route) => void held.push(route));
    await page.goto(await counter.link(reference));
    await drawn(page).waitFor();
    const comes = async () => {
      while (held.length === 0) await new Promise((wake) => setTimeout(wake, 20));
      const came = page.waitForResponse('**/account.wasm').then((answer) => answer.finished());
      for (const route of held.splice(0)) await route.continue();
      await came;
      if (hasClock) return page.clock.runFor(60_000);
      return page.evaluate(() => new Promise((done) => {
        let frames = 60;
        const next = () => (frames-- > 0 ? requestAnimationFrame(next) : done());
        next();
      }));
    };
    return { page, comes };
  }

  /** At the provider, for so much. */
  async function isThere(page, amount) {
    await page.waitForURL((url) => url.origin !== counter.url);
    assert.match((await page.locator('main').innerText()).replaceAll('\u00a0', ' '), amount);
    await page.finish();
  }

  test('is pressed though the element comes while the finger is down', async () => {
    const { page, comes } = await opens('cus_mouse');
    await drawn(page).hover();
    await page.mouse.down();
    await comes();
    assert.equal(await element(page).count(), 0, 'it waits');
    await page.mouse.up();
    await isThere(page, /41,00 €/);
  });

  test('is let go of beside it: then the element takes its place', async () => {
    const { page, comes } = await opens('cus_slip');
    await drawn(page).hover();
    await page.mouse.down();
    await comes();
    await page.mouse.move(2, 2);
    await page.mouse.up();
    await page.mouse.click(2, 2);
    await element(page).waitFor();
    assert.equal(await drawn(page).count(), 0);
    await page.locator('tresen-account').getByRole('button', { name: 'Mit Karte zahlen' }).click();
    await isThere(page, /42,00 €/);
  });

  for (const key of ['Enter', 'Space']) {
    test(`has the focus when the element comes: ${key} presses it`, async () => {
      const { page, comes } = await opens('cus_keys');
      await drawn(page).focus();
      await comes();
      assert.equal(await element(page).count(), 0, 'it waits');
      await page.keyboard.press(key);
      await isThere(page, /43,00 €/);
    });
  }

  test('is pressed though the element comes while a key is down', async () => {
    const { page, comes } = await opens('cus_keys');
    await drawn(page).focus();
    await page.keyboard.down('Space');
    await comes();
    assert.equal(await element(page).count(), 0, 'it waits');
    await page.keyboard.up('Space');
    await isThere(page, /43,00 €/);
  });

  test('is left to whoever stays on it for longer than the element waits for anything else; once they leave it, the element takes its place', async () => {
    const { page, comes } = await opens('cus_leaves', true);
    await drawn(page).focus();
    await comes();
    assert.deepEqual([await element(page).count(), await page.evaluate(() => window.unavailable)], [0, []]);
    await page.evaluate(() => document.activeElement.blur());
    await page.clock.runFor(200);
    await element(page).waitFor();
    await page.finish();
  });
});
