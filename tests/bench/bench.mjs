// What the engine costs, beside the same policy written by hand in JavaScript: `make bench`.
//
//   node tests/bench/bench.mjs --tresen FILE [--native FILE]
//
// The two are timed in turn, and ratios are taken pair by pair, so that a machine whose speed drifts says the same.

import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { loadEngine } from '../../js/dist/engine.js';
import { decide } from './baseline.mjs';
import { orders } from './orders.mjs';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const TODAY = '2026-11-21';
const PAIRS = 15;
const ORDERS = 2000;
const ROUNDS = 10;

const { values } = parseArgs({ options: { tresen: { type: 'string' }, native: { type: 'string' } } });
const folder = mkdtempSync(join(tmpdir(), 'tresen-bench-'));
const policyFile = join(folder, 'policy.bin');
execFileSync(values.tresen, ['policy', 'build', join(ROOT, 'examples/policies/de-own-invoice.json'), '--output', policyFile], { stdio: ['ignore', 'ignore', 'inherit'] });
const policy = new Uint8Array(readFileSync(policyFile));
const engine = await loadEngine({ policy, wasm: readFileSync(join(ROOT, 'js/dist/engine.wasm')), today: TODAY });
const batch = orders(ORDERS);

const median = (numbers) => [...numbers].sort((one, other) => one - other)[numbers.length >> 1];
const spread = (numbers) => `${Math.min(...numbers).toFixed(2)} to ${Math.max(...numbers).toFixed(2)}`;
const thousands = (number) => Math.round(number).toLocaleString('en');

/** Nanoseconds for one order, over the whole batch some times over. */
function time(step) {
  const start = process.hrtime.bigint();
  for (let round = 0; round < ROUNDS; round += 1) step();
  return Number(process.hrtime.bigint() - start) / (ROUNDS * ORDERS);
}

let sum = 0; // what is computed must be used, or an optimiser may leave it out
const baseline = () => {
  for (const facts of batch) sum ^= decide(facts);
};
const border = () => {
  sum ^= engine.decideBatch(batch, TODAY)[ORDERS - 1];
};
const one = () => {
  for (const facts of batch) if (engine.set(facts)) sum ^= engine.decide() ? 1 : 0;
};
const reasons = () => {
  for (const facts of batch) {
    if (!engine.set(facts)) continue;
    engine.decide();
    for (const id of ids) sum ^= engine.reasons(id).length;
  }
};
const ids = engine.policy.methods.map((method) => method.id);

const states = engine.decideBatch(batch, TODAY);
const differing = batch.filter((facts, place) => decide(facts) !== states[place]);
if (differing.length > 0) throw new Error(`the baseline differs from the engine in ${differing.length} orders, first ${JSON.stringify(differing[0])}`);

for (const step of [baseline, border, one, reasons]) time(step); // warm

/** Times steps in turn; answers their nanoseconds an order, and how many times the first each took, pair by pair. */
function compare(...steps) {
  const times = Array.from({ length: PAIRS }, () => steps.map(time));
  return steps.map((_, place) => ({ nanos: median(times.map((row) => row[place])), ratio: times.map((row) => row[place] / row[0]) }));
}

const [hand, crossed] = compare(baseline, border);
const [plain, withReasons] = compare(one, reasons);
const cold = Array.from({ length: 11 }, () => Number(execFileSync(process.execPath, [join(ROOT, 'tests/bench/cold.mjs'), policyFile], { encoding: 'utf8' })));
const native = values.native ? Number(execFileSync(values.native, [policyFile], { encoding: 'utf8' })) : null;
const sizes = JSON.parse(readFileSync(join(ROOT, 'js/dist/sizes.json'), 'utf8'));

console.log(`${cpus()[0].model.trim()}, ${cpus().length} cores, Node ${process.version}; ${ORDERS} orders, ${PAIRS} pairs of ${ROUNDS} rounds, medians; ${policy.length} bytes of policy`);
const row = (what, figure, beside) => console.log(`  ${what.padEnd(46)} ${figure.padStart(22)}   ${beside}`);
row('hand-written JavaScript, no reasons, no dates', `${thousands(1e9 / hand.nanos)} a second`, 'the baseline');
row('through the JS border, facts as objects', `${thousands(1e9 / crossed.nanos)} a second`, `${(1 / median(crossed.ratio)).toFixed(2)} of the baseline (${spread(crossed.ratio.map((ratio) => 1 / ratio))}); target 0.50`);
if (native !== null) row('natively, facts in their slots', `${thousands(1e9 / native)} a second`, '');
row('one by one', `${thousands(1e9 / plain.nanos)} a second`, '');
row('one by one, with all reasons of all methods', `${thousands(1e9 / withReasons.nanos)} a second`, `${median(withReasons.ratio).toFixed(2)} times without (${spread(withReasons.ratio)}); target 1.20`);
row('cold start, bytes to first decision', `${median(cold).toFixed(1)} ms of CPU`, `${spread(cold)}; target 6`);
for (const { name, brotli, target } of sizes) row(`${name}, brotli`, `${thousands(brotli)} B`, `target ${thousands(target)} B`);
rmSync(folder, { recursive: true });
if (Number.isNaN(sum)) process.exitCode = 1;
