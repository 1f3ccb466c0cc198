// The package as it would be published, in a tiny project for each kind of tool: built as its users build, and bought in, in a browser, under a
// strict content policy.
//
//     node tests/environments/run.mjs --tresen target/debug/tresen [PROJECT…]

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { extname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { launch, openPage } from '../e2e/lib/chromium.mjs';
import { BUILDS } from './build.mjs';
import { isDrawnOnTheServer, startNext } from './next.mjs';
import { end, says, start } from './programs.mjs';
import { SERVERS } from './servers.mjs';
import { closed, conclude, install, tried, within } from './trial.mjs';

const { values, positionals } = parseArgs({ options: { tresen: { type: 'string' } }, allowPositionals: true });
const here = fileURLToPath(new URL('.', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'tresen-environments-'));
const TYPES = { '.css': 'text/css', '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.json': 'application/json', '.wasm': 'application/wasm' };
const PATIENCE_MS = 60_000;
/** `data:` for requests: Vite puts small files into its scripts. */
const POLICY = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; connect-src 'self' data:; base-uri 'none'";

/** The sample policy as engines read it. */
function compiledPolicy(place) {
  const file = join(folder, 'policy.tresen');
  execFileSync(resolve(values.tresen), ['policy', 'build', join(place, 'dist/dev/policy.json'), '--output', file], { stdio: 'ignore' });
  return readFileSync(file).toString('base64');
}

/** What a shop has behind its page: `tresen dev`. */
async function startService(place) {
  const child = start(process.execPath, [join(place, 'dist/command.js'), 'dev', '--port', '0'], { env: { ...process.env, TRESEN_BIN: resolve(values.tresen) }, stdio: ['ignore', 'pipe', 'inherit'] });
  const { input: said } = await within(PATIENCE_MS, says(child, /Ctrl-C/));
  const told = (pattern) => pattern.exec(said)[1];
  const forServers = { api: told(/The service\s+(\S+)/), secretKey: told(/Secret key\s+(\S+)/), publicKey: told(/Publishable key\s+(\S+)/), tenant: told(/Tenant\s+(\S+)/), policy: compiledPolicy(place) };
  return { url: told(/The page\s+(http:\S+)\//), forServers, stop: () => end(child) };
}

/** The built files, and under the same address the shop's server. */
async function serve(root, service) {
  const beside = [];
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url, 'http://localhost');
    if (pathname.startsWith('/tresen/dist/')) beside.push(pathname);
    const file = join(root, pathname === '/' ? 'index.html' : pathname);
    if (file.startsWith(root) && existsSync(file)) {
      response.writeHead(200, { 'content-type': TYPES[extname(file).toLowerCase()] ?? 'application/octet-stream', 'content-security-policy': POLICY }).end(readFileSync(file));
      return;
    }
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const { host: _, connection: __, ...headers } = request.headers;
    const answer = await fetch(service + request.url, { method: request.method, headers, ...(chunks.length > 0 && { body: Buffer.concat(chunks) }) });
    response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? 'text/plain' }).end(Buffer.from(await answer.arrayBuffer()));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { url: `http://127.0.0.1:${server.address().port}`, beside, close: () => (server.closeAllConnections(), server.close()) };
}

async function buysIn(browser, url, atLast = async () => {}) {
  const page = await openPage(browser, {});
  page.setDefaultTimeout(PATIENCE_MS);
  const answer = await page.goto(url);
  assert.match(answer.headers()['content-security-policy'] ?? '', /^default-src 'none'; script-src 'self' /);
  const checkout = page.locator('tresen-checkout');
  await checkout.locator('input[value=invoice]').waitFor();
  await page.locator('#offered', { hasText: 'invoice' }).waitFor();
  await page.locator('tresen-hint').getByText(/Rechnung/).waitFor();
  assert.equal(await checkout.evaluate((element) => element.style.getPropertyValue('--tresen-accent')), '#7a1f4b');
  const place = async (outcome) => {
    await checkout.locator('input[value=invoice]').check();
    await checkout.locator('input[type=checkbox]:visible').check();
    await page.locator('#place').click();
    await page.locator('#done', { hasText: outcome }).waitFor();
  };
  // What the server refuses is offered no more, wherever that is read, until there are other facts.
  const refused = { outcome: 'refused', decision: { methods: [{ id: 'invoice', state: 'withheld', reasons: [{ code: 'general' }], change: null }] } };
  await page.route('**/api/order', (route) => route.fulfill({ json: refused }), { times: 1 });
  await place('refused');
  await page.locator('#offered').filter({ hasNotText: /\binvoice\b/ }).waitFor();
  await checkout.evaluate((element) => element.update({ facts: element.facts }));
  await page.locator('#offered').filter({ hasText: /\binvoice\b/ }).waitFor();
  await place('confirmed');
  await checkout.getByText('Bestellt auf Rechnung').waitFor();
  await atLast(page);
  await page.finish();
}

/** Built as its users build it, and bought in. */
async function isBoughtIn(browser, service, name) {
  const into = join(folder, name);
  await BUILDS[name](join(here, 'projects', name), into);
  const shop = await serve(into, service.url);
  try {
    await buysIn(browser, shop.url, name.startsWith('slim') ? async (page) => assert.equal(await page.title(), 'Decided') : undefined);
    // Only a plain page finds the package beside itself; what is bundled, or in one file, asks for none of it.
    assert.equal(shop.beside.length > 0, name === 'script-tag', shop.beside.join());
  } finally {
    shop.close();
  }
}

async function isBoughtInNext(browser, service, name) {
  const shop = await startNext(name, service);
  try {
    await isDrawnOnTheServer(browser, shop.url);
    await buysIn(browser, shop.url);
  } finally {
    await shop.stop();
  }
}

/** Every project, and what shows that it works. */
const PROJECTS = {
  ...Object.fromEntries(Object.keys(SERVERS).map((name) => [name, (_, service) => SERVERS[name](service.forServers)])),
  ...Object.fromEntries(Object.keys(BUILDS).map((name) => [name, (browser, service) => isBoughtIn(browser, service, name)])),
  ...Object.fromEntries(['next', 'next-app'].map((name) => [name, (browser, service) => isBoughtInNext(browser, service, name)])),
};

const names = positionals.length > 0 ? positionals : Object.keys(PROJECTS);
let failed;
const place = install(folder);
const service = await startService(place);
const browser = await launch();
try {
  failed = await tried(names, (name) => PROJECTS[name](browser, service));
} finally {
  await closed([() => browser.close(), service.stop, () => rmSync(folder, { recursive: true, force: true })]);
}
await conclude('environments', names, failed);
