// A page of Chromium in which the package can be loaded, with WebAssembly or without.

import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join } from 'node:path';
import { root } from './cases.mjs';

const EXECUTABLE = process.env.CHROMIUM ?? ['/usr/bin/chromium', '/usr/bin/chromium-headless-shell'].find((path) => existsSync(path));
const dist = join(root, 'js/dist');

/** @param {'worker' | 'wasm' | 'javascript'} kind with WebAssembly, also in workers of ours, or without */
export async function openPage(kind) {
  const { chromium } = await import(join(root, 'tests/e2e/node_modules/playwright-core/index.mjs'));
  const server = await serve();
  const browser = await chromium.launch({ executablePath: EXECUTABLE, args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu'] });
  const page = await browser.newPage();
  await page.goto(`http://127.0.0.1:${server.address().port}/page-${kind}`);
  const close = async () => {
    await browser.close();
    server.close();
  };
  return { page, close };
}

const TYPES = { '.js': 'text/javascript', '.mjs': 'text/javascript', '.wasm': 'application/wasm' };

/** What each kind of page allows, by its Content-Security-Policy, as a strict shop would. */
const ALLOWED = {
  worker: "script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; trusted-types tresen-backtest",
  wasm: "script-src 'self' 'wasm-unsafe-eval'; trusted-types 'none'",
  javascript: "script-src 'self'; trusted-types 'none'",
};

function serve() {
  const server = createServer((request, response) => {
    const path = new URL(request.url, 'http://localhost').pathname;
    if (path.startsWith('/page-')) {
      response.writeHead(200, { 'content-type': 'text/html', 'content-security-policy': `default-src 'none'; ${ALLOWED[path.slice(6)]}; connect-src 'self'; require-trusted-types-for 'script'` });
      return response.end('<!doctype html><title>engine</title>');
    }
    const file = path === '/host.mjs' ? join(root, 'tests/wasm/host.mjs') : path.startsWith('/dist/') && !path.includes('..') ? join(dist, path.slice(6)) : null;
    try {
      response.writeHead(200, { 'content-type': TYPES[extname(path)] ?? 'application/octet-stream' });
      response.end(readFileSync(file));
    } catch {
      response.writeHead(404).end();
    }
  });
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
}
