// A policy's code is taken with that policy alone: what was made of another one, was cut or is no code changes nothing, and every order is
// decided all the same: node tests/wasm/code.mjs --tresen FILE

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { root } from './cases.mjs';
import { loadFallback } from './node-fallback.mjs';

const { values } = parseArgs({ options: { tresen: { type: 'string' } } });
const dist = join(root, 'js/dist');
const folder = mkdtempSync(join(tmpdir(), 'tresen-code-'));
const TODAY = '2026-11-21';
const ORDERS = [900, 1_000, 25_000, 99_000, 3_000_000_000_000].map((minor) => ({ 'cart.total': { minor, currency: 'EUR' }, 'shop.providers': ['sandbox'] }));

function built(policy) {
  const [bytes, code] = [join(folder, 'policy.tresen'), join(folder, 'policy.wasm')];
  execFileSync(values.tresen, ['policy', 'build', join(root, `${policy}.json`), '-o', bytes, '--code', code], { stdio: 'pipe' });
  return { policy: new Uint8Array(readFileSync(bytes)), code: readFileSync(code) };
}

const { loadEngine } = await import(join(dist, 'engine.js'));
const wasm = readFileSync(join(dist, 'engine.wasm'));
const own = built('examples/policies/de-own-invoice');
const other = built('examples/policies/de-scorecard');

const plain = await loadEngine({ policy: own.policy, wasm });
const expected = [...plain.decideBatch(ORDERS, TODAY)];
assert.equal(plain.hasCode, false);
assert.ok(new Set(expected).size > 1, 'the orders are all decided alike');

async function decides(what, code, hasCode) {
  const engine = await loadEngine({ policy: own.policy, code, wasm });
  assert.equal(engine.hasCode, hasCode, what);
  assert.deepEqual([...engine.decideBatch(ORDERS, TODAY)], expected, what);
  // A day that cannot be named decides nothing.
  assert.ok(engine.decideBatch(ORDERS, '2026-02-30').every((states) => states === 0xffffffff), what);
  // Orders with mistakes are not decided, whether others stand beside them or not.
  const wrong = { 'cart.total': { minor: -1, currency: 'EUR' } };
  assert.deepEqual([...engine.decideBatch([wrong], TODAY)], [0xffffffff], what);
  assert.deepEqual([...engine.decideBatch([...ORDERS, wrong], TODAY)], [...expected, 0xffffffff], what);
  assert.equal(engine.decideBatch([], TODAY).length, 0, what);
  // Of the last one that was taken more may be asked.
  assert.deepEqual(engine.methods().map(({ id, state }) => [id, state]).sort(), engine.states(expected.at(-1)).map(({ id, state }) => [id, state]).sort(), what);
  console.log(`ok: ${what}`);
}

await decides('its own code is taken', own.code, true);
await decides('a module that is compiled already is taken', new WebAssembly.Module(own.code), true);
await decides('the code of another policy is not', other.code, false);
await decides('code that was cut is not', own.code.subarray(0, -1), false);
await decides('what is no code is not', new Uint8Array([1, 2, 3]), false);
await decides('code that is not to be had is not', new URL('http://127.0.0.1:9/policy.wasm'), false);

const fallback = await loadFallback(dist, own.policy, own.code);
assert.equal(fallback.hasCode, false);
assert.deepEqual([...fallback.decideBatch(ORDERS, TODAY)], expected);
console.log('ok: the engine as JavaScript takes none');
rmSync(folder, { recursive: true });
