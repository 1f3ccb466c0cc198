// Where orders of the past come from, and how they become pieces of JSON lines. What is made of them is a matter of src/wire and tests/wasm.

import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { test } from 'node:test';
import { piecesOf } from '../src/backtest/pieces.js';

async function all(source) {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  let [text, share, pieces] = ['', null, 0];
  for await (const piece of piecesOf(source)) {
    text += decoder.decode(piece.bytes, { stream: true });
    assert.equal(piece.bytes.byteLength, piece.bytes.buffer.byteLength, 'a piece has a buffer of its own');
    share = piece.share;
    pieces += 1;
  }
  return { text: text + decoder.decode(), share, pieces };
}

async function* later(pieces) {
  for (const piece of pieces) yield piece;
}

/** Text in pieces that end in the middle of a line, and of a letter. */
function cut(text, size) {
  const bytes = new TextEncoder().encode(text);
  return Array.from({ length: Math.ceil(bytes.length / size) }, (_, number) => bytes.subarray(number * size, number * size + size));
}

const streamOf = (pieces) => new ReadableStream({ start: (stream) => (pieces.forEach((piece) => stream.enqueue(piece)), stream.close()) });

test('orders come as a list, one after the other, as text, as a file or as a stream that is cut anywhere, and are the same ones', async () => {
  const text = '{"a":"ü€"}\n\n  \r\n{"b":"😀"}\r\n{"c":1}';
  for (const [what, source, share] of [
    ['text', text, 1],
    ['a file', new Blob([text]), 1],
    ['a stream of bytes', streamOf(cut(text, 1)), null],
    ['a stream of text', streamOf([...text]), null],
    ['a stream of text that is cut in the middle of a letter', streamOf(text.split('')), null],
    ['a stream of Node', Readable.from(cut(text, 3)), null],
  ]) {
    assert.deepEqual(await all(source), { text, share, pieces: 1 }, what);
  }
  assert.deepEqual(await all(text.split('\n')), { text: `${text}\n`, share: 1, pieces: 1 });
  assert.deepEqual(await all(later(text.split('\n'))), { text: `${text}\n`, share: null, pieces: 1 });
  assert.deepEqual(await all(''), { text: '', share: null, pieces: 1 });
});

test('one order is one line, whatever it is', async () => {
  const self = {};
  self.self = self;
  const orders = new Set(['a', {}, { b: undefined, c: [1] }, '{\n  "d": "e"\n}', null, undefined, 7, self, 8n, ['f']]);
  const { text } = await all(orders);
  assert.deepEqual(text.split('\n'), ['a', '{}', '{"c":[1]}', '{\r  "d": "e"\r}', 'null', 'null', '7', 'null', 'null', '["f"]', '']);
});

test('what is large comes in many pieces, none of them much larger than the others, and whoever gave it keeps it', async () => {
  const line = `{"a":"${'ü😀'.repeat(20)}"}\n`;
  const text = line.repeat(20_000);
  const bytes = new TextEncoder().encode(text);
  for (const [what, source] of [['text', text], ['a file', new Blob([text])], ['one large piece', later([bytes])], ['a list', new Array(20_000).fill(line.trim())]]) {
    const found = await all(source);
    assert.ok(found.text === text && found.pieces > 10, `${what}: ${found.pieces} pieces`);
  }
  for await (const piece of piecesOf(later([bytes]))) assert.ok(piece.bytes.length <= 1 << 17);
  assert.equal(bytes.length, new TextEncoder().encode(text).length);
});

test('a stream of which no more is wanted is left', async () => {
  let left = false;
  const stream = new ReadableStream({ pull: (to) => to.enqueue(new Uint8Array(1 << 16)), cancel: () => void (left = true) });
  for await (const { bytes } of piecesOf(stream)) {
    assert.equal(bytes.length, 1 << 17);
    break;
  }
  assert.equal(left, true);
});
