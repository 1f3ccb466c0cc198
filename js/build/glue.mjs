// What is made of the glue that wasm-bindgen writes.

import { BuildError } from './run.mjs';

// The generated `init` and `initSync` know WebAssembly only. A page without WebAssembly runs the same module as
// JavaScript, so the loader gets the two halves instead: what the module imports, and what to do with its exports. What is no longer
// exported is left out of the bundle.
const WHOLE = 'export { initSync, __wbg_init as default };';
const HALVES = `
export const glueImports = () => __wbg_get_imports();
export const glueStart = (exports) => __wbg_finalize_init({ exports }, undefined);
`;

// Functions that are written for every module there is, and what this package's modules need of them: strings go in only, all
// at once, and nothing but the reason of a misuse comes out.
const LEANER = {
  passStringToWasm0: `function passStringToWasm0(arg, malloc) {
    return passArray8ToWasm0(new TextEncoder().encode(arg), malloc);
}`,
  passArray8ToWasm0: `function passArray8ToWasm0(arg, malloc) {
    const ptr = malloc(arg.length, 1) >>> 0;
    new Uint8Array(wasm.memory.buffer).set(arg, ptr);
    WASM_VECTOR_LEN = arg.length;
    return ptr;
}`,
  getStringFromWasm0: `function getStringFromWasm0(ptr, len) {
    return new TextDecoder().decode(new Uint8Array(wasm.memory.buffer, ptr >>> 0, len));
}`,
  __wbg_finalize_init: `function __wbg_finalize_init(instance) {
    wasm = instance.exports;
    return wasm;
}`,
  _assertClass: 'function _assertClass() {}',
};

// What only the functions above needed. Each is a statement of its own at the top level.
const UNUSED = [
  /^const cachedTextEncoder = .*;\n/m,
  /^if \(!\('encodeInto' in cachedTextEncoder\)\) \{\n[^]*?^\}\n/m,
  /^let cachedTextDecoder = .*;\n/m,
  /^cachedTextDecoder\.decode\(\);\n/m,
  /^if \(Symbol\.dispose\) .*\n/gm,
];

/**
 * The generated glue with its two halves exported, lean, and checked to run under a strict Content-Security-Policy. `frees` says
 * that whoever makes instances always frees them, so that no registry needs to watch them.
 */
export function glue(generated, { frees }) {
  const sink = generated.match(/\beval\(|new Function\b|\.innerHTML\b|document\.write\b/);
  if (sink) throw new BuildError(`the glue uses \`${sink[0]}\`, which a strict Content-Security-Policy refuses`);
  if (!generated.includes(WHOLE)) throw new BuildError('the glue of wasm-bindgen exports otherwise than it did: adapt js/build/glue.mjs');
  let lean = generated.replace(WHOLE, '');
  for (const [name, body] of Object.entries(LEANER)) lean = withFunction(lean, name, body);
  for (const statement of UNUSED) lean = lean.replace(statement, '');
  if (frees) lean = withoutRegistries(lean);
  return `${lean}${HALVES}`;
}

/** The source with another body for one of its functions, if it has it. */
function withFunction(source, name, body) {
  const start = source.indexOf(`\nfunction ${name}(`) + 1;
  if (start === 0) return source;
  const end = source.indexOf('\n}\n', start);
  if (end < 0) throw new BuildError(`the glue of wasm-bindgen has another ${name} than js/build/glue.mjs knows`);
  return `${source.slice(0, start)}${body}${source.slice(end + 2)}`;
}

/** The source without the registries that free what was forgotten. */
function withoutRegistries(source) {
  return source.replace(/^ +\w+Finalization\.(un)?register\(.*\);\n/gm, '').replace(/^const \w+Finalization = [^]*?;\n/gm, '');
}
