// integrity.json: the hash of a file in the page lets exactly that file in. For what a script loads in turn, an import map says the hashes.

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { useChromium } from '../lib/chromium.mjs';

const dist = fileURLToPath(new URL('../../../js/dist/', import.meta.url));
const HASHES = JSON.parse(readFileSync(join(dist, 'integrity.json'), 'utf8'));
const TYPES = { '.js': 'text/javascript', '.json': 'application/json', '.wasm': 'application/wasm' };
const REFUSED = [/Failed to find a valid digest/, /Failed to load resource/];

/** A shop's page, and the files of the package beside it; one of them may have one byte more. */
function useShop() {
  const shop = { page: '', changed: null };
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url, 'http://localhost');
    if (pathname === '/') {
      const [, map = ''] = /<script type="importmap">(.*?)<\/script>/.exec(shop.page) ?? [];
      const hash = createHash('sha256').update(map).digest('base64');
      const policy = `default-src 'none'; script-src 'self' 'wasm-unsafe-eval' 'sha256-${hash}'; style-src 'self'; img-src data:; connect-src 'self'; base-uri 'none'; require-trusted-types-for 'script'; trusted-types 'none'`;
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': policy }).end(shop.page);
      return;
    }
    const name = pathname.slice('/dist/'.length);
    const file = join(dist, name);
    if (!pathname.startsWith('/dist/') || !existsSync(file)) return void response.writeHead(404).end();
    response.writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'text/plain', 'cache-control': 'no-store' }).end(Buffer.concat([readFileSync(file), Buffer.from(shop.changed === name ? ';' : '')]));
  });
  before(async () => {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    shop.url = `http://127.0.0.1:${server.address().port}/`;
  });
  after(() => (server.closeAllConnections(), server.close()));
  return shop;
}

const tag = (file, type = '') => `<script ${type} src="/dist/${file}" integrity="${HASHES[file]}" crossorigin="anonymous"></script>`;
const map = (...files) => `<script type="importmap">${JSON.stringify({ integrity: Object.fromEntries(files.map((file) => [`/dist/${file}`, HASHES[file]])) })}</script>`;
const pageOf = (...scripts) => `<!doctype html><html lang="de"><head><meta charset="utf-8"><title>Shop</title><link rel="icon" href="data:,">${scripts.join('')}</head><body></body></html>`;

describe('integrity', () => {
  const shop = useShop();
  const chromium = useChromium();

  /** Whether the element is there once all scripts of the page have been read. */
  async function isDefined({ scripts, changed = null }) {
    const page = await chromium.open({ expected: changed === null ? [] : REFUSED });
    Object.assign(shop, { page: pageOf(...scripts), changed });
    await page.goto(shop.url, { waitUntil: 'load' });
    const defined = await page.evaluate(() => customElements.get('tresen-checkout') !== undefined);
    await page.finish();
    return defined;
  }

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
