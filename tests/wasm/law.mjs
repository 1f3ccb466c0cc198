// The figures of the law come out in WebAssembly as they do natively: node tests/wasm/law.mjs --module FILE, which is `tests/law` built for the
// browser. A module has no voice, so its tests say that one failed by stopping; that they would is shown by planting wrong figures in it.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';

const { values } = parseArgs({ options: { module: { type: 'string' } } });
const bytes = readFileSync(values.module);

/** Runs every test in the module; 0 if all of them passed. */
async function run(code) {
  const { instance } = await WebAssembly.instantiate(code, {});
  return instance.exports.main(0, 0);
}

/** The module with another figure of the same length in its corpus. */
function planted(right, wrong) {
  const at = bytes.indexOf(right);
  assert.ok(at >= 0 && right.length === wrong.length, `the module holds no ${right}`);
  const copy = Buffer.from(bytes);
  copy.write(wrong, at);
  return copy;
}

assert.equal(await run(bytes), 0);
// One for each file of the corpus.
const figures = [
  ['"base": "-0.13"', '"base": "-0.12"'],
  ['"interest": "297.50"', '"interest": "297.51"'],
  ['"fee": "1456.50"', '"fee": "1456.51"'],
  ['"net": "34.02"', '"net": "34.03"'],
  ['"principal": "74.50"', '"principal": "74.51"'],
  ['"reference": "RF68C"', '"reference": "RF69C"'],
  ['"iban": "BH67BMAG', '"iban": "BH68BMAG'],
  ['"last_day": "2031-05-10"', '"last_day": "2031-05-11"'],
  ['"from": "2026-04-07"', '"from": "2026-04-08"'],
  ['"rate": "6.43"', '"rate": "6.44"'],
];
for (const [right, wrong] of figures) {
  await assert.rejects(run(planted(right, wrong)), WebAssembly.RuntimeError, `${wrong} went unnoticed`);
}
console.log(`law: the figures come out, and ${figures.length} wrong ones are noticed`);
console.log(`law: ${figures.length + 1} passed, 0 failed`);
