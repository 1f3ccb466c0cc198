// The module once more as JavaScript, for pages where WebAssembly is missing or refused (iOS Lockdown Mode, a
// Content-Security-Policy without 'wasm-unsafe-eval'). It has the same exports, so the same glue serves it.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { transformSync } from 'esbuild';
import { BuildError, npmBin, run } from './run.mjs';

// Instructions that wasm2js does not know, written with those it knows.
const LOWER = ['--signext-lowering', '--llvm-nontrapping-fptoint-lowering', '--llvm-memory-copy-fill-lowering'];

// Memory that grows gets a new buffer. WebAssembly detaches the old one, which is how the glue notices that its views
// are stale; without this it would go on writing into memory that nobody reads.
const DETACH = `
const detach = (old) => {
  const { port1 } = new MessageChannel();
  port1.postMessage(null, [old]);
  port1.close();
};
`;

/** The optimised module in `wasm` as an ES module with one export, `instantiate()`, which returns the exports. */
export function fallback(wasm, work, featureFlags) {
  const lowered = join(work, 'lowered.wasm');
  run(npmBin('wasm-opt'), [wasm, '-o', lowered, ...featureFlags, ...LOWER, '-Oz']);
  const translated = join(work, 'translated.js');
  run(npmBin('wasm2js'), [lowered, '-o', translated, '-O']);
  return transformSync(factory(readFileSync(translated, 'utf8')), { minify: true, format: 'esm', target: ['es2020'] }).code;
}

/** wasm2js writes a module that starts itself; here the caller starts it. */
export function factory(source) {
  const start = source.indexOf('var retasmFunc = asmFunc(');
  if (start < 0) throw new BuildError('wasm2js writes another form than js/build/fallback.mjs knows');
  const body = source.slice(0, start).replace(/^import \* as .*$/gm, '');
  const grown = body.replace(/^(\s*)buffer = newBuffer;$/m, '$1detach(buffer);\n$&');
  if (body.includes('__wasm_memory_grow') && grown === body) {
    throw new BuildError('wasm2js grows memory in another way than js/build/fallback.mjs knows');
  }
  return `${DETACH}${grown}\nexport const instantiate = () => asmFunc({});\n`;
}
