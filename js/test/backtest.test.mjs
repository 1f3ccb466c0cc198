// Where orders of the past come from, and what they say. What a report makes of them is a matter of tests/wasm.

import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { test } from 'node:test';
import { slicesOf } from '../src/backtest/lines.js';
import { readOrder } from '../src/backtest/order.js';
import { Sum, ppm, rounded, roundedParts } from '../src/backtest/sum.js';

async function all(source) {
  const lines = [];
  let share;
  for await (const slice of slicesOf(source)) {
    lines.push(...slice.lines);
    share = slice.share;
  }
  return { lines, share };
}

async function* later(pieces) {
  for (const piece of pieces) yield piece;
}

/** Text in pieces that end in the middle of a line, and of a letter. */
function cut(text, size) {
  const bytes = new TextEncoder().encode(text);
  return Array.from({ length: Math.ceil(bytes.length / size) }, (_, number) => bytes.subarray(number * size, number * size + size));
}

test('orders come as a list, one after the other, as text, as a file or as a stream that is cut anywhere, and are the same ones', async () => {
  const text = '{"a":"ü€"}\n\n  \r\n{"b":"😀"}\r\n{"c":1}';
  const expected = [[1, '{"a":"ü€"}'], [4, '{"b":"😀"}\r'], [5, '{"c":1}']];
  const streams = (pieces) => new ReadableStream({ start: (stream) => (pieces.forEach((piece) => stream.enqueue(piece)), stream.close()) });
  for (const [what, source, share] of [
    ['text', text, 1],
    ['text that ends with a line', `${text}\n`, 1],
    ['a file', new Blob([text]), 1],
    ['a stream of bytes', streams(cut(text, 1)), null],
    ['a stream of text', streams([...text]), null],
    ['a stream of Node', Readable.from(cut(text, 3)), null],
    ['a list of lines', text.split('\n'), 1],
    ['lines one after the other', later(text.split('\n')), null],
  ]) {
    assert.deepEqual(await all(source), { lines: expected, share }, what);
  }
  assert.deepEqual((await all(new Set(['a', {}]))).lines, [[1, 'a'], [2, {}]]);
  assert.deepEqual(await all(''), { lines: [], share: null });
});

test('a line that is no order is told with its place', () => {
  const defaults = { today: '2026-03-10', currency: 'EUR' };
  const codes = (line) => {
    const { order: read, refused } = readOrder([1, line], defaults);
    return (refused ?? read.problems).map(({ code, at }) => `${code} ${at}`);
  };
  const besides = (more) => JSON.stringify({ facts: {}, ...more });
  for (const [line, expected] of [
    ['{', ['json.malformed ']],
    ['[]', ['fact.type ']],
    ['{"facts": 1}', ['fact.type /facts']],
    [besides({ 'a/b~': 1 }), ['json.key_unknown /a~1b~0']],
    [besides({ today: '2026-02-30' }), ['fact.date_malformed /today']],
    [besides({ today: null }), ['fact.date_malformed /today']],
    [besides({ outcome: 'late' }), ['order.type /outcome']],
    [besides({ outcome: {} }), ['order.paid.missing /outcome']],
    [besides({ outcome: { paid: 1, method: 2, when: 3 } }), ['json.key_unknown /outcome/when', 'order.type /outcome/paid', 'order.type /outcome/method']],
    [besides({ outcome: { paid: 'soon' } }), ['order.paid.unknown /outcome/paid']],
    [besides({ outcome: { paid: 'late', lost: { minor: -1, currency: 'EUR' } } }), ['order.lost.negative /outcome/lost/minor']],
    [besides({ outcome: { paid: 'on_time', lost: { minor: 1, currency: 'EUR' } } }), ['order.lost.unexpected /outcome/lost']],
    [besides({ outcome: { paid: 'late', lost: { minor: 1, currency: 'USD' } } }), ['order.currency /outcome/lost/currency']],
    [besides({ margin: { minor: 1.5, currency: 'EUR' } }), ['order.amount /margin']],
    [besides({ margin: '1.000001' }), ['order.margin /margin']],
    [besides({ margin: '0.' }), ['order.margin /margin']],
    [besides({ margin: 0.35 }), ['order.margin /margin']],
    [besides({ margin: '1' }), []],
    [`"${'x'.repeat(1 << 20)}"`, ['fact.type ']],
  ]) {
    assert.deepEqual(codes(line), expected, line.slice(0, 80));
  }
});

test('sums are exact beyond what a number holds, and are rounded once', () => {
  const sum = new Sum();
  for (const part of [Number.MAX_SAFE_INTEGER, 1, Number.MAX_SAFE_INTEGER, -3]) sum.add(part);
  sum.addProduct(Number.MAX_SAFE_INTEGER, 999_999);
  assert.equal(sum.value, 2n * 9007199254740991n - 2n + 9007199254740991n * 999_999n);
  assert.deepEqual([499_999n, 500_000n, 1_499_999n, -500_000n, -499_999n].map(rounded), [0n, 1n, 1n, -1n, 0n]);
  assert.deepEqual(roundedParts([1_600_000n, 700_000n, 0n, 300_000n]), { parts: [2n, 1n, 0n, 0n], whole: 3n });
  assert.deepEqual([ppm(1, 3), ppm(2, 3), ppm(0, 3), ppm(3, 3), ppm(0, 0)], [333_333, 666_667, 0, 1_000_000, 0]);
});
