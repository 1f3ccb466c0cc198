// The sections of a WebAssembly binary: an id, a length, and that many bytes.

const CUSTOM = 0;
const IMPORT = 2;
const EXPORT = 7;
const CODE = 10;
const DATA = 11;
const HEADER = 8;
const FUNCTION_NAMES = 1;

// No local variables, `unreachable`, `end`.
const TRAP = Buffer.from([0, 0x00, 0x0b]);

/** The binary without the custom section of that name. */
export function withoutSection(binary, name) {
  const kept = sections(binary).filter(({ id, body }) => id !== CUSTOM || nameAt(binary, body).text !== name);
  return Buffer.concat([binary.subarray(0, HEADER), ...kept.map(({ start, end }) => binary.subarray(start, end))]);
}

/** The binary in which the functions that `isSnipped` names do nothing but trap; it must hold the names of its functions. */
export function snipped(binary, isSnipped) {
  const all = sections(binary);
  const code = all.find(({ id }) => id === CODE);
  const first = importedFunctions(binary, all.find(({ id }) => id === IMPORT));
  const numbers = new Set([...functionNames(binary, all)].filter(([, name]) => isSnipped(name)).map(([number]) => number - first));
  const [count, begin] = leb128(binary, code.body);
  const bodies = [encoded(count)];
  let at = begin;
  for (let number = 0; number < count; number += 1) {
    const [length, body] = leb128(binary, at);
    bodies.push(...(numbers.has(number) ? [encoded(TRAP.length), TRAP] : [binary.subarray(at, body + length)]));
    at = body + length;
  }
  const section = Buffer.concat(bodies);
  return Buffer.concat([binary.subarray(0, code.start), Buffer.from([CODE]), encoded(section.length), section, binary.subarray(code.end)]);
}

/** The binary with zeros in its data in place of what matches; what is only zeros, wasm-opt leaves out. */
export function blanked(binary, pattern) {
  const copy = Buffer.from(binary);
  for (const { body, end } of sections(binary).filter(({ id }) => id === DATA)) {
    const text = binary.subarray(body, end).toString('latin1');
    for (const { index, 0: found } of text.matchAll(pattern)) copy.fill(0, body + index, body + index + found.length);
  }
  return copy;
}

/** The binary with its exports under other names: those that `names` does not know are no longer exported. */
export function renamedExports(binary, names) {
  const section = sections(binary).find(({ id }) => id === EXPORT);
  const kept = [];
  let [count, at] = leb128(binary, section.body);
  for (; count > 0; count -= 1) {
    const { text, after } = nameAt(binary, at);
    const [, end] = leb128(binary, after + 1);
    const name = names.get(text);
    if (name !== undefined) kept.push(Buffer.concat([encoded(name.length), Buffer.from(name), binary.subarray(after, end)]));
    at = end;
  }
  const body = Buffer.concat([encoded(kept.length), ...kept]);
  return Buffer.concat([binary.subarray(0, section.start), Buffer.from([EXPORT]), encoded(body.length), body, binary.subarray(section.end)]);
}

/** Whether the module needs anything from outside. */
export const imports = (binary) => sections(binary).some(({ id }) => id === IMPORT);

function sections(binary) {
  const found = [];
  for (let start = HEADER; start < binary.length; start = found.at(-1).end) {
    const [length, body] = leb128(binary, start + 1);
    found.push({ id: binary[start], start, body, end: body + length });
  }
  return found;
}

/** Number and name of each function, from the section that linkers write for people. */
function functionNames(binary, all) {
  const names = new Map();
  const section = all.find(({ id, body }) => id === CUSTOM && nameAt(binary, body).text === 'name');
  if (!section) return names;
  let at = nameAt(binary, section.body).after;
  while (at < section.end) {
    const kind = binary[at];
    const [length, body] = leb128(binary, at + 1);
    if (kind === FUNCTION_NAMES) {
      let [count, next] = leb128(binary, body);
      for (; count > 0; count -= 1) {
        const [number, name] = leb128(binary, next);
        const { text, after } = nameAt(binary, name);
        names.set(number, text);
        next = after;
      }
    }
    at = body + length;
  }
  return names;
}

/** How many functions come from outside: they are counted before the module's own. */
function importedFunctions(binary, section) {
  if (!section) return 0;
  let functions = 0;
  let [count, at] = leb128(binary, section.body);
  for (; count > 0; count -= 1) {
    at = nameAt(binary, nameAt(binary, at).after).after;
    const kind = binary[at];
    if (kind !== 0) throw new Error(`js/build/sections.mjs knows imported functions only, not kind ${kind}`);
    [, at] = leb128(binary, at + 1);
    functions += 1;
  }
  return functions;
}

function nameAt(binary, at) {
  const [length, start] = leb128(binary, at);
  return { text: binary.subarray(start, start + length).toString('utf8'), after: start + length };
}

/** A number in seven-bit groups, and where it ends. */
function leb128(binary, at) {
  let value = 0;
  for (let shift = 0; ; shift += 7) {
    const byte = binary[at++];
    value += (byte & 0x7f) * 2 ** shift;
    if (byte < 0x80) return [value, at];
  }
}

function encoded(number) {
  const bytes = [];
  let rest = number;
  do {
    bytes.push((rest & 0x7f) | (rest > 0x7f ? 0x80 : 0));
    rest >>>= 7;
  } while (rest > 0);
  return Buffer.from(bytes);
}
