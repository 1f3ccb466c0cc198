// integrity.json: the hash of a file in the page lets exactly that file in. For what a script loads in turn, an import map says the hashes.

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { useChromium } from '../lib/chromium.mjs';
import { asking, dist, HASHES, map, pageOf, tag, useShop } from '../lib/integrity.mjs';

const REFUSED = [/Failed to find a valid digest/, /Failed to load resource/];

describe('integrity', () => {
  const shop = useShop();
  const chromium = useChromium();
  const isDefined = asking(shop, chromium, REFUSED);

  test('names every script and module, and no two the same', () => {
    for (const file of ['tresen.iife.js', 'index.js', 'element.js', 'widget.js', 'handle.js', 'more.js', 'hint.js', 'account.js', 'confirm.js', 'checkout.fallback.js', 'checkout.wasm', 'engine.wasm', 'slim.js']) {
      assert.equal(HASHES[file], `sha384-${createHash('sha384').update(readFileSync(join(dist, file))).digest('base64')}`, file);
    }
    assert.equal(new Set(Object.values(HASHES)).size, Object.keys(HASHES).length);
  });

  test('of a plain script: the right one runs, one with a byte more does not', async () => {
    const scripts = [tag('tresen.iife.js')];
    assert.equal(await isDefined({ scripts }), true);
    assert.equal(await isDefined({ scripts, changed: 'tresen.iife.js' }), false);
  });

  test('of a module: its own file by the tag, what it imports by an import map', async () => {
    const module = tag('element.js', 'type="module"');
    assert.equal(await isDefined({ scripts: [map('widget.js'), module] }), true);
    assert.equal(await isDefined({ scripts: [map('widget.js'), module], changed: 'element.js' }), false);
    assert.equal(await isDefined({ scripts: [map('widget.js'), module], changed: 'widget.js' }), false);
    // This is why there is a map: the tag alone says nothing of what its file imports.
    assert.equal(await isDefined({ scripts: [module], changed: 'widget.js' }), true);
  });

  test('of what a plain script loads later: by an import map', async () => {
    for (const [changed, isLoaded] of [[null, true], ['hint.js', false]]) {
      const page = await chromium.open({ expected: changed === null ? [] : REFUSED });
      // The script asks for what is on the page when it runs.
      Object.assign(shop, { page: pageOf(map('hint.js')).replace('<body>', `<body><tresen-hint></tresen-hint>${tag('tresen.iife.js')}`), changed });
      const asked = page.waitForResponse((response) => response.url().endsWith('/dist/hint.js'));
      await page.goto(shop.url, { waitUntil: 'load' });
      await asked;
      // Asked for once more, the browser gives the same answer, and says so when it is done.
      const loaded = await page.evaluate(() => import('/dist/hint.js').then(() => true, () => false));
      assert.deepEqual([loaded, await page.evaluate(() => customElements.get('tresen-hint') !== undefined)], [isLoaded, isLoaded], `${changed}`);
      await page.finish();
    }
  });
});
