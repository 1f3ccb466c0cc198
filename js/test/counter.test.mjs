// One counter and its instance of the module: what is written finds memory that has grown, and after a trap nothing more is asked. The
// module's own side is played here, for no real one grows or traps on demand.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Counter } from '../src/element/counter.js';

const NAMES = ['p\x1fEUR\x1f2\x1f1\x1f', 'm\x1finvoice\x1finvoice\x1finvoice\x1f30\x1fdelivery\x1f5\x1f9\x1f'].map((record) => `${record}\x1e`).join('');
const [VALUES, PRESENT, LISTS, APART, LAYOUT, ROOM_AT, SAID, RECORD_AT] = [1024, 2048, 2560, 3072, 64, 20_000, 30_000, 40_000];
const [ROOM, POLICY, SETTLED, RECORD] = [17, 18, 19, 20];

function policy() {
  const names = new TextEncoder().encode(NAMES);
  return Uint8Array.from([...new TextEncoder().encode('TRSN'), 1, names.length, ...names]);
}

/** An instance that notes what it is told, and answers `act` for what is no policy, room or record. */
function played(answer, problem = 0) {
  const memory = new WebAssembly.Memory({ initial: 1 });
  const told = [];
  const act = (what, place, number) => {
    if (what === ROOM) return ROOM_AT;
    told.push([what, place, number]);
    const words = new Uint32Array(memory.buffer, LAYOUT, 10);
    if (what === POLICY) words.set([VALUES, PRESENT, LISTS, APART, 0, 0, 0, 0, problem, 0]);
    if (what === RECORD) words.set([RECORD_AT, 67], 6);
    return [POLICY, SETTLED, RECORD].includes(what) ? LAYOUT : answer(what, memory);
  };
  return { module: { memory, act }, told };
}

test('what is said is written into the room, and what is heard ends with a zero', () => {
  const { module, told } = played((what, memory) => {
    const text = new TextDecoder().decode(new Uint8Array(memory.buffer, ROOM_AT, 5));
    new Uint8Array(memory.buffer).set(new TextEncoder().encode(`0${text}€\0more`), SAID);
    return SAID;
  });
  const counter = new Counter(module, policy(), '2026-11-21');
  assert.equal(counter.hear(2, 1, 'a', 'b', 'c'), '0a\x1fb\x1fc€');
  assert.deepEqual(told, [[POLICY, 20_778, 0], [2, 1, 0]]);
});

test('the last answer is read as methods', () => {
  const { module } = played();
  const counter = new Counter(module, policy(), '2026-11-21');
  const record = new DataView(module.memory.buffer, RECORD_AT);
  [[32, 1], [33, 1], [43, 1], [45, 1], [62, 1]].forEach(([at, value]) => record.setUint8(at, value));
  [[46, 25_000], [54, 290], [63, 20_808]].forEach(([at, value]) => record.setUint32(at, value, true));
  assert.deepEqual(counter.methods(), [
    {
      id: 'invoice',
      kind: 'invoice',
      state: 'incomplete',
      rank: 1,
      limit: { minor: 25_000, currency: 'EUR' },
      fee: { minor: 290, currency: 'EUR' },
      term: { days: 30, from: 'delivery' },
      due_date: '2026-12-21',
      missing: ['customer.birth_date'],
      consent: 'invoice',
    },
  ]);
  assert.equal(counter.record().length, 67);
});

test('facts and words reach memory that has grown, whenever it did', () => {
  const { module } = played((what, memory) => {
    memory.grow(1);
    return SAID;
  });
  const counter = new Counter(module, policy(), '2026-11-21');
  for (let round = 0; round < 2; round += 1) {
    assert.equal(counter.set({ 'cart.total': { minor: 4200 + round, currency: 'EUR' } }), true);
    const [set] = new Int32Array(module.memory.buffer, LAYOUT + 16, 1);
    assert.equal(new Int32Array(module.memory.buffer, VALUES + set * APART, 1)[0], 4200 + round);
    assert.equal(counter.hear(0, 0, 'x'), '');
    assert.equal(new Uint8Array(module.memory.buffer, ROOM_AT, 1)[0], 120);
  }
});

test('facts with a mistake in them are refused, and those of the shop’s server too', () => {
  const counter = new Counter(played().module, policy(), '2026-11-21');
  for (const facts of [{ 'cart.total': 1 }, { 'cart.color': 'red' }, { 'customer.birth_date': '2026-11-22' }, { 'account.overdue_count': 1 }]) {
    assert.equal(counter.set(facts), false, JSON.stringify(facts));
  }
});

test('bytes that are no policy make no counter', () => {
  assert.throws(() => new Counter(played(undefined, 3).module, policy(), '2026-11-21'), /policy/);
});

test('after a trap the module is asked nothing more', () => {
  let asked = 0;
  const { module } = played(() => {
    asked += 1;
    throw new WebAssembly.RuntimeError('unreachable');
  });
  const counter = new Counter(module, policy(), '2026-11-21');
  assert.throws(() => counter.hear(0, 0), WebAssembly.RuntimeError);
  assert.throws(() => counter.hear(0, 0), TypeError);
  assert.throws(() => counter.methods(), TypeError);
  assert.equal(asked, 1);
});
