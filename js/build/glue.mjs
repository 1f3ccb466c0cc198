// What is made of the glue that wasm-bindgen writes.

import { BuildError } from './run.mjs';

// The generated `init` and `initSync` know WebAssembly only. A page without WebAssembly runs the same module as
// JavaScript, so the loader hands in the exports of either. What is no longer exported is left out of the bundle.
const WHOLE = 'export { initSync, __wbg_init as default };';
const START = `
export const glueStart = (exports) => __wbg_finalize_init(exports);
`;

// Functions that are written for every module there is, and what this package's modules need of them: strings and bytes go
// in, all at once, and only numbers come out.
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
  __wbg_finalize_init: `function __wbg_finalize_init(exports) {
    wasm = exports;
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
 * The generated glue, lean, and checked to run under a strict Content-Security-Policy; and `names`, the short name of each export
 * that it uses.
 */
export function glue(generated) {
  const sink = generated.match(/\beval\(|new Function\b|\.innerHTML\b|document\.write\b/);
  if (sink) throw new BuildError(`the glue uses \`${sink[0]}\`, which a strict Content-Security-Policy refuses`);
  if (!generated.includes(WHOLE)) throw new BuildError('the glue of wasm-bindgen exports otherwise than it did: adapt js/build/glue.mjs');
  let lean = generated.replace(WHOLE, '');
  for (const [name, body] of Object.entries(LEANER)) lean = withFunction(lean, name, body);
  for (const statement of UNUSED) lean = lean.replace(statement, '');
  lean = lean.replaceAll(', wasm.__wbindgen_realloc)', ')');
  return withShortNames(`${lean.replaceAll('__wbg_ptr', 'at')}${START}`);
}

/** The source with another body for one of its functions, if it has it. */
function withFunction(source, name, body) {
  const start = source.indexOf(`\nfunction ${name}(`) + 1;
  if (start === 0) return source;
  const end = source.indexOf('\n}\n', start);
  if (end < 0) throw new BuildError(`the glue of wasm-bindgen has another ${name} than js/build/glue.mjs knows`);
  return `${source.slice(0, start)}${body}${source.slice(end + 2)}`;
}

/** The source with a letter or two for each export, and which export that is. The memory keeps its name: others look for it. */
function withShortNames(source) {
  const names = new Map([['memory', 'memory']]);
  const code = source.replace(/\bwasm\.(\w+)/g, (_, name) => {
    if (!names.has(name)) names.set(name, (names.size + 9).toString(36));
    return `wasm.${names.get(name)}`;
  });
  return { code, names };
}
