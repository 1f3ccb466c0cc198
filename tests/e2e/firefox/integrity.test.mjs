// The hashes of integrity.json in Firefox, as in Chromium: of the page's own tags and, by an import map, of what a script loads in turn.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { useFirefox } from '../lib/firefox.mjs';
import { asking, map, pageOf, tag, useShop } from '../lib/integrity.mjs';

const REFUSED = [/None of the “sha384” hashes in the integrity attribute match/];

describe('integrity in Firefox', () => {
  const shop = useShop();
  const firefox = useFirefox();
  const isDefined = asking(shop, firefox, REFUSED);

  test('of a plain script: the right one runs, one with a byte more does not', async () => {
    const scripts = [tag('tresen.iife.js')];
    assert.deepEqual([await isDefined({ scripts }), await isDefined({ scripts, changed: 'tresen.iife.js' })], [true, false]);
  });

  test('of a module: its own file by the tag, what it imports by an import map', async () => {
    const module = tag('element.js', 'type="module"');
    assert.equal(await isDefined({ scripts: [map('widget.js'), module] }), true);
    assert.equal(await isDefined({ scripts: [map('widget.js'), module], changed: 'element.js' }), false);
    assert.equal(await isDefined({ scripts: [map('widget.js'), module], changed: 'widget.js' }), false);
    assert.equal(await isDefined({ scripts: [module], changed: 'widget.js' }), true);
  });

  test('of what a plain script loads later: by an import map', async () => {
    for (const [changed, isLoaded] of [[null, true], ['hint.js', false]]) {
      const page = await firefox.open({ expected: changed === null ? [] : REFUSED });
      Object.assign(shop, { page: pageOf(map('hint.js'), tag('tresen.iife.js')), changed });
      await page.goto(shop.url, { waitUntil: 'load' });
      const loaded = await page.evaluate(() => import('/dist/hint.js').then(() => true, () => false));
      assert.deepEqual([loaded, await page.evaluate(() => customElements.get('tresen-hint') !== undefined)], [isLoaded, isLoaded], `${changed}`);
      await page.finish();
    }
  });
});
