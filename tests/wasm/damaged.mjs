// Compiled bytes that are not as they were written, in Node: every one is refused with the code that the native readers give
// (tests/laws/damaged.rs), and bytes that somebody made up, checksum and all, never trap. As WebAssembly and as JavaScript:
// node tests/wasm/damaged.mjs --tresen FILE

import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { root } from './cases.mjs';
import { loadFallback } from './node-fallback.mjs';

const { values } = parseArgs({ options: { tresen: { type: 'string' } } });
const dist = join(root, 'js/dist');
const folder = join(tmpdir(), `tresen-damaged-${process.pid}`);
mkdirSync(folder, { recursive: true });

const POLICIES = ['tests/corpus/policies/score', 'tests/corpus/policies/yen', 'examples/policies/de-own-invoice'];
const NOT_A_POLICY = 'policy.bytes.not_a_policy';
const VERSION = 'policy.bytes.version';
const DAMAGED = 'policy.bytes.damaged';

/** The same bytes with a checksum that fits: FNV-1a over all before it. */
function sealed(bytes) {
  let sum = 0xcbf29ce484222325n;
  const body = bytes.subarray(0, bytes.length - 8);
  for (const byte of body) sum = BigInt.asUintN(64, (sum ^ BigInt(byte)) * 0x100000001b3n);
  const whole = Uint8Array.from(bytes);
  new DataView(whole.buffer).setBigUint64(body.length, sum, true);
  return whole;
}

const changed = (bytes, place, value) => bytes.map((byte, at) => (at === place ? value & 255 : byte));

/** What is wrong, the bytes, and the code of the refusal. */
function* damaged(bytes) {
  for (let end = 0; end < bytes.length; end += 1) yield [`cut at ${end}`, bytes.subarray(0, end), end < 4 ? NOT_A_POLICY : DAMAGED];
  for (let place = 0; place < bytes.length; place += 1) {
    const code = place < 4 ? NOT_A_POLICY : place === 4 ? VERSION : DAMAGED;
    for (let bit = 0; bit < 8; bit += 1) yield [`bit ${bit} of byte ${place}`, changed(bytes, place, bytes[place] ^ (1 << bit)), code];
  }
  for (let version = 0; version < 256; version += 1) if (version !== bytes[4]) yield [`version ${version}`, sealed(changed(bytes, 4, version)), VERSION];
  yield ['another magic', sealed(changed(bytes, 3, 0x52)), NOT_A_POLICY];
  yield ['a byte too many', Uint8Array.from([...bytes, 10]), DAMAGED];
  yield ['JSON', new TextEncoder().encode('{"format": 1}'), NOT_A_POLICY];
}

let passed = 0;
let failed = 0;

function count(right, what) {
  if (right) passed += 1;
  else {
    failed += 1;
    if (failed <= 10) console.log(what);
  }
}

async function refused(load, bytes) {
  try {
    (await load(bytes)).free();
    return null;
  } catch (error) {
    return error.code ?? String(error);
  }
}

/** Loads bytes that somebody made up and decides by them; whatever comes of it, nothing may trap. */
async function decides(load, bytes) {
  const engine = await load(bytes).catch((error) => {
    if (!error.code?.startsWith('policy.bytes.')) throw error;
  });
  if (!engine) return;
  if (engine.set({ 'cart.total': { minor: 9900, currency: engine.policy.currency } }, '2026-11-21')) engine.decide('2026-11-21');
  engine.free();
}

async function host(name, load) {
  const before = passed + failed;
  let forged = 0;
  for (const policy of POLICIES) {
    const file = join(folder, `${policy.replaceAll('/', '-')}.tresen`);
    execFileSync(values.tresen, ['policy', 'build', join(root, `${policy}.json`), '-o', file], { stdio: 'pipe' });
    const bytes = Uint8Array.from(readFileSync(file));
    for (const [what, wrong, code] of damaged(bytes)) {
      const found = await refused(load, wrong);
      count(found === code, `${name}: ${policy}, ${what}: ${found} instead of ${code}`);
    }
    for (let place = 5; place < bytes.length - 8; place += 1) {
      for (const step of [1, 127, 255]) {
        const trap = await decides(load, sealed(changed(bytes, place, bytes[place] + step))).catch(String);
        count(trap === undefined, `${name}: ${policy}, byte ${place} plus ${step} with a checksum that fits: ${trap}`);
        forged += 1;
      }
    }
    count((await refused(load, bytes)) === null, `${name}: ${policy} is not read any more`);
  }
  console.log(`${name}: ${passed + failed - before - forged} refused with their code, ${forged} made up`);
}

const { loadEngine } = await import(join(dist, 'engine.js'));
const wasm = readFileSync(join(dist, 'engine.wasm'));
await host('wasm', (policy) => loadEngine({ policy, wasm }));
await host('javascript', (policy) => loadFallback(dist, policy));
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
