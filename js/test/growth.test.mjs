// What JavaScript writes into the module's memory, and what it reads there. Whatever grows that memory (a second engine on the page, a
// long answer) leaves every earlier view empty: what is read afterwards must come from the new buffer. The engine's own side is played
// here, for no real one grows on demand.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Engine } from '../src/engine/engine.js';

const NAMES = ['p\x1fEUR\x1f2\x1f0\x1f', 'r\x1fminors\x1f12\x1f', 'm\x1finvoice\x1finvoice\x1f\x1f\x1f\x1f\x1f9\x1f', 'f\x1f'].map((record) => `${record}\x1e`).join('');
const [VALUES, PRESENT, LISTS, APART, DECIDED, ANSWERS] = [1024, 2048, 2560, 3072, 512, 61440];
const UPPER = 128 * 4;
const SETS = 16;


function policy() {
  const names = new TextEncoder().encode(NAMES);
  return Uint8Array.from([...new TextEncoder().encode('TRSN'), 1, names.length, ...names]);
}

function engineOn(memory) {
  const core = {
    layout: () => 64,
    decide: (_day, first, count) => {
      // Rule 0 and built-in reason 4 (the method's own condition).
      new Uint32Array(memory.buffer, ANSWERS, 3).set([1, 0, 1 << 4]);
      for (let number = first; number < first + count; number += 1) {
        const set = number % SETS;
        // The method's state is left open; above it stands the number of articles, for whoever wants to know which order was decided.
        const [articles] = new Uint32Array(memory.buffer, VALUES + set * APART + 4, 1);
        new Uint32Array(memory.buffer, DECIDED + set * 4, 1).set([articles << 2]);
      }
    },
  };
  new Uint32Array(memory.buffer, 64, 10).set([VALUES, PRESENT, LISTS, APART, 0, ANSWERS, 0, 0, 0, DECIDED]);
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
  const halves = [VALUES + APART, VALUES + APART + UPPER].map((at) => new Int32Array(memory.buffer, at, 1)[0]);
  assert.deepEqual(halves, [1_705_032_704, 1]);
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

test('of many orders each has the decision that was made for it, and one with a mistake has none', () => {
  const memory = new WebAssembly.Memory({ initial: 1 });
  const engine = engineOn(memory);
  for (const length of [0, 1, 2, SETS - 2, SETS - 1, SETS, 2 * SETS - 2, 2 * SETS - 1, 100]) {
    const numbers = Array.from({ length }, (_, number) => number + 1);
    const isWrong = (number) => number % 7 === 1 || number === length;
    const orders = numbers.map((number) => ({ 'cart.item_count': number, 'customer.kind': isWrong(number) ? 'nobody' : 'consumer' }));
    const expected = numbers.map((number) => (isWrong(number) ? 0xffffffff : number << 2));
    assert.deepEqual([...engine.decideBatch(orders, '2026-11-21')], expected, `${length} orders`);
    const right = orders.filter((_, place) => !isWrong(numbers[place]));
    const all = right.map((order) => order['cart.item_count'] << 2);
    assert.deepEqual([...engine.decideBatch(right, '2026-11-21')], all, `${length} orders without the wrong ones`);
  }
});

test('orders with a mistake leave the facts of the last one as they are', () => {
  const memory = new WebAssembly.Memory({ initial: 1 });
  const engine = engineOn(memory);
  const read = () => {
    const [set] = new Int32Array(memory.buffer, 64 + 16, 1);
    return [...new Int32Array(memory.buffer, VALUES + set * APART, 400)];
  };
  engine.decideBatch([{ 'cart.item_count': 2 }], '2026-11-21');
  const before = read();
  engine.decideBatch(Array.from({ length: 40 }, () => ({ 'cart.item_count': 3, 'cart.total': 'much' })), '2026-11-21');
  assert.deepEqual(read(), before);
});
