// What is added to the glue that wasm-bindgen writes.

import { BuildError } from './run.mjs';

// The generated `init` and `initSync` know WebAssembly only. A page without WebAssembly runs the same module as
// JavaScript, so the loader gets the two halves instead: what the module imports, and what to do with its exports. What is no longer
// exported is left out of the bundle.
const WHOLE = 'export { initSync, __wbg_init as default };';
const HALVES = `
export const glueImports = () => __wbg_get_imports();
export const glueStart = (exports) => __wbg_finalize_init({ exports }, undefined);
`;

/** The generated glue with its two halves exported, and checked to run under a strict Content-Security-Policy. */
export function glue(generated) {
  for (const name of ['__wbg_get_imports', '__wbg_finalize_init']) {
    if (!generated.includes(`function ${name}(`)) throw new BuildError(`the glue of wasm-bindgen has no ${name} any more: adapt js/build/glue.mjs`);
  }
  const sink = generated.match(/\beval\(|new Function\b|\.innerHTML\b|document\.write\b/);
  if (sink) throw new BuildError(`the glue uses \`${sink[0]}\`, which a strict Content-Security-Policy refuses`);
  if (!generated.includes(WHOLE)) throw new BuildError('the glue of wasm-bindgen exports otherwise than it did: adapt js/build/glue.mjs');
  return `${generated.replace(WHOLE, '')}${HALVES}`;
}
