// How fast `tresen policy test` and `tresen policy diff` go over the orders of the past:
//
//   node tests/bench/backtest.mjs --tresen target/release/tresen [--orders 1000000]
//
// Reading counts as well: the file is written first, and each command reads it from beginning to end. The fastest of several runs counts.

import { execFileSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { orders } from './orders.mjs';

const RUNS = 3;
const PIECE = 10_000;

const { values } = parseArgs({ options: { tresen: { type: 'string' }, orders: { type: 'string', default: '1000000' } } });
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
for (const [name, policies] of [['test', [old]], ['diff', [old, other]]]) {
  const seconds = Array.from({ length: RUNS }, () => {
    const begin = performance.now();
    const report = JSON.parse(execFileSync(values.tresen, ['policy', name, ...policies, file, '--format', 'json'], { encoding: 'utf8' }));
    if (report.orders !== pieces * PIECE) throw new Error(`policy ${name}: ${report.orders} orders were decided`);
    return (performance.now() - begin) / 1000;
  });
  const best = Math.min(...seconds);
  console.log(`policy ${name}: ${best.toFixed(2)} s, ${thousands((pieces * PIECE) / best)} orders a second, ${thousands(bytes / 1e6 / best)} MB a second`);
}
rmSync(folder, { recursive: true });
