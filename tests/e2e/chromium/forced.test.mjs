// Forced colours, as in Windows' contrast themes: backgrounds and shadows are gone, and focus, choice and edges can be seen all the same.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import jsQR from 'jsqr';
import { PNG } from 'pngjs';
import { useChromium } from '../lib/chromium.mjs';
import { useDemo } from '../lib/demo.mjs';
import { toPayment } from '../lib/shop.mjs';
import { choosePlan, order, radio, ready, typeBirthDate } from '../lib/widget.mjs';

const AIR = 8;
const painted = (page) => page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));

/** A document that was loaded under forced colours is painted without them until they are asked for anew. */
async function force(page, dark = false) {
  await page.emulateMedia({ forcedColors: 'none' });
  await page.emulateMedia({ forcedColors: 'active', colorScheme: dark ? 'dark' : 'light' });
  await painted(page);
}

/** How many pixels of an element and around it are others once something was done. */
async function changed(page, element, act) {
  await element.scrollIntoViewIfNeeded();
  const box = await element.boundingBox();
  const clip = { x: Math.max(0, box.x - AIR), y: Math.max(0, box.y - AIR), width: box.width + 2 * AIR, height: box.height + 2 * AIR };
  const seen = async () => {
    await painted(page);
    return PNG.sync.read(await page.screenshot({ clip })).data;
  };
  const before = await seen();
  await act();
  const after = await seen();
  let count = 0;
  for (let at = 0; at < before.length; at += 4) if (before[at] !== after[at] || before[at + 1] !== after[at + 1] || before[at + 2] !== after[at + 2]) count += 1;
  return count;
}

const blur = (page, host) => page.locator(host).evaluate((element) => element.shadowRoot.activeElement?.blur());

/** Everything that takes the focus shows that it has it. */
async function showFocus(page, host) {
  const all = await page.locator(`${host} :is(input, button, summary, a[href]):visible`).all();
  assert.ok(all.length > 4, `${all.length} controls`);
  for (const control of all) {
    await blur(page, host);
    await page.keyboard.press('Shift');
    const count = await changed(page, control, () => control.evaluate((element) => element.focus({ preventScroll: true })));
    assert.ok(count > 60, `${await control.evaluate((element) => element.outerHTML)} changes ${count} pixels`);
  }
  await blur(page, host);
}

/** An edge of a line, and no background: what it surrounds can be told from what is around it. */
const hasEdge = (element) => element.evaluate((node) => ['Top', 'Left'].every((side) => parseFloat(getComputedStyle(node)[`border${side}Width`]) >= 1 && getComputedStyle(node)[`border${side}Style`] === 'solid'));

describe('forced colours', () => {
  const demo = useDemo();
  const chromium = useChromium();
  const host = 'tresen-checkout';

  for (const dark of [false, true]) {
    test(`${dark ? 'dark' : 'light'}: what has the focus and what is chosen is seen in the checkout`, async () => {
      const page = await chromium.open({ width: 480 });
      await toPayment(page, demo.url, 'greta');
      await ready(page);
      await choosePlan(page, 3);
      await force(page, dark);
      const card = page.locator(`${host} [part=card]`);
      assert.equal(await card.evaluate((node) => getComputedStyle(node).backgroundColor), dark ? 'rgb(0, 0, 0)' : 'rgb(255, 255, 255)', 'it is the device that chooses the colours');
      assert.equal(await hasEdge(card), true);
      await showFocus(page, host);
      // Chosen, and the focus and the pointer are elsewhere.
      const without = async (act) => {
        await act();
        await page.mouse.move(0, 0);
        await blur(page, host);
      };
      for (const rates of [6, 12]) {
        const segment = page.locator(`${host} .seg label`, { has: page.locator(`input[value="${rates}"]`) });
        assert.ok((await changed(page, segment, () => without(() => choosePlan(page, rates)))) > 200, `${rates} rates`);
      }
      const box = page.locator(`${host} input[type=checkbox]:visible`);
      assert.ok((await changed(page, box, () => without(() => box.check()))) > 60);
      assert.ok((await changed(page, radio(page, 'card'), () => without(() => radio(page, 'card').check()))) > 60);
      const icons = await page.locator(`${host} svg:visible`).evaluateAll((all) => all.filter((icon) => getComputedStyle(icon).color !== getComputedStyle(icon.parentNode).color).length);
      assert.equal(icons, 0, 'icons have the colour of the words');
      await page.emulateMedia({ forcedColors: 'none' });
      await page.finish();
    });
  }

  test('a mistake, a page of credit information and what comes after an order have their edges', async () => {
    const page = await chromium.open({ width: 480 });
    await toPayment(page, demo.url, 'mika');
    await ready(page);
    await force(page);
    await radio(page, 'invoice').check();
    await typeBirthDate(page, [31, 2, 1990]);
    const [wrong, right] = [0, 2].map((at) => page.locator(`${host} .date input`).nth(at));
    const width = (field) => field.evaluate((node) => parseFloat(getComputedStyle(node).borderTopWidth));
    assert.deepEqual([await width(wrong), await width(right)], [2, 1]);

    await toPayment(page, demo.url, 'greta');
    await ready(page);
    await choosePlan(page, 6);
    await force(page);
    await page.locator(`${host} button.link:visible`).first().click();
    const dialog = page.locator(`${host} dialog`);
    await dialog.waitFor();
    assert.equal(await hasEdge(dialog), true);
    const door = dialog.locator('button').last();
    await blur(page, host);
    await page.keyboard.press('Shift');
    assert.ok((await changed(page, door, () => door.evaluate((element) => element.focus({ preventScroll: true })))) > 60);
    await page.keyboard.press('Escape');

    assert.equal((await order(page, 'invoice')).outcome, 'confirmed');
    await page.locator('.is-done').waitFor();
    assert.equal(await hasEdge(page.locator(`${host} .note`).first()), true);
    const [first, second, line] = await page.locator(`${host} .time`).evaluate((list) => {
      const fill = (item, pseudo) => getComputedStyle(list.children[item], pseudo).backgroundColor;
      return [fill(0, '::before'), fill(1, '::before'), fill(0, '::after')];
    });
    assert.notEqual(first, second, 'what was is filled, what comes is not');
    assert.equal(line, first);
    await page.emulateMedia({ forcedColors: 'none' });
    await page.finish();
  });

  for (const dark of [false, true]) {
    test(`${dark ? 'dark' : 'light'}: behind a pay link the focus is seen, and the code can be scanned`, async () => {
      const { receivables } = await demo.api.customers.account('cus_greta');
      const { token } = await demo.api.receivables.paylink(receivables.find(({ balance }) => balance.minor > 0).id);
      const page = await chromium.open({ width: 480 });
      await page.goto(`${demo.url}/tresen/pay/${token}`);
      const account = page.locator('tresen-account');
      await account.locator('[part=amount]').waitFor();
      for (const door of await account.locator('summary').all()) await door.click();
      await force(page, dark);
      const { data, width, height } = PNG.sync.read(await account.locator('div.code').screenshot());
      assert.match(jsQR(new Uint8ClampedArray(data), width, height)?.data ?? '', /^BCD\n002\n1\nSCT\n/);
      assert.equal(await hasEdge(account.locator('.note').first()), true);
      await showFocus(page, 'tresen-account');
      await page.emulateMedia({ forcedColors: 'none' });
      await page.finish();
    });
  }
});
