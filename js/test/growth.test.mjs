// Whatever grows the module's memory (a second engine on the page, a long answer) leaves every earlier view empty: what is read
// afterwards must come from the new buffer. The engine's own side is played here, for no real one grows on demand.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Engine } from '../src/engine/engine.js';

const NAMES = ['p\x1fEUR\x1f2\x1f0\x1f', 'r\x1fminors\x1f12\x1f', 'm\x1finvoice\x1finvoice\x1f\x1f\x1f\x1f\x1f9\x1f', 'f\x1f'].map((record) => `${record}\x1e`).join('');
const [VALUES, PRESENT, LISTS, APART, ANSWERS] = [1024, 2048, 2560, 4096, 12288];

function policy() {
  const names = new TextEncoder().encode(NAMES);
  return Uint8Array.from([...new TextEncoder().encode('TRSN'), 1, names.length, ...names]);
}

function engineOn(memory) {
  const core = {
    layout: () => 64,
    // Rule 0 and built-in reason 4 (the method's own condition).
    decide: () => new Uint32Array(memory.buffer, ANSWERS, 3).set([1, 0, 1 << 4]) ?? 0,
  };
  new Uint32Array(memory.buffer, 64, 9).set([VALUES, PRESENT, LISTS, APART, 0, ANSWERS, 0, 0, 0]);
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
  // The engine reads the first set of slots, so the second one is written, and read from then on.
  assert.deepEqual([...new Int32Array(memory.buffer, VALUES + APART, 2)], [1_705_032_704, 1]);
  assert.equal(new Int32Array(memory.buffer, PRESENT + APART, 1)[0], 1);
  assert.notEqual(new Int32Array(memory.buffer, 64, 5)[4], 0);
});

test('facts with a mistake in them change nothing', () => {
  const memory = new WebAssembly.Memory({ initial: 1 });
  const engine = engineOn(memory);
  const read = () => {
    const apart = new Int32Array(memory.buffer, 64, 5)[4] === 0 ? 0 : APART;
    return [...new Int32Array(memory.buffer, VALUES + apart, 256), ...new Int32Array(memory.buffer, PRESENT + apart, 4)];
  };
  assert.equal(engine.set({ 'cart.total': { minor: 4200, currency: 'EUR' }, 'cart.item_count': 2 }), true);
  const before = read();
  for (const mistake of [{ 'cart.item_count': 1.5 }, { 'customer.kind': 'robot' }, { 'cart.categories': ['a', 1] }, { '': 1 }, { 'customer.birth_date': '2026-02-29' }]) {
    assert.equal(engine.set({ 'cart.total': { minor: 9900, currency: 'EUR' }, ...mistake }), false);
    assert.deepEqual(read(), before);
  }
  assert.equal(engine.set({ 'cart.total': { minor: 9900, currency: 'EUR', tax: 1 } }), false);
  assert.deepEqual(read(), before);
});
