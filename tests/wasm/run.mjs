// Runs the corpus and random cases through the engine in Node and Chromium, as WebAssembly and as JavaScript, and
// compares every decision with the native one, made alone and together with others, by the policy's own code as well: node tests/wasm/run.mjs --tresen FILE [--random N] [--hosts node,chromium]

import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual, parseArgs } from 'node:util';
import { corpus, decideNatively, random, root } from './cases.mjs';
import { differences } from './compare.mjs';
import { decideAll } from './host.mjs';
import { openPage } from './page.mjs';

const { values } = parseArgs({ options: { tresen: { type: 'string' }, random: { type: 'string', default: '2000' }, hosts: { type: 'string', default: 'node,chromium' } } });
const dist = join(root, 'js/dist');
const batches = [...corpus(), ...random(Number(values.random))];
decideNatively(values.tresen, batches, join(tmpdir(), `tresen-wasm-${process.pid}`));

let passed = 0;
let failed = 0;

function compare(host, answers) {
  for (const [number, batch] of batches.entries()) {
    for (const [place, { name, native }] of batch.cases.entries()) {
      // Who makes the policy's hash is the host's affair: the engine is not told it here.
      const expected = native.error ? { error: native.error.diagnostics.map(({ code, at }) => `${code} ${at}`).sort() } : { ...native, policy: null };
      if (isDeepStrictEqual(answers[number][place], expected)) passed += 1;
      else {
        failed += 1;
        if (failed <= 5) console.log(`${host}: ${name}\n${differences(expected, answers[number][place]).join('\n')}`);
      }
    }
  }
  console.log(`${host}: ${batches.reduce((sum, batch) => sum + batch.cases.length, 0)} cases decided`);
}

function withCode(engine) {
  if (!engine.hasCode) throw new Error('the engine does not take the code of its policy');
  return engine;
}

async function inNode(kind) {
  const { loadEngine } = await import(join(dist, 'engine.js'));
  const { leastSteps } = await import(join(dist, 'steps.js'));
  const { loadFallback } = await import('./node-fallback.mjs');
  const wasm = readFileSync(join(dist, 'engine.wasm'));
  const coded = async (batch) => withCode(await loadEngine({ policy: batch.bytes, code: batch.code, wasm }));
  return decideAll((batch) => (kind === 'wasm' ? [loadEngine({ policy: batch.bytes, wasm }), coded(batch)] : [loadFallback(dist, batch.bytes)]), batches, leastSteps);
}

async function inChromium(kind) {
  const { page, close } = await openPage(kind);
  try {
    const plain = batches.map(({ bytes, code, cases }) => ({ bytes: [...bytes], code: [...code], cases: cases.map(({ today, facts }) => ({ today, facts })) }));
    return await page.evaluate(async ([plain, isWasm]) => {
      const [{ loadEngine }, { leastSteps }, { decideAll }] = await Promise.all([import('/dist/engine.js'), import('/dist/steps.js'), import('/host.mjs')]);
      const batches = plain.map(({ bytes, code, cases }) => ({ bytes: Uint8Array.from(bytes), code: Uint8Array.from(code), cases }));
      // Where WebAssembly is refused, the code is too, and nothing else changes.
      const coded = async ({ bytes, code }) => {
        const engine = await loadEngine({ policy: bytes, code });
        if (engine.hasCode !== isWasm) throw new Error(`the engine ${isWasm ? 'does not take' : 'took'} the code of its policy`);
        return engine;
      };
      return decideAll((batch) => [loadEngine({ policy: batch.bytes }), coded(batch)], batches, leastSteps);
    }, [plain, kind === 'wasm']);
  } finally {
    await close();
  }
}

const hosts = { node: inNode, chromium: inChromium };
for (const name of values.hosts.split(',')) {
  for (const kind of ['wasm', 'javascript']) compare(`${name}, ${kind}`, await hosts[name](kind));
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
