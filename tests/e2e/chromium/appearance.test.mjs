// What a shop's page may set, reaches in.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { useChromium } from '../lib/chromium.mjs';
import { useDev } from '../lib/dev.mjs';
import { until } from '../lib/until.mjs';
import { ready } from '../lib/widget.mjs';

const styleOf = (page, selector, name) => page.locator(`tresen-checkout ${selector}`).first().evaluate((node, property) => getComputedStyle(node).getPropertyValue(property), name);

describe('in somebody else’s page', () => {
  const dev = useDev();
  const chromium = useChromium();
  const visit = async (page) => {
    await page.goto(dev.url);
    await ready(page);
  };

  test('fonts, colours and corners come from any ancestor, and go again', async () => {
    const page = await chromium.open();
    await visit(page);
    const look = async () => Object.fromEntries(await Promise.all([['font', '.card', 'font-family'], ['size', '.card', 'font-size'], ['surface', '.card', 'background-color'], ['radius', '.card', 'border-top-left-radius'], ['accent', '.btn', 'background-color'], ['text', '.card', 'color']].map(async ([name, selector, property]) => [name, await styleOf(page, selector, property)])));
    const plain = await look();
    const set = { font: 'Courier', 'text-m': '18px', surface: 'rgb(1, 2, 3)', radius: '3px', accent: 'rgb(4, 5, 6)', text: 'rgb(7, 8, 9)' };
    const style = (values) => page.evaluate((all) => Object.entries(all).forEach(([name, value]) => document.body.style.setProperty(`--tresen-${name}`, value)), values);
    await style(set);
    assert.deepEqual(await look(), { font: 'Courier', size: '18px', surface: 'rgb(1, 2, 3)', radius: '3px', accent: 'rgb(4, 5, 6)', text: 'rgb(7, 8, 9)' });
    await style(Object.fromEntries(Object.keys(set).map((name) => [name, null])));
    assert.deepEqual(await look(), plain);
    await page.evaluate(() => (document.querySelector('tresen-checkout').appearance = { accent: 'rgb(9, 9, 9)' }));
    assert.equal((await look()).accent, 'rgb(9, 9, 9)');
    await page.finish();
  });

  test('the page says whether it is dark, or the device does', async () => {
    const page = await chromium.open({ dark: true });
    await visit(page);
    const scheme = () => styleOf(page, '.t', 'color-scheme');
    assert.equal(await scheme(), 'dark');
    await page.evaluate(() => (document.documentElement.dataset.theme = 'light'));
    assert.ok(await until(page, () => !document.querySelector('tresen-checkout').shadowRoot.querySelector('.t').classList.contains('dark')));
    assert.equal(await scheme(), 'light');
    await page.finish();
  });

  test('a page that cannot be dark is not made dark by the device, and one that is always dark stays so', async () => {
    const isDark = (page, said, meta) =>
      page.evaluate(([scheme, content]) => {
        document.querySelector('meta[name=color-scheme]').content = content;
        document.documentElement.style.colorScheme = scheme;
        const host = document.querySelector('tresen-checkout');
        host.replaceWith(host);
        return host.shadowRoot.querySelector('.t').classList.contains('dark');
      }, [said, meta]);
    for (const dark of [true, false]) {
      const page = await chromium.open({ dark });
      await visit(page);
      assert.deepEqual([await isDark(page, 'normal', 'light'), await isDark(page, 'light', 'light dark')], [false, false]);
      assert.deepEqual([await isDark(page, 'light dark', ''), await isDark(page, 'normal', 'light dark')], [dark, dark]);
      assert.deepEqual([await isDark(page, 'dark', ''), await isDark(page, 'normal', 'only dark')], [true, true]);
      await page.finish();
    }
  });

  test('a shop styles the parts from outside', async () => {
    const page = await chromium.open();
    await visit(page);
    const parts = await page.locator('tresen-checkout').evaluate((element) => [...element.shadowRoot.querySelectorAll('[part]')].flatMap((node) => node.getAttribute('part').split(' ')));
    for (const part of ['card', 'title', 'method', 'button']) assert.ok(parts.includes(part), `${part} of ${parts}`);
    await page.evaluate(() => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync('tresen-checkout::part(button) { text-transform: uppercase }');
      document.adoptedStyleSheets = [sheet];
    });
    assert.equal(await styleOf(page, '[part~=button]', 'text-transform'), 'uppercase');
    await page.finish();
  });
});
