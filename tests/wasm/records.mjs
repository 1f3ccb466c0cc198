// Replays the archived decision records (tests/records) in Node, as WebAssembly and as JavaScript: the answer in every record
// comes out byte for byte: node tests/wasm/records.mjs

import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './cases.mjs';
import { loadFallback } from './node-fallback.mjs';

const dist = join(root, 'js/dist');
const HEAD = 2 * (4 + 2 + 3 * 32); // magic, version and three hashes, in hex: what the host adds to the answer

const { loadEngine } = await import(join(dist, 'engine.js'));
const wasm = readFileSync(join(dist, 'engine.wasm'));
const hosts = { wasm: (policy) => loadEngine({ policy, wasm }), javascript: (policy) => loadFallback(dist, policy) };

let passed = 0;
let failed = 0;
for (const [host, load] of Object.entries(hosts)) {
  const before = passed;
  for (const version of readdirSync(join(root, 'tests/records')).filter((name) => /^\d+$/.test(name))) {
    const folder = join(root, 'tests/records', version);
    for (const file of readdirSync(folder).filter((name) => name.endsWith('.tresen'))) {
      const engine = await load(Uint8Array.from(readFileSync(join(folder, file))));
      for (const line of readFileSync(join(folder, file.replace('.tresen', '.jsonl')), 'utf8').split('\n').filter(Boolean)) {
        const { name, today, facts, record } = JSON.parse(line);
        const taken = engine.set(facts, today) && engine.decide(today) && engine.decision().semantics_version === Number(version);
        const answer = taken ? Buffer.from(engine.answerBytes()).toString('hex') : 'no answer';
        if (answer === record.slice(HEAD)) passed += 1;
        else {
          failed += 1;
          console.log(`${host}, version ${version}: ${name}\n  archived  ${record.slice(HEAD)}\n  now       ${answer}`);
        }
      }
      engine.free();
    }
  }
  console.log(`${host}: ${passed - before} records replayed`);
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
