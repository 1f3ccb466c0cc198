// Cases are treated in WebAssembly as they are natively: node tests/wasm/collection.mjs --module FILE, which is `tests/collection.rs` built for the
// browser. A module has no voice, so its tests say that one failed by stopping; that they would is shown by planting a wrong answer in it.

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

assert.equal(await run(bytes), 0);
const answers = [
  ['"/segment": "nothing_heard"', '"/segment": "nothing_hoard"'],
  ['"/asked/1/says": "unknown"', '"/asked/1/says": "unknows"'],
  ['"/levels/0/after_days": 8', '"/levels/0/after_days": 9'],
];
for (const [right, wrong] of answers) {
  const at = bytes.indexOf(right);
  assert.ok(at >= 0, `the module holds no ${right}`);
  const planted = Buffer.from(bytes);
  planted.write(wrong, at);
  await assert.rejects(run(planted), WebAssembly.RuntimeError, `${wrong} went unnoticed`);
}
console.log(`collection: the cases come out, and ${answers.length} wrong answers are noticed`);
console.log(`collection: ${answers.length + 1} passed, 0 failed`);
