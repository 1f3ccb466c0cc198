// The core of it in Firefox: buying, a refusal with its way back, cheating, and life without WebAssembly.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { useDemo } from '../lib/demo.mjs';
import { useFirefox } from '../lib/firefox.mjs';
import { until } from '../lib/until.mjs';

const go = async (page, url, person) => {
  await page.goto(`${url}/people`);
  await Promise.all([page.waitForNavigation(), page.click(`form:has(input[value="${person}"]) .button`)]);
  if (page.url().endsWith('/address')) await Promise.all([page.waitForNavigation(), page.click('form[action="/checkout/example"] button')]);
  assert.ok(await until(page, () => (document.querySelector('tresen-checkout')?.methods?.() ?? []).length > 0));
};
const state = (page, id) => page.evaluate((method) => document.querySelector('tresen-checkout').methods().find((one) => one.id === method).state, id);
const becomes = async (page, id, wanted) =>
  assert.ok(await until(page, ([method, expected]) => document.querySelector('tresen-checkout').methods().some((one) => one.id === method && one.state === expected), [id, wanted]), `${id} becomes ${wanted}`);
const order = async (page, id) => {
  await page.click(`tresen-checkout >>> input[type=radio][value="${id}"]`);
  // Clicked where a person would: on what is visible of the chosen method.
  await page.evaluate(() => {
    const { shadowRoot } = document.querySelector('tresen-checkout');
    for (const box of shadowRoot.querySelectorAll('input[type=checkbox]')) if (box.checkVisibility() && !box.checked) box.click();
    [...shadowRoot.querySelectorAll('button[part~=button]')].filter((button) => button.checkVisibility()).at(-1).click();
  });
};

describe('Firefox', () => {
  const demo = useDemo();
  const firefox = useFirefox();

  test('buys by invoice', async () => {
    const page = await firefox.open();
    await go(page, demo.url, 'greta');
    assert.equal(await state(page, 'invoice'), 'offered');
    await order(page, 'invoice');
    await page.waitForSelector('.is-done');
    assert.match(page.url(), /\/order\//);
    await page.finish();
  });

  test('buys in instalments, to the cent that was shown', async () => {
    const page = await firefox.open({ width: 360 });
    await go(page, demo.url, 'greta');
    assert.ok(await until(page, () => document.querySelector('tresen-checkout').shadowRoot.querySelector('.seg input') !== null));
    await page.click('tresen-checkout >>> input[type=radio][value="instalments"]');
    await page.click('tresen-checkout >>> .seg input[value="6"]');
    const shown = await page.$eval('tresen-checkout >>> table.plan', (table) => table.textContent);
    await order(page, 'instalments');
    await page.waitForSelector('.is-done');
    assert.equal(await page.$eval('tresen-checkout >>> table.plan tfoot', (sums) => sums.textContent), shown.slice(shown.indexOf('Warenkorb')));
    await page.finish();
  });

  test('sees invoice come back when the cart shrinks', async () => {
    const page = await firefox.open({ width: 360 });
    await go(page, demo.url, 'gast');
    assert.equal(await state(page, 'invoice'), 'withheld');
    await page.click('#summary-toggle');
    await page.click('[data-line="KL-108"] [data-step="-1"]');
    await becomes(page, 'invoice', 'incomplete');
    await page.finish();
  });

  test('is refused when it cheats, and shows the true offer', async () => {
    const page = await firefox.open();
    await go(page, demo.url, 'gast');
    await page.click('#xray-toggle');
    await page.click('#cheat');
    await becomes(page, 'invoice', 'offered');
    await page.click('#xray-close');
    await order(page, 'invoice');
    await becomes(page, 'invoice', 'withheld');
    assert.equal(await page.$eval('[data-count]', (count) => count.textContent), '2');
    await page.finish();
  });

  test('gives the same answers without WebAssembly', async () => {
    const answers = [];
    for (const init of [null, () => delete globalThis.WebAssembly]) {
      const page = await firefox.open({ init });
      await go(page, demo.url, 'oskar');
      answers.push(await page.evaluate(() => JSON.stringify(document.querySelector('tresen-checkout').methods())));
      await page.finish();
    }
    assert.equal(answers[0], answers[1]);
  });
});
