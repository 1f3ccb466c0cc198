// The cases that every host must decide alike: the corpus, and random ones from the reference's generator.

import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export const root = new URL('../..', import.meta.url).pathname;

/** @typedef {{ policy: object, cases: { name: string, today: string, facts: object }[] }} Batch */

/** @returns {Batch[]} */
export function corpus() {
  const folder = join(root, 'tests/corpus');
  const batches = new Map();
  for (const file of readdirSync(join(folder, 'decide')).filter((name) => name.endsWith('.jsonl')).sort()) {
    for (const line of readFileSync(join(folder, 'decide', file), 'utf8').split('\n').filter(Boolean)) {
      const { name, policy, today, facts } = JSON.parse(line);
      if (!batches.has(policy)) batches.set(policy, { policy: JSON.parse(readFileSync(join(folder, 'policies', `${policy}.json`), 'utf8')), cases: [] });
      batches.get(policy).cases.push({ name: `${file}: ${name}`, today, facts });
    }
  }
  return [...batches.values()];
}

/** @returns {Batch[]} */
export function random(count, seed = 'wasm') {
  if (count === 0) return [];
  const made = execFileSync('python3', [join(root, 'tests/reference/generate.py'), '--seed', seed, '--count', `${count}`, '--cases-a-policy', '50'], { maxBuffer: 1 << 30 });
  const batches = [];
  for (const line of made.toString().split('\n').filter(Boolean)) {
    const { policy, today, facts } = JSON.parse(line);
    if (policy) batches.push({ policy, cases: [] });
    else {
      const { cases } = batches.at(-1);
      cases.push({ name: `random ${seed} ${batches.length}/${cases.length + 1}`, today, facts });
    }
  }
  return batches;
}

/** Adds to each batch its compiled policy, the policy's code, and to each case the native decision. */
export function decideNatively(tresen, batches, folder) {
  mkdirSync(folder, { recursive: true });
  for (const [number, batch] of batches.entries()) {
    const policy = join(folder, `${number}.json`);
    const compiled = join(folder, `${number}.tresen`);
    writeFileSync(policy, JSON.stringify(batch.policy));
    const code = join(folder, `${number}.wasm`);
    execFileSync(tresen, ['policy', 'build', policy, '-o', compiled, '--code', code], { stdio: 'pipe' });
    batch.bytes = readFileSync(compiled);
    batch.code = readFileSync(code);
    const input = batch.cases.map(({ today, facts }) => `${JSON.stringify({ today, facts })}\n`).join('');
    const { stdout } = spawnSync(tresen, ['decide', '--policy', compiled, '--facts', '-'], { input, maxBuffer: 1 << 30 });
    const lines = stdout.toString().split('\n').filter(Boolean);
    if (lines.length !== batch.cases.length) throw new Error(`tresen decide wrote ${lines.length} lines for ${batch.cases.length} cases`);
    for (const [place, line] of lines.entries()) batch.cases[place].native = JSON.parse(line);
  }
}
