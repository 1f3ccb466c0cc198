// How fast `tresen policy test` and `tresen policy diff` go over the orders of the past, and `tresen/backtest` in Node and in a page of Chromium:
//
//   node tests/bench/backtest.mjs --tresen target/release/tresen [--orders 1000000] [--hosts native,node,chromium]
//
// Reading counts as well: the file is written first, and each command reads it from beginning to end; the package reads the same bytes, piece
// by piece as a file gives them. The fastest of several runs counts.

import { execFileSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { openPage } from '../wasm/page.mjs';
import { orders } from './orders.mjs';

const RUNS = 3;
const PIECE = 10_000;

const { values } = parseArgs({ options: { tresen: { type: 'string' }, orders: { type: 'string', default: '1000000' }, hosts: { type: 'string', default: 'native,node,chromium' } } });
const pieces = Math.ceil(Number(values.orders) / PIECE);
const folder = mkdtempSync(join(tmpdir(), 'tresen-backtest-'));
const old = fileURLToPath(new URL('../../examples/policies/de-own-invoice.json', import.meta.url));
const other = join(folder, 'new.json');
writeFileSync(other, readFileSync(old, 'utf8').replaceAll('"300.00 EUR"', '"400.00 EUR"'));

// The same few orders again and again: a command that counts has no use for others.
const PAID = ['on_time', 'on_time', 'on_time', 'late', 'unpaid'];
const lines = orders(PIECE).map((facts, number) => {
  const order = { today: `2026-${String(1 + (number % 9)).padStart(2, '0')}-21`, facts, margin: '0.35' };
  if (number % 3 === 0) order.outcome = { method: 'invoice', paid: PAID[number % 5] };
  return JSON.stringify(order);
});
const piece = `${lines.join('\n')}\n`;
const file = join(folder, 'orders.jsonl');
const out = openSync(file, 'w');
for (let number = 0; number < pieces; number += 1) writeSync(out, piece);
closeSync(out);

const thousands = (number) => Math.round(number).toLocaleString('en');
const bytes = Buffer.byteLength(piece) * pieces;
console.log(`${thousands(pieces * PIECE)} orders, ${thousands(bytes / 1e6)} MB`);
const PATH = { test: [old], diff: [old, other] };
const compiled = [old, other].map((policy, place) => {
  const to = join(folder, `${place}.tresen`);
  execFileSync(values.tresen, ['policy', 'build', policy, '-o', to], { stdio: 'pipe' });
  return readFileSync(to);
});

const native = (name) => JSON.parse(execFileSync(values.tresen, ['policy', name, ...PATH[name], file, '--format', 'json'], { encoding: 'utf8' }));

/** Runs in Node and in a page: the same piece again and again, in bytes, as a file comes. */
async function byPackage({ testPolicy, diffPolicies }, name, policies, piece, pieces) {
  const bytes = new TextEncoder().encode(piece);
  const read = (function* () {
    for (let number = 0; number < pieces; number += 1) for (let at = 0; at < bytes.length; at += 65536) yield bytes.subarray(at, at + 65536);
  })();
  return name === 'test' ? testPolicy(policies[0], read) : diffPolicies(...policies, read);
}

const dist = fileURLToPath(new URL('../../js/dist', import.meta.url));
const inNode = async (name) => {
  const wasm = readFileSync(join(dist, 'console.wasm'));
  return byPackage(await import(join(dist, 'backtest.js')), name, compiled.map((policy) => ({ policy: new Uint8Array(policy), wasm })), piece, pieces);
};

async function inChromium() {
  const { page, close } = await openPage('worker');
  await page.evaluate((given) => Object.assign(globalThis, given), { piece, compiled: compiled.map((policy) => [...policy]) });
  const run = (name) => page.evaluate(`import('/dist/backtest.js').then((backtest) =>
    (${byPackage})(backtest, ${JSON.stringify(name)}, compiled.map((policy) => ({ policy: Uint8Array.from(policy) })), piece, ${pieces}))`);
  return { run, close };
}

const hosts = {
  native: async () => ({ run: native, close: () => {} }),
  node: async () => ({ run: inNode, close: () => {} }),
  chromium: inChromium,
};
for (const host of values.hosts.split(',')) {
  const { run, close } = await hosts[host]();
  for (const name of ['test', 'diff']) {
    let best = Infinity;
    for (let time = 0; time < RUNS; time += 1) {
      const begin = performance.now();
      const report = await run(name);
      if (report.orders !== pieces * PIECE) throw new Error(`policy ${name}: ${report.orders} orders were decided`);
      best = Math.min(best, (performance.now() - begin) / 1000);
    }
    console.log(`${host}, policy ${name}: ${best.toFixed(2)} s, ${thousands((pieces * PIECE) / best)} orders a second, ${thousands(bytes / 1e6 / best)} MB a second`);
  }
  await close();
}
rmSync(folder, { recursive: true });
