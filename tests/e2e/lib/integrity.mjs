// A shop's page that says the hash of every script, and the files of the package beside it.

import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join } from 'node:path';
import { after, before } from 'node:test';
import { fileURLToPath } from 'node:url';

export const dist = fileURLToPath(new URL('../../../js/dist/', import.meta.url));
export const HASHES = JSON.parse(readFileSync(join(dist, 'integrity.json'), 'utf8'));
const TYPES = { '.js': 'text/javascript', '.json': 'application/json', '.wasm': 'application/wasm' };

/** A server of it; `page` is what it hands out, and one of the files, `changed`, has one byte more. */
export function useShop() {
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

export const tag = (file, type = '') => `<script ${type} src="/dist/${file}" integrity="${HASHES[file]}" crossorigin="anonymous"></script>`;
export const map = (...files) => `<script type="importmap">${JSON.stringify({ integrity: Object.fromEntries(files.map((file) => [`/dist/${file}`, HASHES[file]])) })}</script>`;
export const pageOf = (...scripts) => `<!doctype html><html lang="de"><head><meta charset="utf-8"><title>Shop</title><link rel="icon" href="data:,">${scripts.join('')}</head><body></body></html>`;

/** Asks a browser whether the element is there once all scripts of the page have been read; `refused` is what it says of a file that is not let in. */
export const asking = (shop, browser, refused) =>
  async function isDefined({ scripts, changed = null }) {
    const page = await browser.open({ expected: changed === null ? [] : refused });
    Object.assign(shop, { page: pageOf(...scripts), changed });
    await page.goto(shop.url, { waitUntil: 'load' });
    const defined = await page.evaluate(() => customElements.get('tresen-checkout') !== undefined);
    await page.finish();
    return defined;
  };
