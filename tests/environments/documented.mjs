// What the documentation tells its readers to write, written as it tells it and tried as they would: the service by `tresen dev`, the shop's
// server in Node, the page by Vite's own server, Next's, or none, and an order on invoice in a browser.
//
//     node tests/environments/documented.mjs --tresen target/debug/tresen [WAY…]

import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { launch, openPage } from '../e2e/lib/chromium.mjs';
import { typeBirthDate } from '../e2e/lib/widget.mjs';
import { write } from './pages.mjs';
import { end, says, start } from './programs.mjs';
import { closed, conclude, install, tried } from './trial.mjs';

const { values, positionals } = parseArgs({ options: { tresen: { type: 'string' } }, allowPositionals: true });
const here = fileURLToPath(new URL('.', import.meta.url));
const docs = join(here, '../../js/docs');
const packed = mkdtempSync(join(tmpdir(), 'tresen-documented-'));

/** Starts a program and waits for what it says. */
async function started(args, options, pattern) {
  const child = start(process.execPath, args, options);
  const [, url] = await says(child, pattern);
  return { url, stop: () => end(child) };
}

/** A server of the page, as it is started by hand. */
const serverOf = (folder, file, env = {}) => started(['--env-file=.env', file], { cwd: folder, env: { ...process.env, PORT: '0', ...env } }, /(http:\S+)/);

/** The addresses of the page are those of a machine where nothing else runs. */
function readdressed(folder, files, addresses) {
  for (const file of files) {
    const path = join(folder, file);
    const text = Object.entries(addresses).reduce((all, [said, real]) => all.replaceAll(said, real), readFileSync(path, 'utf8'));
    writeFileSync(path, text);
  }
}

async function withVite(page, way, folder, dev, visit) {
  const files = write(join(docs, page), way, folder);
  if (way !== 'react') readdressed(folder, ['index.html'], { '/src/main.jsx': '/src/main.js' });
  const server = await serverOf(folder, 'server.mjs');
  readdressed(folder, files.filter((file) => file === 'vite.config.js'), { 'http://127.0.0.1:3000': server.url, 'http://127.0.0.1:8790': dev.url });
  const { createServer } = await import('vite');
  const vite = await createServer({ root: folder, logLevel: 'warn', cacheDir: join(folder, '.vite'), server: { port: 0, host: '127.0.0.1', fs: { allow: [here] } } });
  try {
    await vite.listen();
    await visit(vite.resolvedUrls.local[0]);
  } finally {
    await closed([() => vite.close(), server.stop]);
  }
}

async function withoutVite(page, way, folder, dev, visit) {
  write(join(docs, page), way, folder);
  const shop = await serverOf(folder, 'shop.mjs', { TRESEN_PAGE: dev.url });
  try {
    await visit(shop.url);
  } finally {
    await shop.stop();
  }
}

/** Next as somebody develops with it: its own server, and Turbopack. */
async function withNext(page, way, folder, _, visit) {
  write(join(docs, page), way, folder);
  const next = [join(here, 'node_modules/next/dist/bin/next'), 'dev', '--hostname', '127.0.0.1', '--port', '0'];
  const child = start(process.execPath, next, { cwd: folder, env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1' } });
  try {
    const [, url] = await says(child, /Local:\s+(http:\S+)/);
    await visit(url);
  } finally {
    // A polite end would wait for every connection that a browser keeps open.
    await end(child, false);
  }
}

/** A picker of its own, asked in Node about a session of Greta's. */
async function withoutPage(page, way, folder, dev) {
  write(join(docs, page), way, folder);
  const post = { method: 'POST', body: JSON.stringify({ person: 'cus_greta', total: 100_001, locale: 'de', address_form: 'sie', back: dev.url }) };
  const { session, public_key: publicKey, facts } = await (await fetch(`${dev.url}/api/session`, post)).json();
  const { openPicker } = await import(pathToFileURL(join(folder, 'picker.mjs')));
  const decide = await openPicker({ session, publicKey, api: `${dev.url}/tresen` });
  const of = (decided) => decided.methods.find(({ id }) => id === 'invoice');
  const { state, reasons, change } = of(await decide(facts));
  assert.deepEqual([state, reasons.map(({ code }) => code), change.steps], ['withheld', ['amount.maximum'], [{ kind: 'reduce_total', to: { minor: 100_000, currency: 'EUR' }, by: { minor: 1, currency: 'EUR' } }]]);
  const less = { ...facts, 'cart.total': { minor: 100_000, currency: 'EUR' } };
  assert.deepEqual([of(await decide(less)).state, of(await decide({ ...less, 'customer.birth_date': '1985-03-27' })).state], ['incomplete', 'offered']);
  assert.deepEqual((await decide({ 'cart.totl': 1 })).problems.map(({ code }) => code), ['fact.unknown']);
}

const WAYS = {
  // First, for what Greta has bought meanwhile counts.
  picker: ['own-picker.md', withoutPage],
  react: ['quickstart.md', withVite],
  vue: ['quickstart.md', withVite],
  vanilla: ['quickstart.md', withVite],
  'script-tag': ['script-tag.md', withoutVite],
  next: ['next.md', withNext],
};

/** Of Vue's own plugin for Vite, which somebody with .vue files has. */
const EXPECTED = [/Feature flags __VUE/];

/** What the page tells its reader to do in the end. */
async function buysIn(browser, url) {
  const page = await openPage(browser, { init: () => {}, expected: EXPECTED });
  await page.goto(url);
  const checkout = page.locator('tresen-checkout');
  await checkout.locator('input[value=invoice]').check();
  await page.locator('tresen-hint').getByText(/Rechnung/).waitFor();
  await typeBirthDate(page, [27, 3, 1985]);
  await checkout.locator('input[type=checkbox]:visible').check();
  await checkout.locator('button[part~=button]:visible').last().click();
  await checkout.getByText('Bestellt auf Rechnung').waitFor();
  // By card, on another visit.
  await page.goto(url);
  await checkout.locator('input[value=card]').check();
  await checkout.locator('button[part~=button]:visible').last().click();
  await page.waitForURL(/\/tresen\/sandbox\/pay\/\w+$/);
  await page.locator('form[action$=approve] button').waitFor();
  await page.finish();
}

const names = positionals.length > 0 ? positionals : Object.keys(WAYS);
let failed;
const place = install(packed);
// Beside the modules, as a project of somebody's is; a folder of its own for each way.
const projects = mkdtempSync(join(here, 'documented-'));
const env = join(projects, '.env');
const dev = await started([join(place, 'dist/command.js'), 'dev', '--port', '0', '--env', env], { env: { ...process.env, TRESEN_BIN: resolve(values.tresen) } }, /The page\s+(http:\S+)\/\n[^]*Ctrl-C/);
const browser = await launch();
try {
  failed = await tried(names, async (way) => {
    const [page, run] = WAYS[way];
    const folder = join(projects, way);
    mkdirSync(folder);
    writeFileSync(join(folder, 'package.json'), '{ "private": true, "type": "module" }\n');
    writeFileSync(join(folder, '.env'), readFileSync(env));
    await run(page, way, folder, dev, (url) => buysIn(browser, url));
  });
} finally {
  const clean = () => [projects, packed].forEach((folder) => rmSync(folder, { recursive: true, force: true }));
  await closed([() => browser.close(), dev.stop, clean]);
}
await conclude('documented', names, failed);
