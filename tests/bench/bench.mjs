// What the engine costs, beside the same policy written by hand in JavaScript: `make bench`.
//
//   node tests/bench/bench.mjs --tresen FILE [--native FILE]
//
// The steps are timed in turn, many short rounds each, and of every step the fastest round counts: whatever else runs on a machine only
// ever adds to a time, so the least is what the code costs.

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
const ORDERS = 500;
const ROUNDS = 1500;

const { values } = parseArgs({ options: { tresen: { type: 'string' }, native: { type: 'string' } } });
const folder = mkdtempSync(join(tmpdir(), 'tresen-bench-'));
const [policyFile, codeFile] = [join(folder, 'policy.bin'), join(folder, 'policy.wasm')];
const build = ['policy', 'build', join(ROOT, 'examples/policies/de-own-invoice.json'), '--output', policyFile, '--code', codeFile];
execFileSync(values.tresen, build, { stdio: ['ignore', 'ignore', 'inherit'] });
const policy = new Uint8Array(readFileSync(policyFile));
const code = readFileSync(codeFile);
const wasm = readFileSync(join(ROOT, 'js/dist/engine.wasm'));
const engine = await loadEngine({ policy, wasm, today: TODAY });
const coded = await loadEngine({ policy, code, wasm, today: TODAY });
if (!coded.hasCode) throw new Error('the engine does not take the code of the policy');
const batch = orders(ORDERS);

const median = (numbers) => [...numbers].sort((one, other) => one - other)[numbers.length >> 1];
const spread = (numbers) => `${Math.min(...numbers).toFixed(1)} to ${Math.max(...numbers).toFixed(1)}`;
const thousands = (number) => Math.round(number).toLocaleString('en');

let sum = 0; // what is computed must be used, or an optimiser may leave it out
const baseline = () => {
  for (const facts of batch) sum ^= decide(facts);
};
const border = () => {
  sum ^= coded.decideBatch(batch, TODAY)[ORDERS - 1];
};
const interpreted = () => {
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

const states = [engine, coded].map((one) => one.decideBatch(batch, TODAY));
const differing = batch.filter((facts, place) => states.some((found) => found[place] !== decide(facts)));
if (differing.length > 0) throw new Error(`the baseline differs from the engine in ${differing.length} orders, first ${JSON.stringify(differing[0])}`);

/** Nanoseconds an order of each step, in the fastest of its rounds. */
function fastest(...steps) {
  const least = steps.map(() => Infinity);
  for (let round = 0; round < ROUNDS; round += 1) {
    steps.forEach((step, place) => {
      const start = process.hrtime.bigint();
      step();
      least[place] = Math.min(least[place], Number(process.hrtime.bigint() - start));
    });
  }
  return least.map((nanoseconds) => nanoseconds / ORDERS);
}

const [hand, crossed, slower] = fastest(baseline, border, interpreted);
const [plain, withReasons] = fastest(one, reasons);
const cold = Array.from({ length: 11 }, () => Number(execFileSync(process.execPath, [join(ROOT, 'tests/bench/cold.mjs'), policyFile], { encoding: 'utf8' })));
const native = values.native ? Number(execFileSync(values.native, [policyFile], { encoding: 'utf8' })) : null;
const sizes = JSON.parse(readFileSync(join(ROOT, 'js/dist/sizes.json'), 'utf8'));

console.log(`${cpus()[0].model.trim()}, ${cpus().length} cores, Node ${process.version}; ${ORDERS} orders, the fastest of ${ROUNDS} rounds; ${policy.length} bytes of policy, ${code.length} of code`);
const row = (what, figure, beside) => console.log(`  ${what.padEnd(46)} ${figure.padStart(22)}   ${beside}`);
row('hand-written JavaScript, no reasons, no dates', `${thousands(1e9 / hand)} a second`, 'the baseline');
row('through the JS border, facts as objects', `${thousands(1e9 / crossed)} a second`, `${(hand / crossed).toFixed(2)} of the baseline; target 0.50`);
row('the same without the policy\'s code', `${thousands(1e9 / slower)} a second`, `${(hand / slower).toFixed(2)} of the baseline`);
if (native !== null) row('natively, facts in their slots', `${thousands(1e9 / native)} a second`, '');
row('one by one', `${thousands(1e9 / plain)} a second`, '');
row('one by one, with all reasons of all methods', `${thousands(1e9 / withReasons)} a second`, `${(withReasons / plain).toFixed(2)} times without; target 1.20`);
row('cold start, bytes to first decision', `${median(cold).toFixed(1)} ms of CPU`, `${spread(cold)}; target 6`);
for (const { name, brotli, target } of sizes) row(`${name}, brotli`, `${thousands(brotli)} B`, `target ${thousands(target)} B`);
rmSync(folder, { recursive: true });
if (Number.isNaN(sum)) process.exitCode = 1;
