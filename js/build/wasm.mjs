// One WebAssembly module: cargo, wasm-bindgen, wasm-opt, and the same module once more as JavaScript.

import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fallback } from './fallback.mjs';
import { glue } from './glue.mjs';
import { bindgen, dist, js, npmBin, root, run, sha256, target, write } from './run.mjs';
import { blanked, imports, renamedExports, snipped, withoutSection } from './sections.mjs';

// Without these two, one module serves as WebAssembly and as input of wasm2js, and both share one glue. The prebuilt std
// declares them all the same, though it uses neither, and wasm-bindgen believes the declaration: it is taken out.
const RUSTFLAGS = '-Ctarget-feature=-reference-types,-multivalue';

// What rustc emits. `--all-features` would let wasm-opt write modules that other tools refuse.
const FEATURES = ['bulk-memory', 'bulk-memory-opt', 'sign-ext', 'mutable-globals', 'nontrapping-float-to-int'];
const featureFlags = FEATURES.map((feature) => `--enable-${feature}`);

// Level z makes a function of everything, also of what is smaller than a call of it, and reckons with addresses that count along in
// loops, which WebAssembly adds up in the instruction itself. Where speed does not count at all, this is 3 % less.
// A stack of a quarter of a megabyte is plenty, and what lies behind it has shorter addresses.
const SMALL_CODE = '-Cllvm-args=-inline-threshold=25 -Cllvm-args=-disable-lsr -Clink-arg=-zstack-size=262144';

const OPTIMISE = ['-Oz'];
// The first kilobyte of memory is the far end of the stack here too. What follows touches no loop: locals that are one and the same,
// what is alike stands together, and how an address is aligned is not told. Together 1 % less.
const FAST = ['--low-memory-unused', '-O3'];
const SMALLER = ['--merge-locals', '--coalesce-locals', '--reorder-functions', '--reorder-locals', '--dealign'];

// Where size is all that counts: structured anew, what is alike made one, and without asking whether somebody uses the first kilobyte of
// memory, which is the far end of the stack; what is alike stands together; how an address is aligned is not told, for it is a hint
// that no engine for WebAssembly needs. Together 4 % less. The order was found by trying: after each round another one finds more.
// (wasm2js does need the hint, so the fallback is made without all this.)
const ONCE = ['--flatten', '--local-cse', '--flatten', '--duplicate-function-elimination', '--merge-similar-functions', '-Os', '-Oz'];
const AGAIN = ['--flatten', '--rereloop', '-Oz', '-Oz', '--converge', '--merge-locals', '-Os', '-O3', '--gufa', '-Oz'];
const SMALLEST = ['--low-memory-unused', ...ONCE, ...AGAIN, '--reorder-functions', '--reorder-locals', '--dealign'];

const STRIP = ['--strip-debug', '--strip-producers', '--strip-target-features'];

// What writes the message of a panic, or of a misuse of the glue, is called on the way to a trap only, where nobody reads it; the
// engine formats numbers itself. A trap at once is the same to everybody, saves a kilobyte, and leaves nothing to import.
const PANICS = '4core9panicking|handle_alloc_error|capacity_overflow|12wasm_bindgen\\d+throw_str';
const writesMessages = new RegExp(`4core3fmt|${PANICS}`);
// Where the module itself writes sentences, numbers are formatted for more than panics.
const panics = new RegExp(`3std9panicking|${PANICS}`);

// What those messages say, and the files they name: nobody reads it any more. The digits are those of the formatting machinery.
// From where a path begins: what lies before it in the data, without a gap, is somebody else's.
const PATHS = /(?:\/|src\/|library\/)[\w/.-]+\.rs\b/g;
const MESSAGES = new RegExp(
  [
    PATHS,
    /attempted to take ownership of Rust value while it was borrowed/,
    /null pointer passed to rust/,
    /recursive use of an object detected which would lead to unsafe aliasing in rust/,
    /memory allocation of | bytes failed/,
    /capacity overflow|Tried to shrink to a larger capacity/,
    /attempt to divide by zero|mid > len|window size must be non-zero/,
    /0001020304050607080910\d{178}/,
  ]
    .map(({ source }) => source)
    .join('|'),
  'g',
);

/**
 * Builds the module `name` of a crate with these options of cargo; true if there was something to do. `smallest` says that its size
 * counts more than its speed, `sparing` that this holds for the compiler too, `speaking` that it writes sentences for people and is to be
 * fast, `exports` that it is called without glue, and by which names what it exports is called.
 */
export function buildModule(name, { crate, options, smallest = false, sparing = false, speaking = false, exports }) {
  const compiled = compile(crate, options, sparing ? `${RUSTFLAGS} ${SMALL_CODE}` : RUSTFLAGS);
  const binder = bindgen();
  const stamp = sha256(readFileSync(compiled), binder, readFileSync(join(js, 'package-lock.json')), JSON.stringify({ smallest, speaking, exports }), ...recipe());
  const stampFile = join(target, 'dist', name, 'stamp');
  const outputs = [`${name}.wasm`, `${name}.fallback.js`, ...(exports ? [] : [`glue/${name}.js`])].map((file) => join(dist, file));
  if (outputs.every(existsSync) && existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return false;

  mkdirSync(join(target, 'dist', name), { recursive: true });
  const work = mkdtempSync(join(target, 'dist', `${name}-`));
  try {
    const undeclared = join(work, 'undeclared.wasm');
    write(undeclared, unspoken(withoutSection(readFileSync(compiled), 'target_features'), speaking));
    run(binder, [undeclared, work, name]);
    const bound = join(work, 'bound.wasm');
    write(bound, renamedExports(readFileSync(join(work, `${name}_bg.wasm`)), exports ? new Map(Object.entries(exports)) : glued(name, work)));
    const [optimised, sent] = [join(work, 'optimised.wasm'), join(work, 'sent.wasm')];
    run(npmBin('wasm-opt'), [bound, '-o', optimised, ...featureFlags, ...(speaking ? FAST : OPTIMISE), ...STRIP]);
    if (smallest) run(npmBin('wasm-opt'), [bound, '-o', sent, ...featureFlags, ...SMALLEST, ...STRIP]);
    else run(npmBin('wasm-opt'), [optimised, '-o', sent, ...featureFlags, ...SMALLER]);
    const module = readFileSync(sent);
    if (imports(module)) throw new BuildError(`${name}.wasm imports something, which its glue does not bring`);
    write(join(dist, `${name}.wasm`), module);
    write(join(dist, `${name}.fallback.js`), fallback(optimised, work, featureFlags));
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  write(stampFile, stamp);
  return true;
}

/** The module without what only a panic would say. */
function unspoken(module, speaking) {
  const snip = speaking ? panics : writesMessages;
  return blanked(snipped(module, (name) => snip.test(name)), speaking ? PATHS : MESSAGES);
}

/** Writes the glue of a module, and returns the names by which it calls what is exported. */
function glued(name, work) {
  const { code, names } = glue(readFileSync(join(work, `${name}.js`), 'utf8'));
  write(join(dist, 'glue', `${name}.js`), code);
  return names;
}

// Some modules are the same crate with other features, in one target folder so that they share what they have in
// common. The variable makes cargo hash the features into a library's file name; else each would overwrite the other.
function compile(crate, options, flags) {
  const messages = run(
    join(root, '.ci/wasm-cargo'),
    ['build', '--locked', '-p', crate, '--lib', '--message-format=json-render-diagnostics', ...options],
    { RUSTFLAGS: flags, __CARGO_DEFAULT_LIB_METADATA: 'tresen' },
  );
  const files = messages.trim().split('\n').flatMap((line) => JSON.parse(line).filenames ?? []);
  return files.findLast((file) => file.endsWith('.wasm'));
}

// The steps themselves: a change in them builds anew.
function recipe() {
  return ['wasm.mjs', 'fallback.mjs', 'glue.mjs', 'sections.mjs'].map((file) => readFileSync(join(js, 'build', file)));
}
