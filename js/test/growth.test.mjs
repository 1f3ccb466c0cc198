// Whatever grows the module's memory (a second engine on the page, a long answer) leaves every earlier view empty: what is read
// afterwards must come from the new buffer. The engine's own side is played here, for no real one grows on demand.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Engine } from '../src/engine/engine.js';

const NAMES = ['p\x1fEUR\x1f2\x1f0\x1f', 'r\x1fminors\x1f12\x1f', 'm\x1finvoice\x1finvoice\x1f\x1f\x1f\x1f\x1f9\x1f', 'f\x1f'].map((record) => `${record}\x1e`).join('');
const [VALUES, PRESENT, LISTS, MASKS] = [1024, 2048, 2560, 4608];

function policy() {
  const names = new TextEncoder().encode(NAMES);
  return Uint8Array.from([...new TextEncoder().encode('TRSN'), 1, names.length, ...names]);
}

function engineOn(memory) {
  const core = {
    layout: () => 64,
    // Built-in reason 4 (the method's own condition) and rule 0.
    decide: () => new Uint32Array(memory.buffer, MASKS, 3).set([1 << 4, 1, 0]) ?? 0,
  };
  new Uint32Array(memory.buffer, 64, 6).set([VALUES, PRESENT, LISTS, MASKS, 0, 0]);
  return new Engine(core, memory, policy(), { today: '2026-11-21' });
}

const REASONS = [
  { code: 'customer.minor', rule: 'minors' },
  { code: 'country.not_served', rule: null },
];

test('reasons are the same after the memory has grown', () => {
  const memory = new WebAssembly.Memory({ initial: 1 });
  const engine = engineOn(memory);
  assert.equal(engine.set({ 'cart.total': { minor: 4200, currency: 'EUR' } }), true);
  assert.equal(engine.decide(), true);
  assert.deepEqual(engine.reasons('invoice'), REASONS);
  memory.grow(1);
  assert.deepEqual(engine.reasons('invoice'), REASONS);
});

test('facts reach the memory that has grown', () => {
  const memory = new WebAssembly.Memory({ initial: 1 });
  const engine = engineOn(memory);
  memory.grow(1);
  assert.equal(engine.set({ 'cart.total': { minor: 6_000_000_000, currency: 'EUR' } }), true);
  assert.deepEqual([...new Int32Array(memory.buffer, VALUES, 2)], [1_705_032_704, 1]);
  assert.equal(new Int32Array(memory.buffer, PRESENT, 1)[0], 1);
});
